/** Files as editors and disks really treat them: other spellings of URIs, folders that vanish, subfolders, ignored files, clients that do not watch. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { difference } from '../../server/src/lsp/file-fixes';
import { nodeFileSystem } from '../../server/src/workspace/node-file-system';
import { createWorkspaceSession } from '../../server/src/workspace/session';
import { catalog } from '../support/catalog';
import { withFolder } from '../support/command';
import { type Client, type ClientOptions, pulling, startClient, until, uriOf } from './client';
import { classic, manifest, modern, project, rangeOf } from './texts';

type Report = { uri: string; kind: string; resultId?: string; items?: { code: string; severity: number }[] };

/** How VS Code spells a URI: everything but letters, digits and a few signs is encoded. */
const codeUri = (path: string) => `file://${path.split('/').map(encode).join('/')}`;
const encode = (part: string) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const workspacePull = (client: Client, previousResultIds: readonly object[] = []) =>
  client.connection.sendRequest<{ items: Report[] }>('workspace/diagnostic', { previousResultIds });
const codes = (items: readonly { code?: string | number | undefined }[]) => items.map(({ code }) => code);
const notify = (client: Client, changes: readonly { path: string; type: 1 | 2 | 3 }[]) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: changes.map(({ path, type }) => ({ uri: uriOf(path), type })),
  });

