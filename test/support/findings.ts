/** Compares what one rule finds in a project with a list, and holds every finding to what all of them have in common. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../../server/src/core/problem';
import { applyEdits } from '../../server/src/core/text';
import { analyzeTexts, type Files } from './analyze';

/** One cell of a truth table: a project, and the findings of the rule under test. */
export interface Cell {
  readonly name: string;
  readonly files: Files;
  /** `rule severity`, and the scopes after them where the table is about scopes. */
  readonly expected: readonly string[];
}

/** Rules that would say that the project itself is not what its author meant. */
const malformed = new Set(['syntax', 'schema', 'limit', 'unreadable-file']);

/** The findings of one rule, each held to its file. */
export function findingsOf(rule: string, files: Files): Problem[] {
  const found = analyzeTexts(files).problems.filter((problem) => problem.rule === rule);
  for (const { file, range, message } of found) {
    const length = files.get(file)?.length;
    assert.ok(length !== undefined, `${file} is no file of the project`);
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= length, `${range.start}-${range.end} lies outside of ${file}`);
    assert.match(message, /^\S+ .*\S\.$/s, 'the message is a sentence');
  }
  return found;
}

/** How a finding reads in a table: its scopes in the order of their names. */
export function shownWithScopes({ rule, severity, scopes }: Problem): string {
  return [rule, severity, ...(scopes.length > 0 ? [[...scopes].sort().join(',')] : [])].join(' ');
}

function shownWithout({ rule, severity }: Problem): string {
  return `${rule} ${severity}`;
}

/** Makes a test of each cell. */
export function testCells(rule: string, cells: readonly Cell[], show: (problem: Problem) => string = shownWithout): void {
  for (const { name, files, expected } of cells) {
    test(`${rule}: ${name}`, () => {
      assert.deepEqual(findingsOf(rule, files).map(show).sort(), [...expected].sort());
    });
  }
  const names = cells.map(({ name }) => name);
  test(`${rule}: every cell has a name of its own, and its project is well formed`, () => {
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
    for (const { name, files } of cells) {
      const faults = analyzeTexts(files).problems.filter((problem) => malformed.has(problem.rule));
      assert.deepEqual(
        faults.map(({ message }) => `${name}: ${message}`),
        [],
      );
    }
  });
}

/** Applies the preferred fix of the first finding of a rule until none is left; a finding without one fails. */
export function mended(rule: string, files: Files): Files {
  let current = files;
  for (let round = 0; round < 12; round++) {
    const [problem] = findingsOf(rule, current);
    if (!problem) return current;
    const preferred = problem.fixes.filter((fix) => fix.preferred);
    assert.equal(preferred.length, 1, `one preferred fix: ${problem.message}`);
    const after = new Map(current);
    for (const { file, edits } of preferred[0]?.changes ?? []) after.set(file, applyEdits(after.get(file) ?? '', edits));
    current = after;
  }
  throw new Error(`${rule} is still there after 12 fixes`);
}
