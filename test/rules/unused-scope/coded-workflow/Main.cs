using System;
using UiPath.CodedWorkflows;
using UiPath.MicrosoftOffice365.Activities.Api;

namespace Robot
{
    public class Main : CodedWorkflow
    {
        private const string ConnectionId = "11111111-2222-3333-4444-555555555555";
        private IMailService _mail;

        [Workflow]
        public void Execute(string in_Address)
        {
            _mail = office365.Mail(new MailConnection(ConnectionId, serviceContainer));
            Answer(in_Address);
        }

        private void Answer(string address) => _mail.SendEmail(address, "Received", "We are on it.", asDraft: true);
    }
}