async function session(
  files: Record<string, string>,
  options: Partial<ClientOptions>,
  body: (client: Client, at: (name: string) => string, folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(files, async (folder) => {
    const at = (name: string) => join(folder, name);
    const client = await startClient({ ...options, folders: (options.folders ?? ['.']).map(at) });
    try {
      await body(client, at, folder);
    } finally {
      client.stop();
    }
  });
}

const needsMore = { 'project.json': project, 'Main.xaml': classic(['mail.readwrite']) };
const changing = 'GetNewestEmail';
const marks = 'MarkAsRead="True"';

describe('a client that spells URIs in its own way', () => {
  const inside = Object.fromEntries(Object.entries(needsMore).map(([name, text]) => [`claims (copy) @1/${name}`, text]));
  test('keeps the problems of a closed file, under its own spelling', async () => {
    await session(inside, {}, async (client, at) => {
      const path = at('claims (copy) @1/Main.xaml');
      assert.notEqual(codeUri(path), uriOf(path), 'the spellings differ, or this proves nothing');
      const [first] = (await workspacePull(client)).items;
      assert.deepEqual(codes(first?.items ?? []), ['missing-scope']);
      await notify(client, [{ path: at('claims (copy) @1/Other.xaml'), type: 1 }]);
      const second = await workspacePull(client, [{ uri: codeUri(path), value: first?.resultId }]);
      assert.deepEqual(
        second.items.map(({ uri, kind }) => [uri, kind]),
        [[codeUri(path), 'unchanged']],
      );
    });
  });

  test('is not told of an open file twice', async () => {
    await session(inside, {}, async (client, at) => {
      const uri = codeUri(at('claims (copy) @1/Main.xaml'));
      const text = needsMore['Main.xaml'];
      await client.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xml', version: 1, text } });
      assert.deepEqual((await workspacePull(client)).items, []);
    });
  });

  test('may have one file open under two, and close one', async () => {
    await session({ 'project.json': project, 'a (b).xaml': modern() }, {}, async (client, at) => {
      const path = at('a (b).xaml');
      const text = classic(['mail.readwrite']);
      for (const uri of [codeUri(path), uriOf(path)])
        await client.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xml', version: 1, text } });
      await client.close(path);
      const textDocument = { uri: codeUri(path) };
      const { items } = await client.connection.sendRequest<{ items: { code: string }[] }>('textDocument/diagnostic', { textDocument });
      assert.deepEqual(codes(items), ['missing-scope'], 'the text that is still open counts');
    });
  });
});

describe('a folder', () => {
  const files = { 'project.json': project, 'sub/Deep.xaml': modern(changing, marks), 'm365-automation.json': manifest('Mail.Read') };

  test('that is deleted takes its findings with it, though only the folder is told of', async () => {
    await session(files, {}, async (client, at) => {
      const side = at('m365-automation.json');
      assert.deepEqual(codes(await client.items(side)), ['missing-scope']);
      rmSync(at('sub'), { recursive: true });
      await notify(client, [{ path: at('sub'), type: 3 }]);
      await until(() => client.refreshed() > 0, 'the refresh');
      assert.deepEqual(codes(await client.items(side)), ['unused-connection'], 'nobody uses the connection any more');
      mkdirSync(at('sub'));
      writeFileSync(at('sub/Deep.xaml'), modern('SendMailConnections'));
      await client.connection.sendNotification('workspace/didCreateFiles', { files: [{ uri: uriOf(at('sub')) }] });
      await until(() => client.refreshed() > 1, 'the second refresh');
      assert.deepEqual(
        (await client.items(side)).map(({ data }) => (data as { scopes: string[] }).scopes),
        [['Mail.ReadWrite'], ['Mail.Send'], ['Mail.Read']],
        'what is there now, not what was there before',
      );
    });
  });

  test('that is renamed is found under its new name', async () => {
    await session(files, {}, async (client, at) => {
      const side = at('m365-automation.json');
      assert.equal((await client.items(side)).length, 1);
      rmSync(at('sub'), { recursive: true });
      mkdirSync(at('new'));
      writeFileSync(at('new/Deep.xaml'), modern('SendMailConnections'));
      const renamed = { oldUri: uriOf(at('sub')), newUri: uriOf(at('new')) };
      await client.connection.sendNotification('workspace/didRenameFiles', { files: [renamed] });
      await until(() => client.refreshed() > 0, 'the refresh');
      assert.deepEqual(
        (await client.items(side)).map(({ data }) => (data as { scopes: string[] }).scopes),
        [['Mail.ReadWrite'], ['Mail.Send'], ['Mail.Read']],
      );
    });
  });

  test('that holds nothing of ours comes and goes unnoticed', async () => {
    await session({ ...files, 'node_modules/x/y.js': '' }, {}, async (client, at) => {
      await client.items(at('m365-automation.json'));
      rmSync(at('node_modules'), { recursive: true });
      await notify(client, [{ path: at('node_modules'), type: 3 }]);
      await client.items(at('m365-automation.json'));
      assert.equal(client.refreshed(), 0);
    });
  });

  test('below a project, opened alone, belongs to that project', async () => {
    const above = { 'project.json': project, 'flows/Main.xaml': modern(changing, marks), 'm365-automation.json': manifest('Mail.Read') };
    await session(above, { folders: ['flows'] }, async (client, at) => {
      const range = rangeOf(above['flows/Main.xaml'], changing);
      const titles = (await client.actions(at('flows/Main.xaml'), range)).map(({ title }) => title);
      assert.ok(
        titles.some((title) => /Mail\.ReadWrite.* to the connection/.test(title)),
        titles.join('; '),
      );
      assert.deepEqual((await workspacePull(client)).items, [], 'files outside are not the folder’s');
    });
  });

  test('inside another that is open too is told of once', async () => {
    const nested = Object.fromEntries(Object.entries(needsMore).map(([name, text]) => [`inner/${name}`, text]));
    await session(nested, { folders: ['.', 'inner'] }, async (client, at) => {
      assert.deepEqual(
        (await workspacePull(client)).items.map(({ uri }) => uri),
        [uriOf(at('inner/Main.xaml'))],
      );
    });
  });
});

test('saving an open file tells nobody to ask again, saving a closed one does', async () => {
  await session({ ...needsMore, 'Other.xaml': modern() }, {}, async (client, at) => {
    await client.open(at('Main.xaml'), needsMore['Main.xaml']);
    await client.items(at('Main.xaml'));
    await notify(client, [{ path: at('Main.xaml'), type: 2 }]);
    await client.items(at('Main.xaml'));
    assert.equal(client.refreshed(), 0);
    await notify(client, [{ path: at('Other.xaml'), type: 2 }]);
    await until(() => client.refreshed() === 1, 'the refresh');
  });
});

test('an ignored file that is opened is analysed, and changes nothing else', async () => {
  const files = {
    '.gitignore': 'old/\n',
    '.git/HEAD': '',
    'project.json': project,
    'Main.xaml': modern(),
    'old/Copy.xaml': modern(changing, marks),
    'm365-automation.json': manifest('Mail.Read'),
  };
  await session(files, {}, async (client, at) => {
    const before = await client.items(at('m365-automation.json'));
    await client.open(at('old/Copy.xaml'), files['old/Copy.xaml']);
    await client.open(at('m365-automation.json'), files['m365-automation.json']);
    assert.deepEqual(await client.items(at('m365-automation.json')), before);
    const actions = await client.actions(at('old/Copy.xaml'), rangeOf(files['old/Copy.xaml'], changing));
    assert.ok(actions.length > 0, 'it is held against the manifest of its project');
  });
});

describe('a client that does not watch files', () => {
  const { didChangeWatchedFiles: _none, ...workspace } = pulling.workspace ?? {};
  const capabilities = { ...pulling, workspace };
  const files = { 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': manifest('Mail.Read') };

  test('a new file that is saved and closed stays in the project', async () => {
    await session(files, { capabilities }, async (client, at) => {
      const side = at('m365-automation.json');
      assert.deepEqual(await client.items(side), []);
      const text = modern(changing, marks);
      await client.open(at('New.xaml'), text);
      writeFileSync(at('New.xaml'), text);
      await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(at('New.xaml')) } });
      await client.close(at('New.xaml'));
      assert.deepEqual(codes(await client.items(side)), ['missing-scope']);
    });
  });

  test('a file that is deleted and closed is gone', async () => {
    await session({ ...files, 'Old.xaml': modern(changing, marks) }, { capabilities }, async (client, at) => {
      await client.open(at('Old.xaml'), modern(changing, marks));
      assert.deepEqual(codes(await client.items(at('m365-automation.json'))), ['missing-scope']);
      rmSync(at('Old.xaml'));
      await client.close(at('Old.xaml'));
      assert.deepEqual(await client.items(at('m365-automation.json')), []);
      assert.deepEqual(await client.items(at('Old.xaml')), []);
    });
  });
});

