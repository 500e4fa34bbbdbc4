/** Gives each run a temporary folder that disappears, with the processes it owns, however the run ends: even by SIGKILL. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Reads process groups to kill until its standard input closes, which the system does when the owner is gone.
const KEEPER = `
groups=
while read -r group; do groups="$groups -$group"; done
[ -z "$groups" ] || kill -s KILL -- $groups 2>/dev/null
rm -rf -- "$0" 2>/dev/null || { sleep 1; rm -rf -- "$0"; }
`;

/**
 * Creates a temporary folder with a keeper process beside it.
 * @returns {Promise<{ dir: string, own: (processGroup: number) => void, close: () => Promise<void> }>}
 *   `own` hands a process group to the keeper; `close` kills what is owned and removes the folder.
 */
export async function openScratch() {
  // The name is short because Unix sockets, whose paths are limited to 107 bytes, are created below it.
  const dir = await mkdtemp(path.join(tmpdir(), 'm365s-'));
  const keeper = spawn('/bin/sh', ['-c', KEEPER, dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const gone = once(keeper, 'exit');
  keeper.unref();
  keeper.stdin.unref();
  return {
    dir,
    own: (processGroup) => void keeper.stdin.write(`${processGroup}\n`),
    close: async () => {
      keeper.ref();
      keeper.stdin.end();
      await gone;
    },
  };
}

/**
 * Copies a workspace folder, under its own name, to where a run may change it.
 * @param {string} folder
 * @param {{ dir: string }} scratch
 * @returns {Promise<string>} the copy
 */
export async function copyWorkspace(folder, scratch) {
  const copy = path.join(scratch.dir, 'workspace', path.basename(path.resolve(folder)));
  await cp(folder, copy, { recursive: true });
  return copy;
}
