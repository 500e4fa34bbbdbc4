/** Compares what one rule finds in an automation with what a table says, and holds every finding to a form. */
import assert from 'node:assert/strict';
import type { Fix, Problem } from '../../server/src/core/problem';
import { applyEdits } from '../../server/src/core/text';
import { analyzeTexts, type Files, openText } from './analyze';

/** What a table says of a finding. */
export type Tell = (problem: Problem) => string;

export const tellSeverity: Tell = ({ severity }) => severity;
export const tellConnection: Tell = ({ severity, connection }) => `${severity} ${connection}`;
export const tellScopes: Tell = ({ severity, scopes, connection }) => [severity, ...scopes, ...(connection ? [connection] : [])].join(' ');
export const tellFile: Tell = ({ severity, file }) => `${severity} ${file.replace('/project/', '')}`;

/** What a rule finds and no exception silences. */
export function findingsOf(rule: string, files: Files): Problem[] {
  return analyzeTexts(files).problems.filter((problem) => problem.rule === rule && !problem.accepted);
}

/** Holds an automation to the findings of one rule; their order does not count. */
export function checkFindings(rule: string, files: Files, expected: readonly string[], tell: Tell = tellSeverity): void {
  const found = findingsOf(rule, files);
  assert.deepEqual(found.map((problem) => `${rule} ${tell(problem)}`).sort(), expected.map((told) => `${rule} ${told}`).sort());
  for (const problem of found) checkForm(files, problem);
}

/** A finding lies in its file, and its message is a sentence. */
export function checkForm(files: Files, { file, range, message }: Problem): void {
  assert.ok(files.has(file), `${file} is a file of the automation`);
  const { text } = openText(file, files.get(file) ?? '');
  assert.ok(range.start >= 0 && range.start < range.end && range.end <= text.length, `${range.start}-${range.end} lies in ${file}`);
  assert.match(message, /^[^a-z\s][^\n]* [^\n]*[^.\s][.?]$/, 'a full sentence');
}

/** The files after one fix. */
export function applyFix(files: Files, { changes }: Fix): Files {
  const after = new Map(files);
  for (const { file, edits } of changes) after.set(file, applyEdits(openText(file, files.get(file) ?? '').text, edits));
  return after;
}

/** The files after the preferred fix of the one finding of a rule. */
export function applyPreferred(rule: string, files: Files): Files {
  const [problem, ...others] = findingsOf(rule, files);
  assert.ok(problem && others.length === 0, `one finding of ${rule}`);
  const preferred = problem.fixes.filter((fix) => fix.preferred);
  assert.equal(preferred.length, 1, 'one preferred fix');
  return preferred.reduce((before, fix) => applyFix(before, fix), files);
}