describe('workspace diagnostics', () => {
  test('are answered to a client that kept nothing, each time', async () => {
    await session(needsMore, {}, async (client) => {
      const first = await workspacePull(client);
      assert.equal(first.items.length, 1);
      assert.deepEqual(await workspacePull(client), first);
      const stale = await workspacePull(client, [{ uri: first.items[0]?.uri, value: 'stale' }]);
      assert.deepEqual(stale, first);
    });
  });

  test('a poll that was cancelled loses nothing', async () => {
    await session(needsMore, {}, async (client) => {
      const [first] = (await workspacePull(client)).items;
      const known = [{ uri: first?.uri, value: first?.resultId }];
      const waiting = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: known });
      const refused = assert.rejects(waiting);
      // The second request of the connection so far, counted by the client itself.
      for (let id = 0; id < 10; id++) await client.connection.sendNotification('$/cancelRequest', { id });
      await refused;
      assert.equal((await workspacePull(client)).items.length, 1);
    });
  });
});

describe('settings', () => {
  test('a client that fails to answer gets the usual ones, and one line in the log', async () => {
    const fail = () => {
      throw new Error('no settings here');
    };
    await session(needsMore, { settings: fail }, async (client, at) => {
      assert.deepEqual(codes(await client.items(at('Main.xaml'))), ['missing-scope']);
      assert.deepEqual(codes(await client.items(at('Main.xaml'))), ['missing-scope']);
      assert.equal(client.logged.filter((line) => /settings could not be read/.test(line)).length, 1);
    });
  });

  test('a slash at the end of a folder, or a neighbour whose name goes on, changes nothing', async () => {
    const two = Object.fromEntries(
      ['app', 'app2'].flatMap((name) => Object.entries(needsMore).map(([file, text]) => [`${name}/${file}`, text])),
    );
    await withFolder(two, async (folder) => {
      const settings = (uri?: string) => (uri?.endsWith('/app') ? { rules: { 'missing-scope': 'warning' } } : {});
      const client = await startClient({ folders: [join(folder, 'app/'), join(folder, 'app2')], settings });
      const severity = async (name: string) => (await client.items(join(folder, name)))[0]?.severity;
      assert.equal(await severity('app/Main.xaml'), 2);
      assert.equal(await severity('app2/Main.xaml'), 1);
      const all = (await workspacePull(client)).items;
      assert.deepEqual(Object.fromEntries(all.map(({ uri, items }) => [uri.split('/').at(-2), items?.[0]?.severity])), { app: 2, app2: 1 });
      client.stop();
    });
  });
});

