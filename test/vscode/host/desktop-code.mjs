/** Finds a desktop VS Code that can really open a window here, so that trying the extension prefers it to a browser. */
import { realpathSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { isExecutable, runCommandLine } from './run-command.mjs';

const COMMANDS = ['code', 'code-insiders', 'codium', 'vscodium', 'cursor'];
const MAC_APPS = [
  ['Visual Studio Code', 'code'],
  ['Visual Studio Code - Insiders', 'code'],
  ['VSCodium', 'codium'],
  ['Cursor', 'cursor'],
];
const WINDOWS_APPS = [
  ['Microsoft VS Code', 'bin', 'code.cmd'],
  ['Microsoft VS Code Insiders', 'bin', 'code-insiders.cmd'],
  ['VSCodium', 'bin', 'codium.cmd'],
  ['cursor', 'resources', 'app', 'bin', 'cursor.cmd'],
];
const VERSION_TIMEOUT = 15_000;
const VERSION_ANSWER = /^(\d+\.\d+\.\d+)\S*\s*\n/;

/**
 * @typedef {object} DesktopCode
 * @property {'desktop' | 'remote'} kind `remote` is the command inside a remote window's terminal: it installs into and
 *   opens in that window, and knows neither --extensions-dir nor --user-data-dir
 * @property {string} command
 * @property {string[]} args arguments that every call needs here
 * @property {string} version the product's own version, which for Cursor is not that of VS Code
 */

/**
 * Finds the first usable command on PATH, then where the installers put it.
 * @returns {Promise<(DesktopCode & { reason?: undefined }) | { command?: undefined, reason: string }>}
 */
export async function findDesktopCode() {
  const rejected = [];
  for (const command of candidates()) {
    const kind = isRemoteShim(command) ? 'remote' : 'desktop';
    const obstacle = kind === 'remote' ? await remoteObstacle() : desktopObstacle(command);
    const code = { kind, command, args: kind === 'desktop' ? rootArguments() : [] };
    const version = obstacle ? undefined : await versionOf(code);
    if (version) return { ...code, version };
    rejected.push(`${command}: ${obstacle ?? 'does not answer --version as VS Code does'}`);
  }
  return { reason: rejected.length > 0 ? rejected.join('; ') : 'no VS Code command found' };
}

/**
 * Runs the command to its end; add `--wait` to wait for the window.
 * @param {Pick<DesktopCode, 'command' | 'args'>} code
 * @param {string[]} args
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<string>} standard output
 */
export function runDesktopCode({ command, args: own }, args, options = {}) {
  const all = [...own, ...args];
  // Windows starts .cmd files through its shell only, which needs the quotes.
  if (/\.cmd$/i.test(command)) return runCommandLine(quoted(command), all.map(quoted), { ...options, shell: true });
  return runCommandLine(command, all, options);
}

function candidates() {
  const extension = process.platform === 'win32' ? '.cmd' : '';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((name) => folders.map((folder) => path.join(folder, name + extension)));
  return [...new Set([...onPath, ...installed()])].filter(isExecutable);
}

function installed() {
  if (process.platform === 'darwin') {
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap((folder) =>
      MAC_APPS.map(([app, name]) => path.join(folder, `${app}.app`, 'Contents', 'Resources', 'app', 'bin', name)),
    );
  }
  if (process.platform === 'win32') {
    const { LOCALAPPDATA, ProgramFiles } = process.env;
    const folders = [LOCALAPPDATA && path.join(LOCALAPPDATA, 'Programs'), ProgramFiles].filter(Boolean);
    return folders.flatMap((folder) => WINDOWS_APPS.map((parts) => path.join(folder, ...parts)));
  }
  return ['/usr/bin/code', '/usr/share/code/bin/code', '/snap/bin/code', '/usr/bin/codium', '/snap/bin/codium'];
}

function isRemoteShim(command) {
  return /[\\/]remote-cli[\\/]/.test(command) || /[\\/]remote-cli[\\/]/.test(realpathSync(command));
}

async function remoteObstacle() {
  const address = process.env.VSCODE_IPC_HOOK_CLI;
  const connected = Boolean(address) && (await answers(address));
  return connected ? undefined : 'belongs to a remote window that is not connected';
}

function answers(address) {
  return new Promise((resolve) => {
    const socket = connect(address)
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      });
  });
}

function desktopObstacle(command) {
  if (process.platform !== 'linux') return undefined;
  if (process.env.WSL_DISTRO_NAME && realpathSync(command).startsWith('/mnt/')) return 'is the Windows one, seen from WSL';
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? undefined : 'has no display to open a window on';
}

/** VS Code refuses to run as root unless it is told that this is meant. */
function rootArguments() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
}

async function versionOf(code) {
  const dataDir = code.args.length > 0 ? ['--user-data-dir', path.join(tmpdir(), 'unused')] : [];
  try {
    const answer = await runDesktopCode(code, ['--version', ...dataDir], { timeout: VERSION_TIMEOUT });
    return VERSION_ANSWER.exec(answer.replaceAll('\r', ''))?.[1];
  } catch {
    return undefined;
  }
}

function quoted(text) {
  return `"${text.replaceAll('"', '""')}"`;
}
