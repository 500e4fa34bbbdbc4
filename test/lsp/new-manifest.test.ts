/** A manifest from the editor: where the lens stands, what its click makes, what the client can ask for, and everything that keeps it from being made. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CancellationTokenSource, type WorkspaceEdit } from 'vscode-languageserver';
import { runCommand, withFolder } from '../support/command';
import { type Client, type ClientOptions, pulling, startClient, until, uriOf } from './client';
import { classic, guid, manifest, modern, project } from './texts';

const creating = {
  ...pulling,
  workspace: { ...pulling.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
};
const showing = { ...creating, window: { showDocument: { support: true } } };
const write = 'm365Scopes.writeManifest';
const name = 'm365-automation.json';
const other = '99999999-2222-3333-4444-555555555555';
/** Two connections, the second one first. */
const two = modern().replace('  <m:', `  <m:SendMailConnections ConnectionId="${other}" />\n  <m:`);

async function session(
  files: Record<string, string>,
  options: Partial<ClientOptions>,
  body: (client: Client, at: (file: string) => string, folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(files, async (folder) => {
    const client = await startClient({
      capabilities: creating,
      ...options,
      folders: (options.folders ?? ['.']).map((below) => join(folder, below)),
    });
    try {
      await body(client, (file) => join(folder, file), folder);
    } finally {
      client.stop();
    }
  });
}

/** The lenses that write a manifest. */
async function offers(client: Client, path: string) {
  return (await client.lenses(path)).filter(({ command }) => command.command === write);
}

const execute = (client: Client, argument: unknown, command = write) =>
  client.connection.sendRequest<string | null>('workspace/executeCommand', {
    command,
    arguments: argument === undefined ? [] : [argument],
  });
const projects = (client: Client) =>
  client.connection.sendRequest<{ folder: string; file: string; connections: number }[]>('m365Scopes/projectsWithoutManifest', {});

/** The one file that an edit makes, and its text. */
function made(edit: WorkspaceEdit | undefined): { path: string; text: string } {
  const [create, change, ...rest] = edit?.documentChanges ?? [];
  assert.deepEqual(rest, []);
  assert.ok(create && 'kind' in create && create.kind === 'create' && change && 'edits' in change);
  assert.deepEqual(create.options, { overwrite: false, ignoreIfExists: false });
  assert.deepEqual(change.textDocument, { uri: create.uri, version: null });
  const [text] = change.edits;
  assert.ok(text && 'newText' in text && change.edits.length === 1);
  return { path: fileURLToPath(create.uri), text: text.newText };
}

describe('the lens', () => {
  test('stands at the first activity with a connection, once a file, and counts the connections of the project', async () => {
    const files = { 'project.json': project, 'Main.xaml': two, 'Sub/Other.xaml': modern(), 'Sub/None.xaml': classic(['mail.send']) };
    await session(files, {}, async (client, at) => {
      await client.open(at('Main.xaml'), two);
      const [lens, ...more] = await offers(client, at('Main.xaml'));
      assert.deepEqual(more, []);
      assert.deepEqual(lens?.command, {
        title: 'Write a manifest for 2 connections',
        command: write,
        arguments: [{ file: uriOf(at('Main.xaml')) }],
      });
      assert.equal(lens?.range.start.line, 1);
      assert.equal((await offers(client, at('Sub/Other.xaml'))).length, 1);
      assert.deepEqual(await offers(client, at('Sub/None.xaml')), []);
      assert.deepEqual(await offers(client, at('project.json')), []);
    });
  });

  test('speaks of one connection as one, and follows the text that is typed', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, {}, async (client, at) => {
      await client.open(at('Main.xaml'), modern());
      assert.equal((await offers(client, at('Main.xaml')))[0]?.command.title, 'Write a manifest for 1 connection');
      await client.change(at('Main.xaml'), 2, undefined, classic(['mail.send']));
      assert.deepEqual(await offers(client, at('Main.xaml')), []);
    });
  });

  const text = modern();
  const hidden = text.replace(`"${guid}"`, '"[in_Connection]"');
  const silent: readonly (readonly [string, Record<string, string>, Partial<ClientOptions>])[] = [
    ['for a client that makes no files', { 'project.json': project, 'Main.xaml': text }, { capabilities: pulling }],
    ['beside a manifest', { 'project.json': project, 'Main.xaml': text, [name]: '{}' }, {}],
    ['beside a damaged manifest', { 'project.json': project, 'Main.xaml': text, [name]: '{' }, {}],
    [
      'beside a manifest of another name',
      { 'project.json': project, 'Main.xaml': text, 'robot.m365-automation.json': manifest('Mail.Read') },
      {},
    ],
    ['beside one that git ignores', { 'project.json': project, 'Main.xaml': text, [name]: '{}', '.gitignore': `${name}\n` }, {}],
    ['where every connection is an expression', { 'project.json': project, 'Main.xaml': hidden }, {}],
    ['where lenses are turned off', { 'project.json': project, 'Main.xaml': text }, { settings: () => ({ codeLens: { enable: false } }) }],
  ];
  for (const [what, files, options] of silent)
    test(`is not there ${what}`, async () => {
      await session(files, options, async (client, at) => {
        await client.open(at('Main.xaml'), files['Main.xaml'] ?? '');
        assert.deepEqual(await offers(client, at('Main.xaml')), []);
      });
    });
});

