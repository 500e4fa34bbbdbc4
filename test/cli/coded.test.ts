/** The command over coded workflows: counted, checked by name or from standard input, listed, fixed; files of other code are none of ours. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { coded, ids, projectJson, studioFiles } from '../support/coded-builder';
import { checkJson, runCommand, withFolder } from '../support/command';

const sends = coded('var mail = office365.Mail(connections.O365Mail.Robot);\n            mail.SendEmail("a", "b", "c");');
const other = 'namespace Robot { class Helper { } }';
const manifest = (...scopes: string[]) =>
  JSON.stringify({ connections: { robot: { id: ids.robot, account: 'personal', scopes } } }, undefined, 2);
const files = { 'project.json': projectJson, ...studioFiles(), 'Main.cs': sends, 'Helper.cs': other };
const rules = ({ problems }: { readonly problems: readonly { readonly rule: string; readonly scopes: readonly string[] }[] }) =>
  problems.map(({ rule, scopes }) => `${rule} ${scopes.join()}`);

test('calls are counted, and only files that name the service', () => {
  withFolder(files, (cwd) => {
    const { summary, connections, code } = checkJson(cwd);
    assert.equal(code, 0);
    assert.deepEqual([summary.files, summary.uses, summary.declarations], [2, 1, 0]);
    assert.deepEqual(
      connections.map(({ id, required }) => [id, required]),
      [[ids.robot, ['Mail.ReadWrite', 'Mail.Send']]],
    );
  });
});

test('a missing scope is found, told with the line of the call, and mended', () => {
  withFolder({ ...files, 'm365-automation.json': manifest('Mail.ReadWrite') }, (cwd) => {
    const found = checkJson(cwd);
    assert.deepEqual([found.code, ...rules(found)], [1, 'missing-scope Mail.Send']);
    assert.match(runCommand(['check'], { cwd }).out, /why: office365\.Mail\.SendEmail \(Main\.cs:\d+\)/);
    assert.equal(runCommand(['fix'], { cwd }).code, 0);
    assert.match(readFileSync(join(cwd, 'm365-automation.json'), 'utf8'), /"Mail\.Send"/);
    assert.equal(readFileSync(join(cwd, 'Main.cs'), 'utf8'), sends);
    assert.deepEqual(rules(checkJson(cwd)), []);
  });
});

test('a call that points to a site is told with the site, not with how it is looked for', () => {
  const uploads = coded(
    `var drive = office365.OneDrive(new OneDriveConnection("${ids.robot}", services));\n drive.UploadFile("a", drive.GetFolder("https://contoso.sharepoint.com/teams/x/Shared Documents"));`,
  );
  withFolder({ 'project.json': projectJson, 'Main.cs': uploads, 'm365-automation.json': manifest('Files.ReadWrite') }, (cwd) => {
    const { out } = runCommand(['check'], { cwd });
    assert.match(out, /missing-scope\n {2}The connection "robot" does not declare Files\.ReadWrite\.All/);
    assert.match(out, /because the target points to \.sharepoint\.com\/sites\/ or \.sharepoint\.com\/teams\/: the item lies/);
  });
});

describe('a file by its name', () => {
  test('a coded workflow is checked with its project', () => {
    withFolder({ ...files, 'm365-automation.json': JSON.stringify({ connections: {} }) }, (cwd) => {
      const found = checkJson(cwd, 'Main.cs');
      assert.deepEqual([found.code, found.summary.files, ...rules(found)], [1, 1, 'unknown-connection ']);
      assert.match(runCommand(['check', 'Main.cs'], { cwd }).out, /mail\.SendEmail\("a", "b", "c"\);\n +\^{9}\n/);
    });
  });

  test('other code is none of the files that are checked', () => {
    withFolder(files, (cwd) => {
      for (const name of ['Helper.cs', '.codedworkflows/ConnectionsFactory.cs', '.codedworkflows/CodedWorkflow.cs']) {
        const { code, err } = runCommand(['check', name], { cwd });
        assert.equal(code, 2, name);
        assert.match(err, /none of the files that are checked: workflows \(\.xaml, or \.cs that uses office365\)/);
      }
    });
  });

  test('one that cannot be read is told as such', () => {
    withFolder({ ...files, 'Broken.cs': Uint8Array.from([0x6f, 0xff, 0xfe, 0xc3]) }, (cwd) => {
      const found = checkJson(cwd, 'Broken.cs');
      assert.deepEqual([found.code, ...rules(found)], [1, 'unreadable-file ']);
    });
  });

  test('from standard input', () => {
    withFolder({ ...files, 'm365-automation.json': manifest('Mail.Read') }, (cwd) => {
      const reads = sends.replace('SendEmail("a", "b", "c")', 'GetEmails()');
      const run = (input: string) => runCommand(['check', '--format', 'json', '--stdin', '--stdin-filename', 'Main.cs'], { cwd, input });
      assert.deepEqual(
        [run(reads).code, run(`\uFEFF${sends}`).code],
        [0, 0],
        'what is wrong lies in the manifest, which was not asked for',
      );
      const { summary } = JSON.parse(run(reads).out) as { summary: Record<string, number> };
      assert.deepEqual([summary.uses, summary.files], [1, 1]);
    });
  });
});

test('code alone is something to check, other code alone is not', () => {
  withFolder({ 'Main.cs': sends }, (cwd) => assert.equal(runCommand(['check'], { cwd }).code, 0));
  withFolder({ 'project.json': projectJson, 'Main.cs': sends }, (cwd) => assert.equal(runCommand(['check'], { cwd }).code, 0));
  withFolder({ 'Main.cs': other }, (cwd) => assert.equal(runCommand(['check'], { cwd }).code, 2));
});

test('what list tells of a connection', () => {
  withFolder({ ...files, 'm365-automation.json': manifest('Mail.ReadWrite', 'Calendars.Read') }, (cwd) => {
    const { connections } = JSON.parse(runCommand(['list', '--format', 'json'], { cwd }).out) as { connections: object[] };
    const [robot] = connections as { missing: string[]; excess: string[]; activities: string[]; open: boolean }[];
    assert.deepEqual([robot?.missing, robot?.excess, robot?.open], [['Mail.Send'], ['Calendars.Read'], false]);
    assert.deepEqual(robot?.activities, ['UiPath.MicrosoftOffice365.Activities.Mail.SendMailConnections']);
  });
});

test('damaged code, and code below ignored folders', () => {
  const damaged = sends.replace('SendEmail("a", "b", "c");', 'SendEmail("a", ; } }');
  withFolder({ ...files, 'Main.cs': damaged, 'm365-automation.json': manifest('Mail.ReadWrite', 'Mail.Send', 'Calendars.Read') }, (cwd) => {
    const { code, problems } = checkJson(cwd);
    assert.deepEqual(
      [code, problems.map(({ rule, severity }) => `${severity} ${rule}`)],
      [0, ['warning syntax']],
      'nothing is called unused',
    );
    assert.match(runCommand(['check'], { cwd }).out, /Main\.cs:\d+:\d+.*\n?.*This \( is not closed before/);
  });
  withFolder({ ...files, '.gitignore': '.codedworkflows/\n' }, (cwd) => {
    assert.deepEqual(
      checkJson(cwd).connections.map(({ id }) => id),
      ['connections.O365Mail.Robot'],
    );
  });
});

test('what the parser is made of lies beside the command', () => {
  for (const name of ['csharp.js', 'tree-sitter.wasm', 'c-sharp.wasm']) {
    assert.ok(existsSync(join('dist', name)), name);
    for (const list of ['.vscodeignore', '.npmignore'])
      assert.ok(readFileSync(list, 'utf8').split('\n').includes(`!dist/${name}`), `${list}: ${name}`);
  }
  const server = readFileSync('dist/server.js', 'utf8');
  assert.ok(!server.includes('tree_sitter'), 'the server starts without it');
});

test('init writes the connections of code with what their calls need', () => {
  withFolder(files, (cwd) => {
    const { code } = runCommand(['init'], { cwd });
    assert.equal(code, 0);
    const made = readFileSync(join(cwd, 'm365-automation.json'), 'utf8');
    assert.match(made, new RegExp(ids.robot));
    assert.match(made, /"Mail\.ReadWrite"[^\]]*"Mail\.Send"/s);
    assert.deepEqual(
      rules(checkJson(cwd)).filter((line) => /missing|unknown|unused/.test(line)),
      [],
    );
  });
  withFolder({ 'project.json': projectJson, 'Main.cs': coded('Helper.Run(office365);') }, (cwd) => {
    const { code, err } = runCommand(['init'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /only coded workflows name Microsoft 365 here, and no call on a connection was found in them\./);
  });
});

test('bindings: a call counts as a use, and what it names may be bound elsewhere', () => {
  const binding = (id: string, connector: string) => ({
    resource: 'Connection',
    key: id,
    value: { ConnectionId: { defaultValue: id, isExpression: false, displayName: 'Connection' } },
    metadata: { BindingsVersion: '2.2', Connector: connector },
  });
  const bindings = (...ids: string[]) =>
    JSON.stringify({ version: '2.0', resources: ids.map((id) => binding(id, 'uipath-microsoft-outlook365')) });
  const xaml = '<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" />';
  const found = (text: string) => {
    let told: string[] = [];
    withFolder({ ...files, 'Main.xaml': xaml, 'bindings_v2.json': text }, (cwd) => {
      told = rules(checkJson(cwd));
    });
    return told;
  };
  assert.deepEqual(found(bindings(ids.robot)), []);
  assert.deepEqual(found(bindings(ids.robot, ids.team)), ['binding-mismatch ']);
  assert.deepEqual(found(bindings()), []);
});
