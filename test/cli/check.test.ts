/** The command on whole projects: which files are meant, what is reported, in which form. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { checkJson, type ReportJson, runCommand, withFolder } from '../support/command';

const validateReport = new Ajv({ strict: true }).compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')));

const project = JSON.stringify({
  name: 'Robot',
  main: 'Main.xaml',
  dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.0.11]' },
  studioVersion: '23.10.3',
  targetFramework: 'Windows',
});
const guid = '11111111-2222-3333-4444-555555555555';

/** A workflow with one scope; the list holds the given scopes, the body one activity. */
function workflow(scopes: readonly string[], activity = '<m:SendMail IsDraft="False" />'): string {
  return `<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:a="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:m="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:s="clr-namespace:System.Collections.Generic;assembly=mscorlib" xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml">
  <a:Office365ApplicationScope AuthenticationType="InteractiveToken">
    <a:Office365ApplicationScope.AuthenticationScopes>
      <s:List x:TypeArguments="InArgument(x:String)" Capacity="${scopes.length}">
${scopes.map((scope) => `        <InArgument x:TypeArguments="x:String">${scope}</InArgument>`).join('\n')}
      </s:List>
    </a:Office365ApplicationScope.AuthenticationScopes>
    <a:Office365ApplicationScope.Body>
      <ActivityAction x:TypeArguments="x:Object">
        ${activity}
      </ActivityAction>
    </a:Office365ApplicationScope.Body>
  </a:Office365ApplicationScope>
</Activity>
`;
}

const modern = `<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:m="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities"><m:GetNewestEmail ConnectionId="${guid}" MarkAsRead="True" /></Activity>`;
const read = checkJson;
const seen = (report: Pick<ReportJson, 'problems'>) =>
  report.problems.map(({ file, rule, scopes }) => `${file} ${rule} ${scopes.join('+')}`);

test('the JSON report has the form of the contract', () => {
  withFolder({ 'project.json': project, 'Main.xaml': workflow(['mail.readwrite']) }, (cwd) => {
    const { code, ...report } = read(cwd);
    assert.equal(code, 1);
    assert.ok(validateReport(report), JSON.stringify(validateReport.errors));
    const [problem] = report.problems;
    assert.deepEqual(
      { ...problem, message: undefined },
      {
        rule: 'missing-scope',
        severity: 'error',
        file: 'Main.xaml',
        range: { start: { line: 2, character: 4 }, end: { line: 2, character: 54 } },
        message: undefined,
        scopes: ['Mail.Send'],
        declaration: 'Microsoft 365 Scope',
        declaredAt: { file: 'Main.xaml', line: 1 },
        activity: 'UiPath.MicrosoftOffice365.Activities.Mail.SendMail',
        why: [
          {
            activity: 'UiPath.MicrosoftOffice365.Activities.Mail.SendMail',
            displayName: 'Send Mail',
            file: 'Main.xaml',
            line: 9,
            condition: 'always',
            operations: ['POST /users/{id}/sendmail'],
            permissions: ['Mail.Send', 'Mail.Send.Shared'],
            reachedFrom: ['Main.xaml'],
          },
        ],
        fixes: [
          { title: 'Add mail.send', kind: 'quickfix', preferred: true },
          { title: 'Add mail.send.shared', kind: 'quickfix', preferred: false },
        ],
      },
    );
    assert.deepEqual(report.summary, {
      error: 1,
      warning: 0,
      information: 0,
      hint: 0,
      accepted: 0,
      files: 2,
      uses: 1,
      disabledUses: 0,
      declarations: 1,
    });
    assert.deepEqual(report.tool.catalog, { date: '2026-08-20' });
  });
});

test('connections without a manifest are shown, not found fault with', () => {
  withFolder({ 'project.json': project, 'Main.xaml': modern }, (cwd) => {
    const report = read(cwd);
    assert.deepEqual(report.problems, []);
    assert.deepEqual(report.connections, [
      { id: guid, connector: 'uipath-microsoft-outlook365', required: ['Mail.ReadWrite'], declared: [], open: true },
    ]);
    const { out, code } = runCommand(['check'], { cwd });
    assert.equal(code, 0);
    assert.match(
      out,
      /Connections\n {2}11111111-.*uipath-microsoft-outlook365\n {4}used by {3}Get Newest Email \(Main\.xaml\)\n {4}needs {5}Mail\.ReadWrite/,
    );
  });
});

