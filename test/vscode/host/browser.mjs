/** Opens a server's workbench in headless Chromium, which can reach nothing but this machine. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.mjs';
import { openScratch } from './scratch.mjs';

const VIEWPORT = { width: 1280, height: 800 };
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Without this, Chromium asks the user before a page may talk to loopback.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

/**
 * Launches Chromium; `close` also removes everything that it wrote.
 * @param {{ executablePath?: string }} [options] found or installed when not named
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser({ executablePath } = {}) {
  const executable = executablePath ?? (await chromiumPath());
  const scratch = await openScratch();
  const env = {
    ...process.env,
    HOME: scratch.dir,
    TMPDIR: scratch.dir,
    XDG_CONFIG_HOME: scratch.dir,
    XDG_CACHE_HOME: scratch.dir,
  };
  try {
    const browser = await chromium.launch({ executablePath: executable, headless: true, args: ARGUMENTS, env });
    const close = browser.close.bind(browser);
    browser.close = async (options) => {
      await close(options).finally(() => scratch.close());
    };
    return browser;
  } catch (error) {
    await scratch.close();
    throw error;
  }
}

/**
 * Opens the workbench in a fresh browser profile.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Server} server
 * @param {object} [options]
 * @param {string} [options.folder] workspace folder
 * @param {string} [options.file] file shown at the start
 * @param {[string, string][]} [options.payload] further entries of the workbench's payload
 * @param {(page: import('playwright-core').Page) => Promise<void>} [options.beforeLoad]
 * @returns {Promise<{ page: import('playwright-core').Page, blocked: string[] }>} `blocked` grows with every
 *   request that wanted to leave this machine
 */
export async function openWorkbench(browser, server, { folder, file, payload = [], beforeLoad } = {}) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const blocked = await blockOffLoopback(context);
  await lendKey(context);
  const page = await context.newPage();
  await beforeLoad?.(page);
  await page.goto(workbenchUrl(server, { folder, file, payload }));
  return { page, blocked };
}

/**
 * The address of a workbench that shows a folder and a file.
 * @param {import('./server.mjs').Server} server
 * @param {{ folder?: string, file?: string, payload?: [string, string][] }} [options]
 * @returns {string}
 */
export function workbenchUrl(server, { folder, file, payload = [] } = {}) {
  const entries = [['skipWelcome', 'true'], ...(file ? [['openFile', server.remote(file)]] : []), ...payload];
  const parameters = new URLSearchParams(folder ? { folder: path.resolve(folder) } : { ew: 'true' });
  parameters.set('payload', JSON.stringify(entries));
  return server.url(parameters);
}

/**
 * One folder that stands for several development extensions: the workbench takes a single path, and scans its children.
 * @param {import('./server.mjs').Server} server
 * @param {string[]} extensions
 * @returns {string}
 */
export function devPath(server, extensions) {
  if (extensions.length === 1) return extensions[0];
  const parent = path.join(server.dir, 'development-extensions');
  mkdirSync(parent);
  extensions.forEach((extension, index) => {
    symlinkSync(path.resolve(extension), path.join(parent, `${index}-${path.basename(extension)}`));
  });
  return parent;
}

async function chromiumPath() {
  const { path: found, reason } = await ensureChromium();
  if (!found) throw new Error(reason);
  return found;
}

/** The part of the key that a server keeps for the browser: without it no secret outlives the page. */
async function lendKey(context) {
  const body = randomBytes(32);
  await context.route(
    (url) => url.pathname.endsWith('/mint-key'),
    (route) => route.fulfill({ body }),
  );
}

async function blockOffLoopback(context) {
  const blocked = [];
  const leavesMachine = (url) => /^(https?|wss?):$/.test(url.protocol) && !LOOPBACK_NAMES.has(url.hostname);
  await context.route(leavesMachine, (route) => {
    blocked.push(route.request().url());
    return route.abort();
  });
  // Routes do not see WebSockets; those that leave the machine already fail by the resolver rules.
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      if (leavesMachine(new URL(socket.url()))) blocked.push(socket.url());
    });
  });
  return blocked;
}
