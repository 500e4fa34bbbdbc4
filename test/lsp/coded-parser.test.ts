/** The parser for coded workflows in an editor: it comes when the first is met, nobody waits for it, and it may fail to come. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { createParserLoad } from '../../server/src/lsp/parser-load';
import { currentParser, loadParser } from '../../server/src/workspace/csharp/load';
import { projectJson, studioFiles } from '../support/coded-builder';
import { until } from './client';
import { files, manifestName, reads, robot, session, told, untilTold } from './coded-session';

// The parser of this process, once loaded, stays: the order of these tests counts.

test('a parser that cannot be loaded is told once, and nothing is called unused', async () => {
  let loads = 0;
  const parser = () => Promise.reject(new Error(`no file ${++loads}`));
  const manifest = robot('Mail.Read', 'Calendars.Read');
  await session(files(reads, manifest), { parser }, async (client, at) => {
    await client.open(at(manifestName), manifest);
    await client.items(at(manifestName));
    await client.change(at(manifestName), 2, undefined, `${manifest} `);
    assert.deepEqual(await told(client, at(manifestName)), []);
    await client.change(at('Main.cs'), 2, undefined, reads);
    await until(() => client.shown.length > 0, 'it is told');
    assert.deepEqual(client.shown, ['Coded workflows (.cs) are not read: the parser could not be loaded. no file 1']);
    assert.equal(loads, 1);
  });
});

test('the parser is not loaded before a coded workflow is met', async () => {
  let loads = 0;
  const parser = async () => {
    loads++;
  };
  await session(
    { 'project.json': projectJson, ...studioFiles(), 'Other.cs': 'class A { }', [manifestName]: robot('Mail.Read') },
    { parser },
    async (client, at) => {
      await client.open(at(manifestName), robot('Mail.Read'));
      assert.deepEqual(await told(client, at(manifestName)), ['unused-connection ']);
      assert.equal(loads, 0);
      assert.equal(currentParser(), undefined);
      await client.open(at('Main.cs'), reads);
      await untilTold(client, at(manifestName), []);
      assert.equal(loads, 1);
    },
  );
});

test('other open files are refreshed when the parser is there, for a client that pulls', async () => {
  let free = () => {};
  const gate = new Promise<void>((done) => {
    free = done;
  });
  const parser = async () => {
    await gate;
    await loadParser(resolve('dist'));
  };
  await session(files(reads, robot('Mail.Read', 'Calendars.Read')), { parser }, async (client, at) => {
    await client.open(at(manifestName), robot('Mail.Read', 'Calendars.Read'));
    assert.deepEqual(await told(client, at(manifestName)), []);
    const before = client.refreshed();
    free();
    await until(() => client.refreshed() > before, 'the client is asked to pull again');
    assert.deepEqual(await told(client, at(manifestName)), ['unused-scope Calendars.Read']);
  });
});

test('a client that goes while the parser loads leaves no fault behind', async () => {
  const told: string[] = [];
  const fail = () => {
    told.push('told');
    throw new Error('the connection is closed');
  };
  for (const load of [async () => {}, () => Promise.reject(new Error('no file'))]) {
    const parser = createParserLoad(load, { ready: fail, failed: fail });
    parser.need();
    parser.need();
    await new Promise((next) => setTimeout(next, 5));
  }
  assert.equal(told.length, 2, 'each is told once, and nothing is thrown');
});
