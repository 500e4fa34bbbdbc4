/** The same in the workbench itself, as a user sees it: squiggle, menu, fixed, manifest after workflow; with screenshots. */
import assert from 'node:assert/strict';
import path from 'node:path';
import {
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
import { createSteps } from './steps.mjs';

const outlook = 'fc6f1c6d-f03a-583c-a313-fd41d6f1e209';

/**
 * Runs the scenario.
 * @param {{ vsix: string, folder: string, shots: string }} options `shots`: where screenshots go
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runUi({ vsix, folder, shots }) {
  const counts = { passed: 0, failed: 0 };
  const ui = await openUi({ folder, file: 'm365-automation.json', vsix });
  const { page } = ui;
  const step = createSteps(page, { what: 'in the workbench', shots, counts });
  try {
    await step('the squiggle is there', async () => {
      await waitForSquiggle(page, { severity: 'error' });
      await waitForSquiggle(page, { severity: 'warning' });
      await screenshot(page, path.join(shots, 'problems.png'));
    });
    await step('the menu offers the fix, and it is applied', async () => {
      const titles = await quickFixesAt(page, { line: 21, column: 9 });
      assert.ok(titles.includes('Add Mail.Send') && titles.includes('Add Mail.Send.Shared'), titles.join(', '));
      await screenshot(page, path.join(shots, 'quick-fix.png'));
      const errors = page.locator('.squiggly-error');
      const before = await errors.count();
      await pickQuickFix(page, 'Add Mail.Send');
      await page.locator('.view-line', { hasText: '"Mail.Send"' }).first().waitFor();
      for (let tries = 0; (await errors.count()) >= before; tries++) {
        assert.ok(tries < 100, 'the finding is gone once it is fixed');
        await page.waitForTimeout(100);
      }
    });
    await step('fixing everything leaves nothing that could be mended', async () => {
      await restAfterFix(page);
      await runCommand(page, 'Fix All');
      await waitForNoSquiggle(page, { severities: ['error', 'warning', 'hint'] });
      await screenshot(page, path.join(shots, 'fixed.png'));
    });
    await step('an edit of a workflow shows in the manifest', async () => {
      await openFile(page, 'Main.xaml');
      await typeInEditor(page, `<umam:TurnOffAutomaticRepliesConnections ConnectionId="${outlook}" />\n`, { line: 157 });
      await openFile(page, 'm365-automation.json');
      await waitForSquiggle(page, { severity: 'error' });
      await screenshot(page, path.join(shots, 'follows.png'));
    });
    await step('the palette offers the commands', async () => {
      await runCommand(page, 'M365 Scopes: Show Log');
    });
    await step('nothing was asked of the network', async () => assert.deepEqual(ui.blocked, []));
  } finally {
    await ui.stop();
  }
  return counts;
}
