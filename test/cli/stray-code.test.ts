/** C# that no project runs: templates, recorded objects and build output are no use of any connection. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { coded, ids, projectJson } from '../support/coded-builder';
import { checkJson, runCommand, withFolder } from '../support/command';

const calls = (call: string, id: string = ids.robot) => coded(`office365.Mail(new MailConnection("${id}", serviceContainer)).${call};`);
const reads = calls('GetEmails()');
const sends = calls('SendEmail("a", "b", "c")');
const manifest = (more: object = {}) =>
  JSON.stringify({ connections: { robot: { id: ids.robot, account: 'personal', scopes: ['Mail.ReadWrite', 'Mail.Send'] } }, ...more });
const project = { 'project.json': projectJson, 'm365-automation.json': manifest(), 'Main.cs': reads };
const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]));

/** How many calls count, and which scopes are called unused or wider than needed: `Mail.Send` is while nothing sends. */
function told(files: Readonly<Record<string, string>>, path = '.') {
  return withFolder(files, (cwd) => {
    const { summary, problems } = checkJson(cwd, path);
    const unneeded = problems.filter(({ rule }) => /^(unused|reducible)-scope$/.test(rule)).flatMap(({ scopes }) => scopes);
    return [summary.uses, unneeded.sort().join(' ')];
  });
}

const alone = [1, 'Mail.ReadWrite Mail.Send'];
const both = [2, ''];

const rows: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, expected: readonly unknown[]]>> = {
  'a template': [{ ...project, '.templates/Send.cs': sends }, alone],
  'a template in a folder of its own': [{ ...project, '.templates/mail/Send.cs': sends }, alone],
  'a recorded object': [{ ...project, '.objects/app/Send.cs': sends }, alone],
  'what a build copies': [{ ...project, 'bin/Debug/net8.0/Send.cs': sends }, alone],
  'what a build makes': [{ ...project, 'obj/Send.g.cs': sends }, alone],
  'in other letters': [{ ...project, 'Obj/Send.cs': sends, 'BIN/Send.cs': sends }, alone],
  'in a folder of the code': [{ ...project, 'Shared/obj/Send.cs': sends }, alone],
  'below the manifest alone': [{ 'm365-automation.json': manifest(), 'Main.cs': reads, '.templates/Send.cs': sends }, alone],
  'the table of connections in a template': [
    { ...project, '.templates/.codedworkflows/ConnectionsManager.cs': 'class ConnectionsManager { }' },
    alone,
  ],
  'a folder of the project': [{ ...project, 'Mails/Send.cs': sends }, both],
  'a folder with such a word in its name': [{ ...project, 'bins/Send.cs': sends }, both],
  'templates without a dot': [{ ...project, 'templates/Send.cs': sends }, both],
  'a file with such a name': [{ ...project, 'obj.cs': sends }, both],
  'a project that lies in such a folder': [below('bin', { ...project, 'Mails/Send.cs': sends }), both],
  'a project in another one, each on its own': [
    { ...project, ...below('.templates/mail', { 'project.json': projectJson, 'Send.cs': sends }) },
    [2, 'Mail.ReadWrite Mail.Send'],
  ],
  'a manifest governs it': [{ 'm365-automation.json': manifest(), 'Main.cs': reads, 'Send.cs': sends }, both],
  'a project.json that is damaged': [{ ...project, 'project.json': '{ "name": ', 'Send.cs': sends }, both],
  'no project above it: it counts, and for no project': [
    { ...below('Robot', project), 'notes/Send.cs': sends },
    [2, 'Mail.ReadWrite Mail.Send'],
  ],
  'the globs of the manifest leave it out': [
    { 'm365-automation.json': manifest({ workflows: ['flows/**/*.cs'] }), 'flows/Main.cs': reads, 'notes/Send.cs': sends },
    [2, 'Mail.ReadWrite Mail.Send'],
  ],
};

describe('counted, or not', () => {
  for (const [name, [files, expected]] of Object.entries(rows)) test(name, () => assert.deepEqual(told(files), expected));
});

describe('what is told', () => {
  const run = (files: Readonly<Record<string, string>>, ...args: string[]) =>
    withFolder(files, (cwd) => {
      const { code, err } = runCommand(['check', ...args], { cwd });
      return { code, err: err.replaceAll(cwd, '.') };
    });

  test('templates are passed over in silence, and are no files of the project', () => {
    const { code, err } = run({ ...project, '.templates/Send.cs': sends });
    assert.deepEqual([code, err], [0, '']);
    withFolder({ ...project, '.templates/Send.cs': sends }, (cwd) => assert.equal(checkJson(cwd).summary.files, 3));
  });

  test('one that is asked for by its name', () => {
    const files = below('Robot', { ...project, 'bin/Send.cs': sends, 'bin/Other.cs': 'class C { }' });
    const rows: Readonly<Record<string, RegExp>> = {
      'Robot/bin/Send.cs':
        /bin\/Send\.cs lies in a folder of templates, recorded objects or build output .* Move it out if the project runs it\.\n$/,
      'Robot/bin/Other.cs': /bin\/Other\.cs is none of the files that are checked/,
    };
    for (const [path, message] of Object.entries(rows)) {
      const { code, err } = run(files, path);
      assert.deepEqual([code, err.split('\n').length], [2, 2], path);
      assert.match(err, message);
    }
  });
});
