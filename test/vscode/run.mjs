/** Runs the tests that need a real VS Code: the web workbench of this machine, or @vscode/test-electron where that cannot run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { options } from '../../esbuild.mjs';

const sample = path.resolve('samples/connections-with-manifest');
const testsExtension = path.resolve('test/vscode/tests-extension');
const shots = path.resolve('out/screenshots');

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

async function bundleSuite() {
  const files = readdirSync('test/vscode/suite').filter((name) => name.endsWith('.vscode.ts'));
  await build({
    ...options,
    minify: false,
    sourcemap: 'inline',
    entryPoints: files.map((name) => `test/vscode/suite/${name}`),
    outdir: 'out/vscode',
    outExtension: { '.js': '.cjs' },
    logLevel: 'warning',
  });
  return files.map((name) => path.resolve('out/vscode', name.replace(/\.ts$/, '.cjs')));
}

/**
 * Runs everything.
 * @returns {Promise<{ passed: number, failed: number, reason?: string }>} `reason`: why nothing could be run here
 */
export async function runVscodeTests() {
  const files = await bundleSuite();
  const web = await tryWeb(files);
  if (!('reason' in web)) return web;
  const { runInElectron } = await import('./electron.mjs');
  const desktop = await runInElectron({ vsix: packageExtension(), sample, testsExtension, files });
  return 'reason' in desktop ? { passed: 0, failed: 0, reason: `${web.reason}; ${desktop.reason}` } : desktop;
}

async function tryWeb(files) {
  const { ensureHost } = await import('./host/install.mjs');
  const { ensureChromium } = await import('./host/chromium.mjs');
  const log = (line) => console.log(`  ${line}`);
  const host = await ensureHost({ log });
  if ('reason' in host) return { reason: host.reason };
  const chromium = await ensureChromium({ log });
  if ('reason' in chromium) return { reason: chromium.reason };
  const { runSuite } = await import('./host/run-suite.mjs');
  const { runUi } = await import('./ui.mjs');
  const vsix = packageExtension();
  mkdirSync(shots, { recursive: true });
  const suite = await runSuite({ folder: sample, files, extensionDevelopmentPaths: [testsExtension], vsix });
  console.log(
    suite.ok
      ? suite.log
          .split('\n')
          .filter((line) => /^(ok|skipped) /.test(line))
          .map((line) => `✔ in the extension host: ${line.replace(/^ok /, '')}`)
          .join('\n')
      : `${suite.reason ?? ''}\n${suite.log}`,
  );
  const ui = await runUi({ vsix, folder: sample, shots });
  return { passed: suite.passed + ui.passed, failed: suite.failed + ui.failed + (suite.ok || suite.failed > 0 ? 0 : 1) };
}
