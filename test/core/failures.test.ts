/** Which rule finds which failure of the run, and that a fixture shows it; prints the table. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findRule } from '../../server/src/core/rules/index';
import { readFixtures } from '../support/fixtures';

/** A failure has rules and fixtures, or a reason why it is for later; it can have both. */
interface Failure {
  readonly number: number;
  readonly situation: string;
  readonly rules?: readonly string[];
  /** How the paths of the fixtures begin. */
  readonly fixtures?: readonly string[];
  readonly later?: string;
}

const { failures } = JSON.parse(readFileSync('test/facts/failures.json', 'utf8')) as { failures: readonly Failure[] };

const fixtures = readFixtures().map(({ name, expected }) => ({
  path: `test/rules/${name}`,
  rules: new Set(expected.map(({ rule }) => rule)),
}));
const startingWith = (prefix: string) => fixtures.filter(({ path }) => path.startsWith(prefix));

test('every failure is there, in order, and told in a sentence of its own', () => {
  assert.deepEqual(
    failures.map(({ number }) => number),
    Array.from({ length: 22 }, (_, index) => index + 1),
  );
  assert.equal(new Set(failures.map(({ situation }) => situation)).size, failures.length);
  for (const { number, situation, rules = [], later } of failures) {
    assert.match(situation, /^[A-Z].{20,}[^.]$/, `${number}`);
    assert.ok(rules.length > 0 || later, `${number} has neither rules nor a reason`);
    if (later !== undefined) assert.ok(later.length > 20, `${number}: the reason says nothing`);
  }
});

for (const { number, rules = [], fixtures: prefixes = [] } of failures) {
  test(`failure ${number}: ${rules.join(', ') || 'later'}`, () => {
    const wanted = `/failure-${String(number).padStart(2, '0')}-`;
    for (const rule of rules) {
      assert.ok(findRule(rule), `no rule ${rule}`);
      assert.ok(
        prefixes.flatMap(startingWith).some((fixture) => fixture.rules.has(rule)),
        `no fixture of it marks ${rule}`,
      );
    }
    for (const prefix of prefixes) {
      assert.ok(prefix.includes(wanted), `${prefix} is named after another failure`);
      const found = startingWith(prefix);
      assert.ok(found.length > 0, `no fixture ${prefix}`);
      for (const { path, rules: marked } of found)
        assert.ok(
          rules.some((rule) => marked.has(rule)),
          `${path} marks none of ${rules.join(', ')}`,
        );
    }
  });
}

test('every fixture that is named after a failure stands in its row', () => {
  const listed = new Set(failures.flatMap(({ fixtures: prefixes = [] }) => prefixes.flatMap(startingWith)).map(({ path }) => path));
  assert.deepEqual(
    fixtures.map(({ path }) => path).filter((path) => /\/failure-\d/.test(path) && !listed.has(path)),
    [],
  );
});

console.log(table(failures));

function table(rows: readonly Failure[]): string {
  const lines = rows.flatMap(({ number, situation, rules = [], fixtures: prefixes = [], later }) => [
    `${String(number).padStart(2)}  ${situation}`,
    `      ${rules.length > 0 ? `found by ${rules.join(' and ')}` : 'found by no rule yet'}`,
    ...prefixes.flatMap((prefix) => startingWith(prefix).map(({ path }) => `      ${path}`)),
    ...(later === undefined ? [] : [`      later: ${later}`]),
  ]);
  return ['Failures at run time, and the rules that find them before', ...lines].join('\n');
}
