/** What the page on the manifest shows can be copied: the whole example is clean, and its pieces are pieces of a manifest. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyzeTexts } from '../support/analyze';

const page = readFileSync('docs/manifest.md', 'utf8');
const examples = [...page.matchAll(/```jsonc\n(.*?)```/gs)].map(([, text = '']) => text);
const told = (text: string) =>
  analyzeTexts(new Map([['m365-automation.json', text]])).problems.map(
    ({ rule, severity, accepted }) => `${severity} ${rule}${accepted ? ' accepted' : ''}`,
  );

test('the whole example has no error and no warning, and its exception is used', () => {
  const [whole = ''] = examples;
  assert.deepEqual(told(whole), ['information admin-consent', 'warning unused-scope accepted', 'information admin-consent']);
});

test('the pieces are valid in a manifest', () => {
  assert.ok(examples.length > 1);
  for (const piece of examples.slice(1))
    assert.deepEqual(
      told(`{${piece}}`).filter((line) => /syntax|schema/.test(line)),
      [],
    );
});
