/** `npm start`: checks a sample, or the project that is named, in the terminal, and opens it in VS Code. Ends with 0 whatever it finds. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDesktopCode, runDesktopCode } from './vscode/host/desktop-code.mjs';
import { packageExtension } from './vscode/run.mjs';

const sample = path.resolve('samples/connections-with-manifest');
const manifest = 'm365-automation.json';
const asked = process.argv[2];
const scratch = mkdtempSync(path.join(tmpdir(), 'm365-start-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const { status } = spawnSync(process.execPath, ['dist/cli.js', 'check', asked ?? path.relative('.', sample)], { stdio: 'inherit' });
if (status === 0 || status === 1) await show(asked === undefined ? copyOfSample() : path.resolve(asked));
else process.exitCode = status === 2 ? 0 : 1;

/** The sample is shown as a copy, so that trying fixes leaves the checkout as it is. */
function copyOfSample() {
  const copy = path.join(scratch, path.basename(sample));
  cpSync(sample, copy, { recursive: true });
  return copy;
}

async function show(target) {
  const isFolder = statSync(target).isDirectory();
  const folder = isFolder ? target : path.dirname(target);
  const file = isFolder ? (existsSync(path.join(target, manifest)) ? manifest : undefined) : path.basename(target);
  const vsix = packageExtension();
  const desktop = await findDesktopCode();
  if (desktop.kind === 'desktop') await openDesktop(desktop, { folder, file, vsix });
  else await openWeb(desktop.reason ?? 'the VS Code that this terminal belongs to is left as it is', { folder, file, vsix });
}

/** Opens a desktop VS Code with a profile of its own: what the user has installed stays as it is. */
async function openDesktop(code, { folder, file, vsix }) {
  const own = ['--user-data-dir', path.join(scratch, 'user'), '--extensions-dir', path.join(scratch, 'extensions')];
  await runDesktopCode(code, [...own, '--install-extension', vsix]);
  console.log('\nOpening VS Code; close its window to end.');
  await runDesktopCode(code, [...own, '--wait', '--new-window', folder, ...(file ? [path.join(folder, file)] : [])]);
}

/** Serves the web workbench on this machine until Ctrl+C. */
async function openWeb(why, { folder, file, vsix }) {
  const { ensureHost } = await import('./vscode/host/install.mjs');
  console.log(`\nVS Code comes in the browser (${why}); getting it ready…`);
  const host = await ensureHost({ log: (line) => console.log(`  ${line}`) });
  if ('reason' in host) {
    console.log(
      `It cannot be shown here: ${host.reason}. The extension is ${path.relative('.', vsix)}; install it with: code --install-extension ${path.relative('.', vsix)}`,
    );
    return;
  }
  const { serveWorkbench } = await import('./vscode/host/serve.mjs');
  const workbench = await serveWorkbench({ folder, file, vsix });
  console.log(`\nOpen this address in a browser on this machine; Ctrl+C ends it:\n\n  ${workbench.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void workbench.stop().then(() => process.exit(0)));
  await workbench.ended;
}
