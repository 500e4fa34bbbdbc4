/** The look-up of a Graph request: every way of writing one finds the same row, and what is no request finds nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsOfRequest } from '../../server/src/core/permissions/request-needs';
import { findPermission } from '../../server/src/core/permissions/satisfy';
import { catalog } from '../support/catalog';

const table = catalog.operations();

/** The first way of each list is plain; the others mean the same. */
const alike: readonly (readonly string[])[] = [
  [
    'GET /me/messages',
    'get /me/messages',
    'GET me/messages',
    'GET /ME/Messages/',
    'GET /v1.0/me/messages',
    'GET /beta/me/messages?$top=5&$select=subject',
    'GET https://graph.microsoft.com/v1.0/me/messages?$top=5',
    'GET https://graph.microsoft.us/v1.0/me/messages',
    'GET https://dod-graph.microsoft.us/v1.0/me/messages',
    'GET https://microsoftgraph.chinacloudapi.cn/v1.0/me/messages',
    '  GET   https://GRAPH.microsoft.com/beta/me/messages#x ',
  ],
  [
    'GET /users/{id}/messages/{id}',
    'GET /users/a@b.c/messages/AAMk=',
    "GET /users('a@b.c')/messages('AAMk=')",
    'GET https://graph.microsoft.com/v1.0/users/8f1e/messages/AAMk%3D?$expand=attachments',
    'GET /users/{user-id}/messages/{message-id}',
  ],
  [
    'GET /me/drive/items/{id}/workbook/worksheets/{id}/range(address={address})',
    "GET /me/drive/items/01AB/workbook/worksheets/Sheet1/range(address='A1:B2')",
    "GET /me/drive/items/01AB/workbook/worksheets('Sheet1')/range(address='it''s, (odd)')",
    "GET /me/drive/root:/Reports/2026/Book.xlsx:/workbook/worksheets/Sheet1/range(address='A1:B2')",
  ],
  ['PUT /me/drive/items/{id}/content', 'PUT /me/drive/root:/Reports/a file.txt:/content', 'PUT /me/drive/items/01AB:/new.txt:/content'],
  ['GET /sites/{id}/lists', 'GET /sites/contoso.sharepoint.com:/sites/team:/lists', 'GET /sites/contoso.sharepoint.com,1,2/lists'],
];

for (const ways of alike) {
  test(`${ways[0]} in ${ways.length} ways`, () => {
    const plain = table.find(ways[0] ?? '');
    assert.ok(plain && plain.delegatedWork.length > 0);
    for (const way of ways.slice(1)) assert.deepEqual(table.find(way), plain, way);
  });
}

const unknown = [
  '',
  'GET',
  'GET /',
  '/me/messages',
  'GET https://example.com/me/messages',
  'GET https://graph.microsoft.com.example.com/v1.0/me/messages',
  'GET ftp://graph.microsoft.com/v1.0/me/messages',
  'GET /me/messages/{id}/nothing/of/the/kind',
  'BREW /me/messages',
  'POST /$batch',
  'POST /search/query',
  'GET /__proto__',
  'GET /constructor/prototype',
  `GET ${'/users'.repeat(5000)}`,
  `GET /me/drive/items/1/${'('.repeat(20000)}`,
  `GET /me/${"range(a='".repeat(20000)}`,
];

for (const request of unknown) {
  test(`no row: ${JSON.stringify(request.slice(0, 60))}`, () => assert.equal(table.find(request), undefined));
}

test('/me is the signed-in user: the same delegated needs as a user named, and no application permission', () => {
  const [me, named] = [table.find('POST /me/sendMail'), table.find('POST /users/a@b.c/sendMail')];
  assert.deepEqual(me?.delegatedWork, named?.delegatedWork);
  assert.deepEqual(me?.application, []);
  assert.equal(me?.matched, 'POST /me/sendmail');
  assert.equal(named?.least.application, 'Mail.Send');
});

test('a personal account has its own list', () => {
  const found = table.find('GET /me/messages');
  assert.ok(found?.delegatedPersonal.includes('Mail.Read'));
  assert.deepEqual(table.find('GET /teams/1/channels')?.delegatedPersonal, []);
});

test('permissions that open it only together are groups of which one of each is needed, by kind of sign-in', () => {
  const found = table.find('POST /applications/1/tokenIssuancePolicies')?.together;
  const policies = ['Policy.Read.All', 'Policy.ReadWrite.ApplicationConfiguration'];
  assert.deepEqual(found, {
    delegatedWork: [['Application.ReadWrite.All'], policies],
    application: [['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'], policies],
  });
  assert.equal(table.find('GET /me/messages')?.together, undefined);
});

test('what is needed beside another permission lets nobody write alone, and everybody read', () => {
  const path = '/policies/identitySecurityDefaultsEnforcementPolicy';
  const writers = ['Policy.ReadWrite.SecurityDefaults', 'Policy.ReadWrite.ConditionalAccess'];
  assert.deepEqual(table.find(`PATCH ${path}`)?.together?.delegatedWork, [writers, ['Policy.Read.All']]);
  assert.deepEqual(table.find(`GET ${path}`)?.together?.delegatedWork, [['Policy.Read.All']]);
});

test('each group is a need of its own, the first of it the one to add', () => {
  const { needs } = needsOfRequest(catalog, 'POST /servicePrincipals/1/appRoleAssignments') ?? { needs: undefined };
  assert.deepEqual(
    needs?.delegated.map(({ alternatives, recommended, certain }) => [alternatives.length, recommended, certain]),
    [
      [3, ['Application.Read.All'], true],
      [2, ['AppRoleAssignment.ReadWrite.All'], true],
    ],
  );
});

test('the gaps that the table is known for are closed', () => {
  assert.equal(table.find('GET /me/calendarView?startDateTime=a&endDateTime=b')?.least.delegatedWork, 'Calendars.ReadBasic');
  assert.equal(table.find('POST /me/messages/1/replyAll')?.least.delegatedWork, 'Mail.Send');
});

test('what a permission opens is what finds it', () => {
  const opened = table.openedBy('Mail.Send', 'delegated');
  assert.ok(opened.length > 5);
  for (const operation of opened) {
    const found = table.find(operation);
    assert.ok(found, operation);
    assert.ok([...found.delegatedWork, ...found.delegatedPersonal].includes('Mail.Send'), operation);
  }
  assert.deepEqual(table.openedBy('Not.Known', 'delegated'), []);
});

test('every operation can be found by its own name, and names only permissions of its kind', () => {
  const seen = new Set<string>();
  for (const permission of catalog.permissions.values()) {
    for (const operation of table.openedBy(permission.value, 'application')) seen.add(operation);
    for (const operation of table.openedBy(permission.value, 'delegated')) seen.add(operation);
  }
  assert.ok(seen.size > 10_000);
  for (const operation of seen) {
    const found = table.find(operation);
    if (!found) {
      assert.match(operation, /^POST \/(?:\$batch|search\/query)$/);
      continue;
    }
    for (const name of found.delegatedWork) assert.ok(isOfKind(name, 'delegatedId'), `${operation}: ${name}`);
    for (const name of found.application) assert.ok(isOfKind(name, 'applicationId'), `${operation}: ${name}`);
  }
});

function isOfKind(name: string, id: 'delegatedId' | 'applicationId'): boolean {
  const permission = findPermission(catalog, name);
  return permission?.[id] !== undefined || permission?.resourceSpecific === true;
}
