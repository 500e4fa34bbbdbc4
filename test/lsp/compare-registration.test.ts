/** The page that compares what is declared with the app's registration: its tables, what it says where nothing is known, and a fault. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withFolder } from '../support/command';
import { registration } from '../support/registration-builder';
import { ownClientId } from '../support/scope-builder';
import { type Client, type ClientOptions, pulling, startClient } from './client';

const name = 'm365-automation.json';
const byo = (scopes: readonly string[]) => ({ connector: 'uipath-microsoft-outlook365', authentication: 'byo-app', app: 'intake', scopes });
const manifest = (connections: object) => JSON.stringify({ apps: { intake: { clientId: ownClientId } }, connections }, null, 2);
const mail = manifest({ mail: byo(['Mail.Read', 'Mail.Send', 'offline_access']) });
const compare = (client: Client) => client.connection.sendRequest<string | null>('m365Scopes/compareRegistration', {});
const lines = (text: string | null) => (text ?? '').split('\n').filter((line) => line.startsWith('| `'));

async function session(
  files: Record<string, string>,
  body: (client: Client, folder: string) => Promise<void>,
  options: Partial<ClientOptions> = {},
): Promise<void> {
  await withFolder(files, async (folder) => {
    const client = await startClient({ capabilities: pulling, ...options, folders: [folder] });
    try {
      await body(client, folder);
    } finally {
      client.stop();
    }
  });
}

describe('the comparison with the registration', () => {
  test('has a table for a connection, and follows edits and what is told of grants', () =>
    session({ [name]: mail, 'intake.entra.json': registration(['Mail.Read Scope', 'Files.Read Scope']) }, async (client, folder) => {
      const before = await compare(client);
      assert.match(before ?? '', /^# Declared, registered, granted\n/);
      assert.match(
        before ?? '',
        /\n## mail\n\nm365\\-automation\\\.json:\d+, delegated permissions, the app intake\n\n\| scope \| declared/,
      );
      assert.ok(!before?.includes('No registration is known') && before?.includes('No grants are known'));
      assert.deepEqual(lines(before), [
        '| `Mail.Read` | yes | yes | unknown | find out what was granted |',
        '| `Mail.Send` | yes | no | unknown | add it to the registration |',
        '| `Files.Read` | no | yes | unknown | remove it from the registration |',
      ]);
      await client.connection.sendRequest('m365Scopes/grants', { clientId: ownClientId, names: ['Mail.Read'] });
      const after = await compare(client);
      assert.ok(!after?.includes('No grants are known'));
      assert.deepEqual(lines(after), [
        '| `Mail.Read` | yes | yes | yes | nothing |',
        '| `Mail.Send` | yes | no | no | add it to the registration, then ask for consent |',
        '| `Files.Read` | no | yes | no | remove it from the registration |',
      ]);
      await client.open(join(folder, name), mail.replace('"Mail.Send"', '"Files.Read"'));
      assert.deepEqual(lines(await compare(client)).slice(1), ['| `Files.Read` | yes | yes | no | ask for consent |']);
    }));

  test('says how to get a registration and grants where there are none', () =>
    session({ [name]: mail }, async (client) => {
      const text = (await compare(client)) ?? '';
      for (const part of ['*App registrations*', '`NAME.entra.json`', '*M365 Scopes: Sign In*', '--granted FILE'])
        assert.ok(text.includes(part), part);
      assert.deepEqual(lines(text)[0], '| `Mail.Read` | yes | unknown | unknown | find out what was granted |');
    }));

  test('shows names of files as text', () =>
    session({ [name]: manifest({ '![x](https://a.example/x.png)<b>|': byo(['Mail.Read']) }) }, async (client) => {
      const text = (await compare(client)) ?? '';
      assert.ok(text.includes('## \\!\\[x\\]\\(https://a\\.example/x\\.png\\)\\<b\\>\\|\n'), text);
    }));

  test('says so where there is nothing to compare', () =>
    session({ 'project.json': '{}' }, async (client) => assert.match((await compare(client)) ?? '', /which app it signs in with\.\n$/)));

  test('a fault is logged once, and the server goes on', () =>
    session(
      { [name]: mail },
      async (client) => {
        assert.equal(await compare(client), null);
        assert.equal(client.logged.filter((line) => line.includes('broken on purpose')).length, 1);
        assert.ok((await client.connection.sendRequest<object[]>('m365Scopes/apps', {})).length > 0);
      },
      { features: { compareRegistration: () => Promise.reject(new Error('broken on purpose')) } },
    ));
});