describe('a click', () => {
  test('makes the file that the command makes, shows it, and the lens is gone', async () => {
    await session({ 'project.json': project, 'Sub/Main.xaml': two }, { capabilities: showing }, async (client, at, folder) => {
      const shown: string[] = [];
      client.connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
        shown.push(uri);
        return { success: true };
      });
      const path = at('Sub/Main.xaml');
      await client.open(path, two);
      const [lens] = await offers(client, path);
      const uri = uriOf(at(name));
      assert.equal(await execute(client, lens?.command.arguments?.[0]), uri);
      assert.deepEqual(shown, [uri]);
      const file = made(client.applied[0]);
      assert.equal(file.path, at(name));
      assert.equal(file.text, runCommand(['init', '--dry-run'], { cwd: folder }).out);
      writeFileSync(file.path, file.text);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
      assert.deepEqual(await offers(client, path), []);
      assert.deepEqual(
        (await client.items(path)).filter(({ severity }) => severity !== undefined && severity <= 2),
        [],
      );
      assert.deepEqual(
        (await client.items(at(name))).filter(({ severity }) => severity !== undefined && severity <= 2),
        [],
      );
      assert.deepEqual(client.shown, []);
    });
  });

  test('takes what is typed, not what is saved', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, {}, async (client, at) => {
      await client.open(at('Main.xaml'), modern());
      await execute(client, { file: uriOf(at('Main.xaml')) });
      assert.ok(!made(client.applied[0]).text.includes(other));
    });
  });

  test('makes nothing where a manifest has come since, told or not', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, {}, async (client, at) => {
      await client.open(at('Main.xaml'), two);
      const [lens] = await offers(client, at('Main.xaml'));
      writeFileSync(at(name), '{}');
      assert.equal(await execute(client, lens?.command.arguments?.[0]), null);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(at(name)), type: 1 }] });
      assert.equal(await execute(client, lens?.command.arguments?.[0]), null);
      assert.deepEqual(client.applied, []);
      assert.match(client.shown[0] ?? '', /m365-automation\.json is there already/);
      assert.match(client.shown[1] ?? '', /^There is a manifest already: m365-automation\.json\./);
    });
  });

  test('makes nothing where one is open and not saved', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, {}, async (client, at) => {
      await client.open(at(name), '{}');
      assert.equal(await execute(client, { file: uriOf(at('Main.xaml')) }), null);
      assert.deepEqual(client.applied, []);
    });
  });

  const refused: readonly (readonly [string, Record<string, string>, Partial<ClientOptions>, RegExp])[] = [
    [
      'a project that uses nothing',
      { 'project.json': project, 'Main.xaml': '<Activity />' },
      {},
      /^There is nothing to write a manifest about/,
    ],
    [
      'a client that makes no files',
      { 'project.json': project, 'Main.xaml': two },
      { capabilities: pulling },
      /run m365-scopes init in a terminal/,
    ],
  ];
  for (const [what, files, options, message] of refused)
    test(`tells why nothing is made: ${what}`, async () => {
      await session(files, options, async (client, at) => {
        assert.equal(await execute(client, { file: uriOf(at('Main.xaml')) }), null);
        assert.deepEqual(client.applied, []);
        assert.match(client.shown[0] ?? '', message);
      });
    });

  test('on what is no file of a project tells so; a wrong call is answered as one, and the server lives on', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, {}, async (client, at) => {
      for (const file of ['untitled:Untitled-1', uriOf(at('nowhere.txt')), 'file:///%zz', ''])
        assert.equal(await execute(client, { file }), null, file);
      assert.equal(client.shown.length, 4);
      for (const argument of [undefined, null, 7, 'x', {}, { file: 7 }, []])
        await assert.rejects(execute(client, argument), /takes \{ "file"/);
      await assert.rejects(execute(client, {}, 'm365Scopes.applyEdit'), /takes the edit that a lens brings/);
      await assert.rejects(execute(client, {}, 'm365Scopes.unknown'), /There is no command/);
      assert.equal(await execute(client, { file: uriOf(at('Main.xaml')) }), uriOf(at(name)));
    });
  });

  test('that the editor does not carry out is told', async () => {
    await session({ 'project.json': project, 'Main.xaml': two }, { capabilities: showing }, async (client, at) => {
      client.connection.onRequest('workspace/applyEdit', () => ({ applied: false }));
      assert.equal(await execute(client, { file: uriOf(at('Main.xaml')) }), null);
      assert.match(client.shown[0] ?? '', /did not apply the change/);
    });
  });
});

