/** Scripted sessions of a bare client, one that pulls and one that does not. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withFolder } from '../support/command';
import { applyTo, type Client, type ClientOptions, pulling, startClient, until, uriOf } from './client';
import { classic, manifest, modern, project, rangeOf } from './texts';

const contentModified = -32801;
const requestCancelled = -32800;

/** Runs a session in a folder of files. */
async function session(
  files: Record<string, string>,
  options: Omit<ClientOptions, 'folders'>,
  body: (client: Client, at: (name: string) => string, folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(files, async (folder) => {
    const client = await startClient({ folders: [folder], ...options });
    try {
      await body(client, (name) => join(folder, name), folder);
    } finally {
      client.stop();
    }
  });
}

const rules = (items: readonly { code?: string | number | undefined }[]) => items.map(({ code }) => code);

test('what the server offers depends on whether the client pulls', async () => {
  await session({ 'project.json': project }, {}, async ({ initialized, registered }) => {
    assert.deepEqual(initialized.capabilities.diagnosticProvider, {
      identifier: 'm365-scopes',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    assert.equal(initialized.capabilities.positionEncoding, 'utf-16');
    assert.equal(initialized.serverInfo?.name, 'm365-scopes');
    await until(() => registered.includes('workspace/didChangeWatchedFiles'), 'watchers are registered');
  });
  await session({ 'project.json': project }, { capabilities: {} }, async ({ initialized }) =>
    assert.equal(initialized.capabilities.diagnosticProvider, undefined),
  );
});

for (const where of ['here', 'process'] as const) {
  test(`open, pull, fix, change, pull again, refuse, close, reopen, shut down (${where})`, async () => {
    const text = classic(['mail.readwrite', 'files.read.all']);
    await session({ 'project.json': project, 'Main.xaml': text }, { where }, async (client, at) => {
      const path = at('Main.xaml');
      await client.open(path, text);
      const first = await client.pull(path);
      assert.equal(first.kind, 'full');
      const items = first.kind === 'full' ? first.items : [];
      assert.deepEqual(rules(items), ['missing-scope', 'unused-scope']);
      const [missing, unused] = items;
      assert.deepEqual(missing?.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 54 } });
      assert.match(missing?.codeDescription?.href ?? '', /docs\/rules\/missing-scope\.md$/);
      assert.deepEqual(missing?.data, { rule: 'missing-scope', scopes: ['Mail.Send'] });
      assert.equal(missing?.relatedInformation?.[0]?.location.uri, uriOf(path));
      assert.equal(missing?.source, 'm365-scopes');
      assert.deepEqual(unused?.tags, [1]);

      const again = await client.pull(path, first.resultId);
      assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });

      const actions = await client.actions(path, missing?.range ?? rangeOf(text, 'SendMail'));
      assert.deepEqual(
        actions.map(({ title, isPreferred }) => [title, isPreferred]),
        [
          ['Add mail.send', true],
          ['Add mail.send.shared', false],
          ['Fix all scope problems in the file', undefined],
        ],
      );
      const [add] = actions;
      assert.ok(add && add.edit === undefined, 'the edit comes when the action is resolved');
      const resolved = await client.resolve(add);
      const change = resolved.edit?.documentChanges?.[0];
      assert.equal(change && 'textDocument' in change && change.textDocument.version, 1);
      const fixed = applyTo(new Map([[uriOf(path), text]]), resolved.edit).get(uriOf(path)) ?? '';
      assert.equal(
        fixed,
        text.replace(
          'files.read.all</InArgument>',
          'files.read.all</InArgument>\n        <InArgument x:TypeArguments="x:String">mail.send</InArgument>',
        ),
      );

      await client.change(path, 2, undefined, fixed);
      assert.deepEqual(rules(await client.items(path)), ['unused-scope']);
      await assert.rejects(client.resolve(add), { code: contentModified }, 'an action of an older version is refused');

      await client.close(path);
      assert.deepEqual(rules(await client.items(path)), ['missing-scope', 'unused-scope'], 'a closed file is what is on disk');
      await client.open(path, fixed, 1);
      await assert.rejects(client.resolve(add), { code: contentModified }, 'the same version number of another text is refused too');
      assert.deepEqual(rules(await client.items(path)), ['unused-scope']);
      await client.end();
    });
  });
}