test('naming a file analyses its project and reports that file', () => {
  const manifest = JSON.stringify({ connections: { mail: { id: guid, account: 'personal', scopes: ['Mail.Read'] } } });
  withFolder(
    { 'project.json': project, 'Main.xaml': modern, 'Sub/Send.xaml': workflow(['mail.readwrite']), 'm365-automation.json': manifest },
    (cwd) => {
      assert.deepEqual(seen(read(cwd)), ['Sub/Send.xaml missing-scope Mail.Send', 'm365-automation.json missing-scope Mail.ReadWrite']);
      assert.deepEqual(seen(read(cwd, 'm365-automation.json')), ['m365-automation.json missing-scope Mail.ReadWrite']);
      assert.deepEqual(seen(read(cwd, 'Sub')), ['Sub/Send.xaml missing-scope Mail.Send']);
      assert.deepEqual(seen(read(join(cwd, 'Sub'))), ['Send.xaml missing-scope Mail.Send']);
      assert.deepEqual(seen(read(join(cwd, 'Sub'), '../m365-automation.json')), ['../m365-automation.json missing-scope Mail.ReadWrite']);
      assert.equal(read(cwd, 'Sub/Send.xaml').summary.files, 1);
    },
  );
});

test('a file belongs to the nearest project.json above it', () => {
  const legacy = project.replace('Windows', 'Legacy');
  const old = workflow([])
    .replace(/ {4}<a:Office365ApplicationScope\.AuthenticationScopes>[\s\S]*?AuthenticationScopes>\n/, '')
    .replace('InteractiveToken"', 'InteractiveToken" Services="Files"');
  withFolder({ 'project.json': project, 'A.xaml': old, 'inner/project.json': legacy, 'inner/B.xaml': old }, (cwd) => {
    assert.deepEqual(
      seen(read(cwd)).filter((line) => line.includes('missing')),
      ['inner/B.xaml missing-scope Mail.ReadWrite', 'inner/B.xaml missing-scope Mail.Send'],
    );
    assert.deepEqual(seen(read(cwd, 'A.xaml')), ['A.xaml services-legacy ']);
  });
});

test('a manifest governs what its globs match that has no project.json', () => {
  const manifest = JSON.stringify({
    workflows: ['flows/*.xaml'],
    connections: { mail: { id: guid, account: 'personal', scopes: ['Mail.Read'] } },
  });
  withFolder({ 'm365-automation.json': manifest, 'flows/A.xaml': modern, 'other/B.xaml': modern }, (cwd) => {
    const report = read(cwd);
    assert.deepEqual(seen(report), ['m365-automation.json missing-scope Mail.ReadWrite']);
    assert.deepEqual(
      report.connections.map(({ id, open }) => `${id} ${open}`),
      ['mail false', `${guid} true`],
    );
  });
});

test('what git ignores and what tools generate is left out, unless it is named', () => {
  const files = {
    '.gitignore': 'old/\n*.bak.xaml\n!keep.bak.xaml\n',
    'old/A.xaml': '<a>',
    'x.bak.xaml': '<a>',
    'keep.bak.xaml': '<a>',
    '.local/B.xaml': '<a>',
    'node_modules/C.xaml': '<a>',
    'sub/.gitignore': 'D.xaml',
    'sub/D.xaml': '<a>',
    'sub/E.xaml': '<a>',
    '.git/HEAD': '',
  };
  withFolder(files, (cwd) => {
    assert.deepEqual(
      seen(read(cwd)).map((line) => line.split(' ')[0]),
      ['keep.bak.xaml', 'sub/E.xaml'],
    );
    assert.deepEqual(seen(read(cwd, 'old')).length, 1);
    assert.deepEqual(seen(read(cwd, 'x.bak.xaml')).length, 1);
  });
});

test('--stdin lays a text over the disk', () => {
  withFolder({ 'project.json': project, 'Main.xaml': workflow(['mail.readwrite', 'mail.send']) }, (cwd) => {
    const run = (name: string, input: string) =>
      runCommand(['check', '--format', 'json', '--stdin', '--stdin-filename', name], { cwd, input });
    assert.deepEqual(seen(JSON.parse(run('Main.xaml', `\uFEFF${workflow(['mail.readwrite'])}`).out)), [
      'Main.xaml missing-scope Mail.Send',
    ]);
    assert.equal(run('Main.xaml', readFileSync(join(cwd, 'Main.xaml'), 'utf8')).code, 0);
    assert.equal(run('New.xaml', '<a>').code, 1, 'a file that is not there yet');
    assert.equal(run('m365-automation.json', '{"connections": 1}').code, 1);
  });
});

