using UiPath.CodedWorkflows;
using UiPath.MicrosoftOffice365.Activities.Api;

namespace Robot
{
    public class Main : CodedWorkflow
    {
        private const string Outlook = "11111111-2222-3333-4444-000000000001";
        private const string Calendars = "11111111-2222-3333-4444-000000000002";
        private const string Excel = "11111111-2222-3333-4444-000000000003";
        private const string Drive = "11111111-2222-3333-4444-000000000004";
        private const string Site = "11111111-2222-3333-4444-000000000005";
        private const string Enough = "11111111-2222-3333-4444-000000000006";

        [Workflow]
        public void Execute()
        {
            office365.Mail(new MailConnection(Outlook, serviceContainer)).GetEmails();
            office365.Calendar(new MailConnection(Calendars, serviceContainer)).GetCalendars();
            office365.Excel(new ExcelConnection(Excel, serviceContainer)).GetWorkbooks();
            office365.OneDrive(new OneDriveConnection(Drive, serviceContainer)).UploadFile("invoice.pdf");
            office365.Sharepoint(new OneDriveConnection(Site, serviceContainer)).GetList("https://contoso.sharepoint.com/sites/x", "Tasks");
            office365.Sharepoint(new OneDriveConnection(Enough, serviceContainer)).GetList("https://contoso.sharepoint.com/sites/x", "Tasks");
        }
    }
}
