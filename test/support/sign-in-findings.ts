/** Finds what the rules on sign-in say of an automation, and holds every finding to what is true of all of them. */
import assert from 'node:assert/strict';
import type { Fix, Problem } from '../../server/src/core/problem';
import { applyEdits } from '../../server/src/core/text';
import { analyzeTexts, type Files } from './analyze';
import { secretMark } from './scope-builder';

export const signInRules: ReadonlySet<string> = new Set([
  'tenant-missing',
  'tenant-unneeded',
  'auth-missing-field',
  'auth-forbidden-field',
  'auth-exclusive-fields',
  'auth-app-mismatch',
  'legacy-auth',
  'unattended-interactive',
  'redirect-uri',
]);

/** The findings of the rules on sign-in in all files. */
export function problemsOf(files: Files): Problem[] {
  const found = analyzeTexts(files).problems.filter(({ rule }) => signInRules.has(rule));
  for (const problem of found) assertSound(files, problem);
  return found;
}

/** The same as a sorted list of `rule severity`. */
export function findings(files: Files): string[] {
  return problemsOf(files)
    .map(({ rule, severity }) => `${rule} ${severity}`)
    .sort();
}

/** The same, after every fix that is offered was tried: it takes its finding away and adds no error. */
export function findingsAndFixes(files: Files): string[] {
  const before = analyzeTexts(files).problems;
  for (const problem of before.filter(({ rule }) => signInRules.has(rule))) {
    for (const fix of problem.fixes) {
      const after = analyzeTexts(fixed(files, fix)).problems;
      const count = (problems: readonly Problem[]) => problems.filter(({ rule }) => rule === problem.rule).length;
      const errors = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error').length;
      assert.ok(count(after) < count(before), `"${fix.title}" leaves ${problem.rule}`);
      assert.ok(
        errors(after) <= errors(before) - (problem.severity === 'error' ? 1 : 0),
        `"${fix.title}" adds an error: ${after.map(({ rule, message }) => `${rule}: ${message}`).join(' | ')}`,
      );
    }
  }
  return findings(files);
}

/** The files after a fix. */
export function fixed(files: Files, { changes }: Fix): Files {
  const after = new Map(files);
  for (const { file, edits } of changes) after.set(file, applyEdits(files.get(file) ?? '', edits));
  return after;
}

/** The finding lies in its file, speaks in a full sentence, and tells no secret. */
function assertSound(files: Files, { rule, file, range, message, fixes }: Problem): void {
  const text = files.get(file);
  assert.ok(text !== undefined, `${rule}: there is no file ${file}`);
  assert.ok(
    Number.isInteger(range.start) && range.start >= 0 && range.start <= range.end && range.end <= text.length,
    `${rule}: ${range.start}-${range.end} is not in ${file}`,
  );
  assert.match(message, /^\S+ \S.*[^.\s]\.$/su, `${rule}: no full sentence`);
  for (const told of [message, ...fixes.map(({ title }) => title)]) assert.ok(!told.includes(secretMark), `${rule} tells a secret`);
}
