/** Signing in as a user does it: palette, VS Code's own dialogs, findings for exactly what was not granted, gone once consent is given; and no token anywhere. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { holding, openWatched } from './canary.mjs';
import { packTestExtension } from './files.mjs';
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
import { createStandIn } from './stand-in.mjs';
import { createSteps } from './steps.mjs';

const app = '487d0f11-9835-5ffa-abe5-7bce22da1fc8';
/** Where the stand-in leaves a text: see auth-extension/decoy.js. */
const decoyPlaces = [
  ...[/home\/decoy\.txt$/, /tmp\/decoy\.txt$/, /workspace\/[^/]+\/decoy\.txt$/, /User\/settings\.json$/],
  ...[/globalStorage\/[^/]+\/decoy\.txt$/, /workspaceStorage\/[^/]+\/[^/]+\/decoy\.txt$/],
  ...[/logs\/.+\/decoy\.txt$/, /logs\/.+\/Decoy\.log$/, /logs\/.+\/1-Decoy output\.log$/],
  // Settings cross to the server, and the trace prints what crosses.
  ...[/messages\.jsonl$/, /logs\/.+\/Microsoft 365 Automation Scopes\.log$/],
  ...[/^console$/, /^shown$/, /^copied$/, /^clipboard$/, /^opened$/, /^request$/],
  ...[/^vscode-web-state-db-global\//, /^vscode-web-state-db-(?!global)/],
];
const missing = ['Calendars.Read', 'Group.Read.All'];

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSignInUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const secret = (name) => `CANARY${name}${randomBytes(12).toString('hex')}`;
  const secrets = { access: secret('ACCESS'), id: secret('ID'), refresh: secret('REFRESH') };
  const standIn = createStandIn('sign-in');
  const { asked, untilNotConsented } = standIn;
  const { ui, everything } = await openWatched({ folder, vsix: [vsix, packTestExtension('auth-extension')], standIn });
  const { page } = ui;
  const step = createSteps(page, { what: 'signing in', shots, counts });
  await standIn.tell('secrets', secrets);
  const prefix = `VSCODE_CLIENT_ID:${app}`;
  const graph = (names) => names.map((name) => `https://graph.microsoft.com/${name}`);
  try {
    await step('nothing is asked before a command', async () => {
      await waitForSquiggle(page, { severity: 'error' });
      await untilNotConsented([]);
      assert.deepEqual([asked('asks'), asked('silent')], [[], []]);
    });
    await step('Sign In asks VS Code, says which app, and reports exactly the names that were not granted', async () => {
      await runCommand(page, 'M365 Scopes: Sign In');
      const dialog = await answerDialog(page, 'Allow');
      assert.match(dialog, /Microsoft 365 Automation Scopes/);
      assert.match(
        await closeNotification(page, 'was not granted'),
        /"claims" was not granted Calendars\.Read, Group\.Read\.All for ada@contoso\.example/,
      );
      await untilNotConsented(missing);
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
      await untilNotConsented([]);
      assert.deepEqual(asked('asks').slice(1), [[prefix, ...graph(missing)]]);
      await screenshot(page, path.join(shots, 'consented.png'));
    });
    await step('Restart Language Server loses nothing: the new one is told', async () => {
      await runCommand(page, 'M365 Scopes: Restart Language Server');
      await waitForSquiggle(page, { severity: 'error' });
      await typeInEditor(page, '"Contacts.Read", ', { line: readLine(ui.folder, '"Files.Read"') + 1, column: 18 });
      await untilNotConsented(['Contacts.Read']);
    });
    await step('Copy Admin Consent Link copies it, and says what for', async () => {
      await runCommand(page, 'M365 Scopes: Copy Admin Consent Link');
      const said = await closeNotification(page, 'Copied the link');
      assert.match(said, /Mail\.ReadWrite/);
      assert.match(said, /https:\/\/cloud\.uipath\.com\/provisioning_\/callback/);
    });
    await step('a session that ends in VS Code takes its findings along', async () => {
      await standIn.tell('end', { account: 'ada' });
      await untilNotConsented([]);
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Nobody is signed in');
      await runCommand(page, 'M365 Scopes: Sign In');
      await answerDialog(page, 'Allow');
      await closeNotification(page, 'was not granted Contacts.Read');
      await untilNotConsented(['Contacts.Read']);
    });
    await step('Switch Account lists the accounts that VS Code knows', async () => {
      await runCommand(page, 'M365 Scopes: Switch Account');
      const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'ada@contoso.example' });
      await row.first().click();
      await closeNotification(page, 'was not granted Contacts.Read');
    });
    await step('what a provider throws is explained, and not repeated', async () => {
      await standIn.tell('refuse', { message: 'AADSTS50011: no SECRET' });
      await runCommand(page, 'M365 Scopes: Request Missing Consent');
      await answerDialog(page, 'Allow');
      const said = await closeNotification(page, 'AADSTS50011');
      assert.match(said, /https:\/\/vscode\.dev\/redirect/);
      await untilNotConsented(['Contacts.Read']);
      await standIn.tell('refuse');
    });
    await step('Sign Out forgets what was granted, and says whose the session is', async () => {
      await runCommand(page, 'M365 Scopes: Sign Out');
      await closeNotification(page, 'belongs to VS Code');
      await untilNotConsented([]);
    });
    await step('no token is in any log, message, setting or file, nor in what was shown, copied, opened or stored', async () => {
      const seen = await everything();
      for (const text of Object.values(secrets)) assert.deepEqual(holding(text, seen), []);
      // Names that were granted do cross, and the trace does print them.
      const textOf = (ending) => seen.filter(([name]) => name.endsWith(ending)).join();
      for (const ending of ['messages.jsonl', 'Microsoft 365 Automation Scopes.log'])
        assert.match(textOf(ending), /m365Scopes\/grants[\s\S]*Mail\.ReadWrite/, ending);
      assert.doesNotMatch(textOf('messages.jsonl'), /accessToken|ada@contoso/);
      assert.doesNotMatch(readFileSync('dist/client.js', 'utf8'), /TelemetryLogger|sendTelemetry/i);
    });
    await step('a text that is left in each of these places is found there: nothing is passed over', async () => {
      const decoy = secret('DECOY');
      await standIn.tell('decoy', { text: decoy });
      await page.locator('.notification-toast', { hasText: decoy }).first().waitFor();
      const found = holding(decoy, await everything());
      assert.deepEqual(
        decoyPlaces.filter((place) => !found.some((name) => place.test(name))),
        [],
        found.join('\n'),
      );
    });
    await step('nothing was asked of the network', async () => assert.deepEqual(ui.blocked, []));
  } finally {
    await ui.stop();
  }
  return counts;
}

function readLine(folder, text) {
  return readFileSync(path.join(folder, 'm365-automation.json'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
}

function readColumn(folder, line) {
  return readFileSync(path.join(folder, 'm365-automation.json'), 'utf8').split('\n')[line].indexOf('Calendars.Read') + 2;
}
