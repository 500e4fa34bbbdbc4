/** Holds the solver to brute force: every subset of the candidates, compared by the stated order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastSet } from '../../server/src/core/permissions/minimal';
import { compareRanks, type Rank, rankOf } from '../../server/src/core/permissions/rank';
import { anySatisfies, type Relation } from '../../server/src/core/permissions/satisfy';
import { catalog } from '../support/catalog';
import { makeRandom, pick } from '../support/random';

const relation: Relation = { catalog, kind: 'delegated' };
const names = [
  'Mail.Read',
  'Mail.ReadWrite',
  'Mail.Send',
  'Mail.Read.Shared',
  'Mail.ReadWrite.Shared',
  'Mail.Send.Shared',
  'Files.Read',
  'Files.ReadWrite',
  'Files.Read.All',
  'Files.ReadWrite.All',
  'Sites.Read.All',
  'Sites.ReadWrite.All',
  'Sites.FullControl.All',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];

/** The stated order, written down once more without looking at the solver: worst member first, then size, then name. */
function compareSets(groups: readonly (readonly string[])[], a: readonly string[], b: readonly string[]): number {
  const place = (scope: string) =>
    Math.min(...groups.map((group) => group.indexOf(scope)).map((at) => (at < 0 ? Number.MAX_SAFE_INTEGER : at)));
  const worstFirst = (set: readonly string[]): Rank[] =>
    set.map((scope) => rankOf(relation, scope, place(scope))).sort((x, y) => compareRanks(y, x));
  const [left, right] = [worstFirst(a), worstFirst(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x && y && compareRanks(x, y) !== 0) return compareRanks(x, y);
  }
  return a.length - b.length || ([...a].sort().join(' ') < [...b].sort().join(' ') ? -1 : 1);
}

function bruteForce(groups: readonly (readonly string[])[], candidates: readonly string[]): string[] | undefined {
  let best: string[] | undefined;
  for (let mask = 0; mask < 2 ** candidates.length; mask++) {
    const set = candidates.filter((_, index) => mask & (1 << index));
    if (!groups.every((group) => anySatisfies(relation, set, group))) continue;
    if (!best || compareSets(groups, set, best) < 0) best = set;
  }
  return best?.sort();
}

test('the least set is the one brute force finds, on 600 random requirements', () => {
  const random = makeRandom(20261124);
  for (let round = 0; round < 600; round++) {
    const groups = Array.from({ length: 1 + Math.floor(random() * 5) }, () => [
      ...new Set(Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, names))),
    ]);
    const candidates = [...new Set(round % 2 ? groups.flat() : Array.from({ length: 8 }, () => pick(random, names)))].slice(0, 12);
    assert.deepEqual(leastSet(relation, groups, candidates), bruteForce(groups, candidates), JSON.stringify({ groups, candidates }));
  }
});

test('nothing is needed where there are no groups', () => {
  assert.deepEqual(leastSet(relation, [], names), []);
});

test('a group that no candidate satisfies has no answer', () => {
  assert.equal(leastSet(relation, [['Mail.Send']], ['Files.Read']), undefined);
});

test('the order of groups and candidates does not change the answer', () => {
  const groups = [
    ['Mail.Read', 'Mail.ReadWrite'],
    ['Files.ReadWrite', 'Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    ['Sites.Read.All', 'Sites.ReadWrite.All'],
    ['Mail.Send'],
  ];
  const forwards = leastSet(relation, groups, groups.flat());
  assert.deepEqual(leastSet(relation, [...groups].reverse(), groups.flat().reverse()), forwards);
});

test('all activities of the catalogue in one scope are solved at once', () => {
  const groups = [...catalog.activities.values()].flatMap(({ delegated }) => delegated);
  const started = process.hrtime.bigint();
  const least = leastSet(relation, groups, groups.flat());
  assert.ok(least && least.length > 3);
  assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 2000, 'within two seconds');
});
