/** Looks for a secret everywhere that a run of the editor leaves something: files, logs, the browser's storage, what was shown, copied, sent and opened. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openUi } from './host/ui-session.mjs';

/**
 * The forms in which a secret could stand somewhere: as it is, as bytes of two a character, in hex, and in Base64 wherever it began.
 * It is of letters and digits, so that nothing else changes where it is put into an address or into JSON.
 * @param {string} secret
 * @returns {Buffer[]}
 */
function formsOf(secret) {
  // What depends on the neighbours is left out.
  const inBase64 = [0, 1, 2].map((before) => {
    const whole = Math.floor((before + secret.length) / 3) * 4;
    return Buffer.from('-'.repeat(before) + secret)
      .toString('base64')
      .slice(before === 0 ? 0 : 4, whole);
  });
  const texts = [secret, Buffer.from(secret).toString('hex'), ...inBase64];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}

/** Every file below some folders. */
function filesBelow(folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
  );
}

/**
 * What holds a secret among named contents.
 * @param {string} secret
 * @param {Iterable<readonly [string, Buffer | string]>} contents
 * @returns {string[]} the names
 */
export function holding(secret, contents) {
  const forms = formsOf(secret);
  const found = [];
  for (const [name, content] of contents) {
    const bytes = Buffer.from(content);
    if (forms.some((form) => bytes.includes(form))) found.push(name);
  }
  return found;
}

/** Files by name and content; one that went away meanwhile is passed over. */
function* contentsOf(files) {
  for (const file of files) {
    try {
      yield [file, readFileSync(file)];
    } catch {}
  }
}

/**
 * Whatever a run has left by now, by name, with what it holds.
 * @param {Awaited<ReturnType<typeof import('./host/ui-session.mjs').openUi>>} ui
 * @param {ReturnType<typeof import('./stand-in.mjs').createStandIn>} standIn
 * @param {() => Promise<[string, string][]>} readWindow see watchWindow
 * @returns {Promise<(readonly [string, Buffer | string])[]>}
 */
async function everywhere(ui, { files }, readWindow) {
  const left = [...filesBelow([ui.server.dir, ui.folder]), files.messages, files.journal];
  return [...contentsOf(left), ['output of the server', ui.server.log()], ...(await readWindow())];
}

/**
 * Opens a workbench in which everything is written down that a secret could reach: every log at its loudest, and the window.
 * @param {object} options
 * @param {string} options.folder workspace folder; its manifest is shown
 * @param {string[]} options.vsix packages to install
 * @param {ReturnType<typeof import('./stand-in.mjs').createStandIn>} options.standIn
 */
export async function openWatched({ folder, vsix, standIn }) {
  let readWindow;
  const ui = await openUi({
    folder,
    file: 'm365-automation.json',
    vsix,
    // A trace is written where the setting asks for it and the log takes it.
    settings: { 'm365Scopes.trace.server': 'verbose' },
    logLevel: 'trace',
    env: standIn.env,
    beforeLoad: async (page) => {
      readWindow = await watchWindow(page);
    },
  });
  return { ui, everything: () => everywhere(ui, standIn, readWindow) };
}

/**
 * Writes down what the window shows, copies, opens and prints; to be called before it is loaded.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<[string, string][]>>} reads what there is by now, the browser's storage too
 */
async function watchWindow(page) {
  const seen = [];
  const see = (where, text) => seen.push([where, text]);
  page.on('console', (message) => see('console', message.text()));
  const onRequest = (request) => see('request', `${request.url()} ${request.postData() ?? ''}`);
  page.context().on('request', onRequest);
  page.context().on('page', (opened) => see('opened', opened.url()));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.exposeFunction('m365TestSee', see);
  await page.addInitScript(watchDocument);
  return async () => {
    const stored = await page.evaluate(readStorage);
    return [...seen, ...stored, ['window address', page.url()]];
  };
}

/** Runs in the page: tells every text that comes into it, once, and what is copied or opened. */
function watchDocument() {
  const told = new Set();
  const tell = (where, text) => {
    if (!text || told.has(where + text)) return;
    told.add(where + text);
    window.m365TestSee(where, text);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const node of addedNodes.length > 0 ? addedNodes : [target]) {
        tell('shown', node.textContent);
        for (const element of node.querySelectorAll?.('[title], [aria-label]') ?? [])
          tell('title', `${element.getAttribute('title')} ${element.getAttribute('aria-label')}`);
      }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const { open } = window;
  window.open = (address, ...rest) => {
    tell('opened', String(address));
    return open.call(window, address, ...rest);
  };
  const { clipboard } = navigator;
  if (!clipboard) return;
  const { writeText, write } = clipboard;
  clipboard.writeText = (text) => {
    tell('copied', text);
    return writeText.call(clipboard, text);
  };
  clipboard.write = async (items) => {
    for (const item of items) for (const type of item.types) tell('copied', await (await item.getType(type)).text());
    return write.call(clipboard, items);
  };
}

/** Runs in the page: everything that it stored. */
async function readStorage() {
  const found = [['clipboard', await navigator.clipboard.readText().catch(() => '')]];
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) found.push([name, JSON.stringify({ ...storage })]);
  found.push(['cookies', document.cookie]);
  const ask = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  const text = (value) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : typeof value === 'string' ? value : JSON.stringify(value);
  for (const { name } of await indexedDB.databases()) {
    const database = await ask(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([ask(objects.getAllKeys()), ask(objects.getAll())]);
      for (const [index, key] of keys.entries()) found.push([`${name}/${store}/${key}`, text(values[index])]);
    }
    database.close();
  }
  return found;
}
