/** Runs the tests that need a real VS Code: the web workbench of this machine, or @vscode/test-electron where that cannot run. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { options } from '../../esbuild.mjs';

const sample = path.resolve('samples/connections-with-manifest');
const testsExtension = path.resolve('test/vscode/tests-extension');
const shots = path.resolve('out/screenshots');

const robot = path.resolve('samples/classic-mail-robot');
const bare = path.resolve('samples/no-manifest-connections');

/** The suites, and the workspace of each. */
const suites = [
  { name: 'extension', folder: makeWorkspace('project', sample, { 'claims (copy)': robot }) },
  { name: 'loose', folder: makeWorkspace('loose', path.join(robot, 'Mail')) },
  { name: 'manifest', folder: makeWorkspace('manifest', bare, { 'suppliers (copy)': bare }) },
  {
    name: 'whole',
    folder: makeWorkspace('whole', path.resolve('docs/rules'), {
      coded: path.resolve('samples/coded-workflow'),
      bound: path.resolve('samples/bindings-and-connectors'),
      registered: path.resolve('samples/app-registration'),
    }),
  },
  { name: 'plain', folder: makeWorkspace('plain', path.resolve('docs/rules')) },
];

/** What a user sees and does, one scenario a file, and the workspace of each. */
const scenarios = [
  { file: 'ui', name: 'runUi', folder: sample },
  { file: 'ui-situations', name: 'runSituations', folder: sample },
  { file: 'ui-sign-in', name: 'runSignInUi', folder: sample },
  { file: 'ui-accounts', name: 'runAccountsUi', folder: sample },
  { file: 'ui-clouds', name: 'runCloudsUi', folder: sample },
  { file: 'ui-codes', name: 'runCodesUi', folder: makeWorkspace('codes', sample) },
];

/** Puts a workspace together from samples. Returns its path. */
function makeWorkspace(name, from, inside = {}) {
  const folder = path.resolve('out/workspaces', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(from, folder, { recursive: true });
  for (const [below, project] of Object.entries(inside)) cpSync(project, path.join(folder, below), { recursive: true });
  return folder;
}

/** Packages the extension as it is published. Returns the path of the .vsix. */
export function packageExtension() {
  const vsix = path.resolve('out/m365-automation-scopes.vsix');
  mkdirSync('out', { recursive: true });
  const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--no-update-package-json', '--out', vsix], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return vsix;
}

async function bundleSuites() {
  await build({
    ...options,
    minify: false,
    sourcemap: 'inline',
    entryPoints: suites.map(({ name }) => `test/vscode/suite/${name}.vscode.ts`),
    outdir: 'out/vscode',
    outExtension: { '.js': '.cjs' },
    logLevel: 'warning',
  });
  return suites.map(({ name, folder }) => ({ folder, files: [path.resolve(`out/vscode/${name}.vscode.cjs`)] }));
}

/**
 * Runs everything.
 * @returns {Promise<{ passed: number, failed: number, reason?: string }>} `reason`: why nothing could be run here
 */
export async function runVscodeTests() {
  const runs = await bundleSuites();
  const web = await tryWeb(runs);
  if (!('reason' in web)) return web;
  const { runInElectron } = await import('./electron.mjs');
  const vsix = packageExtension();
  const counts = { passed: 0, failed: 0 };
  for (const run of runs) {
    const desktop = await runInElectron({ ...run, vsix, testsExtension });
    if ('reason' in desktop) return { ...counts, reason: `${web.reason}; ${desktop.reason}` };
    add(counts, desktop);
  }
  return counts;
}

async function tryWeb(runs) {
  const { ensureHost } = await import('./host/install.mjs');
  const { ensureChromium } = await import('./host/chromium.mjs');
  const log = (line) => console.log(`  ${line}`);
  const host = await ensureHost({ log });
  if ('reason' in host) return { reason: host.reason };
  const chromium = await ensureChromium({ log });
  if ('reason' in chromium) return { reason: chromium.reason };
  const { runSuite } = await import('./host/run-suite.mjs');
  const vsix = packageExtension();
  mkdirSync(shots, { recursive: true });
  const counts = { passed: 0, failed: 0 };
  for (const run of runs) {
    const suite = await runSuite({ ...run, extensionDevelopmentPaths: [testsExtension], vsix });
    console.log(suite.ok ? passedIn(suite.log) : `${suite.reason ?? ''}\n${suite.log}`);
    add(counts, suite);
    // A suite that breaks off has no failed test to count.
    if (!suite.ok && suite.failed === 0) counts.failed++;
  }
  for (const { file, name, folder } of scenarios) {
    const scenario = await import(`./${file}.mjs`);
    add(counts, await scenario[name]({ vsix, folder, shots }));
  }
  return counts;
}

function passedIn(log) {
  const lines = log.split('\n').filter((line) => /^(ok|skipped) /.test(line));
  return lines.map((line) => `✔ in the extension host: ${line.replace(/^ok /, '')}`).join('\n');
}

function add(counts, { passed, failed }) {
  counts.passed += passed;
  counts.failed += failed;
}
