using System;
using UiPath.CodedWorkflows;

namespace Robot
{
    public class Main : CodedWorkflow
    {
        [Workflow]
        public void Execute()
        {
            office365.Mail(connections.O365Mail.Support_robot).GetMailFolders();
            office365.Mail(connections.O365Mail.Archive_robot).ArchiveEmail(null);
//                                                             ^^^^^^^^^^^^ unknown-connection: office365.Mail.ArchiveEmail uses the connection 99999999-2222-3333-4444-555555555555
        }
    }
}
