/** Bindings in a session: an edit of theirs changes what is found in the open workflow. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWatchers } from '../../server/src/lsp/watch';
import { binding, bindings, connectors } from '../support/bindings';
import { withFolder } from '../support/command';
import { type Client, startClient, until, uriOf } from './client';
import { guid, modern, project, rangeOf } from './texts';

const other = '99999999-2222-3333-4444-555555555555';
const bound = (id: string, name = 'Outlook of finance') => bindings(binding(id, connectors.outlook, name));
const files = { 'project.json': project, 'Main.xaml': modern(), 'bindings_v2.json': bound(guid) };
const changed = (path: string, type: 1 | 2 | 3) => ({ changes: [{ uri: uriOf(path), type }] });

async function session(
  texts: Record<string, string>,
  body: (client: Client, at: (name: string) => string) => Promise<void>,
): Promise<void> {
  await withFolder(texts, async (folder) => {
    const client = await startClient({ folders: [folder] });
    try {
      await body(client, (name) => join(folder, name));
    } finally {
      client.stop();
    }
  });
}

test('a connection that is renamed in the bindings is a mismatch in the open workflow, and back again', async () => {
  await session(files, async (client, at) => {
    const [flow, side] = [at('Main.xaml'), at('bindings_v2.json')];
    await client.open(flow, files['Main.xaml']);
    await client.open(side, files['bindings_v2.json']);
    assert.deepEqual([await client.items(flow), await client.items(side)], [[], []]);
    await client.change(side, 2, undefined, bound(other));
    const [lacking] = await client.items(flow);
    assert.equal(lacking?.code, 'binding-mismatch');
    assert.deepEqual(lacking?.range, rangeOf(files['Main.xaml'], 'm:GetNewestEmail'));
    const [unused] = await client.items(side);
    assert.deepEqual(unused?.range, rangeOf(bound(other), `"${other}"`));
    assert.match(String(unused?.message), /Outlook of finance \(99999999…\), which no activity uses/);
    await client.change(flow, 2, undefined, modern().replace(guid, other));
    assert.deepEqual([await client.items(flow), await client.items(side)], [[], []]);
    await client.close(side);
    assert.equal((await client.items(flow)).length, 1, 'what is on disk counts again');
  });
});

test('bindings that change, go and come on disk are heard of', async () => {
  await session(files, async (client, at) => {
    const [flow, side] = [at('Main.xaml'), at('bindings_v2.json')];
    await client.open(flow, files['Main.xaml']);
    assert.deepEqual(await client.items(flow), []);
    const tell = async (type: 1 | 2 | 3, times: number) => {
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', changed(side, type));
      await until(() => client.refreshed() >= times, 'the refresh');
      return (await client.items(flow)).length;
    };
    writeFileSync(side, bound(other));
    assert.equal(await tell(2, 1), 1);
    rmSync(side);
    assert.equal(await tell(3, 2), 0, 'without bindings nobody knows');
    writeFileSync(side, bindings());
    assert.equal(await tell(1, 3), 1);
  });
});

test('a lens calls the connection by its name', async () => {
  await session(files, async (client, at) => {
    const titles = async () => (await client.lenses(at('Main.xaml'))).map(({ command }) => command.title);
    assert.deepEqual(await titles(), ['Outlook of finance (11111111…) needs 1 scope: Mail.Read']);
    await client.open(at('bindings_v2.json'), bound(guid, 'Connection'));
    assert.deepEqual(await titles(), ['the connection needs 1 scope: Mail.Read']);
  });
});

test('problems of closed bindings come by workspace diagnostics', async () => {
  await session({ ...files, 'bindings_v2.json': bound(other) }, async (client, at) => {
    const { items } = await client.connection.sendRequest<{ items: { uri: string; items: { code: string }[] }[] }>('workspace/diagnostic', {
      previousResultIds: [],
    });
    assert.deepEqual(
      items.map(({ uri, items: found }) => [uri, found.map(({ code }) => code)]),
      [
        [uriOf(at('Main.xaml')), ['binding-mismatch']],
        [uriOf(at('bindings_v2.json')), ['binding-mismatch']],
      ],
    );
  });
});

test('a damaged file of bindings is told in it, and nowhere else', async () => {
  await session({ ...files, 'bindings_v2.json': '{"resources":[' }, async (client, at) => {
    assert.deepEqual(await client.items(at('Main.xaml')), []);
    assert.deepEqual(
      (await client.items(at('bindings_v2.json'))).map(({ code }) => code),
      ['syntax'],
    );
  });
});

test('bindings are watched', () => {
  const patterns = folderWatchers().map(({ globPattern }) => globPattern);
  assert.ok(patterns.includes('**/*.json'), 'every JSON, and so those: a manifest can name any as a registration');
});
