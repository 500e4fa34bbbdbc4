using UiPath.CodedWorkflows;
using System;

namespace Robot
{
    public class O365MailFactory
    {
        public UiPath.MicrosoftOffice365.Activities.Api.MailConnection Support_robot { get; set; }

        public UiPath.MicrosoftOffice365.Activities.Api.MailConnection Archive_robot { get; set; }

        public O365MailFactory(ICodedWorkflowsServiceContainer resolver)
        {
            Support_robot = new UiPath.MicrosoftOffice365.Activities.Api.MailConnection("11111111-2222-3333-4444-555555555555", resolver);
            Archive_robot = new UiPath.MicrosoftOffice365.Activities.Api.MailConnection("99999999-2222-3333-4444-555555555555", resolver);
        }
    }
}
