/** What a user does in the workbench, as steps that wait for their own effect: UI tests are written with these. */

const EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';
const squiggles = (severities) => severities.map((severity) => `${EDITOR} .squiggly-${severity}`).join(', ');
const SQUIGGLE = squiggles(['error', 'warning', 'info', 'hint']);
const HOVER = `${EDITOR} .monaco-hover:not(.hidden) .monaco-hover-content`;
const QUICK_INPUT = '.quick-input-widget:visible';
const ACTION_ROW = '.action-widget:visible .monaco-list-row.action';
const TIMEOUT = 30_000;
const RETRY_AFTER = 2_000;
const SETTLED = 500;

/** @typedef {import('playwright-core').Page} Page */

/**
 * Waits until the active editor underlines something.
 * @param {Page} page
 * @param {{ severity?: 'error' | 'warning' | 'info' | 'hint', timeout?: number }} [options] any severity by default
 * @returns {Promise<import('playwright-core').Locator>} the first squiggle
 */
export async function waitForSquiggle(page, { severity, timeout = TIMEOUT } = {}) {
  const squiggle = page.locator(severity ? `${EDITOR} .squiggly-${severity}` : SQUIGGLE).first();
  await squiggle.waitFor({ state: 'attached', timeout });
  return squiggle;
}

/**
 * Waits until the active editor has underlined nothing for half a second.
 * @param {Page} page
 * @param {{ severities?: string[], timeout?: number }} [options] every severity by default
 */
export async function waitForNoSquiggle(page, { severities, timeout = TIMEOUT } = {}) {
  const marks = page.locator(severities ? squiggles(severities) : SQUIGGLE);
  let cleanSince;
  await waitUntil(page, timeout, 'a squiggle stayed', async () => {
    cleanSince = (await marks.count()) === 0 ? (cleanSince ?? Date.now()) : undefined;
    return cleanSince !== undefined && Date.now() - cleanSince >= SETTLED;
  });
}

/**
 * Puts the cursor on a squiggle and opens the quick fix menu there.
 * @param {Page} page
 * @param {{ squiggle?: import('playwright-core').Locator, timeout?: number }} [options] the first squiggle by default
 * @returns {Promise<string[]>} the titles that the menu offers
 */
export async function openQuickFix(page, { squiggle, timeout = TIMEOUT } = {}) {
  await clickAt(page, squiggle ?? (await waitForSquiggle(page, { timeout })));
  // While the extension host starts, VS Code answers "no code actions"; the user would press the keys again.
  await waitUntil(page, timeout, 'no quick fix menu opened', async () => {
    await page.keyboard.press('Control+.');
    return isShown(page.locator(ACTION_ROW).first());
  });
  return page.locator(ACTION_ROW).locator('.title').allInnerTexts();
}

/**
 * Puts the cursor at a place and opens the quick fix menu there.
 * @param {Page} page
 * @param {{ line: number, column: number, wanted?: string }} options `wanted`: a title that the menu has to have, as it may come later
 * @returns {Promise<string[]>} the titles that the menu offers
 */
export async function quickFixesAt(page, { line, column, wanted }) {
  const titles = page.locator(ACTION_ROW).locator('.title');
  const shown = wanted ? titles.filter({ hasText: wanted }) : titles;
  for (let tries = 0; tries < 20 && !(await shown.first().isVisible()); tries++) {
    await typeInEditor(page, '', { line, column });
    await page.keyboard.press('Control+.');
    await isShown(shown.first(), 1500);
  }
  return titles.allInnerTexts();
}

/**
 * Chooses an entry of the open quick fix menu.
 * @param {Page} page
 * @param {string} title its exact text
 */
export async function pickQuickFix(page, title) {
  const row = page.locator(ACTION_ROW).filter({ has: page.getByText(title, { exact: true }) });
  await row.first().click({ timeout: TIMEOUT });
  await page.locator(ACTION_ROW).first().waitFor({ state: 'detached', timeout: TIMEOUT });
  await dismissHover(page);
}

/**
 * Waits until VS Code takes another order for actions. After a fix it asks for actions by itself, at once and 250 ms after new findings, and
 * takes that answer for the newest one 500 ms later (`setState` in its CodeActionModel): what was ordered in between is dropped without a word.
 * @param {Page} page once the findings are new
 */
export async function restAfterFix(page) {
  await page.waitForTimeout(1000);
}

/**
 * The text of the hover over a squiggle, or over a word of the active editor.
 * @param {Page} page
 * @param {{ text?: string, timeout?: number }} [options] without a text, the first squiggle
 * @returns {Promise<string>}
 */
export async function hoverText(page, { text, timeout = TIMEOUT } = {}) {
  // A hover that is still shown may speak of what was there before.
  await dismissHover(page);
  const target = text ? editorText(page, text) : await waitForSquiggle(page, { timeout });
  const hover = page.locator(HOVER);
  let previous;
  let current = '';
  await waitUntil(page, timeout, 'no hover appeared', async () => {
    if (!(await hover.isVisible())) {
      const { x, y } = await centre(target);
      await page.mouse.move(x - 3, y);
      await page.mouse.move(x, y, { steps: 3 });
      if (!(await isShown(hover))) return false;
    }
    previous = current;
    current = (await hover.innerText()).trim();
    return current !== '' && current === previous && !/^Loading/m.test(current);
  });
  return current;
}