test('incremental changes keep the text', async () => {
  const text = classic(['mail.readwrite']);
  await session({ 'Main.xaml': text }, {}, async (client, at) => {
    const path = at('Main.xaml');
    await client.open(path, text);
    const { end } = rangeOf(text, 'mail.readwrite');
    await client.change(path, 2, { start: end, end }, '</InArgument>\n<InArgument x:TypeArguments="x:String">mail.send');
    assert.deepEqual(await client.items(path), []);
    await client.change(path, 9, { start: end, end: { line: end.line + 1, character: 0 } }, '');
    assert.ok((await client.items(path)).length > 0, 'a version may jump');
  });
});

test('a change in a workflow shows in the manifest, and the reverse', async () => {
  const files = { 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': manifest('Mail.Read') };
  await session(files, {}, async (client, at) => {
    const [flow, side] = [at('Main.xaml'), at('m365-automation.json')];
    await client.open(flow, files['Main.xaml']);
    await client.open(side, files['m365-automation.json']);
    assert.deepEqual(await client.items(side), []);
    await client.change(flow, 2, undefined, modern('GetNewestEmail', 'MarkAsRead="True"'));
    const [problem] = await client.items(side);
    assert.equal(problem?.code, 'missing-scope');
    assert.equal(problem?.relatedInformation?.[0]?.location.uri, uriOf(flow));

    const atActivity = await client.actions(flow, rangeOf(modern(), 'm:GetNewestEmail'));
    const add = atActivity.find(({ title }) => title === 'Add Mail.ReadWrite to the connection "mail"');
    assert.ok(add, 'the fix is offered at the activity as well');
    const { edit } = await client.resolve(add);
    const after = applyTo(new Map([[uriOf(side), files['m365-automation.json']]]), edit).get(uriOf(side)) ?? '';
    assert.ok(after.includes('["Mail.Read", "Mail.ReadWrite"]'));

    await client.change(side, 2, undefined, after);
    assert.deepEqual(rules(await client.items(side)), ['redundant-scope']);
  });
});

test('an edit of a file that is not open has version null, and is refused when the file changed on disk', async () => {
  const files = {
    'project.json': project,
    'Main.xaml': modern('GetNewestEmail', 'MarkAsRead="True"'),
    'm365-automation.json': manifest('Mail.Read'),
  };
  await session(files, {}, async (client, at) => {
    await client.open(at('Main.xaml'), files['Main.xaml']);
    const [add] = await client.actions(at('Main.xaml'), rangeOf(files['Main.xaml'], 'm:GetNewestEmail'));
    assert.ok(add);
    const change = (await client.resolve(add)).edit?.documentChanges?.[0];
    assert.equal(change && 'textDocument' in change && change.textDocument.version, null);
    writeFileSync(at('m365-automation.json'), manifest('Mail.Send'));
    await assert.rejects(client.resolve(add), { code: contentModified });
  });
});

test('fix all: one action for the file, and for everything that is missing in it', async () => {
  const text = classic(['mail.sned', 'files.read', 'User.Read']);
  await session({ 'Main.xaml': text }, {}, async (client, at) => {
    const path = at('Main.xaml');
    await client.open(path, text);
    const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [all, ...others] = await client.actions(path, whole, ['source.fixAll']);
    assert.ok(all?.kind === 'source.fixAll.m365Scopes' && others.length === 0);
    const fixed = applyTo(new Map([[uriOf(path), text]]), (await client.resolve(all)).edit).get(uriOf(path)) ?? '';
    await client.change(path, 2, undefined, fixed);
    assert.deepEqual(await client.items(path), []);
    assert.deepEqual(await client.actions(path, whole, ['source.fixAll']), [], 'nothing is left to fix');
    await client.change(path, 3, undefined, classic(['User.Read']));
    const titles = (
      await client.actions(path, rangeOf(classic(['User.Read']), '<a:Office365ApplicationScope.AuthenticationScopes>'), ['quickfix'])
    ).map(({ title }) => title);
    assert.ok(
      titles.includes('Add all missing scopes (Mail.ReadWrite, Mail.Send)') && titles.includes('Add all missing scopes in the file'),
      titles.join(),
    );
  });
});

test('a client that cannot resolve gets the edit at once, one that cannot version gets plain changes', async () => {
  const text = classic(['mail.readwrite']);
  await session({ 'Main.xaml': text }, { capabilities: { textDocument: { diagnostic: {} } } }, async (client, at) => {
    await client.open(at('Main.xaml'), text);
    const [add] = await client.actions(at('Main.xaml'), rangeOf(text, '<a:Office365ApplicationScope.AuthenticationScopes>'));
    assert.equal(add?.edit?.documentChanges, undefined);
    assert.equal(add?.edit?.changes?.[uriOf(at('Main.xaml'))]?.length, 1);
  });
});

describe('a client that cannot pull', () => {
  const bare = { capabilities: {} };
  const last = (client: Client, path: string) => client.pushed.get(uriOf(path))?.at(-1);

  test('is sent diagnostics with their version, also of the other open files, and none after closing', async () => {
    const files = { 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': manifest('Mail.Read') };
    await session(files, bare, async (client, at) => {
      const [flow, side] = [at('Main.xaml'), at('m365-automation.json')];
      await client.open(flow, files['Main.xaml']);
      await client.open(side, files['m365-automation.json']);
      await until(() => last(client, side)?.version === 1, 'the first push');
      assert.deepEqual(last(client, side)?.diagnostics, []);
      await client.change(flow, 2, undefined, modern('GetNewestEmail', 'MarkAsRead="True"'));
      await until(() => last(client, side)?.diagnostics[0]?.code === 'missing-scope', 'the manifest follows');
      assert.equal(last(client, flow)?.version, 2);
      await client.close(side);
      await until(() => last(client, side)?.diagnostics.length === 0, 'a closed file is cleared');
      assert.equal(last(client, side)?.version, undefined);
    });
  });

  test('never gets diagnostics for an older version', async () => {
    const text = classic(['mail.readwrite']);
    await session({ 'Main.xaml': text }, bare, async (client, at) => {
      const path = at('Main.xaml');
      await client.open(path, text);
      for (let version = 2; version <= 200; version++) {
        await client.change(path, version, undefined, version % 2 ? text : classic(['mail.readwrite', 'mail.send']));
        if (version % 50 === 0) await new Promise((next) => setTimeout(next, 80));
      }
      await until(() => last(client, path)?.version === 200, 'the last push');
      for (const { version = 0, diagnostics } of client.pushed.get(uriOf(path)) ?? [])
        assert.equal(diagnostics.length, version === 1 || version % 2 ? 1 : 0, `version ${version}`);
    });
  });
});

test('a cancelled request is answered as cancelled', async () => {
  const text = classic(['mail.readwrite']);
  await session({ 'Main.xaml': text }, {}, async ({ connection, open, items }, at) => {
    await open(at('Main.xaml'), text);
    const { CancellationTokenSource } = await import('vscode-languageserver');
    const source = new CancellationTokenSource();
    const answer = connection.sendRequest('textDocument/codeLens', { textDocument: { uri: uriOf(at('Main.xaml')) } }, source.token);
    source.cancel();
    await assert.rejects(answer, { code: requestCancelled });
    assert.equal((await items(at('Main.xaml'))).length, 1, 'the server goes on');
  });
});

test('settings of the folder count, and a change of them refreshes', async () => {
  const text = classic(['mail.readwrite', 'mail.send', 'files.read']);
  let rulesSetting: Record<string, string> = {};
  await session({ 'Main.xaml': text }, { settings: () => ({ rules: rulesSetting }) }, async (client, at) => {
    const path = at('Main.xaml');
    await client.open(path, text);
    assert.deepEqual(
      (await client.items(path)).map(({ severity }) => severity),
      [2],
    );
    rulesSetting = { 'unused-scope': 'error', 'no-such-rule': 'error', 'missing-scope': 'loud' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await until(() => client.refreshed() > 0, 'the refresh');
    assert.deepEqual(
      (await client.items(path)).map(({ severity }) => severity),
      [1],
    );
    rulesSetting = { 'unused-scope': 'off' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await until(() => client.refreshed() > 1, 'the second refresh');
    assert.deepEqual(await client.items(path), []);
  });
});

test('settings that are sent count for a client that is not asked', async () => {
  const text = classic(['mail.readwrite', 'mail.send', 'files.read']);
  await session({ 'Main.xaml': text }, { capabilities: { textDocument: { diagnostic: {} } } }, async (client, at) => {
    await client.open(at('Main.xaml'), text);
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { m365Scopes: { rules: { 'unused-scope': 'off' } } },
    });
    assert.deepEqual(await client.items(at('Main.xaml')), []);
  });
});

test('schema and syntax of JSON are left to an editor that validates it', async () => {
  const text = '{ "conections": {} }';
  const own = await shown(false);
  const left = await shown(true);
  assert.deepEqual([own, left], [['schema'], []]);

  async function shown(editorValidatesJson: boolean) {
    let found: unknown[] = [];
    await session({ 'm365-automation.json': text }, { initializationOptions: { editorValidatesJson } }, async (client, at) => {
      await client.open(at('m365-automation.json'), text);
      found = rules(await client.items(at('m365-automation.json')));
    });
    return found;
  }
});

test('folders come and go while the server runs', async () => {
  await withFolder(
    {
      'one/Main.xaml': modern(),
      'two/project.json': project,
      'two/Main.xaml': modern('GetNewestEmail', 'MarkAsRead="True"'),
      'two/m365-automation.json': manifest('Mail.Read'),
    },
    async (folder) => {
      const client = await startClient({ folders: [join(folder, 'one')] });
      const two = { uri: uriOf(join(folder, 'two')), name: 'two' };
      const pullAll = () =>
        client.connection.sendRequest<{ items: { uri: string; items: unknown[] }[] }>('workspace/diagnostic', { previousResultIds: [] });
      assert.deepEqual((await pullAll()).items, []);
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [two], removed: [] } });
      assert.deepEqual(
        (await pullAll()).items.map(({ uri }) => uri),
        [uriOf(join(folder, 'two/m365-automation.json'))],
      );
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [two] } });
      assert.deepEqual((await pullAll()).items, []);
      client.stop();
    },
  );
});

