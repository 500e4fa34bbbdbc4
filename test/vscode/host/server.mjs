/** Starts and stops one VS Code server on loopback, and installs packaged extensions for it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findHost } from './install.mjs';
import { runCommandLine } from './run-command.mjs';
import { openScratch } from './scratch.mjs';
import { BASE_SETTINGS } from './settings.mjs';

const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 5_000;
const INSTALL_TIMEOUT = 60_000;
const LOOPBACK = '127.0.0.1';
// What VS Code, Electron, npm and a desktop session set for the outer process; the server would take it for its own.
const FOREIGN_VARIABLES = /^(VSCODE_|CODE_SERVER_|ELECTRON_|npm_)|^(NODE_OPTIONS|NODE_PATH|INIT_CWD|XDG_RUNTIME_DIR)$/i;
// The server has no built spdlog module, and says so with one page of text for every logger.
const SPDLOG_NOISE = /^Error: Could not locate the bindings file[\s\S]*?^}\n/gm;
// In every process of the server: what goes to a network is written down where a variable names a file, and logs are files.
const PRELOADED = ['connections', 'log-files'].flatMap((name) => [
  '--require',
  fileURLToPath(new URL(`preload/${name}.cjs`, import.meta.url)),
]);
const TOKEN_LINE = /^Web UI available at .*\n?/gm;

/**
 * @typedef {object} Server
 * @property {string} host address and port, which is also the authority of its vscode-remote: resources
 * @property {string} dir the server's own data folder, removed by `stop`
 * @property {(parameters?: URLSearchParams) => string} url the workbench's address, with the connection token
 * @property {(file: string) => string} remote the resource of a local path, as the workbench names it
 * @property {() => string} log what the server printed so far
 * @property {Promise<unknown>} ended resolves when the server's process has ended
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a VS Code server that only callers with its random connection token can use.
 * @param {object} [options]
 * @param {string} [options.extensionsDir] folder of installed extensions; an empty one by default
 * @param {Record<string, unknown>} [options.settings] user settings, laid over BASE_SETTINGS
 * @param {Record<string, string>} [options.env] variables for the server and the extension host
 * @param {boolean} [options.testMode] lets the address start test suites; real dialogs are refused then
 * @param {boolean} [options.isTrusted] false: folders are opened in Restricted Mode
 * @param {'info' | 'trace'} [options.logLevel] of every log, that of the extensions too
 * @param {string[]} [options.args] further arguments of the server
 * @param {number} [options.port] 0 takes a free one
 * @returns {Promise<Server>}
 */
export async function startServer({
  extensionsDir,
  settings,
  env,
  testMode = false,
  isTrusted = true,
  logLevel = 'info',
  args = [],
  port = 0,
} = {}) {
  const scratch = await openScratch();
  try {
    const token = prepareData(scratch.dir, settings);
    const child = spawnServer(
      [
        ...['--host', LOOPBACK, '--port', String(port), '--connection-token-file', path.join(scratch.dir, 'token')],
        ...['--server-data-dir', scratch.dir, '--extensions-dir', extensionsDir ?? path.join(scratch.dir, 'extensions')],
        ...['--accept-server-license-terms', '--disable-telemetry', '--log', logLevel],
        ...(isTrusted ? ['--disable-workspace-trust'] : []),
        ...(testMode ? ['--enable-smoke-test-driver'] : []),
        ...args,
      ],
      { ...cleanEnvironment(scratch.dir), EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
    );
    scratch.own(child.process.pid);
    const boundPort = await waitUntilReady(child);
    const host = `${LOOPBACK}:${boundPort}`;
    return {
      host,
      dir: scratch.dir,
      url: (parameters = new URLSearchParams()) => `http://${host}/?tkn=${token}${parameters.size ? `&${parameters}` : ''}`,
      remote: (file) => `vscode-remote://${host}${encodeURI(path.resolve(file))}`,
      log: child.output,
      ended: child.exited,
      stop: async () => {
        await terminate(child);
        await scratch.close();
      },
    };
  } catch (error) {
    await scratch.close();
    throw error;
  }
}

/**
 * Installs a packaged extension the way a user's `--install-extension` does.
 * @param {string} vsix
 * @param {string} extensionsDir created when absent
 * @throws {Error} when VS Code refuses the package
 */
export async function installExtension(vsix, extensionsDir) {
  const { node, serverMain } = requireHost();
  const scratch = await openScratch();
  try {
    for (const name of ['tmp', 'home']) mkdirSync(path.join(scratch.dir, name));
    const output = await runCommandLine(
      node,
      [
        ...[serverMain, '--accept-server-license-terms', '--server-data-dir', scratch.dir],
        ...['--extensions-dir', extensionsDir, '--install-extension', path.resolve(vsix), '--force'],
      ],
      { timeout: INSTALL_TIMEOUT, env: cleanEnvironment(scratch.dir) },
    ).catch(({ cause }) => `${cause.stdout ?? ''}${cause.stderr ?? ''}` || cause.message);
    if (!/was successfully installed/.test(output)) {
      throw new Error(`VS Code did not install ${vsix}: ${withoutNoise(output)}`);
    }
  } finally {
    await scratch.close();
  }
}

function requireHost() {
  const host = findHost();
  if (!host) throw new Error('the VS Code test host is not installed: call ensureHost() first');
  return host;
}

function prepareData(dir, settings) {
  for (const name of ['tmp', 'home', path.join('data', 'User')]) mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, 'data', 'User', 'settings.json'), JSON.stringify({ ...BASE_SETTINGS, ...settings }));
  const token = randomBytes(24).toString('hex');
  writeFileSync(path.join(dir, 'token'), token, { mode: 0o600 });
  return token;
}

function spawnServer(args, env) {
  const { node, serverMain } = requireHost();
  const child = spawn(node, [...PRELOADED, serverMain, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  return { process: child, exited, output: () => withoutNoise(output) };
}

function withoutNoise(output) {
  return output.replace(SPDLOG_NOISE, '').replace(TOKEN_LINE, '').trim();
}

async function waitUntilReady(child) {
  const deadline = Date.now() + START_TIMEOUT;
  let ended = false;
  void child.exited.then(() => (ended = true));
  while (!ended && Date.now() < deadline) {
    const output = child.output();
    const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
    if (port && /Extension host agent started/.test(output)) return Number(port);
    await delay(50);
  }
  await terminate(child);
  throw new Error(`the VS Code server ${ended ? 'ended' : 'was not ready'} during its start:\n${child.output()}`);
}

async function terminate(child) {
  signalGroup(child.process.pid, 'SIGTERM');
  await Promise.race([child.exited, delay(STOP_TIMEOUT, undefined, { ref: false })]);
  signalGroup(child.process.pid, 'SIGKILL');
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The variables of this process, with the home folder, temporary files and caches (VS Code keeps a device id there) below `dir`. */
function cleanEnvironment(dir) {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLES.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: path.join(dir, 'home'),
    TMPDIR: path.join(dir, 'tmp'),
    XDG_CACHE_HOME: path.join(dir, 'cache'),
  };
}
