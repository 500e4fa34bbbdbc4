/** Signing in where VS Code's own provider cannot: with a code, and as the app itself; what is kept, what ends, and no token or secret anywhere. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { closeNotification, runCommand, screenshot, typeInEditor, waitForSquiggle } from './host/ui.mjs';
import { openUi } from './host/ui-session.mjs';

const app = '487d0f11-9835-5ffa-abe5-7bce22da1fc8';
const missing = ['Calendars.Read', 'Group.Read.All'];
const night = `"night": {
      "connector": "uipath-microsoft-outlook365",
      "id": "0e9d4457-5a72-4f3e-885d-4e95e4f9adfb",
      "authentication": "oauth-client-credentials",
      "app": "claims",
      "scopes": ["Mail.Send", "Files.Read.All"]
    },
    "outlook": {`;

/** Packs the stand-in for Entra. */
function packEntra() {
  const vsix = path.resolve('out/stand-in-for-entra.vsix');
  const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--skip-license', '--allow-star-activation', '--allow-missing-repository', '--out', vsix];
  execFileSync(process.execPath, [vsce, 'package', ...flags], {
    cwd: 'test/vscode/entra-extension',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return vsix;
}

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `folder` may be changed; `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runCodesUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const canary = `CANARY${randomBytes(12).toString('hex')}`;
  const entra = path.resolve('out/entra');
  rmSync(entra, { recursive: true, force: true });
  mkdirSync(entra, { recursive: true });
  const decide = (name, text = '') => writeFileSync(path.join(entra, name), text);
  const take = (name) => rmSync(path.join(entra, name), { force: true });
  const journal = () => readLines(path.join(entra, 'journal.jsonl'));
  decide('granted', 'User.Read\nMail.ReadWrite\nFiles.Read\n');
  decide('roles', 'Mail.Send');
  const manifest = path.join(folder, 'm365-automation.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"outlook": {', night));
  const ui = await openUi({
    folder,
    file: 'm365-automation.json',
    vsix: [vsix, packEntra()],
    settings: { 'm365Scopes.trace.server': 'verbose' },
    env: {
      VSCODE_SKIP_BUILTIN_EXTENSIONS: 'vscode.microsoft-authentication',
      M365_SCOPES_TEST_ENTRA: entra,
      M365_SCOPES_TEST_CANARY: canary,
    },
  });
  const { page } = ui;
  const toast = (text) => page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
  const button = (text, name) => toast(text).locator('.monaco-button', { hasText: name }).first();
  const step = async (name, body) => {
    try {
      await body();
      counts.passed++;
      console.log(`✔ signing in with msal: ${name}`);
    } catch (error) {
      counts.failed++;
      console.log(`✖ signing in with msal: ${name}\n${error.stack}`);
      await screenshot(page, path.join(shots, `failed-codes-${counts.failed}.png`));
    }
  };
  const untilNotConsented = async (expected) => {
    const read = () => readLines(path.join(entra, 'findings.jsonl')).at(-1) ?? [];
    for (let tries = 0; tries < 200 && JSON.stringify(read()) !== JSON.stringify(expected); tries++) await delay(100);
    assert.deepEqual(read(), expected);
  };
  try {
    await step('nothing is asked before a command', async () => {
      await waitForSquiggle(page, { severity: 'error' });
      assert.deepEqual(journal(), []);
    });
    await step('Sign In With a Code shows the code, the address, the app and a way to cancel', async () => {
      await runCommand(page, 'M365 Scopes: Sign In With a Code');
      await toast('CODE-1').waitFor();
      await button('The code for the sign-in is', 'Copy Code and Open Browser').waitFor();
      const said = await toast('https://microsoft.com/devicelogin').innerText();
      assert.match(said, /"claims" \(487d0f11-[\s\S]*contoso\.onmicrosoft\.com[\s\S]*CODE-1[\s\S]*15 minutes/);
      await screenshot(page, path.join(shots, 'device-code.png'));
      assert.deepEqual(journal()[0], {
        code: 1,
        scopes: ['openid', 'profile', 'offline_access'],
        client: app,
        at: 'contoso.onmicrosoft.com',
      });
    });
    await step('Cancel ends it: Entra is asked no more', async () => {
      await button('https://microsoft.com/devicelogin', 'Cancel').click();
      await toast('https://microsoft.com/devicelogin').waitFor({ state: 'detached' });
      await delay(500);
      const before = journal().length;
      await delay(3_000);
      assert.equal(journal().length, before);
      await closeNotification(page, 'CODE-1');
      await untilNotConsented([]);
    });
    await step('once somebody entered it, exactly the names that were not granted are reported', async () => {
      await runCommand(page, 'M365 Scopes: Sign In With a Code');
      await toast('CODE-2').waitFor();
      decide('entered');
      assert.match(
        await closeNotification(page, 'was not granted'),
        /"claims" was not granted Calendars\.Read, Group\.Read\.All for the one who signed in with a code/,
      );
      await untilNotConsented(missing);
      take('entered');
      await closeNotification(page, 'CODE-2');
    });
    await step('Request Missing Consent asks for those names alone, and the findings vanish', async () => {
      await runCommand(page, 'M365 Scopes: Request Missing Consent');
      await toast('CODE-3').waitFor();
      const { scopes } = journal().findLast(({ code }) => code === 3);
      assert.deepEqual(scopes.filter((name) => /^[A-Z]/.test(name)).sort(), missing);
      decide('entered');
      await closeNotification(page, 'Everything that is declared');
      await untilNotConsented([]);
      await closeNotification(page, 'CODE-3');
    });
    await step('after a reload the kept sign-in is read in silence', async () => {
      await page.reload();
      await waitForSquiggle(page, { severity: 'error' });
      const before = journal().length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Everything that is declared');
      assert.deepEqual(
        [
          ...new Set(
            journal()
              .slice(before)
              .map(({ grant }) => grant),
          ),
        ],
        ['refresh_token'],
      );
    });
    await step('revoked: it is said once, with a way to sign in, and no code is shown unasked', async () => {
      decide('revoked');
      const codes = journal().filter(({ code }) => code).length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await button('AADSTS50173', 'Sign In').waitFor();
      await screenshot(page, path.join(shots, 'revoked.png'));
      await closeNotification(page, 'AADSTS50173');
      assert.equal(journal().filter(({ code }) => code).length, codes);
      take('revoked');
    });
    await step('Sign In as the App asks for the secret, hides it, and reports what no administrator granted', async () => {
      await runCommand(page, 'M365 Scopes: Sign In as the App');
      const input = page.locator('.quick-input-widget input[type="password"]');
      await input.fill('11111111-2222-4333-8444-555555555555');
      await page.locator('.quick-input-widget', { hasText: 'looks like the id of the secret' }).waitFor();
      await screenshot(page, path.join(shots, 'client-secret.png'));
      await input.fill('wrong');
      await page.keyboard.press('Enter');
      await closeNotification(page, 'AADSTS7000215');
      await runCommand(page, 'M365 Scopes: Sign In as the App');
      await input.fill(canary);
      await page.keyboard.press('Enter');
      assert.match(await closeNotification(page, 'No administrator granted'), /"claims" Files\.Read\.All for itself/);
      await untilNotConsented(['Files.Read.All']);
      await screenshot(page, path.join(shots, 'app-only.png'));
    });
    await step('Check Consent looks again with the kept secret, for the person and for the app', async () => {
      decide('roles', 'Mail.Send Files.Read.All');
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Everything that is declared for the app "claims" itself');
      await untilNotConsented([]);
    });
    await step('an edit is compared with what both were granted', async () => {
      const line = readFileSync(path.join(ui.folder, 'm365-automation.json'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('"Mail.Send", "Files.Read.All"'));
      await typeInEditor(page, '"Calendars.Read", ', { line: line + 1, column: 18 });
      await untilNotConsented(['Calendars.Read']);
    });
    await step('Sign Out forgets what was granted, the code’s tokens and the secret', async () => {
      await runCommand(page, 'M365 Scopes: Sign Out');
      await closeNotification(page, 'codes and secrets that were kept');
      await untilNotConsented([]);
      const before = journal().length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await button('This editor has no Microsoft sign-in of its own', 'Sign In With a Code').waitFor();
      await closeNotification(page, 'This editor has no Microsoft sign-in of its own');
      assert.equal(journal().length, before);
    });
    await step('tokens and the secret are in no log, no trace, no setting and no file', async () => {
      const found = holding(canary, [ui.server.dir, ui.folder, entra]);
      assert.deepEqual(found, []);
      assert.ok(!ui.server.log().includes(canary));
    });
    await step('nothing was asked of the network', async () => assert.deepEqual(ui.blocked, []));
  } finally {
    await ui.stop();
  }
  return counts;
}

/** Files below folders that hold a text. */
function holding(text, folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
  );
  return files.filter((file) => {
    try {
      return readFileSync(file).includes(text);
    } catch {
      return false; // It went away meanwhile.
    }
  });
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
