/** Adds and removes permissions in registrations of every layout: what is read afterwards is right, and every other byte stays. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { open } from '../../server/src/core/index';
import { registeredOf } from '../../server/src/core/permissions/registered';
import { addEntry, removeEntry } from '../../server/src/core/project/registration-edits';
import type { RegistrationDocument } from '../../server/src/core/project/registration-model';
import { applyEdits } from '../../server/src/core/text';
import { catalog } from '../support/catalog';
import { graphId } from '../support/registration-builder';

const read = (text: string) => open('/a/app.entra.json', text, 'registration') as RegistrationDocument;
const told = (text: string) => {
  const document = read(text);
  assert.equal(document.fault, undefined, text);
  return registeredOf(catalog, document).map(({ permission, kind }) => `${permission?.value} ${kind}`);
};
const permission = (name: string) => {
  const found = catalog.permissions.get(name.toLowerCase()) ?? catalog.permissions.get(`exchange/${name.toLowerCase()}`);
  assert.ok(found, name);
  return found;
};
const added = (text: string, name: string, kind: 'delegated' | 'application') =>
  applyEdits(text, addEntry(read(text), permission(name), kind));
const removed = (text: string, index: number) => {
  const document = read(text);
  const found = registeredOf(catalog, document)[index];
  assert.ok(found);
  return applyEdits(text, removeEntry(document, found.resource, found.entry));
};

const userRead = '{ "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" }';
const mailSend = '{"type":"Role","id":"b633e1c5-b582-4048-a93e-9f11b44c7e96"}';
const list = (entries: string, around = '') =>
  `{ "requiredResourceAccess": [{ "resourceAppId": "${graphId}", "resourceAccess": ${entries} }${around}] }`;
const layouts: Readonly<Record<string, string>> = {
  'one line': list(`[${userRead}]`),
  'no blanks': list(`[${mailSend}]`),
  'a line each': list(`[\n  ${userRead},\n  ${mailSend}\n]`),
  'a trailing comma': list(`[\n  ${userRead},\n  ${mailSend},\n]`),
  'a comment behind': list(`[\n  ${userRead}, // everybody\n  ${mailSend} // robot\n]`),
  'a comment inside': list(`[\n  { "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", /* User.Read */ "type": "Scope" }\n]`),
  'more than two members': list(`[\n  { "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope", "note": "x" }\n]`),
  'laid out with tabs and CRLF': list(`[\r\n\t{\r\n\t\t"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",\r\n\t\t"type": "Scope"\r\n\t}\r\n]`),
  'an empty list': list('[]'),
  'an empty list with a comment': list('[\n  // nothing yet\n]'),
  'another API first': `{ "requiredResourceAccess": [{ "resourceAppId": "11111111-2222-3333-4444-555555555555", "resourceAccess": [] }] }`,
  'no API': '{\n  "requiredResourceAccess": []\n}',
  'an API without its list': `{ "requiredResourceAccess": [{ "resourceAppId": "${graphId}" }] }`,
  'an entry that is none at the end': list(`[${userRead}, 7]`),
};

describe('adds', () => {
  for (const [name, text] of Object.entries(layouts)) {
    test(name, () => {
      const after = added(text, 'Files.Read.All', 'application');
      assert.deepEqual(told(after), [...told(text), 'Files.Read.All application']);
      assert.ok(after.includes('01d4889c-1287-42c6-ac1f-5d1e02578ef6'), 'by GUID');
      for (const comment of text.match(/\/\/.*|\/\*.*?\*\//g) ?? [])
        assert.equal(after.split(comment).length, 2, 'no comment is doubled or lost');
      assert.equal(after.includes('\r\n'), text.includes('\r\n'));
    });
  }

  test('by name where all are named', () => {
    const text =
      '{ "requiredResourceAccess": [{ "resourceAppId": "Microsoft Graph", "resourceAccess": [{ "id": "User.Read", "type": "Scope" }] }] }';
    assert.ok(added(text, 'Mail.Send', 'application').includes('{ "id": "Mail.Send", "type": "Role" }'));
    const mixed = text.replace(']', `, ${userRead}]`);
    assert.ok(added(mixed, 'Mail.Send', 'application').includes('"b633e1c5-b582-4048-a93e-9f11b44c7e96"'), 'a GUID is always right');
    const named =
      '{ "requiredResourceAccess": [{ "resourceAppId": "Contoso API", "resourceAccess": [{ "id": "Read", "type": "Scope" }] }] }';
    assert.match(added(named, 'Mail.Send', 'delegated'), /"resourceAppId": "Microsoft Graph"[\s\S]*"Mail\.Send"/);
  });

  test('to the API of the permission', () => {
    const after = added(layouts['one line'] ?? '', 'full_access_as_app', 'application');
    assert.deepEqual(told(after), ['User.Read delegated', 'full_access_as_app application']);
    assert.ok(after.includes('00000002-0000-0ff1-ce00-000000000000'));
  });

  test('nothing where there is no GUID of that kind, no list, or a fault', () => {
    assert.deepEqual(addEntry(read(layouts['one line'] ?? ''), permission('User.Read'), 'application'), []);
    assert.deepEqual(addEntry(read('{}'), permission('User.Read'), 'delegated'), []);
    assert.deepEqual(addEntry(read('{ "requiredResourceAccess": ['), permission('User.Read'), 'delegated'), []);
  });
});

describe('removes', () => {
  for (const [name, text] of Object.entries(layouts)) {
    for (const [index, what] of told(text).entries()) {
      test(`${name}: ${what}`, () => {
        const after = removed(text, index);
        assert.deepEqual(
          told(after),
          told(text).filter((_, place) => place !== index),
        );
      });
    }
  }

  test('an API with its last permission', () => {
    assert.equal(
      removed(list(`[${userRead}]`, ', { "resourceAppId": "x", "resourceAccess": [] }'), 0),
      '{ "requiredResourceAccess": [{ "resourceAppId": "x", "resourceAccess": [] }] }',
    );
    assert.equal(removed(layouts['one line'] ?? '', 0), '{ "requiredResourceAccess": [] }');
  });

  test('what was added', () => {
    for (const name of ['one line', 'a line each', 'a trailing comma', 'laid out with tabs and CRLF', 'more than two members']) {
      const text = layouts[name] ?? '';
      const after = added(text, 'Files.Read.All', 'application');
      assert.equal(removed(after, told(after).length - 1), text, name);
    }
  });
});
