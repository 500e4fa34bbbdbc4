/** Ways that take two permissions, as groups: both say the same of every set of permissions, tried on all of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOfWays, type Way } from '../../server/src/core/catalog/import/together';
import { makeRandom, pick } from '../support/random';

const stated: readonly (readonly [what: string, ways: readonly Way[], groups: readonly (readonly string[])[]])[] = [
  ['nothing opens it', [], [[]]],
  ['each alone', [way('A'), way('B')], [['A', 'B']]],
  ['a pair', [way('A', 'B')], [['A'], ['B']]],
  [
    'a pair or one',
    [way('A', 'B'), way('C')],
    [
      ['A', 'C'],
      ['B', 'C'],
    ],
  ],
  ['a pair stated from both sides', [way('A', 'B'), way('B', 'A')], [['A'], ['B']]],
  ['one of two beside it', [way('A', 'B', 'C')], [['A'], ['B', 'C']]],
  ['a pair of which one does alone', [way('A', 'B'), way('B')], [['B']]],
];

for (const [what, ways, groups] of stated) test(what, () => assert.deepEqual(sorted(groupsOfWays(ways)), sorted(groups)));

test('the groups are met by the very sets that one of the ways is met by', () => {
  const names = ['A', 'B', 'C', 'D', 'E'];
  for (let seed = 1; seed <= 300; seed++) {
    const random = makeRandom(seed);
    const ways = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
      way(pick(random, names), ...Array.from({ length: Math.floor(random() * 3) }, () => pick(random, names))),
    );
    const groups = groupsOfWays(ways);
    for (let set = 0; set < 2 ** names.length; set++) {
      const has = (name: string) => (set & (1 << names.indexOf(name))) !== 0;
      const isOpen = ways.some(({ name, beside }) => has(name) && (beside.length === 0 || beside.some(has)));
      assert.equal(
        groups.every((group) => group.some(has)),
        isOpen,
        `seed ${seed}, set ${set}: ${JSON.stringify({ ways, groups })}`,
      );
    }
    for (const group of groups)
      assert.ok(
        !groups.some((other) => other !== group && other.every((name) => group.includes(name))),
        `seed ${seed}: one implies another`,
      );
  }
});

function way(name: string, ...beside: string[]): Way {
  return { name, beside };
}

function sorted(groups: readonly (readonly string[])[]): string[] {
  return groups.map((group) => [...group].sort().join(' or ')).sort();
}
