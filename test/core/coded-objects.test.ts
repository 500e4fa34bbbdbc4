/** What is called on mails, events, files and sheets that the service returned: it is a use on the connection that they came by. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeTexts } from '../support/analyze';
import { analyzeCoded, coded, toldCalls, toldOpen, useParser } from '../support/coded-builder';

useParser();

const all = ['robot', 'team', 'drive', 'sheet'];
const mail = 'var mail = office365.Mail(connections.O365Mail.Robot);';
const drive = 'var drive = office365.OneDrive(connections.OneDrive.Robot);';
const list = 'Mail.GetEmails robot';
const newest = 'Mail.GetNewestEmail robot';
const moved = [list, 'IMail.MoveTo robot'];
const to = 'mail.SystemFolders.Archive';

interface Row {
  readonly body?: string;
  readonly members?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly calls: readonly string[];
  readonly open?: readonly string[];
}

const tables: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'one of them': {
    'at once': { body: `${mail} mail.GetNewestEmail().Archive();`, calls: ['IMail.Archive robot', newest].reverse() },
    'with a question mark': { body: `${mail} mail.GetNewestEmail()?.Reply("thanks");`, calls: [newest, 'IMail.Reply robot'] },
    'in a variable': { body: `${mail} var newest = mail.GetNewestEmail(); newest.Delete();`, calls: [newest, 'IMail.Delete robot'] },
    'in a variable with a type': {
      body: `${mail} IMail newest = mail.GetNewestEmail(); newest!.Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'in a field': {
      members: 'private IMail _mail;',
      body: `${mail} _mail = mail.GetNewestEmail(); this._mail.Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'in a property': {
      members: `private IMail Newest => office365.Mail(connections.O365Mail.Robot).GetNewestEmail();`,
      body: 'Newest.Delete();',
      calls: [newest, 'IMail.Delete robot'],
    },
    'from a method': {
      members: `private IMail Newest(IMailService from) { return office365.Mail(connections.O365Mail.Robot).GetNewestEmail(); }`,
      body: 'Newest(null).Delete();',
      calls: [newest, 'IMail.Delete robot'],
    },
    'by a pattern': { body: `${mail} if (mail.GetNewestEmail() is { } found) found.Delete();`, calls: [newest, 'IMail.Delete robot'] },
    'by a pattern with a type': {
      body: `${mail} if (mail.GetNewestEmail() is IMail found) found.Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'either, of one connection': {
      body: `${mail} var found = in_Flag ? mail.GetNewestEmail() : mail.GetEmail("id"); found.MarkAsRead();`,
      calls: [newest, 'Mail.GetEmail robot', 'IMail.MarkAsRead robot'],
    },
    'by a property of the service': {
      body: `${mail} mail.SystemFolders.Inbox.GetEmails().First().Delete();`,
      calls: ['IMailFolder.GetEmails robot', 'IMail.Delete robot'],
    },
    'through several': {
      body: `${drive} drive.GetFolder().CreateFolder("a").CreateFolder("b").GetFiles().First().Move().Share();`,
      calls: [
        'OneDrive.GetFolder drive',
        ...['IFolder.CreateFolder', 'IFolder.CreateFolder', 'IFolder.GetFiles', 'IFile.Move', 'IDriveItem.Share'].map(
          (call) => `${call} drive`,
        ),
      ],
    },
    'an event of a calendar': {
      body: `var e = office365.Calendar(connections.O365Mail.Team).GetDefaultCalendar().CreateEvent(r); e.Update(u); e.Calendar.GetEvents(a, b); e.Respond(x);`,
      calls: [
        'Calendar.GetDefaultCalendar',
        'ICalendar.CreateEvent',
        'ICalendarEvent.Update',
        'ICalendar.GetEvents',
        'ICalendarEvent.Respond',
      ].map((call) => `${call} team`),
    },
    'a sheet of a workbook': {
      body: `var book = office365.Excel(connections.Excel.Finance).GetWorkbooks().Single(b => b.Name == "x"); var sheet = book.GetSheets()[0]; sheet.WriteCell("A1", 1); sheet.WriteRange(table); sheet.Delete();`,
      calls: ['Excel.GetWorkbooks', 'IWorkbook.GetSheets', 'IWorksheet.WriteCell', 'IRange.WriteRange', 'IWorksheet.Delete'].map(
        (call) => `${call} sheet`,
      ),
    },
    'a list of a site': {
      body: `var list = office365.Sharepoint(connections.OneDrive.Robot).GetList("https://contoso.sharepoint.com/sites/x", "Tasks"); var row = list.CreateItem(); list.AddItem(row); list.CreateFilter().By("a");`,
      calls: ['Sharepoint.GetList drive', 'ISharepointList.AddItem drive'],
    },
    'its name alone': { body: `${mail} var newest = mail.GetNewestEmail(); Run(newest.Delete);`, calls: [newest, 'IMail.Delete robot'] },
    awaited: {
      body: `${mail} var newest = await Task.Run(() => mail.GetNewestEmail()); newest.Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'what it holds is data': {
      body: `${mail} Log(mail.GetNewestEmail().Item.Sender.ToString() + mail.GetNewestEmail().ToString());`,
      calls: [newest, newest],
    },
    'a method that nobody knows': { body: `${mail} mail.GetNewestEmail().Pin();`, calls: [newest], open: ['robot'] },
  },
  'each of many': {
    'in a loop': { body: `${mail} foreach (var m in mail.GetEmails()) m.MoveTo(${to});`, calls: moved },
    'in a loop with a type': { body: `${mail} foreach (IMail m in mail.GetEmails()) { m.MoveTo(${to}); }`, calls: moved },
    'in a loop over a variable': {
      body: `${mail} var mails = mail.GetEmails(); foreach (var m in mails) { m.MoveTo(${to}); }`,
      calls: moved,
    },
    'in a loop over a part of it': {
      body: `${mail} foreach (var m in mail.GetEmails().Where(x => x.Subject == "a").OrderBy(x => x.Id).Take(3).ToList()) m.MoveTo(${to});`,
      calls: moved,
    },
    'in a counted loop': {
      body: `${mail} var mails = mail.GetEmails().ToArray(); for (var i = 0; i < mails.Length; i++) mails[i].MoveTo(${to});`,
      calls: moved,
    },
    'by place': { body: `${mail} var mails = mail.GetEmails().ToList(); mails[0].MoveTo(${to});`, calls: moved },
    'by place from the end': { body: `${mail} var mails = mail.GetEmails().ToList(); mails?[^1].MoveTo(${to});`, calls: moved },
    'of a range': { body: `${mail} var mails = mail.GetEmails().ToArray(); mails[1..3].First().MoveTo(${to});`, calls: moved },
    first: { body: `${mail} mail.GetEmails().First().MoveTo(${to});`, calls: moved },
    'first or none': { body: `${mail} mail.GetEmails().FirstOrDefault(m => m.Subject == "x")?.MoveTo(${to});`, calls: moved },
    'in a function': { body: `${mail} mail.GetEmails().ToList().ForEach(m => m.MoveTo(${to}));`, calls: moved },
    'in a function with a block': { body: `${mail} mail.GetEmails().ToList().ForEach((m) => { m.MoveTo(${to}); });`, calls: moved },
    'in a function with a type': { body: `${mail} mail.GetEmails().ToList().ForEach((IMail m) => m.MoveTo(${to}));`, calls: moved },
    'side by side': { body: `${mail} Parallel.ForEach(mail.GetEmails(), m => m.MoveTo(${to}));`, calls: moved },
    'side by side, awaited': {
      body: `${mail} await Parallel.ForEachAsync(mail.GetEmails(), async (m, token) => { m.MoveTo(${to}); });`,
      calls: moved,
    },
    'in a query': {
      body: `${mail} foreach (var m in from x in mail.GetEmails() where x.Subject != null select x) m.MoveTo(${to});`,
      calls: moved,
    },
    'made into something else': {
      body: `${drive} foreach (var link in drive.GetFiles().Select(f => f.Share())) Log(link);`,
      calls: ['OneDrive.GetFiles drive', 'IDriveItem.Share drive'],
    },
    'made into others': {
      body: `${drive} drive.GetFolders().SelectMany(f => f.GetFiles()).Select(f => f.Refresh()).First().Delete();`,
      calls: ['OneDrive.GetFolders', 'IFolder.GetFiles', 'IDriveItem.Refresh', 'IDriveItem.Delete'].map((call) => `${call} drive`),
    },
    'of one kind among them': {
      body: `${drive} foreach (var f in drive.GetFilesAndFolders().OfType<IFile>()) f.Download();`,
      calls: ['OneDrive.GetFilesAndFolders drive', 'IFile.Download drive'],
    },
    'in a list of its own': {
      body: `${mail} IMail[] mails = { mail.GetNewestEmail() }; mails[0].Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'in a list without a type': {
      body: `${mail} var mails = new[] { mail.GetNewestEmail() }; mails[0].Delete();`,
      calls: [newest, 'IMail.Delete robot'],
    },
    'in brackets': {
      body: `${mail} IMail[] mails = [mail.GetNewestEmail(), .. mail.GetEmails()]; mails[0].Delete();`,
      calls: [newest, list, 'IMail.Delete robot'],
    },
    'in a list that is made of it': {
      body: `${mail} var mails = new List<IMail>(mail.GetEmails()); mails[0].Delete();`,
      calls: [list, 'IMail.Delete robot'],
    },
    'of two connections': {
      body: `${mail} var other = office365.Mail(connections.O365Mail.Team).GetNewestEmail(); var mine = mail.GetNewestEmail(); other.Delete(); mine.Archive();`,
      calls: ['Mail.GetNewestEmail team', newest, 'IMail.Delete team', 'IMail.Archive robot'],
    },
  },
  'of a connection that nobody knows': {
    'a parameter': {
      members: 'private void Handle(IMail m) { m.MoveTo(null); }',
      body: `${mail} foreach (var m in mail.GetEmails()) Handle(m);`,
      calls: ['IMail.MoveTo [m]', list],
      open: all,
    },
    'a parameter with many': {
      members: 'private void Handle(IReadOnlyCollection<IMail> mails) { foreach (var m in mails) m.Archive(); }',
      body: `${mail} Handle(mail.GetEmails());`,
      calls: ['IMail.Archive [mails]', list],
      open: all,
    },
    'a parameter in another file': {
      more: {
        'Helper.cs':
          'using UiPath.MicrosoftOffice365.Activities.Api;\nstatic class Helper { static void Handle(this IMail m) => m.Archive(); }',
      },
      body: `${mail} Helper.Handle(mail.GetNewestEmail());`,
      calls: ['IMail.Archive [m]', newest],
      open: all,
    },
    'a list that is filled': {
      body: `${mail} var later = new List<IMail>(); later.Add(mail.GetNewestEmail()); later[0].Archive();`,
      calls: [newest, 'IMail.Archive [new List<IMail>()]'],
      open: all,
    },
    'a part of a record': {
      more: { 'Job.cs': 'record Job(IMail Mail, int Number);' },
      body: `${mail} Job job = new Job(mail.GetNewestEmail(), 1); job.Mail.Delete();`,
      calls: [newest, 'IMail.Delete [job.Mail]'],
      open: all,
    },
  },
  'what may be one of them keeps what coded workflows use of its service open': {
    'a parameter of any kind': {
      members: 'private void Handle(dynamic m) { m.MoveTo(null); }',
      body: `${mail} ${drive} drive.GetFiles(); Handle(mail.GetNewestEmail());`,
      calls: ['OneDrive.GetFiles drive', newest],
      open: ['robot'],
    },
    'of a generic method': {
      members: 'private void Handle<T>(T m) { m.Archive(); }',
      body: `${mail} Handle(mail.GetNewestEmail());`,
      calls: [newest],
      open: ['robot'],
    },
    'what a method of others gives': { body: `${mail} Pick.One(mail.GetEmails()).Archive();`, calls: [list], open: ['robot'] },
    'a group': {
      body: `${mail} foreach (var g in mail.GetEmails().GroupBy(m => m.Account)) g.First().Archive();`,
      calls: [list],
      open: ['robot'],
    },
    'in a file without the service': {
      more: { 'Helper.cs': 'static class Helper { static void Handle(dynamic m) => m.Archive(); }' },
      body: `${mail} Helper.Handle(mail.GetNewestEmail());`,
      calls: [newest],
      open: ['robot'],
    },
  },
  'others of that name': {
    'a file of the disk': {
      body: `${mail} mail.GetEmails(); File.Delete("x"); File.Copy("a", "b"); System.IO.File.Move("a", "b");`,
      calls: [list],
    },
    'an object with a type': {
      body: `${mail} mail.GetEmails(); FileInfo file = Open(); file.Delete(); var other = new FileInfo("x"); other.Delete();`,
      calls: [list],
    },
    'a class of the project': {
      more: { 'Job.cs': 'class Job { public void Update() { } }' },
      body: `${mail} mail.GetEmails(); var job = new Job(); job.Update();`,
      calls: [list],
    },
    'a list of others': {
      body: `${mail} mail.GetEmails(); List<FileInfo> files = Find(); foreach (var f in files) f.Delete(); files.ForEach(f => f.Delete());`,
      calls: [list],
    },
    'a service of another package': {
      body: `${mail} mail.GetEmails(); excel.UseExcelFile("x").Sheet["a"].WriteRange(table);`,
      calls: [list],
    },
    'what a mail gives that is none': {
      body: `${mail} var stream = mail.GetNewestEmail().Download(); stream.Copy(); stream.Delete();`,
      calls: [newest, 'IMail.Download robot'],
    },
    'a comment and a string': {
      body: `${mail} mail.GetEmails(); // x.Archive();\n Log("m.Archive()"); Log($"m.Archive()");`,
      calls: [list],
    },
    'a method of this class': {
      members: 'private void Delete() { }',
      body: `${mail} mail.GetEmails(); this.Delete(); Delete();`,
      calls: [list],
    },
  },
};

for (const [table, rows] of Object.entries(tables))
  describe(table, () => {
    for (const [name, { body = '', members, more = {}, calls, open = [] }] of Object.entries(rows))
      test(name, () => {
        const analysis = analyzeCoded(coded(body, members), more);
        assert.deepEqual([toldCalls(analysis).sort(), toldOpen(analysis)], [[...calls].sort(), open]);
      });
  });

test('a file that only gets the object is read too', () => {
  const more = {
    'Helper.cs':
      'using UiPath.MicrosoftOffice365.Activities.Api;\npublic class Helper : CodedWorkflow { public IMail Newest() => office365.Mail(connections.O365Mail.Robot).GetNewestEmail(); }',
    'Main.cs': 'public class Main { void Execute(Helper helper) { var m = helper.Newest(); m.Delete(); } }',
  };
  assert.deepEqual(toldCalls(analyzeCoded('', more)).sort(), ['IMail.Delete robot', newest]);
});

const guid = '11111111-2222-3333-4444-555555555555';
const head = 'using UiPath.MicrosoftOffice365.Activities.Api;\npublic class Flow : CodedWorkflow {\n  [Workflow] public void Execute() {\n';

function told(body: string, scopes: readonly string[], service = 'Mail'): string[] {
  const code = `${head}    var s = office365.${service}(new ${service === 'Mail' ? 'Mail' : 'OneDrive'}Connection("${guid}", services));\n    ${body}\n  }\n}\n`;
  const manifest = JSON.stringify({ connections: { it: { id: guid, scopes } } });
  return analyzeTexts(
    new Map([
      ['/p/Flow.cs', code],
      ['/p/m365-automation.json', manifest],
    ]),
  )
    .problems.filter(({ rule }) => /^(unused|reducible|redundant|missing)-scope$/.test(rule))
    .map(({ rule, severity, scopes: names }) => `${severity} ${rule} ${names.join()}`);
}

describe('what they need', () => {
  const files = ['Files.Read', 'Files.ReadWrite', 'Sites.ReadWrite.All'];
  const rows: Readonly<Record<string, readonly [body: string, scopes: readonly string[], service: string, ...expected: string[]]>> = {
    'only read': ['s.GetEmails();', ['Mail.ReadWrite'], 'Mail', 'warning reducible-scope Mail.ReadWrite'],
    'each is deleted': [
      's.GetEmails().ToList().ForEach(e => e.Delete());',
      ['Mail.ReadWrite', 'Mail.Send'],
      'Mail',
      'warning unused-scope Mail.Send',
    ],
    'each is moved': ['foreach (var e in s.GetEmails()) e.MoveTo(s.SystemFolders.Archive);', ['Mail.ReadWrite'], 'Mail'],
    'each is moved, and may not be': [
      'foreach (var e in s.GetEmails()) e.MoveTo(x);',
      ['Mail.Read'],
      'Mail',
      'error missing-scope Mail.ReadWrite',
    ],
    'one is answered': ['s.GetNewestEmail()?.Reply("thanks");', ['Mail.ReadWrite', 'Mail.Send'], 'Mail'],
    'a file of the disk is deleted': [
      's.GetEmails(); File.Delete("x");',
      ['Mail.ReadWrite'],
      'Mail',
      'warning reducible-scope Mail.ReadWrite',
    ],
    'an upload to a site': [
      's.UploadFile("a", s.GetFolder("https://contoso.sharepoint.com/sites/x/Shared Documents"));',
      files,
      'OneDrive',
      'hint redundant-scope Files.Read',
      'hint redundant-scope Files.ReadWrite',
    ],
    'an upload to a site of a team': [
      's.UploadFile("a", s.GetFolder("https://contoso.sharepoint.com/teams/x/Shared Documents"));',
      files,
      'OneDrive',
      'hint redundant-scope Files.Read',
      'hint redundant-scope Files.ReadWrite',
    ],
    'an upload to who knows where': [
      's.UploadFile("a", s.GetFolder(where));',
      ['Files.ReadWrite', 'Sites.ReadWrite.All'],
      'OneDrive',
      'hint redundant-scope Files.ReadWrite',
    ],
    'a folder is shared': [
      'var f = s.GetFolder("x"); f.Share();',
      ['Files.Read', 'Files.ReadWrite.All'],
      'OneDrive',
      'hint redundant-scope Files.Read',
    ],
    'a guess is no error': ['s.GetFile("x").Upload(y);', ['Files.Read'], 'OneDrive', 'information missing-scope Files.ReadWrite'],
  };
  for (const [name, [body, scopes, service, ...expected]] of Object.entries(rows))
    test(name, () => assert.deepEqual(told(body, scopes, service), expected));
});