test('a file outside every folder does not make the server read the disk', async () => {
  await withFolder({ 'a/b/Main.xaml': modern(), 'a/c/d/e/Other.xaml': modern() }, (folder) => {
    const listed: string[] = [];
    const fs = {
      ...nodeFileSystem,
      list: (path: string) => {
        listed.push(path);
        return nodeFileSystem.list(path);
      },
    };
    const found = createWorkspaceSession({ fs, catalog, today: () => '2026-11-24' });
    assert.ok(found.automationOf(join(folder, 'a/b/Main.xaml'), () => undefined));
    assert.ok(
      listed.every((path) => join(folder, 'a/b').startsWith(path)),
      listed.join(' '),
    );
    const before = listed.length;
    found.openText(join(folder, 'a/b/Main.xaml'), modern());
    found.automationOf(join(folder, 'a/b/Main.xaml'), () => undefined);
    assert.equal(listed.length, before, 'nor again at the next keystroke');
  });
});

test('a folder that cannot be listed is told of once', () => {
  withFolder({ 'project.json': project, 'closed/Main.xaml': modern() }, (folder) => {
    const fs = {
      ...nodeFileSystem,
      list: (path: string) => {
        if (path.endsWith('closed')) throw new Error('no');
        return nodeFileSystem.list(path);
      },
    };
    const told: string[] = [];
    const found = createWorkspaceSession({ fs, catalog, today: () => '2026-11-24', notify: (message) => told.push(message) });
    found.setFolders([folder]);
    for (let times = 0; times < 2; times++) {
      found.all(() => undefined);
      found.filesChanged([{ path: join(folder, 'New.xaml'), kind: 'created' }]);
    }
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /closed: This folder cannot be listed/);
  });
});

test('a byte order mark in an open manifest is no fault', async () => {
  const text = manifest('Mail.Read');
  await session({ 'project.json': project, 'm365-automation.json': text }, {}, async (client, at) => {
    const path = at('m365-automation.json');
    await client.open(path, text);
    const plain = await client.items(path);
    await client.change(path, 2, undefined, `\uFEFF${text}`);
    assert.deepEqual(codes(await client.items(path)), codes(plain));
  });
});

test('a command without its edit is refused as wrong, and not logged', async () => {
  await session(needsMore, {}, async (client) => {
    for (const given of [undefined, null, [], [{}], ['x']]) {
      const params = { command: 'm365Scopes.applyEdit', ...(given === undefined ? {} : { arguments: given }) };
      await assert.rejects(client.connection.sendRequest('workspace/executeCommand', params), { code: -32602 });
    }
    assert.deepEqual(client.logged, []);
  });
});

test('the empty kind asks for every action', async () => {
  await session(needsMore, {}, async (client, at) => {
    const range = rangeOf(needsMore['Main.xaml'], '<a:Office365ApplicationScope.AuthenticationScopes>');
    const all = await client.actions(at('Main.xaml'), range);
    assert.ok(all.length > 0);
    assert.deepEqual(await client.actions(at('Main.xaml'), range, ['']), all);
  });
});

for (const [name, lineEnd] of [
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
] as const) {
  test(`a difference touches only the lines that differ (${name})`, () => {
    const before = ['a', 'b', 'c', 'd'].join(lineEnd);
    const after = ['a', 'x', 'c', 'd'].join(lineEnd);
    const start = 1 + lineEnd.length;
    assert.deepEqual(difference(before, after), [{ start, end: start + 1 + lineEnd.length, text: `x${lineEnd}` }]);
  });
}
