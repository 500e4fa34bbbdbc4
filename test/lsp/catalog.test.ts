/** A refreshed catalogue that the settings name: it counts at once, and an unusable one is told and left. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withFolder } from '../support/command';
import { pulling, startClient, until } from './client';
import { classic } from './texts';

interface Permissions {
  readonly date: string;
  readonly permissions: readonly { readonly value: string }[];
}

const bundled = JSON.parse(readFileSync('schemas/permissions.json', 'utf8')) as Permissions;
/** A catalogue that does not know Files.Read. */
const other = JSON.stringify({
  ...bundled,
  date: '2030-01-02',
  permissions: bundled.permissions.filter(({ value }) => value !== 'Files.Read'),
});
const text = classic(['mail.readwrite', 'mail.send', 'files.read']);
const files = { 'Main.xaml': text, 'data/permissions.json': other, 'broken/permissions.json': '{"date": 1}' };
const codes = (items: readonly { code?: string | number | undefined }[]) => items.map(({ code }) => code);

test('the setting m365Scopes.catalog: another folder, a broken one, none again', async () => {
  await withFolder(files, async (folder) => {
    let catalog = '';
    const client = await startClient({ folders: [folder], where: 'process', capabilities: pulling, settings: () => ({ catalog }) });
    const choose = async (next: string, refreshes: number) => {
      catalog = next;
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
      await until(() => client.refreshed() >= refreshes, 'the refresh');
    };
    try {
      const path = join(folder, 'Main.xaml');
      await client.open(path, text);
      assert.deepEqual(codes(await client.items(path)), ['unused-scope']);
      await choose('data', 1);
      assert.deepEqual(codes(await client.items(path)), ['unknown-scope']);
      await until(() => client.catalogDates.at(-1) === '2030-01-02', 'the new date');
      await choose(join(folder, 'broken'), 2);
      assert.deepEqual(codes(await client.items(path)), ['unused-scope'], 'the bundled one counts');
      await until(() => client.shown.length > 0, 'the warning');
      assert.match(client.shown.join(), /cannot be used.*permissions\.json/s);
      assert.equal(client.catalogDates.at(-1), bundled.date);
      await choose('', 3);
      assert.deepEqual(codes(await client.items(path)), ['unused-scope']);
      assert.equal(client.shown.length, 1, 'told once');
    } finally {
      client.stop();
    }
  });
});

test('a client without settings names the folder when it starts the server', async () => {
  await withFolder(files, async (folder) => {
    const client = await startClient({ folders: [folder], where: 'process', initializationOptions: { catalog: 'data' } });
    try {
      await client.open(join(folder, 'Main.xaml'), text);
      assert.deepEqual(codes(await client.items(join(folder, 'Main.xaml'))), ['unknown-scope']);
    } finally {
      client.stop();
    }
  });
});
