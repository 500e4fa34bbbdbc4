/** Signing in as a user does it: palette, VS Code's own dialogs, findings for exactly what was not granted, gone once consent is given; and no token anywhere. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answerDialog,
  closeNotification,
  dismissHover,
  hoverText,
  openFile,
  pickQuickFix,
  runCommand,
  screenshot,
  typeInEditor,
  waitForSquiggle,
} from './host/ui.mjs';
import { openUi } from './host/ui-session.mjs';

const app = '487d0f11-9835-5ffa-abe5-7bce22da1fc8';
const missing = ['Calendars.Read', 'Group.Read.All'];

/** Packs the stand-in for the Microsoft provider. */
function packProvider() {
  const vsix = path.resolve('out/fake-microsoft-authentication.vsix');
  mkdirSync('out', { recursive: true });
  execFileSync(
    process.execPath,
    [
      path.resolve('node_modules/@vscode/vsce/vsce'),
      'package',
      '--no-dependencies',
      '--skip-license',
      '--allow-star-activation',
      '--allow-missing-repository',
      '--out',
      vsix,
    ],
    { cwd: 'test/vscode/auth-extension', stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return vsix;
}

/** Waits until the findings not-consented are those of some names; the editor tells its own list of them. */
async function untilNotConsented(file, expected) {
  const read = () => readLines(file).at(-1)?.notConsented ?? [];
  for (let tries = 0; tries < 200; tries++) {
    if (JSON.stringify(read()) === JSON.stringify(expected)) return;
    await delay(100);
  }
  assert.deepEqual(read(), expected);
}

/** Every file below folders that holds a text. */
function holding(text, folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
  );
  const isHolding = (file) => {
    try {
      return readFileSync(file).includes(text);
    } catch {
      return false; // It went away meanwhile.
    }
  };
  return { files, found: files.filter(isHolding) };
}

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSignInUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const canary = `CANARY${randomBytes(12).toString('hex')}`;
  const journal = path.resolve('out/sign-in-journal.jsonl');
  const findings = path.resolve('out/sign-in-findings.jsonl');
  const [ended, refusing] = ['ended', 'refusing'].map((name) => path.resolve(`out/sign-in-${name}`));
  const messages = path.resolve('out/sign-in-messages.jsonl');
  for (const file of [journal, messages, findings, ended, refusing]) rmSync(file, { force: true });
  const asked = (kind) =>
    readLines(journal).flatMap((line) => (line[kind] ? [line[kind].filter((scope) => !/^VSCODE_TENANT/.test(scope))] : []));
  const ui = await openUi({
    folder,
    file: 'm365-automation.json',
    vsix: [vsix, packProvider()],
    settings: { 'm365Scopes.trace.server': 'verbose' },
    env: {
      VSCODE_SKIP_BUILTIN_EXTENSIONS: 'vscode.microsoft-authentication',
      M365_SCOPES_TEST_JOURNAL: journal,
      M365_SCOPES_TEST_MESSAGES: messages,
      M365_SCOPES_TEST_ENDED: ended,
      M365_SCOPES_TEST_REFUSING: refusing,
      M365_SCOPES_TEST_FINDINGS: findings,
      M365_SCOPES_TEST_CANARY: canary,
    },
  });
  const { page } = ui;
  const step = async (name, body) => {
    try {
      await body();
      counts.passed++;
      console.log(`✔ signing in: ${name}`);
    } catch (error) {
      counts.failed++;
      console.log(`✖ signing in: ${name}\n${error.stack}`);
      await screenshot(page, path.join(shots, `failed-sign-in-${counts.failed}.png`));
    }
  };
  const prefix = `VSCODE_CLIENT_ID:${app}`;
  const graph = (names) => names.map((name) => `https://graph.microsoft.com/${name}`);
  try {
    await step('nothing is asked before a command', async () => {
      await waitForSquiggle(page, { severity: 'error' });
      await untilNotConsented(findings, []);
      assert.deepEqual(readLines(journal), []);
    });
    await step('Sign In asks VS Code, says which app, and reports exactly the names that were not granted', async () => {
      await runCommand(page, 'M365 Scopes: Sign In');
      const dialog = await answerDialog(page, 'Allow');
      assert.match(dialog, /Microsoft 365 Automation Scopes/);
      assert.match(
        await closeNotification(page, 'was not granted'),
        /"claims" was not granted Calendars\.Read, Group\.Read\.All for ada@contoso\.example/,
      );
      await untilNotConsented(findings, missing);
      assert.deepEqual(asked('asks'), [[prefix, ...graph(['User.Read'])]]);
      assert.deepEqual(
        asked('silent').filter(([id]) => id !== prefix),
        [],
      );
      assert.ok(asked('silent').some((scopes) => scopes.at(-1) === 'https://graph.microsoft.com/.default'));
      await typeInEditor(page, '', { line: readLine(ui.folder, '"Group.Read.All"') + 1 });
      assert.match(await hoverText(page, { text: 'Group.Read.All' }), /asks for Group\.Read\.All, which was not granted/);
      await screenshot(page, path.join(shots, 'not-consented.png'));
      await dismissHover(page);
    });
    await step('the quick fix asks for the missing names only, and the findings vanish', async () => {
      await openFile(page, 'm365-automation.json');
      const line = readFileSync(path.join(ui.folder, 'm365-automation.json'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('"Calendars.Read"'));
      const title = page.locator('.action-widget:visible .monaco-list-row.action .title', { hasText: 'Request the missing consent' });
      for (let tries = 0; tries < 20 && !(await title.first().isVisible()); tries++) {
        await typeInEditor(page, '', { line: line + 1, column: readColumn(ui.folder, line) });
        await page.keyboard.press('Control+.');
        await title
          .first()
          .waitFor({ timeout: 1500 })
          .catch(() => undefined);
      }
      await screenshot(page, path.join(shots, 'request-consent.png'));
      await pickQuickFix(page, 'Request the missing consent');
      await answerDialog(page, 'Allow');
      assert.match(await closeNotification(page, 'Everything that is declared'), /granted to the app "claims" for ada@contoso\.example/);
      await untilNotConsented(findings, []);
      assert.deepEqual(asked('asks').slice(1), [[prefix, ...graph(missing)]]);
      await screenshot(page, path.join(shots, 'consented.png'));
    });
    await step('Restart Language Server loses nothing: the new one is told', async () => {
      await runCommand(page, 'M365 Scopes: Restart Language Server');
      await waitForSquiggle(page, { severity: 'error' });
      await typeInEditor(page, '"Contacts.Read", ', { line: readLine(ui.folder, '"Files.Read"') + 1, column: 18 });
      await untilNotConsented(findings, ['Contacts.Read']);
    });
    await step('Copy Admin Consent Link copies it, and says what for', async () => {
      await runCommand(page, 'M365 Scopes: Copy Admin Consent Link');
      const said = await closeNotification(page, 'Copied the link');
      assert.match(said, /Mail\.ReadWrite/);
      assert.match(said, /https:\/\/cloud\.uipath\.com\/provisioning_\/callback/);
    });
    await step('a session that ends in VS Code takes its findings along', async () => {
      writeFileSync(ended, '');
      await untilNotConsented(findings, []);
      rmSync(ended);
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Nobody is signed in');
      await runCommand(page, 'M365 Scopes: Sign In');
      await answerDialog(page, 'Allow');
      await closeNotification(page, 'was not granted Contacts.Read');
      await untilNotConsented(findings, ['Contacts.Read']);
    });
    await step('Switch Account lists the accounts that VS Code knows', async () => {
      await runCommand(page, 'M365 Scopes: Switch Account');
      const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'ada@contoso.example' });
      await row.first().click();
      await closeNotification(page, 'was not granted Contacts.Read');
    });
    await step('what a provider throws is explained, and not repeated', async () => {
      writeFileSync(refusing, '');
      await runCommand(page, 'M365 Scopes: Request Missing Consent');
      await answerDialog(page, 'Allow');
      const said = await closeNotification(page, 'AADSTS50011');
      assert.match(said, /https:\/\/vscode\.dev\/redirect/);
      assert.ok(!said.includes(canary));
      await untilNotConsented(findings, ['Contacts.Read']);
      rmSync(refusing);
    });
    await step('Sign Out forgets what was granted, and says whose the session is', async () => {
      await runCommand(page, 'M365 Scopes: Sign Out');
      await closeNotification(page, 'The session belongs to VS Code');
      await untilNotConsented(findings, []);
    });
    await step('the token is in no log, no trace, no setting and no file', async () => {
      const { files, found } = holding(canary, [ui.server.dir, ui.folder]);
      assert.deepEqual(found, []);
      assert.ok(files.some((file) => file.endsWith('settings.json')));
      assert.ok(!ui.server.log().includes(canary) && !readFileSync(journal, 'utf8').includes(canary));
      // A trace prints what crosses: names do, so the test can fail.
      const crossed = readFileSync(messages, 'utf8');
      assert.match(crossed, /"m365Scopes\/grants"[^\n]*Mail\.ReadWrite/);
      assert.ok(!crossed.includes(canary));
      assert.doesNotMatch(crossed, /accessToken|e30\.|ada@contoso/);
    });
    await step('nothing was asked of the network', async () => assert.deepEqual(ui.blocked, []));
  } finally {
    await ui.stop();
  }
  return counts;
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

function readLine(folder, text) {
  return readFileSync(path.join(folder, 'm365-automation.json'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
}

function readColumn(folder, line) {
  return readFileSync(path.join(folder, 'm365-automation.json'), 'utf8').split('\n')[line].indexOf('Calendars.Read') + 2;
}
