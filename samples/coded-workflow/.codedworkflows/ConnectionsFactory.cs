using UiPath.CodedWorkflows;
using System;

namespace DeliveryNotes
{
    public class ExcelFactory
    {
        public ExcelFactory(ICodedWorkflowsServiceContainer resolver)
        {
        }
    }

    public class O365MailFactory
    {
        public UiPath.MicrosoftOffice365.Activities.Api.MailConnection Goods_In_robot_contoso_com { get; set; }

        public UiPath.MicrosoftOffice365.Activities.Api.MailConnection My_Workspace_Microsoft_Outlook_365 { get; set; }

        public O365MailFactory(ICodedWorkflowsServiceContainer resolver)
        {
            Goods_In_robot_contoso_com = new UiPath.MicrosoftOffice365.Activities.Api.MailConnection("6f2f7f6e-8a51-4f0b-9d8e-1c1d7a5f3b90", resolver);
            My_Workspace_Microsoft_Outlook_365 = new UiPath.MicrosoftOffice365.Activities.Api.MailConnection("b7c4a0de-53f9-4a0c-8f2f-6a1de5c0d2e4", resolver);
        }
    }

    public class OneDriveFactory
    {
        public OneDriveFactory(ICodedWorkflowsServiceContainer resolver)
        {
        }
    }
}