test('workspace diagnostics wait for a change, tell what went, and can be turned off', async () => {
  const files = { 'project.json': project, 'Main.xaml': classic(['mail.readwrite']), 'Other.xaml': modern() };
  let problems = 'project';
  await session(files, { settings: () => ({ problems }) }, async (client, at) => {
    type Answer = { items: { uri: string; kind: string; resultId?: string; items?: unknown[] }[] };
    const ask = (previousResultIds: object[]) => client.connection.sendRequest<Answer>('workspace/diagnostic', { previousResultIds });
    const first = await ask([]);
    assert.deepEqual(
      first.items.map(({ uri, kind, items }) => [uri, kind, items?.length]),
      [[uriOf(at('Main.xaml')), 'full', 1]],
    );
    const ids = first.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    let answered = false;
    const second = ask(ids).then((answer) => {
      answered = true;
      return answer;
    });
    await new Promise((next) => setTimeout(next, 150));
    assert.equal(answered, false, 'nothing changed, so nothing is answered');
    problems = 'openFiles';
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    assert.deepEqual(
      (await second).items.map(({ kind, items }) => [kind, items?.length]),
      [['full', 0]],
    );
  });
});

test('files that change on disk are read again', async () => {
  const files = { 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': manifest('Mail.Read') };
  await session(files, {}, async (client, at) => {
    const side = at('m365-automation.json');
    await client.open(side, files['m365-automation.json']);
    assert.deepEqual(await client.items(side), []);
    writeFileSync(at('Main.xaml'), modern('GetNewestEmail', 'MarkAsRead="True"'));
    writeFileSync(at('New.xaml'), modern('SendMailConnections'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: uriOf(at('Main.xaml')), type: 2 },
        { uri: uriOf(at('New.xaml')), type: 1 },
      ],
    });
    await until(() => client.refreshed() > 0, 'the refresh');
    assert.deepEqual(
      (await client.items(side)).map(({ data }) => (data as { scopes: string[] }).scopes),
      [['Mail.ReadWrite'], ['Mail.Send']],
    );
  });
});

