/** Opens a workbench with packaged extensions installed, as a user has it: the ground of every UI test. */
import path from 'node:path';
import { launchBrowser, openWorkbench } from './browser.mjs';
import { copyWorkspace, openScratch } from './scratch.mjs';
import { installExtension, startServer } from './server.mjs';

const READY_TIMEOUT = 60_000;

/**
 * Starts a server and a browser, and shows a copy of a folder.
 * @param {object} options
 * @param {string} options.folder workspace folder; the copy that is shown may change
 * @param {string} [options.file] file shown at the start, relative to the folder
 * @param {string | string[]} [options.vsix] packages to install
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {Record<string, string>} [options.env] variables for the extension host
 * @param {boolean} [options.isTrusted] false: the folder is opened in Restricted Mode
 * @param {'info' | 'trace'} [options.logLevel]
 * @param {(page: import('playwright-core').Page) => Promise<void>} [options.beforeLoad]
 * @param {[string, string][]} [options.payload] further entries of the workbench's payload
 * @returns {Promise<{ page: import('playwright-core').Page, server: import('./server.mjs').Server, folder: string,
 *   blocked: string[], stop: () => Promise<void> }>} `folder` is the copy
 */
export async function openUi({ folder, file, vsix = [], settings, env, isTrusted, logLevel, beforeLoad, payload }) {
  const scratch = await openScratch();
  let server;
  let browser;
  const stop = async () => {
    await Promise.allSettled([browser?.close(), server?.stop()]);
    await scratch.close();
  };
  try {
    const extensionsDir = path.join(scratch.dir, 'extensions');
    for (const packaged of [vsix].flat()) await installExtension(packaged, extensionsDir);
    const copy = await copyWorkspace(folder, scratch);
    server = await startServer({ extensionsDir, settings, env, isTrusted, logLevel });
    browser = await launchBrowser();
    const shown = file && path.join(copy, file);
    const { page, blocked } = await openWorkbench(browser, server, { folder: copy, file: shown, payload, beforeLoad });
    await page.waitForSelector(shown ? '.monaco-editor .view-lines' : '.monaco-workbench', { timeout: READY_TIMEOUT });
    return { page, server, folder: copy, blocked, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
