/** Signing in to the other clouds: VS Code's second provider, its setting, and the cloud that it does not know. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packTestExtension } from './files.mjs';
import { answerDialog, closeNotification, notification, runCommand, screenshot, waitForSquiggle } from './host/ui.mjs';
import { openUi } from './host/ui-session.mjs';
import { createStandIn } from './stand-in.mjs';
import { createSteps } from './steps.mjs';

const prefix = 'VSCODE_CLIENT_ID:487d0f11-9835-5ffa-abe5-7bce22da1fc8';
const provider = 'microsoft-sovereign-cloud';
const setting = `${provider}.environment`;
const missing = ['Calendars.Read', 'Group.Read.All'];

const clouds = [
  {
    environment: 'us-gov-l4',
    value: 'USGovernment',
    other: 'ChinaCloud',
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
  },
  {
    environment: 'china',
    value: 'ChinaCloud',
    other: 'USGovernment',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.partner.microsoftonline.cn',
  },
];

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runCloudsUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const standIn = createStandIn('clouds');
  const ui = await openUi({ folder, file: 'm365-automation.json', vsix: [vsix, packTestExtension('auth-extension')], env: standIn.env });
  const { page } = ui;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const step = createSteps(page, { what: 'clouds', shots, counts });
  const manifest = path.join(ui.folder, 'm365-automation.json');
  const useCloud = async (environment) => {
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(/"environment": "[^"]+"/, `"environment": "${environment}"`));
    await page
      .locator('.view-line', { hasText: `"${environment}"` })
      .first()
      .waitFor();
  };
  const set = (value) => standIn.tell('setting', { name: setting, value });
  const signIn = async () => {
    await runCommand(page, 'M365 Scopes: Sign In');
    return answerDialog(page, 'Allow');
  };
  try {
    await waitForSquiggle(page, { severity: 'error' });
    for (const { environment, value, other, graph, login } of clouds) {
      await step(
        `${environment}: without the setting, and with that of another cloud, nobody is asked; a button opens the setting`,
        async () => {
          await useCloud(environment);
          const before = standIn.asked('asks').length;
          for (const present of ['', other]) {
            await set(present);
            await runCommand(page, 'M365 Scopes: Sign In');
            const toast = notification(page, `${setting} is "${value}"`);
            await toast.waitFor();
            await screenshot(page, path.join(shots, `${environment}-setting.png`));
            if (present === '') await closeNotification(page, setting);
            else await toast.locator('.monaco-button', { hasText: 'Open Setting' }).click();
          }
          const opened = page.locator('.settings-editor');
          await opened.locator('.setting-item-label', { hasText: 'Environment' }).first().waitFor();
          await screenshot(page, path.join(shots, `${environment}-setting-opened.png`));
          await page.keyboard.press('Escape');
          await opened.waitFor({ state: 'hidden' });
          assert.equal(standIn.asked('asks').length, before);
        },
      );
      await step(`${environment}: with it, that cloud's provider is asked for names of that cloud's Graph`, async () => {
        await set(value);
        // Whoever is signed in to one cloud is not to another.
        await standIn.tell('end', { provider, account: 'ada' });
        await signIn();
        assert.match(await closeNotification(page, 'was not granted'), /for ada@contoso\.example/);
        await standIn.untilNotConsented(missing);
        assert.deepEqual(standIn.askedOf('asks').at(-1), [provider, prefix, `${graph}/User.Read`]);
        assert.ok(standIn.askedOf('silent').some((scopes) => scopes.join() === [provider, prefix, `${graph}/.default`].join()));
      });
      await step(`${environment}: the link for an administrator is that cloud's`, async () => {
        await runCommand(page, 'M365 Scopes: Copy Admin Consent Link');
        await closeNotification(page, 'Copied the link');
        const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
        assert.equal(link.origin, login);
        assert.ok(
          link.searchParams
            .get('scope')
            .split(' ')
            .every((scope) => scope.startsWith(`${graph}/`)),
        );
      });
    }
    await step('us-gov-l5: VS Code knows no such cloud; another way is named, and nobody is asked', async () => {
      const before = [standIn.asked('asks').length, standIn.asked('silent').length];
      await useCloud('us-gov-l5');
      await runCommand(page, 'M365 Scopes: Sign In');
      await screenshot(page, path.join(shots, 'us-gov-l5.png'));
      await notification(page, 'us-gov-l5').locator('.monaco-button', { hasText: 'Sign In With a Code' }).waitFor();
      assert.match(await closeNotification(page, 'us-gov-l5'), /A code that you enter in any browser can\.$/);
      assert.deepEqual([standIn.asked('asks').length, standIn.asked('silent').length], before);
    });
    await step('nothing was asked of a network', () => assert.deepEqual([ui.blocked, standIn.connections().reached], [[], []]));
  } finally {
    await ui.stop();
  }
  return counts;
}
