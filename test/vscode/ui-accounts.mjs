/** Accounts as they come and go: two people, sessions that begin and end elsewhere, a token that cannot be read, and signing out. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { packTestExtension } from './files.mjs';
import { answerDialog, closeNotification, runCommand, screenshot, waitForSquiggle } from './host/ui.mjs';
import { openUi } from './host/ui-session.mjs';
import { createStandIn } from './stand-in.mjs';
import { createSteps } from './steps.mjs';

/** What nobody granted to ada, and to anybody else. */
const ofAda = ['Calendars.Read', 'Group.Read.All'];
const ofOthers = ['Calendars.Read', 'Files.Read', 'Group.Read.All', 'Mail.ReadWrite'];
/** Long enough for an answer to a change that should have none, in milliseconds. */
const quiet = 1500;

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runAccountsUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const standIn = createStandIn('accounts');
  const { asked, tell, untilNotConsented } = standIn;
  const ui = await openUi({ folder, file: 'm365-automation.json', vsix: [vsix, packTestExtension('auth-extension')], env: standIn.env });
  const { page } = ui;
  const step = createSteps(page, { what: 'accounts', shots, counts });
  const signIn = async () => {
    await runCommand(page, 'M365 Scopes: Sign In');
    await answerDialog(page, 'Allow');
  };
  /** Something happens elsewhere that is none of ours: no question follows, and no finding changes. */
  const changesNothing = async (happens, findings) => {
    const before = [asked('asks').length, asked('silent').length];
    await happens();
    await page.waitForTimeout(quiet);
    assert.equal(asked('asks').length, before[0], 'nobody is asked');
    await untilNotConsented(findings);
    return asked('silent').length - before[1];
  };
  const ofKind = () => standIn.findings().filter((text) => / account-kind /.test(text));
  const choose = async (account) => {
    await runCommand(page, 'M365 Scopes: Switch Account');
    const rows = page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'Another account' }).waitFor();
    const labels = await rows.allInnerTexts();
    await rows.filter({ hasText: account }).first().click();
    return labels.map((label) => label.trim());
  };
  try {
    await step('a session that begins before anybody signs in here is not looked at', async () => {
      await waitForSquiggle(page, { severity: 'error' });
      await tell('lives', { account: 'grace', home: 'elsewhere' });
      const silent = await changesNothing(() => tell('sign in', { account: 'grace' }), []);
      assert.equal(silent, 0);
      await tell('end', { account: 'grace' });
    });
    await step('the first who signs in', async () => {
      await signIn();
      assert.match(await closeNotification(page, 'was not granted'), /for ada@contoso\.example\.$/);
      await untilNotConsented(ofAda);
    });
    await step('a session of somebody else that begins elsewhere changes nothing', () =>
      changesNothing(() => tell('sign in', { account: 'grace' }), ofAda),
    );
    await step(
      'Switch Account offers both, and another; a guest is told apart, and the findings are those of the one who is chosen',
      async () => {
        const labels = await choose('grace@contoso.example');
        await answerDialog(page, 'Allow');
        await screenshot(page, path.join(shots, 'switch-account.png'));
        assert.deepEqual(labels.sort(), ['Another account…', 'ada@contoso.example', 'grace@contoso.example']);
        assert.match(await closeNotification(page, 'was not granted'), /for grace@contoso\.example \(a guest of this tenant\)\.$/);
        await untilNotConsented(ofOthers);
      },
    );
    await step('back to the first: nobody has to consent again', async () => {
      await choose('ada@contoso.example');
      assert.match(await closeNotification(page, 'was not granted'), /for ada@contoso\.example\.$/);
      await untilNotConsented(ofAda);
    });
    await step('a session of somebody else that ends elsewhere changes nothing', () =>
      changesNothing(() => tell('end', { account: 'grace' }), ofAda),
    );
    await step('Another account signs somebody in whom VS Code does not know', async () => {
      await tell('next', { account: 'linus' });
      await choose('Another account');
      await answerDialog(page, 'Allow');
      assert.match(await closeNotification(page, 'was not granted'), /for linus@contoso\.example/);
      await untilNotConsented(ofOthers);
    });
    await step('what is consented elsewhere shows at Check Consent', async () => {
      await tell('grant', { account: 'linus', names: ['Mail.ReadWrite', 'Files.Read'] });
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'was not granted');
      await untilNotConsented(ofAda);
    });
    await step('the session in use ends elsewhere: its findings go, and Check Consent says that nobody is signed in', async () => {
      await tell('end', { account: 'linus' });
      await untilNotConsented([]);
      await tell('end', { account: 'ada' });
      await runCommand(page, 'M365 Scopes: Check Consent');
      await closeNotification(page, 'Nobody is signed in');
    });
    await step('a personal account, whose token nobody can read: nothing is called not consented', async () => {
      await tell('next', { account: 'pat' });
      await tell('lives', { account: 'pat', home: 'personal' });
      await tell('opaque', { account: 'pat' });
      await signIn();
      await screenshot(page, path.join(shots, 'personal-account.png'));
      await closeNotification(page, 'cannot be told from this sign-in');
      await untilNotConsented([]);
      assert.match(
        ofKind().join('\n'),
        /asks for Group\.Read\.All, which personal accounts do not have, and a personal account is signed in here/,
      );
    });
    await step('but that everything was granted can be told', async () => {
      await tell('grant', { account: 'pat', names: ofOthers });
      await tell('grant', { account: 'pat', names: ['Mail.Send'] });
      await runCommand(page, 'M365 Scopes: Check Consent');
      assert.match(await closeNotification(page, 'Everything that is declared'), /for pat@contoso\.example \(a personal account\)\.$/);
    });
    await step('a personal account that is a guest of the tenant is a guest', async () => {
      await tell('lives', { account: 'kim', home: 'personal' });
      await tell('next', { account: 'kim' });
      await choose('Another account');
      await answerDialog(page, 'Allow');
      assert.match(await closeNotification(page, 'was not granted'), /for kim@contoso\.example \(a guest of this tenant\)\.$/);
      assert.deepEqual(ofKind(), []);
    });
    await step('after Sign Out nothing that happens elsewhere brings anything back, and the next sign-in asks which account', async () => {
      await runCommand(page, 'M365 Scopes: Sign Out');
      await closeNotification(page, 'belongs to VS Code');
      const silent = await changesNothing(() => tell('sign in', { account: 'ada' }), []);
      assert.equal(silent, 0);
      await signIn();
      const rows = page.locator('.quick-input-widget .monaco-list-row');
      await rows.filter({ hasText: 'pat@contoso.example' }).waitFor();
      await screenshot(page, path.join(shots, 'asks-which-account.png'));
      await page.keyboard.press('Escape');
    });
    await step('nothing was asked of a network', () => assert.deepEqual([ui.blocked, standIn.connections().reached], [[], []]));
  } finally {
    await ui.stop();
  }
  return counts;
}
