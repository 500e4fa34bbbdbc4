using System;
using System.IO;
using System.Linq;
using UiPath.CodedWorkflows;
using UiPath.MicrosoftOffice365.Activities.Api;

namespace DeliveryNotes
{
    /// <summary>Files the delivery notes of the last mails, and asks for those that are not attached.</summary>
    public class FileDeliveryNotes : CodedWorkflow
    {
        // The drive of the goods-in department; Studio does not list it, as the robot's account shares it.
        private const string GoodsInDriveId = "a3d6d4a4-93a7-4c55-8f70-5e6c4a6b1f52";

        private IMailService _mail;

        [Workflow]
        public int Execute(string in_Folder, int in_MaxResults = 50)
        {
            _mail = office365.Mail(connections.O365Mail.Goods_In_robot_contoso_com);
            var drive = office365.OneDrive(new OneDriveConnection(GoodsInDriveId, serviceContainer));
            var folder = drive.GetFolder(in_Folder);
            var filed = 0;

            foreach (var mail in _mail.GetEmails(maxResults: in_MaxResults, markAsRead: true))
            {
                var notes = _mail.DownloadEmailAttachments(mail).Where(note => IsDeliveryNote(note.Key.Name)).ToList();
                if (notes.Count == 0)
                {
                    AskForNote(mail);
                    continue;
                }
                foreach (var note in notes)
                {
                    drive.UploadFile(note.Value, note.Key.Name, folder, ConflictBehavior.Rename);
                    filed++;
                }
                _mail.AddEmailCategories(mail, new[] { "Filed" });
            }

            Log($"{filed} delivery notes filed in {folder.Name}");
            return filed;
        }

        private static bool IsDeliveryNote(string name) => name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);

        /// <summary>A person looks at each answer before it goes out.</summary>
        private void AskForNote(IMail mail) =>
            _mail.ReplyToEmail(mail, "Please send us the delivery note as a PDF file.", asDraft: true);

        // Planned: office365.Calendar(connections.O365Mail.Goods_In_robot_contoso_com).CreateEvent(calendar, request);
    }
}
