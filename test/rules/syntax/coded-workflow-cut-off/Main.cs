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
            mail.ArchiveEmail(mail.GetNewestEmail());
            mail.Send
//                  ^ syntax: looks cut off
