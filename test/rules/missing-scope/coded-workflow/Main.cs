using System;
using UiPath.CodedWorkflows;
using UiPath.MicrosoftOffice365.Activities.Api;

namespace Robot
{
    public class Main : CodedWorkflow
    {
        [Workflow]
        public void Execute()
        {
            var mail = office365.Mail(connections.O365Mail.Support_robot);
            foreach (var message in mail.GetEmails(markAsRead: true))
                Log(message.Subject);
            // Only in a comment: office365.Calendar(connections.O365Mail.Support_robot).GetCalendars();
        }
    }
}
