/** Editing, checking and fixing are the same with somebody signed in, with nobody and no network, and in a folder that is not trusted; and nothing is asked of a network. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packTestExtension } from './files.mjs';
import {
  answerDialog,
  closeNotification,
  dismissHover,
  hoverText,
  openFile,
  pickQuickFix,
  quickFixesAt,
  restAfterFix,
  runCommand,
  screenshot,
  typeInEditor,
  waitForNoSquiggle,
  waitForSquiggle,
} from './host/ui.mjs';
import { openUi } from './host/ui-session.mjs';
import { createStandIn } from './stand-in.mjs';
import { createSteps } from './steps.mjs';

const name = 'm365-automation.json';
const everything = ['Calendars.Read', 'Files.ReadWrite.All', 'Group.Read.All', 'Mail.Send'];
const badCatalogue = 'The catalogue that the settings name cannot be used';

/** @typedef {{ ui: Awaited<ReturnType<typeof openUi>>, standIn: ReturnType<typeof createStandIn> }} Run */

/** Each prepares itself before anything is compared, and looks at what is its own after. */
const situations = [
  {
    what: 'signed in',
    /** @param {Run} run */
    async prepare({ ui: { page }, standIn }) {
      await standIn.tell('grant', { account: 'ada', names: everything });
      await runCommand(page, 'M365 Scopes: Sign In');
      await answerDialog(page, 'Allow');
      await closeNotification(page, 'Everything that is declared');
    },
    steps: [],
  },
  {
    what: 'signed out and offline',
    /** @param {Run} run */
    prepare: ({ standIn }) => standIn.tell('refuse', { message: 'getaddrinfo ENOTFOUND login.microsoftonline.com SECRET' }),
    steps: [
      [
        'nobody was asked who signs in, silently or not',
        ({ standIn }) => assert.deepEqual([standIn.asked('asks'), standIn.asked('silent')], [[], []]),
      ],
      [
        'Sign In says that Entra cannot be reached, and that all else works',
        async ({ ui: { page } }) => {
          await runCommand(page, 'M365 Scopes: Sign In');
          await answerDialog(page, 'Allow');
          assert.match(await closeNotification(page, 'cannot be reached'), /Everything else works offline/);
        },
      ],
    ],
  },
  {
    what: 'in Restricted Mode',
    isTrusted: false,
    /** @param {Run} run */
    async prepare({ ui: { page } }) {
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    },
    steps: [
      [
        'a catalogue that the folder names is not read',
        async ({ ui: { page } }) => assert.equal(await page.locator('.notification-toast', { hasText: badCatalogue }).count(), 0),
      ],
      [
        'signing in works, and the dialog names the app of the folder and says so',
        async ({ ui: { page }, standIn }) => {
          await runCommand(page, 'M365 Scopes: Sign In');
          const dialog = await answerDialog(page, 'Allow');
          assert.match(dialog, /487d0f11-9835-5ffa-abe5-7bce22da1fc8[\s\S]*The workspace names this app: only go on where you know it/);
          await closeNotification(page, 'was not granted');
          assert.ok(standIn.asked('asks').length === 1);
        },
      ],
      [
        'once the folder is trusted, its settings count',
        async ({ ui: { page } }) => {
          await runCommand(page, 'Workspaces: Manage Workspace Trust');
          await page
            .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
            .first()
            .click();
          await closeNotification(page, badCatalogue);
        },
      ],
    ],
  },
];

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSituations({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const standInVsix = packTestExtension('auth-extension');
  /** What the first showed, the others have to. */
  let expected;
  for (const { what, isTrusted = true, prepare, steps } of situations) {
    const standIn = createStandIn(what.replaceAll(' ', '-'));
    const ui = await openUi({
      folder: withSettings(folder),
      file: name,
      vsix: [vsix, standInVsix],
      isTrusted,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
      env: standIn.env,
    });
    const run = { ui, standIn };
    const step = createSteps(ui.page, { what, shots, counts });
    try {
      await step('the workbench is ready', async () => {
        await waitForSquiggle(ui.page, { severity: 'error' });
        if (isTrusted) await closeNotification(ui.page, badCatalogue);
        await prepare(run);
      });
      await step('findings and fixes are those of every situation, and the comparison opens', async () => {
        const seen = await editAndFix(run);
        assert.ok(seen.before.length > 5 && seen.fixedOne.length < seen.before.length && seen.fixedAll.length < seen.fixedOne.length);
        expected ??= seen;
        assert.deepEqual(seen, expected);
        await screenshot(ui.page, path.join(shots, `${what.replaceAll(' ', '-')}.png`));
      });
      await step('start, check, edit, hover, fix and comparison asked nothing of a network', () => {
        const { watched, reached } = standIn.connections();
        assert.deepEqual(reached, []);
        assert.ok(
          watched.includes('extension host') && watched.some((process) => /m365-automation-scopes[^/]*\/dist\/server\.js$/.test(process)),
        );
        assert.deepEqual(ui.blocked, []);
      });
      for (const [title, body] of steps) await step(title, () => body(run));
      await step('what does reach out is counted: in the extension host, and in a process that it starts', async () => {
        await standIn.tell('call');
        const reached = standIn.connections().reached.map((line) => `${path.basename(line.process)} ${line.what} ${line.target}`);
        for (const expectedLine of [
          'extension host connects 127.0.0.1:9',
          'extension host connects login.microsoftonline.com:443',
          'extension host asks for the address of login.microsoftonline.com',
          'child.js asks for the address of graph.microsoft.com',
          'extension host starts true',
        ])
          assert.ok(reached.includes(expectedLine), `${expectedLine} is not in\n${reached.join('\n')}`);
      });
    } finally {
      await ui.stop();
    }
  }
  return counts;
}

/** A copy of the folder whose settings name a catalogue that cannot be used: only where it is trusted that is said. */
function withSettings(folder) {
  const copy = path.resolve('out/workspaces/situations', path.basename(folder));
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  mkdirSync(path.join(copy, '.vscode'));
  writeFileSync(path.join(copy, '.vscode/settings.json'), JSON.stringify({ 'm365Scopes.catalog': 'no-catalogue' }));
  return copy;
}

/** What a user sees from the first squiggle to the fixed file. @param {Run} run */
async function editAndFix({ ui: { page, folder }, standIn }) {
  // Somebody who is signed in sees more, and only that.
  const findings = () => standIn.findings().filter((text) => !/ not-consented /.test(text));
  const settled = () => untilSettled(page, findings);
  const before = await settled();
  await typeInEditor(page, '', { line: 1 + lineOf(folder, '"Group.Read.All"') });
  const hover = await hoverText(page, { text: 'Group.Read.All' });
  await dismissHover(page);
  const titles = await quickFixesAt(page, { line: 21, column: 9 });
  await pickQuickFix(page, 'Add Mail.Send');
  await page.locator('.view-line', { hasText: '"Mail.Send"' }).first().waitFor();
  await restAfterFix(page);
  const fixedOne = await settled();
  await runCommand(page, 'Fix All');
  await waitForNoSquiggle(page, { severities: ['error', 'warning', 'hint'] });
  const fixedAll = await settled();
  await typeInEditor(page, '"Mail.Raed", ', { line: 1 + lineOf(folder, '"Files.Read"'), column: 18 });
  await waitForSquiggle(page, { severity: 'error' });
  const edited = await settled();
  const text = readFileSync(path.join(folder, name), 'utf8');
  await runCommand(page, 'M365 Scopes: Compare With App Registration');
  // Until it is drawn, the preview takes the focus away from whatever else is opened.
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await preview.getByText('Declared, registered, granted').waitFor();
  await openFile(page, name);
  return { before, hover, titles, fixedOne, fixedAll, edited, text };
}

/** The findings once they have stayed the same for two seconds, and the editor has saved. */
async function untilSettled(page, findings) {
  let last = '';
  for (let same = 0; same < 20; ) {
    await page.waitForTimeout(100);
    const now = JSON.stringify(findings());
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return findings();
}

function lineOf(folder, text) {
  return readFileSync(path.join(folder, name), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
}
