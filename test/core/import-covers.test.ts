/** The covers relation that an import makes: what was reviewed stays, new names get what their grammar says, and no more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CoversData, makeCovers } from '../../server/src/core/catalog/import/covers';
import type { Permission } from '../../server/src/core/catalog/types';

const permission = (value: string, kinds = 'da'): Permission => ({
  value,
  resource: 'graph',
  level: {},
  ...(kinds.includes('d') ? { delegatedId: `d-${value}` } : {}),
  ...(kinds.includes('a') ? { applicationId: `a-${value}` } : {}),
});
const before: CoversData = { delegated: { 'Mail.ReadWrite': { 'Mail.Read': 'strict' } }, application: {} };
const opens = (table: Record<string, string[]>) => (name: string) => table[name] ?? [];

const cases: readonly {
  name: string;
  permissions: Permission[];
  table?: Record<string, string[]>;
  delegated: object;
  dropped?: string[];
}[] = [
  {
    name: 'a reviewed edge keeps its tier',
    permissions: [permission('Mail.ReadWrite', 'd'), permission('Mail.Read', 'd')],
    delegated: { 'Mail.ReadWrite': { 'Mail.Read': 'strict' } },
  },
  {
    name: 'an edge of a permission that is gone is told',
    permissions: [permission('Mail.Read', 'd')],
    delegated: {},
    dropped: ['Mail.ReadWrite > Mail.Read'],
  },
  {
    name: 'a new name covers by its verb, within its resource and its constraint',
    permissions: ['Pins.ReadWrite.All', 'Pins.Read.All', 'Pins.ReadBasic.All', 'Pins.Read', 'Pens.Read.All'].map((value) =>
      permission(value, 'd'),
    ),
    delegated: {
      'Pins.Read.All': { 'Pins.ReadBasic.All': 'definition' },
      'Pins.ReadWrite.All': { 'Pins.Read.All': 'definition', 'Pins.ReadBasic.All': 'definition' },
    },
    dropped: ['Mail.ReadWrite > Mail.Read'],
  },
  {
    name: 'names that the operations contradict make no edge',
    permissions: [permission('Pins.ReadWrite', 'd'), permission('Pins.Read', 'd')],
    table: { 'Pins.ReadWrite': ['POST /pins'], 'Pins.Read': ['GET /pins'] },
    delegated: {},
    dropped: ['Mail.ReadWrite > Mail.Read'],
  },
];

for (const { name, permissions, table = {}, delegated, dropped = [] } of cases) {
  test(name, () => {
    const made = makeCovers({ permissions, before, openedBy: opens(table) });
    assert.deepEqual(made.data, { delegated, application: {} });
    assert.deepEqual(made.dropped, dropped);
  });
}

test('the kinds are kept apart', () => {
  const made = makeCovers({ permissions: [permission('Pins.ReadWrite'), permission('Pins.Read', 'a')], before, openedBy: () => [] });
  assert.deepEqual(made.data, { delegated: {}, application: { 'Pins.ReadWrite': { 'Pins.Read': 'definition' } } });
});