test('severities can be set, and decide the exit code', () => {
  withFolder({ 'Main.xaml': workflow(['mail.readwrite', 'mail.send', 'files.read']) }, (cwd) => {
    const code = (...args: string[]) => runCommand(['check', ...args], { cwd }).code;
    assert.deepEqual([code(), code('--fail-on', 'warning'), code('--fail-on', 'never')], [0, 1, 0]);
    assert.equal(code('--rule', 'unused-scope=error'), 1);
    assert.equal(code('--fail-on', 'information', '--rule', 'unused-scope=off'), 0);
  });
});

test('a setting never turns a guess into an error', () => {
  const excel = workflow(
    ['User.Read'],
    '<e:ReadCellConnections xmlns:e="clr-namespace:UiPath.MicrosoftOffice365.Activities.Excel;assembly=UiPath.MicrosoftOffice365.Activities" />',
  );
  withFolder({ 'Main.xaml': excel }, (cwd) => {
    assert.equal(read(cwd).problems[0]?.severity, 'information');
    assert.equal(read(cwd, '--rule', 'missing-scope=error').problems[0]?.severity, 'information');
    assert.equal(read(cwd, '--rule', 'missing-scope=warning').problems[0]?.severity, 'warning');
  });
});

test('--output writes the report, uncoloured', () => {
  withFolder({ 'Main.xaml': workflow(['mail.readwrite']) }, (cwd) => {
    const { out, code } = runCommand(['check', '-o', 'report.txt'], { cwd });
    assert.deepEqual([out, code], ['', 1]);
    assert.match(readFileSync(join(cwd, 'report.txt'), 'utf8'), /missing-scope/);
  });
});

test('a very long line is shown around the place only', () => {
  const long = workflow(['mail.readwrite'])
    .replaceAll('\n', '')
    .replace('<Activity', `<Activity DisplayName="${'x'.repeat(200_000)}"`);
  withFolder({ 'Main.xaml': long }, (cwd) => {
    const { out } = runCommand(['check'], { cwd });
    assert.ok(out.length < 2500);
    assert.match(out, /…/);
  });
});

test('two runs print the same', () => {
  withFolder({ 'project.json': project, 'B.xaml': workflow(['mail.read', 'files.read']), 'A.xaml': workflow(['mail.read']) }, (cwd) => {
    assert.equal(runCommand(['check', '--format', 'json'], { cwd }).out, runCommand(['check', '--format', 'json'], { cwd }).out);
  });
});

test('fix mends, keeps the byte order mark and line ends, and a second run changes no byte', () => {
  const before = `\uFEFF${workflow(['mail.readwrite', 'files.read.all', 'mail.sned']).replaceAll('\n', '\r\n')}`;
  withFolder({ 'project.json': project, 'Main.xaml': before }, (cwd) => {
    const file = join(cwd, 'Main.xaml');
    const dry = runCommand(['fix', '--dry-run'], { cwd });
    assert.match(dry.out, /^--- a\/Main\.xaml\n\+\+\+ b\/Main\.xaml\n@@/);
    assert.equal(readFileSync(file, 'utf8'), before, 'a dry run writes nothing');
    const { out, code } = runCommand(['fix'], { cwd });
    assert.equal(code, 0);
    assert.match(out, /Fixed 2 problems in 1 file:/);
    const after = readFileSync(file, 'utf8');
    assert.equal(
      after,
      before
        .replace('        <InArgument x:TypeArguments="x:String">files.read.all</InArgument>\r\n', '')
        .replace('mail.sned', 'mail.send'),
    );
    runCommand(['fix'], { cwd });
    assert.equal(readFileSync(file, 'utf8'), after);
    assert.equal(runCommand(['check', '--fail-on', 'warning'], { cwd }).code, 0);
  });
});

test('fix --rule restricts it to those rules, and mends hints they name', () => {
  withFolder({ 'Main.xaml': workflow(['mail.read', 'mail.readwrite', 'mail.send', 'files.read']) }, (cwd) => {
    runCommand(['fix', '--rule', 'redundant-scope'], { cwd });
    const text = readFileSync(join(cwd, 'Main.xaml'), 'utf8');
    assert.ok(!text.includes('>mail.read<') && text.includes('files.read'));
  });
});

