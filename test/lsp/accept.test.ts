/** The quick fix that accepts a finding: it writes an exception into the manifest, and makes one where there is none. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { applyEdits, lineStarts, offsetAt } from '../../server/src/core/text';
import { withFolder } from '../support/command';
import { type Client, pulling, startClient, uriOf } from './client';
import { classic, manifest, modern, project, rangeOf } from './texts';

const creating = {
  ...pulling,
  workspace: { ...pulling.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
};
const text = classic(['mail.readwrite', 'mail.send', 'files.read']);

async function acceptAt(client: Client, path: string, source: string, part: string): Promise<WorkspaceEdit | undefined> {
  const found = (await client.actions(path, rangeOf(source, part))).find(({ title }) => title.startsWith('Accept'));
  return found && (await client.resolve(found)).edit;
}

/** Applies an edit to the disk, as an editor that saves would. */
function applyToDisk({ documentChanges = [] }: WorkspaceEdit): string[] {
  const touched: string[] = [];
  for (const change of documentChanges) {
    if ('kind' in change) {
      assert.equal(change.kind, 'create');
      if (change.kind === 'create') writeFileSync(fileURLToPath(change.uri), '', { flag: 'wx' });
      continue;
    }
    const path = fileURLToPath(change.textDocument.uri);
    const before = readFileSync(path, 'utf8');
    const lines = lineStarts(before);
    const edits = change.edits.flatMap((edit) =>
      'newText' in edit
        ? [
            {
              start: offsetAt(lines, before.length, edit.range.start),
              end: offsetAt(lines, before.length, edit.range.end),
              text: edit.newText,
            },
          ]
        : [],
    );
    writeFileSync(path, applyEdits(before, edits));
    touched.push(path);
  }
  return touched;
}

test('a project without a manifest gets one that holds the exception and nothing else', async () => {
  await withFolder({ 'project.json': project, 'Sub/Main.xaml': text }, async (folder) => {
    const client = await startClient({ folders: [folder], capabilities: creating });
    try {
      const path = join(folder, 'Sub/Main.xaml');
      await client.open(path, text);
      assert.deepEqual(
        (await client.items(path)).map(({ code }) => code),
        ['unused-scope'],
      );
      const edit = await acceptAt(client, path, text, 'files.read');
      assert.ok(edit);
      const side = join(folder, 'm365-automation.json');
      assert.deepEqual(applyToDisk(edit), [side]);
      assert.deepEqual(JSON.parse(readFileSync(side, 'utf8')), {
        accept: [
          {
            rule: 'unused-scope',
            scope: 'Files.Read',
            file: 'Sub/Main.xaml',
            reason: 'TODO: say why this is accepted',
            until: '2027-02-22',
          },
        ],
      });
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(side), type: 1 }] });
      assert.deepEqual(await client.items(path), [], 'the finding is gone, and none has come');
      assert.deepEqual(await client.items(side), []);
    } finally {
      client.stop();
    }
  });
});

test('a manifest that is there is added to; a finding of a connection is accepted by the connection', async () => {
  const given = manifest('Mail.ReadWrite', 'Files.Read');
  await withFolder({ 'project.json': project, 'Main.xaml': modern(), 'm365-automation.json': given }, async (folder) => {
    const client = await startClient({ folders: [folder], capabilities: creating });
    try {
      const path = join(folder, 'm365-automation.json');
      await client.open(path, given);
      const before = (await client.items(path)).map(({ code }) => code);
      assert.ok(before.includes('unused-scope'));
      const edit = await acceptAt(client, path, given, 'Files.Read');
      assert.ok(edit);
      applyToDisk(edit);
      const after = readFileSync(path, 'utf8');
      assert.ok(after.startsWith(given.slice(0, given.lastIndexOf('}', given.length - 3))), 'what was there stays');
      assert.deepEqual(JSON.parse(after).accept[0].connection, 'mail');
      await client.change(path, 2, undefined, after);
      assert.deepEqual(
        (await client.items(path)).map(({ code }) => code),
        before.filter((code) => code !== 'unused-scope'),
      );
    } finally {
      client.stop();
    }
  });
});

test('nothing is offered where it could not be done: no way to make a file, a manifest that is damaged, a file that came since', async () => {
  await withFolder({ 'project.json': project, 'Main.xaml': text }, async (folder) => {
    const path = join(folder, 'Main.xaml');
    const plain = await startClient({ folders: [folder], capabilities: pulling });
    await plain.open(path, text);
    assert.equal(await acceptAt(plain, path, text, 'files.read'), undefined);
    plain.stop();
    const client = await startClient({ folders: [folder], capabilities: creating });
    try {
      await client.open(path, text);
      const [action] = (await client.actions(path, rangeOf(text, 'files.read'))).filter(({ title }) => title.startsWith('Accept'));
      assert.ok(action);
      writeFileSync(join(folder, 'm365-automation.json'), '{');
      await assert.rejects(client.resolve(action), /changed since/);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uriOf(join(folder, 'm365-automation.json')), type: 1 }],
      });
      assert.equal(await acceptAt(client, path, text, 'files.read'), undefined, 'the manifest is damaged');
      assert.ok(existsSync(path));
    } finally {
      client.stop();
    }
  });
});
