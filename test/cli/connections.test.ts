/** Connections as the command shows them: by their names, with connector activities, bindings, and from where a workflow is reached. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Ajv from 'ajv';
import { binding, bindings, configuration, connectorActivity, connectors, headerMark, httpActivity } from '../support/bindings';
import { checkJson, type ReportJson, runCommand, withFolder } from '../support/command';
import { activity, element, ids, manifest, projectJson, property, scope, workflow } from '../support/workflow-builder';

const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')));
const project = projectJson();
const mail = (ConnectionId: string = ids.mail) => activity('Mail.GetNewestEmail', { ConnectionId });
const bound = bindings(binding(ids.mail, connectors.outlook, 'Outlook of finance'), binding(ids.other, connectors.teams, 'Teams'));
const teams = connectorActivity(ids.other, configuration(connectors.teams));
const files = { 'project.json': project, 'Main.xaml': workflow([mail(), teams]), 'bindings_v2.json': bound };
const list = (cwd: string) => JSON.parse(runCommand(['list', '--format', 'json'], { cwd }).out);
const seen = ({ problems }: Pick<ReportJson, 'problems'>) => problems.map(({ rule, file }) => `${file} ${rule}`);

test('check tells connections by their names, and who uses them', () => {
  withFolder(files, (cwd) => {
    const { out, code } = runCommand(['check'], { cwd });
    assert.equal(code, 0);
    assert.match(
      out,
      /^ {2}Outlook of finance \(11111111…\) {2}uipath-microsoft-outlook365\n {4}used by {3}Get Newest Email \(Main\.xaml\)$/m,
    );
    assert.match(
      out,
      /^ {2}Teams \(11111111…\) {2}uipath-microsoft-teams\n {4}used by {3}Send Channel Message \(Main\.xaml\)\n {4}needs {5}depends on the requests/m,
    );
  });
});

test('its JSON keeps the GUID, adds the name, and counts neither bindings nor connector activities', () => {
  withFolder(files, (cwd) => {
    const { code, ...report } = checkJson(cwd);
    assert.equal(code, 0);
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.deepEqual(report.connections, [
      { id: ids.mail, name: 'Outlook of finance', connector: connectors.outlook, required: ['Mail.Read'], declared: [], open: true },
      { id: ids.other, name: 'Teams', connector: connectors.teams, required: [], declared: [], open: true },
    ]);
    assert.equal(report.summary.uses, 1);
    assert.equal(report.summary.files, 2);
  });
});

test('list tells the same, in text and in JSON', () => {
  withFolder(files, (cwd) => {
    const { out } = runCommand(['list'], { cwd });
    assert.match(
      out,
      /^Teams \(11111111…\) {2}uipath-microsoft-teams\n {2}used by {3}Send Channel Message \(Main\.xaml\)\n {2}required {2}depends on/m,
    );
    assert.deepEqual(
      list(cwd).connections.map(({ id, name, activities, usedBy }: Record<string, unknown>) => [id, name, activities, usedBy]),
      [
        [ids.mail, 'Outlook of finance', ['UiPath.MicrosoftOffice365.Activities.Mail.GetNewestEmail'], ['Get Newest Email']],
        [ids.other, 'Teams', ['ConnectorActivity'], ['Send Channel Message']],
      ],
    );
  });
});

test('a connection of the manifest keeps its key, and has its name beside it', () => {
  const declared = manifest({ connections: { outlook: { id: ids.mail, account: 'personal', scopes: ['Mail.Read'] } } });
  withFolder(
    { 'project.json': project, 'Main.xaml': workflow([mail()]), 'bindings_v2.json': bound, 'm365-automation.json': declared },
    (cwd) => {
      assert.match(
        runCommand(['list'], { cwd }).out,
        /^outlook \(Outlook of finance\) {2}uipath-microsoft-outlook365 {2}m365-automation\.json:/m,
      );
      assert.equal(checkJson(cwd).connections[0]?.id, 'outlook');
    },
  );
});

test('nothing of a configuration but its connector, its name and its request is printed', () => {
  const content = [httpActivity(ids.mail, connectors.outlook, 'POST', '/me/sendMail')];
  withFolder({ ...files, 'Main.xaml': workflow(content) }, (cwd) => {
    for (const args of [['check'], ['check', '--format', 'json'], ['list'], ['list', '--format', 'json']]) {
      const { out, err } = runCommand(args, { cwd });
      assert.match(out, /Mail\.Send/);
      assert.ok(!(out + err).includes(headerMark));
    }
  });
});

describe('a list that Studio works out', () => {
  const asked = (Scopes: unknown) =>
    Buffer.from(JSON.stringify({ Account: 'robot@contoso.com', ClientSecret: null, Scopes })).toString('base64');
  const folder = (key: string) =>
    activity(
      'Mail.ForEachEmailConnections',
      {},
      property('Mail.ForEachEmailConnections', 'Folder', activity('Mail.Models.MailFolderArgument', { ConnectionKey: key })),
    );
  const within = (scopes: string[] | undefined, Scopes: unknown) => ({
    'project.json': project,
    'Main.xaml': workflow([scope(scopes, {}, folder(asked(Scopes)))]),
  });

  test('is shown as what Studio asked for, known permissions only', () => {
    withFolder(within([], ['user.read', 'Mail.Read', 'NotAPermission', 'robot@contoso.com']), (cwd) => {
      const { out } = runCommand(['list'], { cwd });
      assert.match(out, /^ {2}studio {4}asked for Mail\.Read User\.Read$/m);
      assert.doesNotMatch(out, /NotAPermission|contoso/);
      assert.deepEqual(list(cwd).scopes[0].studio, ['Mail.Read', 'User.Read']);
    });
  });

  test('is not shown beside a list, nor where nothing is known', () => {
    for (const [scopes, key] of [
      [['Mail.Read'], ['Mail.Read']],
      [[], null],
    ] as const)
      withFolder(within([...scopes], key), (cwd) => {
        assert.doesNotMatch(runCommand(['list'], { cwd }).out, /studio/);
        assert.ok(!('studio' in list(cwd).scopes[0]));
      });
  });
});

describe('bindings', () => {
  const unbound = { 'project.json': project, 'Main.xaml': workflow([mail(ids.files)]), 'bindings_v2.json': bound };

  test('that disagree with a workflow are told where both stand', () => {
    withFolder(unbound, (cwd) => {
      assert.deepEqual(seen(checkJson(cwd)), [
        'Main.xaml binding-mismatch',
        'bindings_v2.json binding-mismatch',
        'bindings_v2.json binding-mismatch',
      ]);
      assert.deepEqual(seen(checkJson(cwd, 'bindings_v2.json')), [
        'bindings_v2.json binding-mismatch',
        'bindings_v2.json binding-mismatch',
      ]);
      assert.match(runCommand(['check'], { cwd }).out, /"key": "11111111-2222-3333-4444-5555555555aa",\n +\^{38}\n/);
    });
  });

  test('that are damaged are told, and say nothing else', () => {
    withFolder({ ...unbound, 'bindings_v2.json': bound.slice(0, -3) }, (cwd) =>
      assert.deepEqual(seen(checkJson(cwd)), ['bindings_v2.json syntax']),
    );
  });

  test('that are no text are told', () => {
    withFolder({ ...unbound, 'bindings_v2.json': Uint8Array.from([0, 1, 2, 3, 0, 255]) }, (cwd) =>
      assert.deepEqual(seen(checkJson(cwd)), ['bindings_v2.json unreadable-file']),
    );
  });

  test('of the project beside, inside or around are not those of a project', () => {
    const robot = (name: string, connection: string, ...resources: object[]) => ({
      [`${name}project.json`]: project,
      [`${name}Main.xaml`]: workflow([mail(connection)]),
      [`${name}bindings_v2.json`]: bindings(...resources),
    });
    const own = binding(ids.mail, connectors.outlook);
    const all = {
      ...robot('a/', ids.mail, own),
      ...robot('a/inner/', ids.files, own),
      ...robot('b/', ids.mail, own, binding(ids.files, connectors.outlook)),
    };
    withFolder(all, (cwd) => {
      assert.deepEqual(seen(checkJson(cwd)), [
        'a/inner/Main.xaml binding-mismatch',
        'a/inner/bindings_v2.json binding-mismatch',
        'b/bindings_v2.json binding-mismatch',
      ]);
      assert.deepEqual(seen(checkJson(cwd, 'a/Main.xaml')), []);
    });
  });

  test('of a folder without a project.json hold for it, whatever the globs of its manifest', () => {
    const flows = {
      'm365-automation.json': manifest({ workflows: ['**/*.xaml'] }),
      'flows/Main.xaml': workflow([mail()]),
      'bindings_v2.json': bindings(),
    };
    withFolder(flows, (cwd) => assert.deepEqual(seen(checkJson(cwd)), ['flows/Main.xaml binding-mismatch']));
  });

  test('alone are nothing to find fault with', () => {
    withFolder({ 'bindings_v2.json': bound }, (cwd) =>
      assert.deepEqual([runCommand(['check'], { cwd }).code, seen(checkJson(cwd))], [0, []]),
    );
  });

  test('in folders that tools make are left out', () => {
    const skipped = Object.fromEntries(['.local', '.git', 'node_modules', 'old/.local'].map((name) => [`${name}/bindings_v2.json`, '{']));
    withFolder({ ...files, ...skipped, '.git/HEAD': '', '.local/Main.xaml': '<a>', '.git/Main.xaml': '<a>' }, (cwd) =>
      assert.deepEqual(seen(checkJson(cwd)), []),
    );
  });

  test('of coded workflows in .project name a connection', () => {
    const coded = JSON.stringify({
      'O365Mail.Finance': { Resource: 'Connection', Key: ids.mail, Value: null, Metadata: { Connector: connectors.outlook } },
    });
    withFolder({ 'project.json': project, 'Main.xaml': workflow([mail()]), '.project/CodedBindingsMetadata.json': coded }, (cwd) =>
      assert.match(runCommand(['list'], { cwd }).out, /^Finance \(11111111…\)/),
    );
  });
});

