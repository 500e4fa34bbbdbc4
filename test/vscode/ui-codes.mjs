/** Signing in where VS Code's own provider cannot: with a code, and as the app itself; what is kept, what ends, and no token or secret anywhere. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holding, openWatched } from './canary.mjs';
import { packTestExtension } from './files.mjs';
import { closeNotification, notification, runCommand, screenshot, typeInEditor, waitForSquiggle } from './host/ui.mjs';
import { createStandIn } from './stand-in.mjs';
import { createSteps } from './steps.mjs';

const app = '487d0f11-9835-5ffa-abe5-7bce22da1fc8';
const before = ['User.Read', 'Mail.ReadWrite', 'Files.Read'];
const missing = ['Calendars.Read', 'Group.Read.All'];
const night = `"night": {
      "connector": "uipath-microsoft-outlook365",
      "id": "0e9d4457-5a72-4f3e-885d-4e95e4f9adfb",
      "authentication": "oauth-client-credentials",
      "app": "claims",
      "scopes": ["Mail.Send", "Files.Read.All"]
    },
    "outlook": {`;

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `folder` may be changed; `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runCodesUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const canary = `CANARY${randomBytes(12).toString('hex')}`;
  const standIn = createStandIn('codes');
  const { tell, untilNotConsented } = standIn;
  const decide = (told) => tell('decide', told);
  /** What Entra was asked: a line each. */
  const journal = () => standIn.journal().filter(({ code, grant }) => code || grant);
  const codes = () => journal().filter(({ code }) => code);
  const manifest = path.join(folder, 'm365-automation.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"outlook": {', night));
  const { ui, everything } = await openWatched({ folder, vsix: [vsix, packTestExtension('entra-extension')], standIn });
  const { page } = ui;
  const toast = (text) => notification(page, text);
  const button = (text, name) => toast(text).locator('.monaco-button', { hasText: name }).first();
  const step = createSteps(page, { what: 'signing in with msal', shots, counts });
  await tell('secret', { text: canary });
  await decide({ granted: before, roles: ['Mail.Send'] });
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
        at: 'login.microsoftonline.com/contoso.onmicrosoft.com',
      });
    });
    await step('Cancel ends it: Entra is asked no more', async () => {
      await button('https://microsoft.com/devicelogin', 'Cancel').click();
      await toast('https://microsoft.com/devicelogin').waitFor({ state: 'detached' });
      await page.waitForTimeout(500);
      const asked = journal().length;
      await page.waitForTimeout(3_000);
      assert.equal(journal().length, asked);
      await closeNotification(page, 'CODE-1');
      await untilNotConsented([]);
    });
    await step('once somebody entered it, exactly the names that were not granted are reported', async () => {
      await runCommand(page, 'M365 Scopes: Sign In With a Code');
      await toast('CODE-2').waitFor();
      await decide({ entered: true });
      assert.match(
        await closeNotification(page, 'was not granted'),
        /"claims" was not granted Calendars\.Read, Group\.Read\.All for the one who signed in with a code/,
      );
      await untilNotConsented(missing);
      await decide({ entered: false });
      await closeNotification(page, 'CODE-2');
    });
    await step('Request Missing Consent asks for those names alone, and the findings vanish', async () => {
      await runCommand(page, 'M365 Scopes: Request Missing Consent');
      await toast('CODE-3').waitFor();
      const { scopes } = journal().findLast(({ code }) => code === 3);
      assert.deepEqual(scopes.filter((name) => /^[A-Z]/.test(name)).sort(), missing);
      await decide({ entered: true });
      await closeNotification(page, 'Everything that is declared');
      await untilNotConsented([]);
      await closeNotification(page, 'CODE-3');
    });
    await step('after a restart of the extension the kept sign-in is read in silence', async () => {
      await decide({ granted: [...before, ...missing] });
      await tell('exit');
      await standIn.untilRestarted();
      const asked = journal().length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Everything that is declared');
      const grants = journal().slice(asked);
      assert.deepEqual([...new Set(grants.map(({ grant }) => grant))], ['refresh_token']);
    });
    await step('revoked: it is said once, with a way to sign in, and no code is shown unasked', async () => {
      await decide({ revoked: true });
      const shown = codes().length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await button('AADSTS50173', 'Sign In').waitFor();
      await screenshot(page, path.join(shots, 'revoked.png'));
      await closeNotification(page, 'AADSTS50173');
      assert.equal(codes().length, shown);
      await decide({ revoked: false });
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
      await decide({ roles: ['Mail.Send', 'Files.Read.All'] });
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Everything that is declared for the app "claims" itself');
      await closeNotification(page, 'for the one who signed in with a code');
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
      const asked = journal().length;
      await runCommand(page, 'M365 Scopes: Check Consent');
      await button('Nobody is signed in to the app "claims"', 'Sign In').click();
      await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'As a person' }).first().click();
      await button('This editor has no Microsoft sign-in of its own', 'Sign In With a Code').waitFor();
      await closeNotification(page, 'This editor has no Microsoft sign-in of its own');
      assert.equal(journal().length, asked);
    });
    await step('in the DoD cloud, which VS Code does not know, a code is asked of that cloud', async () => {
      const copy = path.join(ui.folder, 'm365-automation.json');
      writeFileSync(copy, readFileSync(copy, 'utf8').replace('"office365"', '"us-gov-l5"'));
      await page.locator('.view-line', { hasText: '"us-gov-l5"' }).first().waitFor();
      await runCommand(page, 'M365 Scopes: Sign In With a Code');
      await toast('The code for the sign-in is').waitFor();
      assert.equal(codes().at(-1).at, 'login.microsoftonline.us/contoso.onmicrosoft.com');
      await decide({ entered: true });
      await closeNotification(page, 'for the one who signed in with a code');
      assert.equal(journal().at(-1).graph, 'https://dod-graph.microsoft.us');
    });
    await step(
      'tokens and the secret are in no log, message, setting or file, nor in what was shown, copied, opened or stored',
      async () => {
        const seen = await everything();
        assert.deepEqual(holding(canary, seen), []);
        assert.deepEqual(
          ['messages.jsonl', 'Microsoft 365 Automation Scopes.log'].filter((ending) =>
            holding('Files.Read.All', seen).every((name) => !name.endsWith(ending)),
          ),
          [],
          'the traces are there, and names do stand in them',
        );
      },
    );
    await step('nothing was asked of a network', () => assert.deepEqual([ui.blocked, standIn.connections().reached], [[], []]));
  } finally {
    await ui.stop();
  }
  return counts;
}
