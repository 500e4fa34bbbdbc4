/** Serves a workbench with packaged extensions on this machine, for a person to try them in a browser. */
import path from 'node:path';
import { workbenchUrl } from './browser.mjs';
import { openScratch } from './scratch.mjs';
import { installExtension, startServer } from './server.mjs';

/**
 * Installs packages into a fresh VS Code server and starts it on loopback; only its address, which holds a random
 * connection token, opens it, so that other users of the machine cannot.
 * @param {object} options
 * @param {string} options.folder workspace folder, shown in place: what is edited is changed
 * @param {string} [options.file] file shown at the start, relative to the folder
 * @param {string | string[]} [options.vsix] packages to install
 * @param {number} [options.port] 0 takes a free one
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {Record<string, string>} [options.env] variables for the extension host
 * @returns {Promise<{ url: string, stop: () => Promise<void>, ended: Promise<unknown>, log: () => string }>} it serves
 *   until `stop`, or until this process ends in any way; `ended` resolves when the server has gone
 */
export async function serveWorkbench({ folder, file, vsix = [], port, settings, env }) {
  const scratch = await openScratch();
  try {
    const extensionsDir = path.join(scratch.dir, 'extensions');
    for (const packaged of [vsix].flat()) await installExtension(packaged, extensionsDir);
    const server = await startServer({ extensionsDir, port, settings, env });
    return {
      url: workbenchUrl(server, { folder, file: file && path.resolve(folder, file) }),
      ended: server.ended,
      log: server.log,
      stop: async () => {
        await server.stop();
        await scratch.close();
      },
    };
  } catch (error) {
    await scratch.close();
    throw error;
  }
}