test('code lenses: needs and what is missing, a click mends it; connections without a manifest', async () => {
  const text = classic(['mail.readwrite']);
  await session({ 'project.json': project, 'Main.xaml': text, 'Modern.xaml': modern() }, {}, async (client, at) => {
    await client.open(at('Main.xaml'), text);
    const [lens] = await client.lenses(at('Main.xaml'));
    assert.equal(lens?.command.title, 'needs 2 scopes · 1 missing — fix');
    await client.connection.sendRequest('workspace/executeCommand', { command: lens?.command.command, arguments: lens?.command.arguments });
    const fixed = applyTo(new Map([[uriOf(at('Main.xaml')), text]]), client.applied[0]).get(uriOf(at('Main.xaml')));
    assert.ok(fixed?.includes('mail.send'));
    await client.open(at('Modern.xaml'), modern());
    assert.deepEqual(
      (await client.lenses(at('Modern.xaml'))).map(({ command }) => command.title),
      ['the connection needs 1 scope: Mail.Read'],
    );
  });
  await session({ 'Main.xaml': text }, { settings: () => ({ codeLens: { enable: false } }) }, async (client, at) => {
    await client.open(at('Main.xaml'), text);
    assert.deepEqual(await client.lenses(at('Main.xaml')), []);
  });
});

