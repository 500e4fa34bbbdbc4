/** Steps of a UI run: each counts, says its name, and leaves a screenshot where it fails. */
import path from 'node:path';
import { screenshot } from './host/ui.mjs';

/**
 * Makes a runner of steps.
 * @param {import('playwright-core').Page} page
 * @param {{ what: string, shots: string, counts: { passed: number, failed: number } }} options `what`: what is tried, first word of each line
 * @returns {(name: string, body: () => unknown) => Promise<void>}
 */
export function createSteps(page, { what, shots, counts }) {
  return async (name, body) => {
    try {
      await body();
      counts.passed++;
      console.log(`✔ ${what}: ${name}`);
    } catch (error) {
      counts.failed++;
      console.log(`✖ ${what}: ${name}\n${error.stack}`);
      await screenshot(page, path.join(shots, `failed-${what.replace(/\W+/g, '-')}-${counts.failed}.png`)).catch(() => undefined);
    }
  };
}
