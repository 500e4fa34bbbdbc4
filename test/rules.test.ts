/** Holds every fixture to its marks, mends it by every fix that is offered, and analyses the result again. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Problem } from '../server/src/core/problem';
import { findRule, rules } from '../server/src/core/rules/index';
import { applyEdits, positionAt } from '../server/src/core/text';
import { loadParser } from '../server/src/workspace/csharp/load';
import { fixAll } from '../server/src/workspace/fix';
import { analyzeTexts, type Files, openText, options } from './support/analyze';
import { catalog } from './support/catalog';
import { type Fixture, readFixtures } from './support/fixtures';

/** One and the same fixture, written in another way. */
interface Variant {
  readonly name: string;
  readonly make: (text: string, path: string) => string;
  readonly unmake: (text: string, path: string) => string;
  /** Lines that stand before the fixture. */
  readonly above?: number;
  /** The column of what stood at `column` of a line. */
  readonly column?: (line: string, column: number) => number;
}

const same = (text: string) => text;
/** A comment with two surrogate pairs: offsets are not code points. */
const above = (path: string) => (path.endsWith('.xaml') ? '<!-- 😀🧾 -->\n' : '// 😀🧾\n');
const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;
const tabbed = (text: string) => text.replaceAll(/^(?: {2})+/gm, (indent) => '\t'.repeat(indent.length / 2));
const untabbed = (text: string) => text.replaceAll(/^\t+/gm, (indent) => '  '.repeat(indent.length));

const variants: readonly Variant[] = [
  { name: 'as it is', make: same, unmake: same },
  { name: 'with CRLF', make: (text) => text.replaceAll('\n', '\r\n'), unmake: (text) => text.replaceAll('\r\n', '\n') },
  { name: 'with a byte order mark', make: (text) => `\uFEFF${text}`, unmake: same },
  {
    name: 'with surrogate pairs',
    make: (text, path) => above(path) + text,
    unmake: (text, path) => text.replace(above(path), ''),
    above: 1,
  },
  {
    name: 'with tabs',
    make: (text) => (text.includes('\t') ? text : tabbed(text)),
    unmake: (text) => (/^ /m.test(text) ? text : untabbed(text)),
    column: (line, column) => (column < indentOf(line) || line.includes('\t') ? column : column - Math.floor(indentOf(line) / 2)),
  },
];

const fixtures = readFixtures();

before(() => loadParser(resolve('dist')));

for (const variant of variants) {
  describe(`fixtures ${variant.name}`, () => {
    for (const fixture of fixtures.filter(({ files }) => variant.above === undefined || canStandBelow(files))) {
      test(fixture.name, () => checkFixture(fixture, variant));
    }
  });
}

/** Nothing may stand before an XML declaration, a damaged file is about its first characters. */
function canStandBelow(files: Files): boolean {
  return [...files].every(([path, text]) => !text.startsWith('<?xml') && openText(path, text).fault === undefined);
}

test('every rule has a fixture in which it fires', () => {
  const fired = new Set(fixtures.flatMap(({ expected }) => expected.map(({ rule }) => rule)));
  const special = ['unreadable-file', 'limit'];
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !fired.has(id) && !special.includes(id)),
    [],
  );
});

function checkFixture(original: Fixture, variant: Variant): void {
  const files: Files = new Map([...original.files].map(([path, text]) => [path, variant.make(text, path)]));
  const fixture = { ...original, expected: original.expected.map((expected) => moved(original, expected, variant)) };
  const how = { ...options, grants: original.grants };
  const { problems } = analyzeTexts(files, how);
  assert.deepEqual(
    problems
      .filter(({ rule }) => isHeldTo(fixture, rule))
      .map((problem) => shown(files, problem))
      .sort(),
    fixture.expected.map((expected) => expectedText(fixture, expected, problems, files)).sort(),
  );
  for (const problem of problems) for (const fix of problem.fixes) checkFix(files, how, problem, fix);
  checkFixAll(files, how, fixture, variant.unmake);
}

/** Where an expectation stands in the variant. */
function moved(
  { files }: Fixture,
  expected: Fixture['expected'][number],
  { above: lines = 0, column = (_, at) => at }: Variant,
): Fixture['expected'][number] {
  const line = files.get(expected.file)?.split('\n')[expected.line] ?? '';
  const end = expected.end === undefined ? undefined : column(line, expected.end);
  return { ...expected, line: expected.line + lines, start: column(line, expected.start), end };
}