test('fix of one file leaves the others alone', () => {
  withFolder({ 'project.json': project, 'A.xaml': workflow(['mail.readwrite']), 'B.xaml': workflow(['mail.readwrite']) }, (cwd) => {
    runCommand(['fix', 'A.xaml'], { cwd });
    assert.ok(readFileSync(join(cwd, 'A.xaml'), 'utf8').includes('mail.send'));
    assert.ok(!readFileSync(join(cwd, 'B.xaml'), 'utf8').includes('mail.send'));
  });
});

test('the diff of a dry run applies with git, names with spaces end as patch wants them, and it gives what fix writes', () => {
  const before = `\uFEFF${workflow(['mail.readwrite', 'files.read']).replaceAll('\n', '\r\n')}`;
  for (const name of ['Main.xaml', 'Main - Copy.xaml', 'Übergabe/Prüfung.xaml'])
    withFolder({ 'project.json': project, [name]: before }, (cwd) => {
      const file = join(cwd, name);
      const { out } = runCommand(['fix', '--dry-run'], { cwd });
      writeFileSync(join(cwd, 'a.diff'), out);
      assert.match(out, name.includes(' ') ? /^--- a\/.*\t\n\+\+\+ b\/.*\t\n/ : /^--- "?a\/[^\t\n]*\n\+\+\+ "?b\/[^\t\n]*\n/);
      execFileSync('git', ['apply', 'a.diff'], { cwd });
      const applied = readFileSync(file, 'utf8');
      writeFileSync(file, before);
      runCommand(['fix'], { cwd });
      assert.equal(readFileSync(file, 'utf8'), applied);
      assert.notEqual(applied, before);
    });
});

test('a file that cannot be written is left, and nobody is told that there was nothing to fix', { skip: process.getuid?.() === 0 }, () => {
  withFolder({ 'project.json': project, 'Main.xaml': workflow(['mail.readwrite']) }, (cwd) => {
    chmodSync(join(cwd, 'Main.xaml'), 0o444);
    const { code, out, err } = runCommand(['fix'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /Main\.xaml cannot be written: permission denied\. It is left as it is\.\n$/);
    assert.match(out, /^Main\.xaml:.*missing-scope/);
  });
});

test("list says what UiPath's app of a connector asks for, beside what is needed", () => {
  const mail = { connector: 'uipath-microsoft-outlook365', id: guid, authentication: 'oauth-authorization-code' };
  const listOf = (connection: object) =>
    withFolder({ 'Modern.xaml': modern, 'm365-automation.json': JSON.stringify({ connections: { mail: connection } }) }, (cwd) => [
      JSON.parse(runCommand(['list', '--format', 'json'], { cwd }).out).connections[0],
      runCommand(['list'], { cwd }).out,
    ]);
  const [row, text] = listOf(mail);
  assert.equal(row.requested.length, 16);
  assert.ok(row.requested.includes('MailboxSettings.ReadWrite') && row.requested.includes('offline_access'));
  assert.match(
    text,
    / {2}asks for {2}Mail\.Read .* User\.Read \(UiPath's app, 10 more than needed; an app of your own asks for what you list\)\n/,
  );
  for (const other of [
    { ...mail, scopes: ['Mail.ReadWrite'] },
    { ...mail, authentication: 'byo-app' },
    { ...mail, authentication: undefined },
  ]) {
    const [entry, shown] = listOf(other);
    assert.equal(entry.requested, undefined);
    assert.doesNotMatch(shown, /asks for/);
  }
});

test('list shows required, declared and the difference', () => {
  withFolder({ 'project.json': project, 'Main.xaml': workflow(['mail.readwrite', 'files.read']), 'Modern.xaml': modern }, (cwd) => {
    const listed = JSON.parse(runCommand(['list', '--format', 'json'], { cwd }).out);
    assert.deepEqual(listed.scopes[0].required, ['Mail.ReadWrite', 'Mail.Send']);
    assert.deepEqual([listed.scopes[0].missing, listed.scopes[0].excess], [['Mail.Send'], ['Files.Read']]);
    assert.deepEqual(
      [listed.connections[0].id, listed.connections[0].required, listed.connections[0].openBecause],
      [guid, ['Mail.ReadWrite'], 'undeclared'],
    );
    const { out, code } = runCommand(['list'], { cwd });
    assert.equal(code, 0);
    assert.match(
      out,
      /required {2}Mail\.ReadWrite Mail\.Send\n {2}declared {2}Mail\.ReadWrite Files\.Read\n {2}missing {3}Mail\.Send\n {2}too much {2}Files\.Read/,
    );
  });
});
