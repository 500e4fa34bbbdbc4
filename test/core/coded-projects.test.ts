/** Small projects that are written to lead astray: what each uses was written down before anybody looked at what is found in it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeCoded, coded, ids, studioFiles, toldCalls, toldOpen, useParser } from '../support/coded-builder';

useParser();

const all = ['robot', 'team', 'drive', 'sheet'];
const robot = 'connections.O365Mail.Robot';
const mail = `var mail = office365.Mail(${robot});`;
const send = 'SendEmail("a", "b", "c")';
const api = 'using UiPath.MicrosoftOffice365.Activities.Api;\n';

interface Project {
  readonly main: string;
  readonly more?: Readonly<Record<string, string>>;
  /** Of each call its connection; `?` where only the run knows it. */
  readonly calls: readonly string[];
  /** Connections of which nothing may be called unused; none where all that is called was found. */
  readonly open?: readonly string[];
}

const projects: Readonly<Record<string, Project>> = {
  'a type by another name': {
    main: `using Post = UiPath.MicrosoftOffice365.Activities.Api.IMailService;\n${coded(`_post = office365.Mail(${robot}); _post.${send};`, 'private Post _post;')}`,
    calls: ['Mail.SendEmail robot'],
  },
  'ids and a helper of a class that needs no name': {
    main: `using static Robot.Offices;\n${coded(`office365.Mail(new MailConnection(Team, serviceContainer)).GetEmails(); office365.Mail(Post(serviceContainer)).${send};`)}`,
    more: {
      'Offices.cs': `${api}namespace Robot { public static class Offices { public const string Team = "${ids.team}"; public static MailConnection Post(object c) => new MailConnection("${ids.robot}", c); } }`,
    },
    calls: ['Mail.GetEmails team', 'Mail.SendEmail robot'],
    open: ['robot'],
  },
  'a class in two parts': {
    main: coded(`Mail.${send};`, '', 'public partial class Main : CodedWorkflow'),
    more: { 'Main.Parts.cs': `namespace Robot { public partial class Main { private IMailService Mail => office365.Mail(${robot}); } }` },
    calls: ['Mail.SendEmail robot'],
    open: ['robot'],
  },
  'functions in variables': {
    main: coded(`${mail} Action go = () => mail.${send}; go(); mail.GetEmails().ToList().ForEach(m => mail.MarkEmailAsRead(m));`),
    calls: ['Mail.GetEmails robot', 'Mail.MarkEmailAsRead robot', 'Mail.SendEmail robot'],
  },
  'a function over what it is given later': {
    main: coded(`${mail} Action<IMail> remove = m => m.Delete(); foreach (var m in mail.GetEmails()) remove(m);`),
    calls: ['Mail.GetEmails robot'],
    open: ['robot'],
  },
  'one of two, or nothing': {
    main: coded(
      `${mail} var m = in_Flag ? mail.GetNewestEmail() : null; m?.Delete(); var n = mail.GetEmail("x") ?? throw new Exception(); n.Archive();`,
    ),
    calls: ['IMail.Archive robot', 'IMail.Delete robot', 'Mail.GetEmail robot', 'Mail.GetNewestEmail robot'],
  },
  'one of two connections': {
    main: coded(`(in_Flag ? office365.Mail(${robot}) : office365.Mail(connections.O365Mail.Team)).${send};`),
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a variable that is another later': {
    main: coded(`${mail} mail.GetEmails(); mail = office365.Mail(connections.O365Mail.Team); mail.${send};`),
    calls: ['Mail.GetEmails ?', 'Mail.SendEmail ?'],
    open: all,
  },
  'names that stand for something else further in': {
    main: coded(
      `${mail} mail.GetEmails(); portals.ForEach(mail => mail.${send}); void Inner(Portal office365) { office365.Mail(1).${send}; }`,
      'private List<Portal> portals = new();',
    ),
    more: {
      'Portal.cs':
        'namespace Robot { public class Portal { public Portal Mail(int x) => this; public void SendEmail(string a, string b, string c) { } } }',
    },
    calls: ['Mail.GetEmails robot'],
  },
  'calls in comments and texts': {
    main: coded(
      `${mail} mail.GetEmails(); // mail.${send};\n/* mail.DeleteEmail(m); */ Log("mail.DeleteEmail(m)"); Log(@"mail.ArchiveEmail(m)"); Log($"{mail.GetNewestEmail().Subject} mail.MoveEmail(m)"); Log("""mail.MoveEmail(m)""");`,
    ),
    calls: ['Mail.GetEmails robot', 'Mail.GetNewestEmail robot'],
  },
  'a service that a constructor takes': {
    main: coded(`new Sender(office365.Mail(${robot})).Go();`),
    more: {
      'Sender.cs': `${api}namespace Robot { class Sender { private readonly IMailService _mail; public Sender(IMailService mail) { _mail = mail; } public void Go() => _mail.${send}; } }`,
    },
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a part of the service that a constructor opens': {
    main: coded('new Uploader(office365).Go();'),
    more: {
      'Uploader.cs': `${api}namespace Robot { class Uploader { private readonly IOneDriveService _drive; public Uploader(IOffice365ConnectionsService service) { _drive = service.OneDrive(new OneDriveConnection("${ids.drive}", null)); } public void Go() { _drive.UploadFile("x"); } } }`,
    },
    calls: ['OneDrive.UploadFile drive'],
    open: all,
  },
  'a helper that opens the service': {
    main: coded(`Services.Post(office365, connections).${send};`),
    more: {
      'Services.cs': `${api}namespace Robot { static class Services { public static IMailService Post(IOffice365ConnectionsService service, ConnectionsManager c) => service.Mail(c.O365Mail.Robot); } }`,
    },
    calls: ['Mail.SendEmail robot'],
    open: all,
  },
  'a helper that says by out': {
    main: coded(
      `if (TryOpen(out IMailService mail)) mail.${send};`,
      `private bool TryOpen(out IMailService opened) { opened = office365.Mail(${robot}); return true; }`,
    ),
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a helper that says by out, without a type': {
    main: coded(
      `if (TryOpen(out var mail)) mail.${send};`,
      `private bool TryOpen(out IMailService opened) { opened = office365.Mail(${robot}); return true; }`,
    ),
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a helper that comes later': {
    main: coded(
      `(await Open()).${send};`,
      `private async Task<IMailService> Open() { await Task.Yield(); return office365.Mail(${robot}); }`,
    ),
    calls: ['Mail.SendEmail robot'],
  },
  'a method that is added to the service': {
    main: coded(`office365.Mail(${robot}).ArchiveAll();`),
    more: {
      'Mails.cs': `${api}namespace Robot { static class Mails { public static void ArchiveAll(this IMailService mail) { foreach (var m in mail.GetEmails()) mail.ArchiveEmail(m); } } }`,
    },
    calls: ['Mail.ArchiveEmail ?', 'Mail.GetEmails ?'],
    open: all,
  },
  'a mail for another coded workflow': {
    main: coded(`${mail} var m = mail.GetNewestEmail(); RunWorkflow("File.cs", new Dictionary<string, object> { { "in_Mail", m } });`),
    more: {
      'File.cs': `${api}namespace Robot { public class File : CodedWorkflow { [Workflow] public void Execute(IMail in_Mail) { in_Mail.Archive(); } } }`,
    },
    calls: ['IMail.Archive ?', 'Mail.GetNewestEmail robot'],
    open: all,
  },
  'a mail for a workflow of which nothing is known': {
    main: coded(`${mail} var m = mail.GetNewestEmail(); RunWorkflow("File.xaml", new Dictionary<string, object> { { "in_Mail", m } });`),
    calls: ['Mail.GetNewestEmail robot'],
    open: ['robot'],
  },
  'mails for a library': {
    main: coded(`${mail} Contoso.Mails.FileAll(mail.GetEmails());`),
    calls: ['Mail.GetEmails robot'],
    open: ['robot'],
  },
  'a method by its name': {
    main: coded(`${mail} mail.GetEmails().ToList().ForEach(File);`, 'private void File(IMail m) => m.Archive();'),
    calls: ['IMail.Archive ?', 'Mail.GetEmails robot'],
    open: all,
  },
  'a function that gives what another gives': {
    main: coded(`${mail} var m = Retry(() => mail.GetNewestEmail()); m.Delete();`, 'private T Retry<T>(Func<T> run) => run();'),
    calls: ['Mail.GetNewestEmail robot'],
    open: ['robot'],
  },
  'parts that are taken apart': {
    main: coded(
      `var (mail, drive) = (office365.Mail(${robot}), office365.OneDrive(connections.OneDrive.Robot)); mail.${send}; drive.UploadFile("x");`,
    ),
    calls: ['Mail.SendEmail robot', 'OneDrive.UploadFile drive'],
    open: ['robot', 'drive'],
  },
  'a service under a key': {
    main: coded(`var all = new Dictionary<string, IMailService> { ["a"] = office365.Mail(${robot}) }; all["a"].${send};`),
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a property that opens it once': {
    main: coded(
      `Mail.${send}; Drive.UploadFile("x");`,
      [
        'private IMailService _mail;',
        `private IMailService Mail { get { _mail ??= office365.Mail(${robot}); return _mail; } }`,
        'private IOneDriveService _drive;',
        'private IOneDriveService Drive => _drive ??= office365.OneDrive(connections.OneDrive.Robot);',
      ].join('\n'),
    ),
    calls: ['Mail.SendEmail robot', 'OneDrive.UploadFile drive'],
  },
  'a connection that each kind of workflow decides': {
    main: coded('Go();', `protected override MailConnection Post => ${robot};`, 'public class Main : Sends'),
    more: {
      'Sends.cs': `${api}namespace Robot { public abstract class Sends : CodedWorkflow { protected abstract MailConnection Post { get; } protected void Go() => office365.Mail(Post).${send}; } }`,
    },
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'ids in classes within classes': {
    main: coded('office365.Mail(new global::UiPath.MicrosoftOffice365.Activities.Api.MailConnection(Ids.Mail.Team, null)).GetEmails();'),
    more: {
      'Ids.cs': `namespace Robot { static class Ids { public static class Mail { public const string Team = "${ids.team}"; } public static class Drive { public const string Team = "${ids.drive}"; } } }`,
    },
    calls: ['Mail.GetEmails team'],
  },
  'names with an at sign, and of this': {
    main: coded(`var @mail = this.office365.Mail(this.connections.O365Mail.Team); mail.${send}; @mail.GetEmails();`),
    calls: ['Mail.GetEmails team', 'Mail.SendEmail team'],
  },
  'a field that everybody reaches': {
    main: coded(`Shared.Mail = office365.Mail(${robot}); Other();`, `private void Other() { Shared.Mail.${send}; }`),
    more: { 'Shared.cs': `${api}namespace Robot { static class Shared { public static IMailService Mail; } }` },
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'attachments in a query': {
    main: coded(`${mail} var all = from m in mail.GetEmails() from a in m.GetAttachmentsInfo() let n = a.Name select a.Download();`),
    calls: ['IMail.GetAttachmentsInfo robot', 'IMailAttachmentInfo.Download robot', 'Mail.GetEmails robot'],
  },
  'a mail by a case': {
    main: coded(
      `${mail} switch (mail.GetNewestEmail()) { case null: break; case { Subject: "x" } m: m.Delete(); break; case IMail n: n.Archive(); break; }`,
    ),
    calls: ['IMail.Archive robot', 'IMail.Delete robot', 'Mail.GetNewestEmail robot'],
  },
  "Studio's tables without a namespace": {
    main: coded(`office365.Mail(${robot}).${send};`),
    more: Object.fromEntries(
      Object.entries(studioFiles()).map(([name, text]) => [name, text.replace(/namespace Robot\n\{\n/, '').replace(/\}\n$/, '')]),
    ),
    calls: ['Mail.SendEmail robot'],
  },
  "Studio's tables in a namespace of the whole file": {
    main: coded(`office365.Mail(${robot}).${send};`),
    more: Object.fromEntries(
      Object.entries(studioFiles()).map(([name, text]) => [
        name,
        text.replace(/namespace Robot\n\{\n/, 'namespace Robot;\n').replace(/\}\n$/, ''),
      ]),
    ),
    calls: ['Mail.SendEmail robot'],
  },
  'what Studio makes, and another part of it': {
    main: coded(`Post.${send};`, '', 'public class Main : CodedWorkflow'),
    more: {
      'Parts.cs': `${api}namespace Robot { public partial class CodedWorkflow { protected IMailService Post => office365.Mail(${robot}); } }`,
    },
    calls: ['Mail.SendEmail robot'],
    open: ['robot'],
  },
  'a field that another part of the class may set': {
    main: coded(`_mail.${send};`, '', 'public partial class Main : CodedWorkflow'),
    more: {
      'Main.Parts.cs': `${api}namespace Robot { public partial class Main { private IMailService _mail; void Open() { _mail = office365.Mail(${robot}); } } }`,
    },
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'a field that two parts of a class set': {
    main: coded(
      `_mail = office365.Mail(${robot}); _mail.${send};`,
      'private IMailService _mail;',
      'public partial class Main : CodedWorkflow',
    ),
    more: {
      'Main.Parts.cs': `${api}namespace Robot { public partial class Main { void Turn() { _mail = office365.Mail(connections.O365Mail.Team); } } }`,
    },
    calls: ['Mail.SendEmail ?'],
    open: all,
  },
  'what a base class in another file holds': {
    main: coded(`${mail} mail.GetEmails(); Current.Delete(); Pick().Archive();`, '', 'public class Main : Base'),
    more: {
      'Base.cs':
        'namespace Robot { public class Base : CodedWorkflow { protected dynamic Current; protected dynamic Pick() => Current; } }',
    },
    calls: ['Mail.GetEmails robot'],
    open: ['robot'],
  },
  'pairs that are taken apart': {
    main: coded(`${mail} mail.GetEmails(); foreach (var (info, stream) in mail.DownloadEmailAttachments(null)) info.Download();`),
    calls: ['Mail.DownloadEmailAttachments robot', 'Mail.GetEmails robot'],
    open: ['robot'],
  },
  'pairs of a dictionary': {
    main: coded(
      `${mail} mail.GetEmails(); foreach (var pair in Later()) pair.Value.Delete();`,
      'private Dictionary<string, IMail> Later() => Store.Read();',
    ),
    calls: ['Mail.GetEmails robot'],
    open: ['robot'],
  },
  'values of a dictionary': {
    main: coded(
      `${mail} Later()["a"].Delete(); foreach (var m in Later().Values) m.Archive(); if (Later().TryGetValue("a", out var n)) n.MoveTo(null);`,
      'private Dictionary<string, IMail> Later() => Store.Read();',
    ),
    calls: ['IMail.Archive ?', 'IMail.Delete ?'],
    open: all,
  },
  'a request for an event, and a text about one': {
    main: coded(
      'var calendar = office365.Calendar(connections.O365Mail.Team); var e = calendar.GetEvents(a, b).First(); calendar.UpdateEvent(e, new UpdateEventRequest(e).WithTitle("x")); Log(e.Item.Subject); LogInfo($"{e}"); Console.WriteLine(e);',
    ),
    calls: ['Calendar.GetEvents team', 'Calendar.UpdateEvent team'],
  },
  'a mail in an object of the project': {
    main: coded(`${mail} var job = new Job { Mail = mail.GetNewestEmail() }; job.Mail.Archive();`),
    more: { 'Job.cs': `${api}namespace Robot { class Job { public IMail Mail { get; set; } } }` },
    calls: ['IMail.Archive ?', 'Mail.GetNewestEmail robot'],
    open: all,
  },
  'a mail in an object of a library': {
    main: coded(`${mail} var job = new Contoso.Job { Mail = mail.GetNewestEmail() }; job.File();`),
    calls: ['Mail.GetNewestEmail robot'],
    open: ['robot'],
  },
  'a file among files and folders': {
    main: coded(
      `var drive = office365.OneDrive(connections.OneDrive.Robot); foreach (var item in drive.GetFilesAndFolders()) { if (item is IFile file) file.Download(); else ((IFolder)item).GetFiles(); }`,
    ),
    calls: ['IFile.Download drive', 'IFolder.GetFiles drive', 'OneDrive.GetFilesAndFolders drive'],
  },
  'two parts of a tuple that change places': {
    main: coded(
      `var a = office365.Mail(${robot}); var b = office365.Mail(connections.O365Mail.Team); (a, b) = (b, a); a.${send}; b.GetEmails();`,
    ),
    calls: ['Mail.GetEmails ?', 'Mail.SendEmail ?'],
    open: all,
  },
};

describe('what a project uses', () => {
  for (const [name, { main, more = {}, calls, open = [] }] of Object.entries(projects))
    test(name, () => {
      const analysis = analyzeCoded(main, more);
      const found = toldCalls(analysis).map((call) => call.replace(/ \[.*$/s, ' ?'));
      assert.deepEqual([found.sort(), toldOpen(analysis)], [calls, open]);
      assert.deepEqual(
        analysis.problems.filter(({ rule }) => rule === 'syntax'),
        [],
      );
    });
});
