/** Labels of permissions: made from the name, for every name there is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from '../../server/src/core/permissions/label';
import { catalog } from '../support/catalog';

const labels: Record<string, string> = {
  'Mail.Send': 'Send mail',
  'Mail.Read': 'Read mail',
  'Mail.ReadBasic': 'Read basic details of mail',
  'Mail.ReadWrite.Shared': 'Read and write own and shared mail',
  'MailboxSettings.ReadWrite': 'Read and write mailbox settings',
  'Files.ReadWrite.All': 'Read and write all files',
  'Files.ReadWrite.AppFolder': 'Read and write files in the folder of the app',
  'Sites.FullControl.All': 'Have full control of all sites',
  'Sites.Selected': 'Access selected sites',
  'Lists.SelectedOperations.Selected': 'Access selected lists',
  'EWS.AccessAsUser.All': 'Access EWS as the user',
  'Application.ReadWrite.OwnedBy': 'Read and write application that the app owns',
  'Mail-Advanced.ReadWrite': 'Read and write mail advanced',
  full_access_as_app: 'Full access as app',
  offline_access: 'Keep access when the user is away',
};

for (const [name, label] of Object.entries(labels)) test(`${name}: ${label}`, () => assert.equal(labelOf(name), label));

test('every permission has a label of its own, and no two of one grammar are alike', () => {
  const byLabel = new Map<string, string>();
  for (const { value } of catalog.permissions.values()) {
    const label = labelOf(value);
    assert.match(label, /^[A-Z]/, value);
    const before = byLabel.get(label);
    assert.ok(before === undefined || before === value, `${before} and ${value}: ${label}`);
    byLabel.set(label, value);
  }
});
