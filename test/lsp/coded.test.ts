/** Coded workflows in an editor: an edit of the code shows in the manifest, at the calls, and in Studio's table of connections. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { currentParser } from '../../server/src/workspace/csharp/load';
import { ids, studioFiles } from '../support/coded-builder';
import { applyTo, until, uriOf } from './client';
import { files, manifestName, reads, robot, sends, session, told, untilTold } from './coded-session';
import { rangeOf } from './texts';

for (const where of ['here', 'process'] as const) {
  test(`a finding of the manifest follows an edit of the code (${where})`, async () => {
    const manifest = robot('Mail.Read', 'Mail.ReadWrite');
    await session(files(sends, manifest), { where }, async (client, at) => {
      const [code, path] = [at('Main.cs'), at(manifestName)];
      await client.open(path, manifest);
      await client.open(code, sends);
      await untilTold(client, path, ['missing-scope Mail.Send', 'redundant-scope Mail.Read']);
      const [missing] = await client.items(path);
      const [related] = missing?.relatedInformation ?? [];
      assert.deepEqual(related?.location, { uri: uriOf(code), range: rangeOf(sends, 'SendEmail') });

      // The quick fix is offered at the call too, and edits the manifest.
      const actions = await client.actions(code, rangeOf(sends, 'SendEmail'));
      const add = actions.find(({ title }) => title === 'Add Mail.Send to the connection "robot"');
      assert.ok(add, actions.map(({ title }) => title).join());
      const mended = applyTo(new Map([[uriOf(path), manifest]]), (await client.resolve(add)).edit).get(uriOf(path)) ?? '';
      assert.match(mended, /"Mail\.Send"/);

      await client.change(code, 2, rangeOf(sends, 'SendEmail("a", "b", "c")'), 'GetEmails()');
      assert.deepEqual(await told(client, path), ['unused-scope Mail.ReadWrite']);
      await client.change(code, 3, undefined, reads.replace('mail.GetEmails', 'mail.GetEmails('));
      assert.ok(!(await told(client, path)).some((line) => /unused|reducible/.test(line)), 'half a line keeps everything open');
      await client.change(code, 4, undefined, sends);
      assert.deepEqual(await told(client, path), ['missing-scope Mail.Send', 'redundant-scope Mail.Read']);
    });
  });
}

test('a client that cannot pull is pushed what the parser found', async () => {
  const manifest = robot('Calendars.Read');
  await session(files(reads, manifest), { capabilities: {} }, async (client, at) => {
    const uri = uriOf(at(manifestName));
    await client.open(at(manifestName), manifest);
    const last = () =>
      client.pushed
        .get(uri)
        ?.at(-1)
        ?.diagnostics.map(({ code }) => code)
        .sort()
        .join();
    await until(() => last() === 'missing-scope,unused-scope', 'both findings are pushed');
  });
});

test("Studio's table of connections is read anew when it changes on disk", async () => {
  await session(files(reads, robot('Mail.Read')), {}, async (client, at) => {
    const path = at(manifestName);
    await client.open(path, robot('Mail.Read'));
    await untilTold(client, path, []);
    const factory = '.codedworkflows/ConnectionsFactory.cs';
    writeFileSync(at(factory), (studioFiles()[factory] ?? '').replaceAll(ids.robot, ids.team));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(at(factory)), type: 2 }] });
    await untilTold(client, path, ['unused-connection ']);
    assert.deepEqual(await told(client, at('Main.cs')), ['unknown-connection ']);
  });
});

test('calls on a connection that no manifest declares have a lens', async () => {
  const { [manifestName]: _none, ...without } = files(sends, '');
  await session(without, {}, async (client, at) => {
    await client.open(at('Main.cs'), sends);
    await client.items(at('Main.cs'));
    await until(() => currentParser() !== undefined, 'the parser is there');
    const [lens] = await client.lenses(at('Main.cs'));
    assert.deepEqual(lens?.range, rangeOf(sends, 'SendEmail'));
    assert.equal(lens?.command.title, 'the connection needs 2 scopes: Mail.ReadWrite, Mail.Send');
  });
});

test('a template that is opened is no use of the project; a call that was moved out of it is', async () => {
  const texts = { ...files(reads, robot('Mail.Read')), '.templates/Send.cs': sends, 'Send.cs': 'class Send { }' };
  await session(texts, {}, async (client, at) => {
    const path = at(manifestName);
    await client.open(path, robot('Mail.Read'));
    await client.open(at('.templates/Send.cs'), sends);
    await untilTold(client, path, []);
    assert.deepEqual(await told(client, at('.templates/Send.cs')), []);
    assert.deepEqual(await told(client, path), []);
    await client.open(at('Send.cs'), sends);
    await untilTold(client, path, ['missing-scope Mail.ReadWrite', 'missing-scope Mail.Send']);
  });
});

test('damage is shown where it is, as a warning, and is gone when it is mended', async () => {
  await session(files(reads, robot('Mail.Read', 'Mail.Send')), {}, async (client, at) => {
    const path = at('Main.cs');
    await client.open(path, reads);
    await untilTold(client, at(manifestName), ['unused-scope Mail.Send']);
    const cut = reads.trimEnd().slice(0, -1);
    await client.change(path, 2, undefined, cut);
    const [item, ...others] = await client.items(path);
    assert.deepEqual([item?.code, item?.severity, others], ['syntax', 2, []]);
    assert.deepEqual(await told(client, at(manifestName)), []);
    await client.change(path, 3, undefined, reads);
    assert.deepEqual(await client.items(path), []);
    assert.deepEqual(await told(client, at(manifestName)), ['unused-scope Mail.Send']);
  });
});