describe('which projects have none', () => {
  const files = {
    'a/project.json': project,
    'a/Main.xaml': two,
    'b/project.json': project,
    'b/Main.xaml': modern(),
    'b/m365-automation.json': '{}',
    'c/project.json': project,
    'c/Main.xaml': '<Activity />',
    'd/project.json': project,
    'd/Main.xaml': classic(['mail.send']).replace(
      'AuthenticationType=',
      `OAuthApplication="Custom" ApplicationId="${guid}" AuthenticationType=`,
    ),
  };

  test('are told with their folder, a file to name them by, and how many connections', async () => {
    await session(files, {}, async (client, at) => {
      const found = await projects(client);
      assert.deepEqual(
        found.map(({ folder, connections }) => [folder, connections]),
        [
          [uriOf(at('a')), 2],
          [uriOf(at('d')), 0],
        ],
      );
      for (const { folder, file } of found) assert.equal(await execute(client, { file }), `${folder}/${name}`);
      assert.match(made(client.applied[1]).text, new RegExp(`"clientId": "${guid}"`));
    });
  });

  test('are those of every folder of the editor, and none where a folder has gone', async () => {
    await session(files, { folders: ['a', 'd', 'gone'] }, async (client, at) => {
      mkdirSync(at('gone'), { recursive: true });
      rmSync(at('gone'), { recursive: true });
      assert.equal((await projects(client)).length, 2);
      rmSync(at('d'), { recursive: true });
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(at('d')), type: 3 }] });
      assert.equal((await projects(client)).length, 1);
    });
    await session({ 'readme.txt': '' }, {}, async (client) => assert.deepEqual(await projects(client), []));
  });

  test('a fault is logged and answered by nothing, and the server lives on', async () => {
    const fail = () => Promise.reject(new Error('on purpose'));
    await session(files, { features: { newManifest: fail, projectsWithoutManifest: fail } }, async (client, at) => {
      assert.deepEqual(await projects(client), []);
      assert.equal(await execute(client, { file: uriOf(at('a/Main.xaml')) }), null);
      await until(() => client.logged.length === 2, 'both are logged');
      for (const message of client.logged) assert.match(message, /failed: Error: on purpose/);
      assert.equal((await offers(client, at('a/Main.xaml'))).length, 1);
    });
  });

  test('a request that is cancelled is answered as such', async () => {
    await session(files, {}, async (client) => {
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest('m365Scopes/projectsWithoutManifest', {}, source.token);
      source.cancel();
      await assert.rejects(answer, { code: -32800 });
    });
  });
});
