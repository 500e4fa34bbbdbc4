/** What each activity is said to need, against what the Graph operations it calls need by Graph's own table. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ActivityData } from '../../server/src/core/catalog/load';
import { type Activity, type Group, type PermissionKind, sureTiers } from '../../server/src/core/catalog/types';
import { verbOf } from '../../server/src/core/permissions/rank';
import { catalog } from '../support/catalog';

const data = JSON.parse(readFileSync('schemas/activities.json', 'utf8')) as {
  differences: Record<string, string>;
  activities: (ActivityData & { provenance: { differs?: string } })[];
};
const differs = new Map(data.activities.map(({ id, provenance }) => [id, provenance.differs]));

/** Operations that activities call and Graph's table does not have. */
const noRow = new Map([['POST /drives/{id}/items/{id}/workbook/functions/vlookup', 'the table has no functions of workbooks']]);

/** What opens a list of alternatives: they themselves, what surely covers one of them, and by rule the shared form of each. */
function upward(kind: PermissionKind, alternatives: readonly string[]): Set<string> {
  const found = new Set(alternatives);
  for (const [wide, narrow] of catalog.covers[kind])
    if (alternatives.some((scope) => sureTiers.has(narrow.get(scope) ?? 'no-data'))) found.add(wide);
  if (kind === 'application') return found;
  for (const scope of [...found]) {
    const shared = catalog.permissions.get(`${scope}.Shared`.toLowerCase());
    if (shared) found.add(shared.value);
  }
  return found;
}

/** What a group of operations accepts, whichever of them is called; undefined where the table has none of them. A basic permission never counts where another will do, since bodies are read. */
function accepted(kind: PermissionKind, operations: readonly string[]): ReadonlySet<string> | undefined {
  const rows = operations.flatMap((operation) => catalog.operations().find(operation) ?? []);
  const [first, ...others] = rows.map((row) => {
    const alternatives = kind === 'delegated' ? row.delegatedWork : row.application;
    const full = alternatives.filter((scope) => verbOf(scope) > 0);
    return upward(kind, full.length > 0 ? full : alternatives);
  });
  return first && new Set([...first].filter((scope) => others.every((other) => other.has(scope))));
}

/** Where an activity and its operations disagree, in words. */
function disagreements(activity: Activity): string[] {
  return (['delegated', 'application'] as const).flatMap((kind) => {
    if (activity.dynamic || (kind === 'application' && activity.applicationSupported === false)) return [];
    const sets = activity.operations.flatMap((group) => accepted(kind, group) ?? []);
    const loose = activity[kind].flatMap((group) => looseIn(group, sets));
    const unmet = sets.filter((set) => set.size > 0 && !activity[kind].some((group) => group.some((scope) => set.has(scope))));
    // Whatever opens the narrower of two operations opens the wider one too.
    const deciding = sets.filter(
      (set) => !sets.some((other) => other.size > 0 && other.size < set.size && [...other].every((scope) => set.has(scope))),
    );
    const strict = deciding.flatMap((set) => strictIn(set, activity[kind]));
    return [
      ...loose.map((scope) => `${kind}: ${scope} is accepted, but opens none of its operations`),
      ...unmet.map((set) => `${kind}: nothing it asks for opens an operation that needs ${[...set].join(' or ')}`),
      ...strict.map((scope) => `${kind}: ${scope} would do for its operations, and is not accepted`),
    ];
  });
}

function looseIn(group: Group, sets: readonly ReadonlySet<string>[]): string[] {
  return sets.length === 0 ? [] : group.filter((scope) => !sets.some((set) => set.has(scope)));
}

/** Permissions of the same family that read or write, and that a group leaves out though they open the operation. */
function strictIn(set: ReadonlySet<string>, groups: readonly Group[]): string[] {
  const families = new Set(groups.flat().map((scope) => scope.split('.')[0]));
  return [...set].filter(
    (scope) =>
      families.has(scope.split('.')[0] ?? '') &&
      verbOf(scope) < 4 &&
      !/\.(?:AppFolder|Selected|OwnedBy)$/.test(scope) &&
      !groups.some((group) => group.includes(scope)) &&
      !groups.flat().some((known) => catalog.covers.delegated.get(scope)?.has(known) || catalog.covers.application.get(scope)?.has(known)),
  );
}

test('every operation that an activity calls has a row', () => {
  const called = new Set([...catalog.activities.values()].flatMap(({ operations }) => operations.flat()));
  const lacking = [...called].filter((operation) => !catalog.operations().find(operation));
  assert.deepEqual(lacking, [...noRow.keys()]);
});

test('what an activity needs follows from its operations, or the entry says why not', () => {
  const found = [...catalog.activities.values()].map((activity) => ({ id: activity.id, faults: disagreements(activity) }));
  assert.deepEqual(
    found.filter(({ id, faults }) => faults.length > 0 && !differs.get(id)).map(({ id, faults }) => `${id}: ${faults.join('; ')}`),
    [],
  );
  assert.deepEqual(
    found.filter(({ id, faults }) => faults.length === 0 && differs.get(id)).map(({ id }) => id),
    [],
    'an entry that agrees needs no reason',
  );
});

test('every reason is given once, and used', () => {
  const used = new Set([...differs.values()].filter((word) => word !== undefined));
  assert.deepEqual([...used].sort(), Object.keys(data.differences).sort());
});

test('an entry that is wrong is found', () => {
  const right = catalog.activities.get('UiPath.MicrosoftOffice365.Activities.Mail.GetMail');
  assert.ok(right);
  assert.deepEqual(disagreements(right), []);
  assert.match(disagreements({ ...right, delegated: [['Files.Read']] }).join(), /Files\.Read is accepted, but opens none/);
  assert.match(disagreements({ ...right, delegated: [['Mail.ReadWrite']] }).join(), /Mail\.Read would do for its operations/);
  assert.match(disagreements({ ...right, operations: [...right.operations, ['POST /users/{id}/sendmail']] }).join(), /needs Mail\.Send or/);
});
