/** What a coded workflow calls, and on which connection: one row a way to write it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeCoded, coded, ids, studioFiles, toldCalls, toldOpen, useParser } from '../support/coded-builder';

useParser();

const all = ['robot', 'team', 'drive', 'sheet'];
const robot = 'connections.O365Mail.Robot';
const team = 'connections.O365Mail.Team';
const send = 'SendEmail("a@contoso.com", "Subject", "Body")';
const one = ['Mail.SendEmail robot'];

interface Row {
  readonly body?: string;
  readonly members?: string;
  readonly head?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly calls: readonly string[];
  /** Connections that stay open; none where it is left out. */
  readonly open?: readonly string[];
}

const tables: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'the service': {
    'chained at once': { body: `office365.Mail(${robot}).${send};`, calls: one },
    'in a variable': { body: `var mail = office365.Mail(${robot});\n mail.${send};`, calls: one },
    'in a variable with a type': { body: `IMailService mail = office365.Mail(${robot}); mail.${send};`, calls: one },
    'with its namespace': {
      body: `UiPath.MicrosoftOffice365.Activities.Api.IMailService mail = office365.Mail(${robot}); mail.${send};`,
      calls: one,
    },
    'of this': { body: `this.office365.Mail(this.connections.O365Mail.Robot).${send};`, calls: one },
    'of base': { body: `base.office365.Mail(base.connections.O365Mail.Robot).${send};`, calls: one },
    'over several lines': { body: `office365\n  .Mail(\n    ${robot})\n  .${send};`, calls: one },
    'with a question mark': { body: `office365?.Mail(${robot})?.${send};`, calls: one },
    'with an exclamation mark': { body: `office365!.Mail(${robot})!.${send};`, calls: one },
    'with a named argument': { body: `office365.Mail(connection: ${robot}).${send};`, calls: one },
    'in brackets': { body: `(office365.Mail((${robot}))).${send};`, calls: one },
    'in another variable': { body: `var service = office365; service.Mail(${robot}).${send};`, calls: one },
    'through two variables': { body: `var a = office365.Mail(${robot}); var b = a; b.${send};`, calls: one },
    'made when it is first asked for': {
      body: `var mail = new Lazy<IMailService>(() => office365.Mail(${robot})); mail.Value.${send};`,
      calls: one,
      open: ['robot'],
    },
    'made when it is first asked for, with an argument by name': {
      body: `var mail = new Lazy<IMailService>(isThreadSafe: true, valueFactory: () => office365.Mail(${robot})); mail.Value.${send};`,
      calls: one,
      open: ['robot'],
    },
    'made when it is first asked for, in a field': {
      members: `private readonly Lazy<IMailService> _mail; public Main() { _mail = new(() => office365.Mail(${robot})); }`,
      body: `_mail.Value.${send};`,
      calls: one,
      open: ['robot'],
    },
    'out of a function in a variable': {
      body: `Func<IMailService> mail = () => office365.Mail(${robot}); mail().${send}; mail.Invoke().${send};`,
      calls: [...one, ...one],
      open: ['robot'],
    },
    'out of a function of more than one expression': {
      body: `Func<IMailService> mail = () => { return office365.Mail(${robot}); }; mail().${send};`,
      calls: ['Mail.SendEmail [mail()]'],
      open: all,
    },
    'out of a function that gives itself': {
      body: `Func<IMailService> mail = null; mail = () => mail(); mail().${send};`,
      calls: ['Mail.SendEmail [mail()]'],
      open: all,
    },
    'in a field': { members: 'private IMailService _mail;', body: `_mail = office365.Mail(${robot}); _mail.${send};`, calls: one },
    'in a field of this': {
      members: 'private IMailService _mail;',
      body: `this._mail = office365.Mail(${robot}); this._mail.${send};`,
      calls: one,
    },
    'in a field, made once': {
      members: 'private IMailService _mail;',
      body: `_mail ??= office365.Mail(${robot}); _mail.${send};`,
      calls: one,
    },
    'in a property': { members: `private IMailService Mail => office365.Mail(${robot});`, body: `Mail.${send};`, calls: one },
    'in a property with a getter': {
      members: `IMailService Mail { get { return office365.Mail(${robot}); } }`,
      body: `Mail.${send};`,
      calls: one,
    },
    'in a property with a getter in short': {
      members: `IMailService Mail { get => office365.Mail(${robot}); }`,
      body: `Mail.${send};`,
      calls: one,
    },
    'in a property made once': {
      members: `private IMailService _mail; private IMailService Mail => _mail ??= office365.Mail(${robot});`,
      body: `Mail.${send};`,
      calls: one,
    },
    'from a method': { members: `private IMailService Open() { return office365.Mail(${robot}); }`, body: `Open().${send};`, calls: one },
    'from an asynchronous method': {
      members: `private async Task<IMailService> OpenAsync() { await Task.Yield(); return office365.Mail(${robot}); }`,
      body: `var mail = await OpenAsync(); mail.${send};`,
      calls: one,
    },
    'from a local function': { body: `IMailService Open() => office365.Mail(${robot}); Open().${send};`, calls: one },
    'declared with null': { body: `IMailService mail = null; if (in_Flag) { mail = office365.Mail(${robot}); } mail.${send};`, calls: one },
    'chosen by a condition': { body: `var mail = in_Flag ? office365.Mail(${robot}) : null; mail.${send};`, calls: one },
    cast: {
      body: `((IMailService)office365.Mail(${robot})).${send}; (office365.Mail(${robot}) as IMailService).${send};`,
      calls: [...one, ...one],
    },
    'by a pattern': { body: `if (office365.Mail(${robot}) is IMailService mail) mail.${send};`, calls: one },
    'by a name of its own': {
      more: {
        'Other.cs': `using Mailer = UiPath.MicrosoftOffice365.Activities.Api.IMailService;\nusing Conn = UiPath.MicrosoftOffice365.Activities.Api.MailConnection;\nclass Other { void Go(Mailer m, IOffice365ConnectionsService s) { s.Mail(new Conn("${ids.team}", null)).${send}; } }`,
      },
      calls: ['Mail.SendEmail team'],
    },
    'resolved by hand': {
      body: `var service = serviceContainer.Resolve<IOffice365ConnectionsService>(); service.Mail(${robot}).${send};`,
      calls: one,
    },
  },
  'where it is called': {
    'in a lambda': { body: `var mail = office365.Mail(${robot}); rows.ForEach(row => mail.${send});`, calls: one },
    'in a lambda with a block': { body: `var mail = office365.Mail(${robot}); Run(() => { mail.${send}; });`, calls: one },
    'in a loop': { body: `var mail = office365.Mail(${robot}); foreach (var item in items) { mail.${send}; }`, calls: one },
    'as the source of a loop': {
      body: `foreach (var mail in office365.Mail(${robot}).GetEmails()) Log(mail.Subject);`,
      calls: ['Mail.GetEmails robot'],
    },
    'in try and catch': {
      body: `var mail = office365.Mail(${robot}); try { mail.${send}; } catch (Exception error) { Log(error.Message); }`,
      calls: one,
    },
    'in an interpolated string': {
      body: `var mail = office365.Mail(${robot}); Log($"{mail.GetNewestEmail().Subject}");`,
      calls: ['Mail.GetNewestEmail robot'],
    },
    awaited: { body: `var mail = office365.Mail(${robot}); await Task.Run(() => mail.${send});`, calls: one },
    'as an argument': {
      body: `var mail = office365.Mail(${robot}); mail.DeleteEmail(mail.GetNewestEmail());`,
      calls: ['Mail.DeleteEmail robot', 'Mail.GetNewestEmail robot'],
    },
    'by its name alone': {
      body: `var mail = office365.Mail(${robot}); mails.ForEach(mail.DeleteEmail);`,
      calls: ['Mail.DeleteEmail robot'],
    },
    'in a using declaration': {
      body: `using var stream = office365.OneDrive(connections.OneDrive.Robot).DownloadFile(file);`,
      calls: ['OneDrive.DownloadFile drive'],
    },
    'in a using statement': {
      body: `using (var stream = office365.OneDrive(connections.OneDrive.Robot).DownloadFile(file)) { }`,
      calls: ['OneDrive.DownloadFile drive'],
    },
    'in a switch expression': {
      body: `var mail = office365.Mail(${robot}); var x = n switch { 1 => mail.GetNewestEmail(), _ => null };`,
      calls: ['Mail.GetNewestEmail robot'],
    },
    'in a static constructor of another class': {
      members: `private class Helper { private readonly IOffice365ConnectionsService _service; void Do() { _service.Mail(new MailConnection("${ids.team}", null)).${send}; } }`,
      calls: ['Mail.SendEmail team'],
    },
    'between directives': { body: `#if DEBUG\n office365.Mail(${robot}).${send};\n#endif`, calls: one },
    'above and below emoji': { body: `Log("😀🧾"); office365.Mail(${robot}).${send}; // 😀`, calls: one },
    'in every service': {
      body: `office365.Calendar(${team}).GetCalendars(); office365.Excel(connections.Excel.Finance).GetWorkbooks(); office365.Sharepoint(connections.OneDrive.Robot).GetItems(list);`,
      calls: ['Calendar.GetCalendars team', 'Excel.GetWorkbooks sheet', 'Sharepoint.GetItems drive'],
    },
    'a method that calls nothing': { body: 'office365.Sharepoint(connections.OneDrive.Robot).CreateItem(list);', calls: [] },
    'a property of the service': { body: `var inbox = office365.Mail(${robot}).SystemFolders.Inbox;`, calls: [] },
    'compared with null': { body: `var mail = office365.Mail(${robot}); if (mail != null && mail is not null) mail.${send};`, calls: one },
  },
  'the connection': {
    'a literal': { body: `office365.Mail(new MailConnection("${ids.team}", serviceContainer)).${send};`, calls: ['Mail.SendEmail team'] },
    'a verbatim literal': {
      body: `office365.Mail(new MailConnection(@"${ids.team}", serviceContainer)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'a raw literal': {
      body: `office365.Mail(new MailConnection("""${ids.team}""", serviceContainer)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'in capitals': {
      body: `office365.Mail(new MailConnection("${ids.team.toUpperCase()}", serviceContainer)).${send};`,
      calls: [`Mail.SendEmail ${ids.team.toUpperCase()}`],
    },
    'without its type': { body: `office365.Mail(new("${ids.team}", serviceContainer)).${send};`, calls: ['Mail.SendEmail team'] },
    'with a type only on the left': {
      body: `MailConnection c = new("${ids.team}", serviceContainer); office365.Mail(c).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'a constant': {
      members: `private const string DriveId = "${ids.drive}";`,
      body: 'var oneDrive = office365.OneDrive(new OneDriveConnection(DriveId, serviceContainer)); oneDrive.UploadFile(in_Address);',
      calls: ['OneDrive.UploadFile drive'],
    },
    'a constant in two parts': {
      members: `private const string Head = "${ids.drive.slice(0, 8)}"; private const string Id = Head + "${ids.drive.slice(8)}";`,
      body: 'office365.OneDrive(new OneDriveConnection(Id, serviceContainer)).UploadFile(in_Address);',
      calls: ['OneDrive.UploadFile drive'],
    },
    'a public constant': {
      members: `public const string Id = "${ids.team}";`,
      body: `office365.Mail(new MailConnection(Id, null)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'a readonly field': {
      members: `protected readonly string id = "${ids.team}";`,
      body: `office365.Mail(new MailConnection(id, null)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'a local constant': {
      body: `const string id = "${ids.team}"; office365.Mail(new MailConnection(id, null)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'of another class of the file': {
      members: `private static class Ids { public const string Team = "${ids.team}"; }`,
      body: `office365.Mail(new MailConnection(Ids.Team, null)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'of a class in another file': {
      more: { 'Ids.cs': `namespace Robot { public static class Ids { public const string Team = "${ids.team}"; } }` },
      body: `office365.Mail(new MailConnection(Robot.Ids.Team, null)).${send}; office365.Mail(new MailConnection(Ids.Team, null)).${send};`,
      calls: ['Mail.SendEmail team', 'Mail.SendEmail team'],
    },
    'of a base class in another file': {
      more: { 'Base.cs': `namespace Robot { public class Base : CodedWorkflow { protected const string Team = "${ids.team}"; } }` },
      head: 'public class Main : Base',
      body: `office365.Mail(new MailConnection(Team, null)).${send};`,
      calls: ['Mail.SendEmail team'],
    },
    'of a class that a directive spares': {
      more: {
        'Ids.cs': `namespace Robot { public static class Ids { public const string Team = "${ids.team}"; } }`,
        'Other.cs': `using static Robot.Ids;\nclass Other : CodedWorkflow { void Go() { office365.Mail(new MailConnection(Team, null)).${send}; } }`,
      },
      calls: ['Mail.SendEmail team'],
    },
    'in a variable': { body: `var c = ${robot}; office365.Mail(c).${send};`, calls: one },
    'through the factory in a variable': { body: `var factory = connections.O365Mail; office365.Mail(factory.Robot).${send};`, calls: one },
    'from a property': {
      members: `private MailConnection Connection => ${robot};`,
      body: `office365.Mail(Connection).${send};`,
      calls: one,
    },
    'two, each its own': {
      body: `var a = office365.Mail(${robot}); var b = office365.Mail(${team}); a.${send}; b.GetEmails();`,
      calls: ['Mail.SendEmail robot', 'Mail.GetEmails team'],
    },
    'one name in two blocks': {
      body: `{ var m = office365.Mail(${robot}); m.${send}; } { var m = office365.Mail(${team}); m.GetEmails(); }`,
      calls: ['Mail.SendEmail robot', 'Mail.GetEmails team'],
    },
    'one name in two methods': {
      members: `void Other() { var m = office365.Mail(${team}); m.GetEmails(); }`,
      body: `var m = office365.Mail(${robot}); m.${send};`,
      calls: ['Mail.GetEmails team', 'Mail.SendEmail robot'],
    },
  },
};

for (const [table, rows] of Object.entries(tables)) {
  describe(table, () => {
    for (const [name, { body = '', members, head, more = {}, calls, open = [] }] of Object.entries(rows)) {
      test(name, () => {
        const analysis = analyzeCoded(coded(body, members, head), more);
        assert.deepEqual(toldCalls(analysis), calls);
        assert.deepEqual(toldOpen(analysis), open);
      });
    }
  });
}

/** A connection that nobody knows before the run: the call counts, nothing of a connection of its kind is called unused. */
const unknown: Readonly<Record<string, Row>> = {
  'an argument of the workflow': {
    body: `office365.Mail(new MailConnection(in_Address, serviceContainer)).${send};`,
    calls: ['Mail.SendEmail [new MailConnection(in_Address, serviceContainer)]'],
    open: all,
  },
  'a name that Studio does not have': {
    body: `office365.Mail(connections.O365Mail.Gone).${send};`,
    calls: ['Mail.SendEmail [connections.O365Mail.Gone]'],
    open: all,
  },
  'a parameter': {
    members: `private void Go(IMailService mail) { mail.${send}; }`,
    body: '_ = office365;',
    calls: ['Mail.SendEmail [mail]'],
    open: all,
  },
  'either of two': {
    body: `var mail = in_Flag ? office365.Mail(${robot}) : office365.Mail(${team}); mail.${send};`,
    calls: [`Mail.SendEmail [in_Flag ? office365.Mail(${robot}) : office365.Mail(connectio…]`],
    open: all,
  },
  'assigned twice': {
    body: `var mail = office365.Mail(${robot}); mail = office365.Mail(${team}); mail.${send};`,
    calls: ['Mail.SendEmail [mail]'],
    open: all,
  },
  'a field that others can set': {
    members: `public string Id = "${ids.team}";`,
    body: `office365.Mail(new MailConnection(Id, null)).${send};`,
    calls: ['Mail.SendEmail [new MailConnection(Id, null)]'],
    open: all,
  },
  'set through out': {
    body: `MailConnection c = ${robot}; Fill(out c); office365.Mail(c).${send};`,
    calls: ['Mail.SendEmail [c]'],
    open: all,
  },
  'taken out of a tuple': {
    body: `MailConnection c = ${robot}; (c, _) = Both(); office365.Mail(c).${send};`,
    calls: ['Mail.SendEmail [c]'],
    open: all,
  },
  'a class that two files have': {
    more: Object.fromEntries(
      ['A', 'B'].map((name) => [`${name}.cs`, `namespace ${name} { class Ids { public const string Team = "${name}"; } }`]),
    ),
    body: `office365.Mail(new MailConnection(Ids.Team, null)).${send};`,
    calls: ['Mail.SendEmail [new MailConnection(Ids.Team, null)]'],
    open: all,
  },
};

describe('a connection that only the run knows', () => {
  for (const [name, { body = '', members, more = {}, calls, open = [] }] of Object.entries(unknown)) {
    test(name, () => {
      const analysis = analyzeCoded(coded(body, members), more);
      assert.deepEqual(toldCalls(analysis), calls);
      assert.deepEqual(toldOpen(analysis), open);
    });
  }

  test('without the files of Studio', () => {
    const none = Object.fromEntries(Object.keys(studioFiles()).map((name) => [name, '']));
    const analysis = analyzeCoded(coded(`office365.Mail(${robot}).${send};`), none);
    assert.deepEqual(toldCalls(analysis), [`Mail.SendEmail [${robot}]`]);
    assert.deepEqual(
      analysis.connections.filter(({ inManifest }) => !inManifest).map(({ id }) => id),
      [robot],
    );
  });

  test('of another kind leaves the others alone', () => {
    const connectors = { robot: 'uipath-microsoft-outlook365', drive: 'uipath-microsoft-onedrive' };
    const connections = Object.fromEntries(
      Object.entries(connectors).map(([key, connector]) => [key, { id: ids[key as 'robot'], connector }]),
    );
    const analysis = analyzeCoded(coded(`office365.Mail(pick()).${send};`), { 'm365-automation.json': JSON.stringify({ connections }) });
    assert.deepEqual(toldOpen(analysis), ['robot']);
  });
});

/** Where a service or a connection goes where nobody follows it. */
const hidden: Readonly<Record<string, Row>> = {
  'a service as an argument': { body: `Helper.Run(office365.Mail(${robot}));`, calls: [], open: ['robot'] },
  'a service in a variable as an argument': {
    body: `var mail = office365.Mail(${robot}); mail.${send}; Helper.Run(mail);`,
    calls: one,
    open: ['robot'],
  },
  'a connection as an argument': { body: `workflows.Send(${robot});`, calls: [], open: ['robot'] },
  'a property of a connection': { body: `Log(${robot}.ConnectionId);`, calls: [], open: ['robot'] },
  'in a list': { body: `var list = new[] { office365.Mail(${robot}) };`, calls: [], open: ['robot'] },
  'in an initializer': { body: `var x = new Job { Mail = office365.Mail(${robot}) };`, calls: [], open: ['robot'] },
  'in a tuple': { body: `var x = (office365.Mail(${robot}), 1);`, calls: [], open: ['robot'] },
  'as the result of a lambda': { body: `Func<IMailService> open = () => office365.Mail(${robot});`, calls: [], open: ['robot'] },
  'as the result of a public method': {
    members: `public IMailService Open() => office365.Mail(${robot});`,
    body: `Open().${send};`,
    calls: one,
    open: ['robot'],
  },
  'in a protected property': {
    members: `protected IMailService Mail => office365.Mail(${robot});`,
    body: `Mail.${send};`,
    calls: one,
    open: ['robot'],
  },
  'in a field of a class with more parts': {
    head: 'public partial class Main : CodedWorkflow',
    members: 'private IMailService _mail;',
    body: `_mail = office365.Mail(${robot}); _mail.${send};`,
    calls: one,
    open: ['robot'],
  },
  'in a field of another object': { body: `job.Mail = office365.Mail(${robot});`, calls: [], open: ['robot'] },
  'a method that the catalogue does not know': { body: `office365.Mail(${robot}).PinEmail(mail);`, calls: [], open: ['robot'] },
  'the service itself': { body: 'Helper.Run(office365);', calls: [], open: all },
  'a service that the catalogue does not know': { body: 'office365.Planner(connections.Planner.Robot).GetTasks();', calls: [], open: all },
  'every connection': { body: 'Helper.Run(connections); _ = office365;', calls: [], open: all },
  'a factory': { body: 'Helper.Run(connections.O365Mail); _ = office365;', calls: [], open: all },
  'the name of a method alone': {
    body: `var mail = office365.Mail(${robot}); mail.${send}; Log(nameof(mail.DeleteEmail)); Log(nameof(IMailService.DeleteEmail));`,
    calls: one,
  },
  'its name alone': { body: `Log(nameof(office365)); office365.Mail(${robot}).${send};`, calls: one },
};

describe('what goes out of sight keeps its connection open', () => {
  for (const [name, { body = '', members, head, calls, open = [] }] of Object.entries(hidden)) {
    test(name, () => {
      const analysis = analyzeCoded(coded(body, members, head));
      assert.deepEqual(toldCalls(analysis), calls);
      assert.deepEqual(toldOpen(analysis), open);
    });
  }
});

/** What looks like a call, and is none. */
const idle: Readonly<Record<string, string>> = {
  'a comment': coded(`// office365.Mail(${robot}).${send};`),
  'a long comment': coded(`/* var mail = office365.Mail(${robot});\n mail.${send}; */`),
  'a comment for documentation': coded('', `/// <example>office365.Mail(${robot}).${send}</example>\n private int x;`),
  'a string': coded(`Log("office365.Mail(c).SendEmail(x)"); Log(@"office365.Mail(c)"); Log($"office365.Mail(c)");`),
  'a raw string': coded('Log("""\n office365.Mail(c).SendEmail(x);\n """);'),
  'an address': coded('Open("https://outlook.office365.com/mail");'),
  'a name of another thing': coded('var office365 = new Portal(); office365.Mail(x).SendEmail(y);'),
  'a method of another object': coded('mail.SendEmail(x); smtp.Mail(x).SendEmail(y);'),
  'a mailer of another library': coded('google.Gmail(connections.Gmail.Robot).SendEmail(x);'),
};

describe('no calls', () => {
  for (const [name, text] of Object.entries(idle)) {
    test(name, () => {
      const analysis = analyzeCoded(text);
      assert.deepEqual(toldCalls(analysis), []);
      assert.deepEqual(toldOpen(analysis), []);
    });
  }

  test("Studio's own files", () => {
    const analysis = analyzeCoded(coded('Log("x");'));
    assert.deepEqual([toldCalls(analysis), toldOpen(analysis)], [[], []]);
    assert.equal(analysis.problems.filter(({ rule }) => rule === 'unused-connection').length, all.length);
  });
});
