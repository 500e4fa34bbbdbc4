using UiPath.CodedWorkflows;
using System;

namespace Robot
{
    public class ConnectionsManager
    {
        public O365MailFactory O365Mail { get; set; }

        public ConnectionsManager(ICodedWorkflowsServiceContainer resolver)
        {
            O365Mail = new O365MailFactory(resolver);
        }
    }
}