/** A fixture is held to its own rule, to those it marks, to the scope rules, which are worked out together, and to being well formed. */
function isHeldTo({ name, expected }: Fixture, rule: string): boolean {
  const isWorkedOutTogether = /^(missing|unused|reducible|redundant|duplicate|unknown)-scope$|^(syntax|schema)$/.test(rule);
  return isWorkedOutTogether || name.startsWith(`${rule}/`) || expected.some((marked) => marked.rule === rule);
}

function place(files: Files, { file, range }: Problem) {
  const { lines } = openText(file, files.get(file) ?? '');
  return { start: positionAt(lines, range.start), end: positionAt(lines, range.end) };
}

function shown(files: Files, problem: Problem): string {
  const { start, end } = place(files, problem);
  return `${problem.file}:${start.line}:${start.character}-${end.line === start.line ? end.character : ''} ${problem.rule}`;
}

/** A mark that leaves the end or the text open is completed from the problem it means. */
function expectedText(fixture: Fixture, expected: Fixture['expected'][number], problems: readonly Problem[], files: Files): string {
  const meant = problems.find((problem) => {
    const { start, end } = place(files, problem);
    return (
      problem.file === expected.file &&
      problem.rule === expected.rule &&
      start.line === expected.line &&
      start.character === expected.start &&
      (expected.end === undefined || end.character === expected.end) &&
      problem.message.includes(expected.text)
    );
  });
  const at = `${expected.file}:${expected.line}:${expected.start}-${expected.end ?? ''} ${expected.rule}`;
  if (!meant) return `${at}: ${expected.text} (of ${fixture.name})`;
  const titles = meant.fixes.map(({ title }) => title);
  for (const fix of expected.fixes) assert.ok(titles.includes(fix), `fix "${fix}" is not among ${titles.join(' | ')}`);
  if (expected.fixes[0] !== undefined) assert.equal(meant.fixes.find(({ preferred }) => preferred)?.title, expected.fixes[0]);
  return shown(files, meant);
}

/** A fix removes its problem, adds no error, and is not offered a second time. */
function checkFix(files: Files, how: typeof options, problem: Problem, { title, changes }: Problem['fixes'][number]): void {
  const after = new Map(files);
  for (const { file, edits } of changes) {
    const document = openText(file, files.get(file) ?? '');
    assert.ok(
      edits.every(({ start, end }) => start >= 0 && start <= end && end <= document.text.length),
      `${title}: an edit lies outside the text`,
    );
    after.set(file, applyEdits(document.text, edits));
  }
  const { problems } = analyzeTexts(after, how);
  const key = ({ rule, file, scopes, connection = '', range }: Problem) =>
    `${rule} ${file} ${scopes.join()} ${connection} ${rule === 'missing-scope' ? '' : range.start}`;
  assert.ok(!problems.some((other) => key(other) === key(problem)), `${title}: the problem is still there: ${problem.message}`);
  const errors = (list: readonly Problem[]) => list.filter(({ severity }) => severity === 'error').length;
  const before = analyzeTexts(files, how).problems;
  assert.ok(
    errors(problems) <= errors(before) - (problem.severity === 'error' ? 1 : 0),
    `${title}: adds an error: ${problems.map(({ message }) => message).join(' | ')}`,
  );
}

/** `fix` ends with nothing it could mend, changes nothing when run again, and gives the text that the fixture states. */
function checkFixAll(files: Files, how: typeof options, { name, fixed }: Fixture, unmake: Variant['unmake']): void {
  const request = { documents: [...files].map(([path, text]) => openText(path, text)), catalog, options: how, mayChange: () => true };
  const first = fixAll(request);
  const left = analyzeTexts(new Map(first.documents.map(({ path, text }) => [path, text])), how).problems.filter(
    ({ severity, fixes, accepted }) =>
      !accepted && (severity === 'error' || severity === 'warning') && fixes.some(({ preferred }) => preferred),
  );
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
    'nothing is left that fix could mend',
  );
  assert.equal(fixAll({ ...request, documents: first.documents }).applied.length, 0, 'a second run changes nothing');
  const canFix = first.applied.every(({ problem }) => findRule(problem.rule)?.stage !== 'none');
  assert.ok(canFix);
  for (const [path, text] of fixed)
    assert.equal(unmake(first.changed.get(path) ?? openText(path, files.get(path) ?? '').text, path), text, `${name}: ${path} after fix`);
}
