/** Runs a Mocha suite inside a real extension host, and believes only the report that the suite itself wrote. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { devPath, launchBrowser, openWorkbench } from './browser.mjs';
import { copyWorkspace, openScratch } from './scratch.mjs';
import { installExtension, startServer } from './server.mjs';

const MOCHA_ENTRY = fileURLToPath(new URL('mocha-entry.cjs', import.meta.url));
const DEFAULT_TIMEOUT = 120_000;
// The host has no built native modules for log files and for watching its parent; it works without them.
const KNOWN_NOISE = /Could not locate the bindings file|build\/Release\/watchdog/;
const CLOSING_LINE = /(?:^|\n)(\d+) passed, (\d+) failed\n*$/;

/**
 * Runs test files against packaged extensions, development extensions, or both.
 * @param {object} options
 * @param {string} options.folder workspace folder; the tests get a copy, which they may change
 * @param {string[]} options.files absolute paths of the test files
 * @param {string[]} options.extensionDevelopmentPaths at least the extension that the tests belong to
 * @param {string} [options.extensionTestsPath] module with `run()`; mocha-entry.cjs by default
 * @param {string | string[]} [options.vsix] packages that are installed first, so that they are what is tested
 * @param {number} [options.timeout] milliseconds for the suite
 * @param {Record<string, string>} [options.env] variables for the extension host
 * @param {Record<string, unknown>} [options.settings] user settings
 * @returns {Promise<{ ok: boolean, passed: number, failed: number, log: string, blocked: string[], reason?: string }>}
 */
export async function runSuite({
  folder,
  files,
  extensionDevelopmentPaths,
  extensionTestsPath = MOCHA_ENTRY,
  vsix = [],
  timeout = DEFAULT_TIMEOUT,
  env,
  settings,
}) {
  const scratch = await openScratch();
  const report = path.join(scratch.dir, 'report.txt');
  const extensionsDir = path.join(scratch.dir, 'extensions');
  mkdirSync(extensionsDir);
  let server;
  let browser;
  try {
    for (const file of [vsix].flat()) await installExtension(file, extensionsDir);
    server = await startServer({
      extensionsDir,
      settings,
      testMode: true,
      env: { ...env, M365_SCOPES_TEST_FILES: JSON.stringify(files), M365_SCOPES_TEST_REPORT: report },
    });
    browser = await launchBrowser();
    const run = await runInWorkbench({
      browser,
      server,
      folder: await copyWorkspace(folder, scratch),
      extensionDevelopmentPaths,
      extensionTestsPath,
      timeout,
    });
    return judge(run, readReport(report), server.log());
  } finally {
    await Promise.allSettled([browser?.close(), server?.stop()]);
    await scratch.close();
  }
}

async function runInWorkbench({ browser, server, folder, extensionDevelopmentPaths, extensionTestsPath, timeout }) {
  const consoleLines = [];
  let finish;
  const ended = new Promise((resolve) => (finish = resolve));
  const timer = setTimeout(() => finish({ reason: `the suite did not end within ${timeout} ms` }), timeout);
  // Chromium also goes when this process is asked to end: Playwright then closes it.
  browser.once('disconnected', () => finish({ reason: 'the browser ended before the suite' }));
  try {
    const { blocked } = await openWorkbench(browser, server, {
      folder,
      payload: [
        ['extensionDevelopmentPath', server.remote(devPath(server, extensionDevelopmentPaths))],
        ['extensionTestsPath', server.remote(extensionTestsPath)],
      ],
      beforeLoad: async (page) => {
        await page.exposeFunction('codeAutomationLog', (type, args) => {
          const line = `[${type}] ${args.join(' ')}`;
          if (!KNOWN_NOISE.test(line)) consoleLines.push(line);
        });
        await page.exposeFunction('codeAutomationExit', (code) => finish({ code }));
        page.on('crash', () => finish({ reason: 'the workbench page crashed' }));
      },
    });
    return { ...(await ended), blocked, console: consoleLines.join('\n') };
  } finally {
    clearTimeout(timer);
  }
}

/** An extension host that is killed, or calls process.exit(0), reports success too: hence the closing line. */
function judge({ code, reason, blocked, console }, report, serverLog) {
  const closing = CLOSING_LINE.exec(report);
  const passed = Number(closing?.[1] ?? 0);
  const failed = Number(closing?.[2] ?? 0);
  const problem = reason ?? problemOf({ code, closing, passed, failed });
  const log = problem ? [report || '(the suite wrote no report)', '--- workbench', console, '--- server', serverLog].join('\n') : report;
  return { ok: problem === undefined, passed, failed, log, blocked, ...(problem && { reason: problem }) };
}

function problemOf({ code, closing, passed, failed }) {
  if (!closing) return `the extension host ended with code ${code} before the suite wrote its closing line`;
  if (failed > 0) return `${failed} tests failed`;
  if (passed === 0) return 'no test ran';
  return code === 0 ? undefined : `the extension host ended with code ${code}`;
}

function readReport(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
