/** A stand-in for Microsoft, VS Code's providers or Entra, seen from a test: tells it what to do, and reads what it wrote down. */
import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readLines } from './files.mjs';

/**
 * Files of one run, and what is in them.
 * @param {string} name of the run
 */
export function createStandIn(name) {
  const fileOf = (what) => path.resolve(`out/stand-in-${name}-${what}.jsonl`);
  const files = {
    journal: fileOf('journal'),
    control: fileOf('control'),
    messages: fileOf('messages'),
    connections: fileOf('connections'),
  };
  for (const file of Object.values(files)) rmSync(file, { force: true });
  let told = 0;
  const journal = () => readLines(files.journal);
  const withFindings = () => journal().filter(({ findings }) => findings);
  const plain = (scopes) => scopes.filter((scope) => !/^VSCODE_TENANT/.test(scope));

  /** Waits until something that is read is as expected. */
  async function until(read, expected) {
    for (let tries = 0; tries < 200 && JSON.stringify(read()) !== JSON.stringify(expected); tries++) await delay(100);
    assert.deepEqual(read(), expected);
  }

  return {
    files,
    journal,
    /** Variables of the server that shows the workbench. */
    env: {
      VSCODE_SKIP_BUILTIN_EXTENSIONS: 'vscode.microsoft-authentication',
      M365_SCOPES_TEST_JOURNAL: files.journal,
      M365_SCOPES_TEST_CONTROL: files.control,
      M365_SCOPES_TEST_MESSAGES: files.messages,
      M365_SCOPES_TEST_CONNECTIONS: files.connections,
    },
    /** Makes something happen, and waits until it has. */
    async tell(what, more = {}) {
      appendFileSync(files.control, `${JSON.stringify({ what, ...more })}\n`);
      told++;
      const done = () => journal().find(({ did }) => did === told);
      for (let tries = 0; tries < 300 && !done(); tries++) await delay(50);
      assert.deepEqual(done(), { did: told }, `the stand-in did "${what}"`);
    },
    /** The questions of a kind, `asks` or `silent`, without tenants. */
    asked: (kind) => journal().flatMap((line) => (line[kind] ? [plain(line[kind])] : [])),
    /** The same with the provider that was asked. */
    askedOf: (kind) => journal().flatMap((line) => (line[kind] ? [[line.provider, ...plain(line[kind])]] : [])),
    findings: () => withFindings().at(-1)?.findings ?? [],
    /** Waits until an extension host has found something, that is not the first. */
    async untilRestarted() {
      const since = () => {
        const [, second] = journal().flatMap(({ starts }, index) => (starts ? [index] : []));
        return second === undefined ? [] : journal().slice(second);
      };
      const isThere = () => since().some(({ findings }) => findings?.length > 0);
      for (let tries = 0; tries < 300 && !isThere(); tries++) await delay(100);
      assert.ok(isThere(), 'the extension host started again');
    },
    untilNotConsented: (expected) => until(() => withFindings().at(-1)?.notConsented ?? [], expected),
    untilFindings: (expected) => until(() => withFindings().at(-1)?.findings ?? [], expected),
    /** What wanted to reach a network, and which processes were watched. */
    connections() {
      const all = readLines(files.connections);
      const [watched, reached] = [true, false].map((is) => all.filter(({ what }) => (what === 'is watched') === is));
      return { watched: watched.map((line) => line.process), reached };
    },
  };
}