describe('the server survives', () => {
  test('a broken file', async () => {
    await session({ 'Main.xaml': '<a' }, {}, async (client, at) => {
      await client.open(at('Main.xaml'), '<a');
      assert.deepEqual(rules(await client.items(at('Main.xaml'))), ['syntax']);
      await client.change(at('Main.xaml'), 2, undefined, '');
      assert.deepEqual(rules(await client.items(at('Main.xaml'))), ['syntax']);
    });
  });

  test('a file closed while it is asked for', async () => {
    const text = classic(['mail.readwrite']);
    await session({}, {}, async (client, at) => {
      const path = at('Main.xaml');
      await client.open(path, text);
      const pull = client.pull(path);
      await client.close(path);
      const { kind } = await pull;
      assert.equal(kind, 'full');
      assert.deepEqual(await client.items(path), [], 'it is nowhere any more');
    });
  });

  test('a fault forced in each feature: the others go on, and each is logged once', async () => {
    const fail = () => {
      throw new Error('forced');
    };
    const text = classic(['mail.readwrite']);
    for (const feature of ['pullDocument', 'codeActions', 'codeLenses', 'pullWorkspace'] as const) {
      await session({ 'Main.xaml': text, 'Closed.xaml': text }, { features: { [feature]: fail } }, async (client, at) => {
        const path = at('Main.xaml');
        await client.open(path, text);
        const range = rangeOf(text, '<a:Office365ApplicationScope.AuthenticationScopes>');
        assert.equal((await client.items(path)).length, feature === 'pullDocument' ? 0 : 1, feature);
        assert.equal((await client.actions(path, range)).length > 0, feature !== 'codeActions', feature);
        assert.equal((await client.lenses(path)).length, feature === 'codeLenses' ? 0 : 1, feature);
        const { items } = await client.connection.sendRequest<{ items: unknown[] }>('workspace/diagnostic', { previousResultIds: [] });
        assert.equal(items.length, feature === 'pullWorkspace' ? 0 : 1, feature);
        await until(() => client.logged.length === 1, `one line for ${feature}`);
        assert.match(client.logged[0] ?? '', /forced/);
      });
    }
  });

  test('the folder deleted', async () => {
    const text = classic(['mail.readwrite']);
    await session({ 'project.json': project, 'Main.xaml': text }, {}, async (client, at, folder) => {
      await client.open(at('Main.xaml'), text);
      assert.equal((await client.items(at('Main.xaml'))).length, 1);
      rmSync(folder, { recursive: true });
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [
          { uri: uriOf(at('Main.xaml')), type: 3 },
          { uri: uriOf(at('project.json')), type: 3 },
        ],
      });
      assert.equal((await client.items(at('Main.xaml'))).length, 1, 'the open text is still there');
      await client.close(at('Main.xaml'));
      assert.deepEqual(await client.items(at('Main.xaml')), []);
    });
  });

  test('requests about files that are none of ours', async () => {
    await session({ 'notes.txt': 'x', 'project.json': '{"name": "web"}' }, {}, async (client, at) => {
      for (const name of ['notes.txt', 'project.json', 'gone.xaml']) {
        assert.deepEqual(await client.items(at(name)), [], name);
        assert.deepEqual(await client.lenses(at(name)), [], name);
      }
      const untitled = { textDocument: { uri: 'untitled:Untitled-1' } };
      assert.deepEqual((await client.connection.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', untitled)).items, []);
    });
  });
});

test('a single file without a folder belongs to the project around it', async () => {
  await withFolder(
    { 'project.json': project, 'Main.xaml': modern('GetNewestEmail', 'MarkAsRead="True"'), 'm365-automation.json': manifest('Mail.Read') },
    async (folder) => {
      const client = await startClient({ folders: [], capabilities: pulling });
      await client.open(join(folder, 'm365-automation.json'), manifest('Mail.Read'));
      assert.deepEqual(rules(await client.items(join(folder, 'm365-automation.json'))), ['missing-scope']);
      client.stop();
    },
  );
});

test('a client is asked to pull again when an edit changes what another open file shows, and only then', async () => {
  const files = { 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': manifest('Mail.Read') };
  await session(files, {}, async (client, at) => {
    const [flow, side] = [at('Main.xaml'), at('m365-automation.json')];
    await client.open(flow, files['Main.xaml']);
    await client.open(side, files['m365-automation.json']);
    await client.items(flow);
    await client.items(side);
    await client.change(flow, 2, undefined, modern('GetNewestEmail', 'DisplayName="Newest"'));
    await new Promise((next) => setTimeout(next, 300));
    assert.equal(client.refreshed(), 0);
    await client.change(flow, 3, undefined, modern('GetNewestEmail', 'MarkAsRead="True"'));
    await until(() => client.refreshed() === 1, 'the refresh');
  });
});
