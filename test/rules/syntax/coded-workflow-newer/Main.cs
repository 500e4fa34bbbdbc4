using UiPath.CodedWorkflows;
using UiPath.MicrosoftOffice365.Activities.Api;

namespace Robot
{
    public class Main : CodedWorkflow
    {
        [Workflow]
        public void Execute(Job job)
        {
            var mail = office365.Mail(new MailConnection("11111111-2222-3333-4444-555555555555", serviceContainer));
            job?.Mail = mail.GetNewestEmail();
//                    ^^^^^^ syntax: written in a way that is not known here yet
        }
    }
}