/**
 * Moves the mouse to where nothing reacts, so that an editor hover goes away.
 * @param {Page} page
 */
export async function dismissHover(page) {
  const { width, height } = page.viewportSize();
  await page.mouse.move(width / 2, height - 5);
  const hover = page.locator(HOVER);
  await hover.waitFor({ state: 'hidden', timeout: RETRY_AFTER }).catch(() => page.keyboard.press('Escape'));
  await hover.waitFor({ state: 'hidden', timeout: TIMEOUT });
}

/**
 * Opens a file of the workspace by its name.
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  await openQuickInput(page, 'Control+P', name);
  const row = page.locator(`${QUICK_INPUT} .monaco-list-row`).filter({ has: page.locator('.label-name', { hasText: exactly(name) }) });
  await row.first().click({ timeout: TIMEOUT });
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
  await page.locator(`${EDITOR} .view-lines`).first().waitFor({ timeout: TIMEOUT });
}

/**
 * Runs a command by its title in the command palette, such as "View: Toggle Output".
 * @param {Page} page
 * @param {string} title
 */
export async function runCommand(page, title) {
  await openQuickInput(page, 'F1', `>${title}`);
  const row = page.locator(`${QUICK_INPUT} .monaco-list-row`).filter({ has: page.locator('.label-name', { hasText: exactly(title) }) });
  await row.first().click({ timeout: TIMEOUT });
}

/**
 * Enters text into the active editor as one paste, so that neither auto-closed brackets nor suggestions change it.
 * @param {Page} page
 * @param {string} text
 * @param {{ line?: number, column?: number, replaceAll?: boolean }} [options] at the cursor by default
 */
export async function typeInEditor(page, text, { line, column = 1, replaceAll = false } = {}) {
  if (line !== undefined) {
    await openQuickInput(page, 'Control+G', `:${line}:${column}`);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: TIMEOUT });
  }
  if (replaceAll) {
    await page.locator(`${EDITOR} .view-lines`).first().click();
    await page.keyboard.press('Control+A');
  }
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/**
 * Answers the modal dialog that is shown.
 * @param {Page} page
 * @param {string} button
 * @returns {Promise<string>} what the dialog said
 */
export async function answerDialog(page, button) {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor({ timeout: TIMEOUT });
  const text = (await dialog.locator('.dialog-message-container').innerText()).trim();
  await dialog.locator('.monaco-button', { hasText: exactly(button) }).click();
  await dialog.waitFor({ state: 'detached', timeout: TIMEOUT });
  return text;
}

/**
 * A notification that is shown, or will be.
 * @param {Page} page
 * @param {string} text part of its message, or of its buttons
 */
export function notification(page, text) {
  return page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
}

/**
 * Waits for a notification, and closes it.
 * @param {Page} page
 * @param {string} text part of its message
 * @returns {Promise<string>} the whole message
 */
export async function closeNotification(page, text) {
  const toast = notification(page, text);
  await toast.waitFor({ timeout: TIMEOUT });
  const message = (await toast.locator('.notification-list-item-message').innerText()).trim();
  await toast.hover();
  await toast.locator('.codicon-notifications-clear').click();
  await toast.waitFor({ state: 'detached', timeout: TIMEOUT });
  return message;
}

/**
 * Saves what the window shows, hovers and menus included, once it is at rest.
 * @param {Page} page
 * @param {string} path
 * @param {{ clip?: { x: number, y: number, width: number, height: number } }} [options]
 */
export async function screenshot(page, path, { clip } = {}) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(SETTLED);
  await page.screenshot({ path, clip, animations: 'disabled' });
}

async function openQuickInput(page, key, text) {
  await waitUntil(page, TIMEOUT, `${key} opened nothing`, async () => {
    await page.keyboard.press(key);
    return isShown(page.locator(`${QUICK_INPUT} input`).first());
  });
  await page.locator(`${QUICK_INPUT} input`).first().fill(text);
}

function editorText(page, text) {
  return page.locator(`${EDITOR} .view-line span span`, { hasText: text }).first();
}

async function clickAt(page, target) {
  const { x, y } = await centre(target);
  await page.mouse.click(x, y);
}

async function centre(target) {
  const box = await target.boundingBox();
  if (!box) throw new Error('the target is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function isShown(locator, timeout = RETRY_AFTER) {
  return locator.waitFor({ state: 'visible', timeout }).then(
    () => true,
    () => false,
  );
}

async function waitUntil(page, timeout, complaint, condition) {
  const deadline = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${complaint} within ${timeout} ms`);
    await page.waitForTimeout(100);
  }
}

function exactly(text) {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
