/** The covers relation on the edges that matter most. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../server/src/core/permissions/nearest';
import { coverTier, findPermission, isSelected, satisfies } from '../../server/src/core/permissions/satisfy';
import { catalog } from '../support/catalog';

const delegated = { catalog, kind: 'delegated' } as const;
const application = { catalog, kind: 'application' } as const;

const cases: readonly [string, string, boolean][] = [
  ['Mail.Read', 'Mail.Read', true],
  ['Mail.ReadWrite', 'Mail.Read', true],
  ['Mail.Read', 'Mail.ReadWrite', false],
  ['Mail.ReadWrite', 'Mail.Send', false],
  ['Mail.Send.Shared', 'Mail.Send', true],
  ['Sites.ReadWrite.All', 'Files.ReadWrite.All', true],
  ['Sites.ReadWrite.All', 'Files.ReadWrite', true],
  ['Files.ReadWrite.All', 'Sites.ReadWrite.All', false],
  ['Sites.ReadWrite.All', 'Sites.Create.All', false],
];

for (const [scope, needed, expected] of cases) {
  test(`${scope} ${expected ? 'satisfies' : 'does not satisfy'} ${needed}`, () =>
    assert.equal(satisfies(delegated, scope, [needed]), expected));
}

test('delegated and application edges are kept apart', () => {
  assert.equal(coverTier(delegated, 'Mail.Read.Shared', 'Mail.Read'), 'description');
  assert.equal(coverTier(application, 'Mail.Read.Shared', 'Mail.Read'), undefined);
});

test('a permission is found whatever its letter case and resource prefix', () => {
  for (const text of [
    'mail.send',
    'https://graph.microsoft.com/Mail.Send',
    'https://graph.microsoft.us/mail.send',
    '00000003-0000-0000-c000-000000000000/Mail.Send',
  ]) {
    assert.equal(findPermission(catalog, text)?.value, 'Mail.Send', text);
  }
  assert.equal(findPermission(catalog, 'https://example.com/Mail.Send'), undefined);
  assert.equal(findPermission(catalog, '__proto__'), undefined);
});

test('the two permissions called EWS.AccessAsUser.All are told apart by resource', () => {
  assert.equal(findPermission(catalog, 'EWS.AccessAsUser.All')?.delegatedId, '9769c687-087d-48ac-9cb3-c37dde652038');
  assert.equal(
    findPermission(catalog, 'https://outlook.office365.com/EWS.AccessAsUser.All')?.delegatedId,
    '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5',
  );
});

test('permissions on selected items are known', () => {
  assert.ok(isSelected('Sites.Selected') && isSelected('Files.SelectedOperations.Selected') && !isSelected('Files.Read.Selected'));
});

test('the nearest names are those at the smallest distance, up to two letters', () => {
  assert.deepEqual(nearest('mail.sned', ['Mail.Send', 'Mail.Read']), ['Mail.Send']);
  assert.deepEqual(nearest('Mail.Rea', ['Mail.Read', 'Mail.Real']), ['Mail.Read', 'Mail.Real']);
  assert.deepEqual(nearest('Mail.Whatever', ['Mail.Read']), []);
  assert.deepEqual(nearest('Mail.Read', ['Mail.Read', 'Mail.Real']), ['Mail.Read']);
});
