/** Registrations in the editor: findings and fixes across files, hover, names beside GUIDs, and files that only a manifest can tell from others. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Hover, InlayHint } from 'vscode-languageserver';
import { withFolder } from '../support/command';
import { registration } from '../support/registration-builder';
import { ownClientId, secretMark } from '../support/scope-builder';
import { applyTo, type Client, type ClientOptions, pulling, startClient, until, uriOf } from './client';
import { classic, project, rangeOf } from './texts';

const apps = { intake: { clientId: ownClientId, registration: 'entra/intake.json' } };
const robot = { authentication: 'client-secret', app: 'intake', scopes: ['Files.Read.All'] };
const activities = [{ operation: 'GET /users/{id}/drive/root/children', connection: 'robot' }];
const manifest = JSON.stringify({ apps, connections: { robot }, activities }, undefined, 2);
const unused = registration(['Mail.Send Role']);
const all = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

async function session(
  files: Record<string, string>,
  body: (client: Client, at: (name: string) => string) => Promise<void>,
  options: Partial<ClientOptions> = {},
): Promise<void> {
  await withFolder(files, async (folder) => {
    const at = (name: string) => join(folder, name);
    const client = await startClient({ ...options, folders: (options.folders ?? ['.']).map(at) });
    try {
      await body(client, at);
    } finally {
      client.stop();
    }
  });
}

const codes = async (client: Client, path: string) => (await client.items(path)).map(({ code }) => code);
const hover = (client: Client, path: string, position: object) =>
  client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: uriOf(path) }, position });
const hints = (client: Client, path: string, range: object = all) =>
  client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: uriOf(path) }, range });
const shown = (found: Hover | null) => (found?.contents as { value: string } | undefined)?.value ?? '';
const files = { 'm365-automation.json': manifest, 'entra/intake.json': unused };

describe('a registration that the manifest names', () => {
  test('is checked while it is edited, and the manifest follows', async () => {
    await session(files, async (client, at) => {
      const [path, side] = [at('entra/intake.json'), at('m365-automation.json')];
      await client.open(path, unused);
      assert.deepEqual(await codes(client, path), ['registered-unused']);
      assert.deepEqual((await codes(client, side)).includes('not-registered'), true);
      await client.change(path, 2, undefined, registration(['Files.Read.All Role']));
      assert.deepEqual(await codes(client, path), []);
      assert.deepEqual((await codes(client, side)).includes('not-registered'), false);
      await client.close(path);
      assert.deepEqual(await codes(client, path), ['registered-unused'], 'what is on disk counts again');
    });
  });

  test('that two projects share follows what either asks for', async () => {
    const asking = (scopes: readonly string[]) =>
      JSON.stringify({
        apps: { intake: { clientId: ownClientId, registration: '../entra/app.json' } },
        connections: { robot: { authentication: 'client-secret', app: 'intake', scopes } },
      });
    const shared = {
      '.git/HEAD': '',
      'entra/app.json': registration(['Mail.Send Role', 'Mail.Read Role']),
      'a/project.json': project,
      'a/m365-automation.json': asking(['Mail.Send']),
      'b/project.json': project,
      'b/m365-automation.json': asking(['Mail.Read']),
    };
    await session(shared, async (client, at) => {
      const [path, other] = [at('entra/app.json'), at('b/m365-automation.json')];
      await client.open(path, shared['entra/app.json']);
      await client.open(other, shared['b/m365-automation.json']);
      const unusedOnes = async () =>
        (await client.items(path)).filter(({ code }) => code === 'registered-unused').map(({ message }) => message);
      assert.deepEqual(await unusedOnes(), []);
      await client.change(other, 2, undefined, asking([]));
      assert.match(
        (await unusedOnes()).join(),
        /^The app registers Mail\.Read .* none of the 2 automations that use this app asks for it\.$/,
      );
      await client.change(other, 3, undefined, asking(['Mail.Read']));
      assert.deepEqual(await unusedOnes(), []);
    });
  });

  test('is mended from the manifest, where it is open and where it is not', async () => {
    for (const isOpen of [false, true]) {
      await session(files, async (client, at) => {
        const [path, side] = [at('entra/intake.json'), at('m365-automation.json')];
        if (isOpen) await client.open(path, unused, 7);
        await client.open(side, manifest);
        const action = (await client.actions(side, rangeOf(manifest, 'Files.Read.All'))).find(({ title }) => title.startsWith('Register'));
        assert.equal(action?.title, 'Register Files.Read.All (application)');
        const { edit } = await client.resolve(action);
        const [change] = edit?.documentChanges ?? [];
        assert.deepEqual(change && 'textDocument' in change && change.textDocument, { uri: uriOf(path), version: isOpen ? 7 : null });
        const after = applyTo(new Map([[uriOf(path), unused]]), edit).get(uriOf(path)) ?? '';
        assert.deepEqual(
          JSON.parse(after).requiredResourceAccess[0].resourceAccess.map(({ id }: { id: string }) => id.slice(0, 8)),
          ['b633e1c5', '01d4889c'],
        );
      });
    }
  });

  test('that comes, goes or changes on disk is noticed', async () => {
    await session({ 'm365-automation.json': manifest }, async (client, at) => {
      const [path, side] = [at('entra.json'), at('m365-automation.json')];
      const text = manifest.replace('entra/intake.json', 'entra.json');
      await client.open(side, text);
      assert.deepEqual((await codes(client, side)).includes('unreadable-file'), true);
      const steps: readonly [() => void, 1 | 2 | 3, string, boolean][] = [
        [() => writeFileSync(path, unused), 1, 'not-registered', true],
        [() => writeFileSync(path, registration(['Files.Read.All Role'])), 2, 'not-registered', false],
        [() => rmSync(path), 3, 'unreadable-file', true],
      ];
      for (const [index, [act, type, rule, isThere]] of steps.entries()) {
        act();
        await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(path), type }] });
        await until(() => client.refreshed() > index, 'the refresh');
        assert.equal((await codes(client, side)).includes(rule), isThere, rule);
      }
    });
  });

  test('in a folder beside the editor’s own is still told', async () => {
    const outside = {
      '.git/HEAD': '',
      'entra/intake.json': unused,
      'robot/m365-automation.json': manifest.replace('entra/intake.json', '../entra/intake.json'),
    };
    await session(
      outside,
      async (client, at) => {
        const path = at('entra/intake.json');
        await client.open(path, unused);
        assert.deepEqual(await codes(client, path), ['registered-unused']);
      },
      { folders: ['robot'] },
    );
  });
});

describe('any other JSON', () => {
  const other = { ...files, 'package.json': '{ "name": 7,', 'settings.json': unused };
  test('is nothing to us, open or not', async () => {
    await session(other, async (client, at) => {
      for (const name of ['package.json', 'settings.json']) {
        await client.open(at(name), other[name as keyof typeof other]);
        assert.deepEqual(await codes(client, at(name)), []);
        assert.deepEqual(await hints(client, at(name)), []);
        assert.equal(await hover(client, at(name), { line: 5, character: 20 }), null);
        await client.change(at(name), 2, undefined, '[');
        await client.close(at(name));
      }
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uriOf(at('package.json')), type: 2 }],
      });
      assert.deepEqual(await codes(client, at('entra/intake.json')), ['registered-unused']);
      assert.equal(client.refreshed(), 0, 'nothing that was told has changed');
      const { items } = await client.connection.sendRequest<{ items: { uri: string }[] }>('workspace/diagnostic', {
        previousResultIds: [],
      });
      assert.deepEqual(items.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)).sort(), ['intake.json', 'm365-automation.json']);
    });
  });
});

describe('what is shown', () => {
  const markdown = { ...pulling, textDocument: { ...pulling.textDocument, hover: { contentFormat: ['markdown' as const] } } };

  test('is offered', async () => {
    await session(files, async (client) => {
      const { hoverProvider, inlayHintProvider } = client.initialized.capabilities;
      assert.deepEqual([hoverProvider, inlayHintProvider], [true, true]);
    });
  });

  test('a hover on a GUID, as plain text and as Markdown', async () => {
    const text = registration(['Files.Read.All Role']);
    for (const capabilities of [pulling, markdown]) {
      await session(
        { ...files, 'entra/intake.json': text },
        async (client, at) => {
          const { start } = rangeOf(text, '01d4889c');
          const found = await hover(client, at('entra/intake.json'), start);
          const isPlain = capabilities === pulling;
          assert.equal((found?.contents as { kind: string } | undefined)?.kind, isPlain ? 'plaintext' : 'markdown');
          const name = isPlain ? 'Files.Read.All' : '**Files.Read.All**';
          const id = '01d4889c-1287-42c6-ac1f-5d1e02578ef6';
          assert.ok(shown(found).startsWith(`${name}: Read all files (application, ${isPlain ? id : `\`${id}\``})`), shown(found));
          assert.match(shown(found), /An administrator has to consent\./);
          assert.match(shown(found), /Needed by GET .*m365/);
          assert.deepEqual(found?.range, {
            start: { line: start.line - 1, character: 8 },
            end: { line: start.line + 2, character: 9 },
          });
        },
        { capabilities },
      );
    }
  });

  test('a hover on a scope; what the file says is text and no Markdown', async () => {
    const activity = '<m:SendMail DisplayName="[x](command:y) &lt;b&gt; *bold*" IsDraft="False" />';
    const text = classic(['mail.send'], activity);
    await session(
      { 'project.json': project, 'Main.xaml': text },
      async (client, at) => {
        const value = shown(await hover(client, at('Main.xaml'), rangeOf(text, 'mail.send').start));
        assert.match(value, /^\*\*Mail\.Send\*\*: Send mail \(delegated/);
        assert.match(value, /The user may consent\. Personal accounts too\./);
        assert.doesNotMatch(value, /(?<!\\)\[x(?<!\\)\]|<b>|(?<!\\)\*bold/);
        assert.equal(await hover(client, at('Main.xaml'), { line: 0, character: 3 }), null);
      },
      { capabilities: markdown },
    );
  });

  test('names beside GUIDs, of the lines that are shown', async () => {
    await session(files, async (client, at) => {
      const path = at('entra/intake.json');
      const found = await hints(client, path);
      assert.deepEqual(
        found.map(({ label, tooltip }) => [label, tooltip]),
        [
          ['Microsoft Graph', undefined],
          ['Mail.Send', 'Send mail'],
        ],
      );
      const { end } = rangeOf(unused, '"b633e1c5-b582-4048-a93e-9f11b44c7e96"');
      assert.deepEqual(found[1]?.position, end);
      const line = { start: { line: end.line, character: 0 }, end };
      assert.deepEqual((await hints(client, path, line)).length, 1);
    });
  });

  test('no secret', async () => {
    const text = registration(['Files.Read.All Role'], { passwordCredentials: [{ secretText: secretMark }] });
    await session({ ...files, 'entra/intake.json': text }, async (client, at) => {
      const path = at('entra/intake.json');
      const answers = [await client.items(path), await hover(client, path, rangeOf(text, secretMark).start), await hints(client, path)];
      assert.deepEqual(
        (answers[0] as { code: string }[]).map(({ code }) => code),
        ['secret-in-file'],
      );
      assert.ok(!JSON.stringify(answers).includes(secretMark));
    });
  });

  test('nothing, where a feature fails, and the server goes on', async () => {
    const fail = async () => {
      throw new Error('broken on purpose');
    };
    await session(
      files,
      async (client, at) => {
        const path = at('entra/intake.json');
        assert.equal(await hover(client, path, { line: 6, character: 20 }), null);
        assert.deepEqual(await hints(client, path), []);
        assert.equal(client.logged.filter((line) => line.includes('broken on purpose')).length, 2);
        assert.deepEqual(await codes(client, path), ['registered-unused']);
      },
      { features: { hover: fail, inlayHints: fail } },
    );
  });
});
