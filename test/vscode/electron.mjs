/** Runs the suite in a desktop VS Code that @vscode/test-electron downloads: for machines that can reach it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests, runVSCodeCommand, SilentReporter } from '@vscode/test-electron';

const entry = fileURLToPath(new URL('host/mocha-entry.cjs', import.meta.url));

/**
 * Installs the package in a fresh profile and runs the suite there.
 * @returns {Promise<{ passed: number, failed: number } | { reason: string }>}
 */
export async function runInElectron({ vsix, folder, testsExtension, files }) {
  let executable;
  try {
    executable = await downloadAndUnzipVSCode({ version: 'stable', reporter: new SilentReporter() });
  } catch (error) {
    return { reason: `VS Code cannot be downloaded: ${error instanceof Error ? error.message : error}` };
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'm365-electron-'));
  const profile = [`--user-data-dir=${path.join(scratch, 'user')}`, `--extensions-dir=${path.join(scratch, 'extensions')}`];
  const report = path.join(scratch, 'report.txt');
  try {
    await cp(folder, path.join(scratch, 'sample'), { recursive: true });
    await runVSCodeCommand(['--install-extension', vsix, ...profile]);
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: testsExtension,
      extensionTestsPath: entry,
      extensionTestsEnv: { M365_SCOPES_TEST_FILES: JSON.stringify(files), M365_SCOPES_TEST_REPORT: report },
      launchArgs: [path.join(scratch, 'sample'), '--disable-workspace-trust', ...profile],
    }).catch(() => undefined);
    const text = readFileSync(report, 'utf8');
    console.log(text);
    const counts = /(\d+) passed, (\d+) failed\n*$/.exec(text);
    return counts ? { passed: Number(counts[1]), failed: Number(counts[2]) } : { passed: 0, failed: 1 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