describe('a reason says from where its file is reached', () => {
  const sends = workflow([scope(['Mail.ReadWrite'], {}, activity('Mail.SendMail', { Account: '[a]' }))]);
  const main = workflow([element('ui:InvokeWorkflowFile', { WorkflowFileName: 'sub\\Send.xaml' })]);

  test('in text and in JSON, relative to where the command runs', () => {
    withFolder({ 'robot/project.json': project, 'robot/Main.xaml': main, 'robot/Sub/Send.xaml': sends, 'robot/Old.xaml': sends }, (cwd) => {
      const { out } = runCommand(['check'], { cwd });
      assert.match(out, /why: Send Mail \(robot\/Sub\/Send\.xaml:\d+\) .*\(reached from Main\.xaml\)$/m);
      assert.match(out, /why: Send Mail \(robot\/Old\.xaml:\d+\) .*\(no workflow invokes it\)$/m);
      const { code, ...report } = checkJson(cwd);
      assert.equal(code, 1);
      assert.ok(validate(report), JSON.stringify(validate.errors));
      const reached = (report.problems as readonly { why?: readonly { reachedFrom?: readonly string[] }[] }[]).map(
        ({ why }) => why?.[0]?.reachedFrom,
      );
      assert.deepEqual(reached, [[], ['robot/Main.xaml']]);
    });
  });

  test('not where no project.json says what a run starts with', () => {
    withFolder({ 'Main.xaml': main, 'Sub/Send.xaml': sends }, (cwd) => {
      assert.doesNotMatch(runCommand(['check'], { cwd }).out, /reached|invokes/);
    });
  });
});
