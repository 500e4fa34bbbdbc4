/** What administrators export, in every shape: what is read from it, and what is refused without a word of it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { joinEvidence, readEvidence } from '../../server/src/identity/grants-json';
import { readGrants } from '../../server/src/identity/read-grants';
import { withFolder } from '../support/command';

const client = 'aaaaaaaa-0000-4000-8000-000000000001';
const other = 'aaaaaaaa-0000-4000-8000-000000000002';
const graphId = 'bbbbbbbb-0000-4000-8000-000000000001';
const exchangeId = 'bbbbbbbb-0000-4000-8000-000000000002';
const mailRead = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
const graph = '00000003-0000-0000-c000-000000000000';

const grant = { clientId: client, consentType: 'AllPrincipals', id: 'AAAA', principalId: null, resourceId: graphId, scope: 'Mail.Read' };
const byUser = { ...grant, consentType: 'Principal', principalId: other, scope: 'Mail.Send' };
const named = { ...grant, resourceDisplayName: 'Microsoft Graph' };
const role = {
  id: 'AAAA',
  deletedDateTime: null,
  appRoleId: mailRead,
  createdDateTime: '2026-05-04T08:00:00Z',
  principalDisplayName: 'Intake',
  principalId: client,
  principalType: 'ServicePrincipal',
  resourceDisplayName: 'Microsoft Graph',
  resourceId: graphId,
};
const context = (name: string) => ({ '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${name}` });
/** What PowerShell makes of the same object. */
const pascal = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key[0]?.toUpperCase() + key.slice(1), member]));
const snake = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), member]));

/** A shape, and the lines that it reads as: kind, resource, names or ids, and whom it is for. */
const shapes: readonly [string, unknown, readonly string[], readonly string[]][] = [
  ['a collection of Graph', { ...context('oauth2PermissionGrants'), value: [grant] }, ['delegated ? Mail.Read'], ['delegated tenant']],
  ['a collection without its context', { value: [grant] }, ['delegated ? Mail.Read'], ['delegated tenant']],
  ['what PowerShell 5 makes of a list', { value: [grant], Count: 1 }, ['delegated ? Mail.Read'], ['delegated tenant']],
  ['one object', grant, ['delegated ? Mail.Read'], ['delegated tenant']],
  [
    'one object with its context',
    { ...context('oauth2PermissionGrants/$entity'), ...grant },
    ['delegated ? Mail.Read'],
    ['delegated tenant'],
  ],
  ['a list', [grant, byUser], ['delegated ? Mail.Read', 'delegated ? Mail.Send user'], ['delegated tenant']],
  ['a list with the names of resources', [named], ['delegated graph Mail.Read'], ['delegated tenant']],
  ['one object with the name of its resource', named, ['delegated graph Mail.Read'], ['delegated tenant']],
  ['members as PowerShell writes them', pascal(named), ['delegated graph Mail.Read'], ['delegated tenant']],
  ['members with underscores', snake(named), ['delegated graph Mail.Read'], ['delegated tenant']],
  [
    'several scopes with white space around them',
    { ...grant, scope: '  Mail.Read\tUser.Read\n' },
    ['delegated ? Mail.Read User.Read'],
    ['delegated tenant'],
  ],
  ['a grant of nothing', { ...grant, scope: '' }, ['delegated ? '], ['delegated tenant']],
  ['a grant whose scope is null', { ...grant, scope: null }, ['delegated ? '], ['delegated tenant']],
  [
    'members that nobody knows',
    { ...grant, startTime: '0001-01-01T00:00:00Z', extra: { deep: [] } },
    ['delegated ? Mail.Read'],
    ['delegated tenant'],
  ],
  [
    'a grant that says no type, for a user',
    { clientId: client, principalId: other, scope: 'A.B' },
    ['delegated ? A.B user'],
    ['delegated tenant'],
  ],
  ['a grant that says no type, for nobody', { clientId: client, scope: 'A.B' }, ['delegated ? A.B'], ['delegated tenant']],
  ['the type in another letter case', { ...byUser, consentType: 'principal' }, ['delegated ? Mail.Send user'], ['delegated tenant']],
  ['another resource by name', [{ ...grant, resourceDisplayName: 'Contoso' }], [], ['delegated tenant']],
  [
    'Exchange Online by name',
    { ...grant, resourceDisplayName: 'Office 365 Exchange Online' },
    ['delegated exchange Mail.Read'],
    ['delegated tenant'],
  ],
  [
    'another resource by its id, where Graph has one',
    [named, { ...grant, resourceId: exchangeId, scope: 'Mail.Send' }, { ...grant, scope: 'User.Read' }],
    ['delegated graph Mail.Read', 'delegated graph User.Read'],
    ['delegated tenant'],
  ],
  ['the app id of Graph as resource', { ...grant, resourceId: graph }, ['delegated graph Mail.Read'], ['delegated tenant']],
  [
    'a collection of roles',
    { ...context("servicePrincipals('x')/appRoleAssignments"), value: [role] },
    [`application graph ${mailRead}`],
    ['application tenant'],
  ],
  ['one role', role, [`application graph ${mailRead}`], ['application tenant']],
  ['a list of roles', [role, role], [`application graph ${mailRead}`, `application graph ${mailRead}`], ['application tenant']],
  ['a role as PowerShell writes it', pascal(role), [`application graph ${mailRead}`], ['application tenant']],
  [
    'a role of another resource',
    [role, { ...role, resourceDisplayName: 'Contoso' }],
    [`application graph ${mailRead}`],
    ['application tenant'],
  ],
  [
    'a role whose resource is only an id',
    [role, { ...role, resourceDisplayName: null, resourceId: exchangeId }],
    [`application graph ${mailRead}`],
    ['application tenant'],
  ],
  [
    'a role that a user has in the app',
    [role, { ...role, principalType: 'User', principalId: other }],
    [`application graph ${mailRead}`],
    ['application tenant'],
  ],
  [
    'grants and roles in one list',
    [named, role],
    ['delegated graph Mail.Read', `application graph ${mailRead}`],
    ['delegated tenant', 'application tenant'],
  ],
  ['no grants, of a known kind', { ...context('oauth2PermissionGrants'), value: [] }, [], ['delegated tenant']],
  ['no roles, of a known kind', { ...context("servicePrincipals('x')/appRoleAssignments"), value: [] }, [], ['application tenant']],
  ['nothing, of no known kind', [], [], ['delegated tenant']],
  ['the scp of a token', { scp: 'Mail.Read User.Read' }, ['delegated graph Mail.Read User.Read'], ['delegated token']],
  ['an empty scp', { scp: '' }, ['delegated graph '], ['delegated token']],
  ['scp as a list', { scp: ['Mail.Read'] }, ['delegated graph Mail.Read'], ['delegated token']],
  [
    'scp as an answer of Entra writes it, with the address of Graph',
    { scp: 'https://graph.microsoft.com/Mail.Read https://microsoftgraph.chinacloudapi.cn/Mail.Send' },
    ['delegated graph Mail.Read Mail.Send'],
    ['delegated token'],
  ],
  ['scp with the id of Graph', { scp: `${graph}/Mail.Read` }, ['delegated graph Mail.Read'], ['delegated token']],
  [
    'scp with the address of something else, which names nothing of Graph',
    { scp: 'https://outlook.office.com/Mail.Read https://graph.microsoft.com.evil.example/Mail.Read' },
    ['delegated graph https://outlook.office.com/Mail.Read https://graph.microsoft.com.evil.example/Mail.Read'],
    ['delegated token'],
  ],
  [
    'scp with commas, as a person writes a list',
    { scp: 'Mail.Read, User.Read' },
    ['delegated graph Mail.Read User.Read'],
    ['delegated token'],
  ],
  ['the roles of a token', { roles: ['Mail.Read', 'Mail.Send'] }, ['application graph Mail.Read Mail.Send'], ['application token']],
  ['no roles in a token', { roles: [] }, ['application graph '], ['application token']],
  [
    'a whole payload',
    { aud: graph, iss: 'x', appid: client, scp: 'Mail.Read', wids: [] },
    ['delegated graph Mail.Read'],
    ['delegated token'],
  ],
  [
    'the audience as an address',
    { aud: 'https://graph.microsoft.com/', scp: 'Mail.Read' },
    ['delegated graph Mail.Read'],
    ['delegated token'],
  ],
  [
    'the audience in a national cloud',
    { aud: 'https://dod-graph.microsoft.us', roles: ['A'] },
    ['application graph A'],
    ['application token'],
  ],
];

for (const [name, value, lines, extents] of shapes) {
  test(`grants: ${name}`, () => {
    const { evidence, refusal } = readEvidence(JSON.stringify(value));
    assert.equal(refusal, undefined);
    assert.deepEqual(
      evidence?.grants.map(({ kind, resource = '?', names, roleIds, isForOneUser }) =>
        [kind, resource, [...names, ...roleIds].join(' '), ...(isForOneUser ? ['user'] : [])].join(' '),
      ),
      lines,
    );
    assert.deepEqual(
      evidence?.extents.map(({ kind, from }) => `${kind} ${from}`),
      extents,
    );
  });
}

const canary = 'CANARY-8f14e45f';
const refusals: readonly [string, string, RegExp][] = [
  ['no JSON', `{ ${canary}`, /is not JSON$/],
  ['an empty file', '', /is empty: .*write \[\] into it, or \{"roles": \[\]\}/],
  ['what PowerShell 5 makes of no grants', '\uFEFF\r\n', /is empty/],
  ['a token', `eyJ0eXAiOiJKV1QifQ.${canary}.x`, /is not JSON$/],
  ['a text', JSON.stringify(canary), /holds no grants/],
  ['a number', '1', /holds no grants/],
  ['null', 'null', /holds no grants/],
  ['an empty object', '{}', /holds no grants/],
  ['an object of another kind', JSON.stringify({ name: canary, value: canary }), /holds no grants/],
  ['a token response', JSON.stringify({ token_type: 'Bearer', scope: 'Mail.Read', access_token: canary }), /holds no grants/],
  ['an app registration', JSON.stringify({ appId: canary, requiredResourceAccess: [] }), /holds no grants/],
  [
    'an error of Graph',
    JSON.stringify({ error: { code: 'Authorization_RequestDenied', message: canary } }),
    /holds an error that Graph answered with/,
  ],
  ['one page of several', JSON.stringify({ value: [grant], '@odata.nextLink': canary }), /one page of several/],
  ['a list of something else', JSON.stringify([{ displayName: canary }]), /holds an entry that is no grant/],
  ['one entry of something else', JSON.stringify([grant, canary]), /holds an entry that is no grant/],
  ['null among the entries', JSON.stringify([grant, null]), /holds an entry that is no grant/],
  ['a scope that is no text', JSON.stringify([{ ...grant, scope: { [canary]: 1 } }]), /holds an entry that is no grant/],
  ['a role id that is no text', JSON.stringify([{ ...role, appRoleId: 7 }]), /holds an entry that is no grant/],
  ['grants of several apps', JSON.stringify([grant, { ...grant, clientId: canary }]), /holds grants of 2 apps/],
  ['roles of several apps', JSON.stringify([role, { ...role, principalId: canary }]), /holds grants of 2 apps/],
  [
    'roles that people have in the app, which say nothing of what it may do',
    JSON.stringify({ value: [{ ...role, principalType: 'User', principalDisplayName: canary }] }),
    /appRoleAssignments, not its appRoleAssignedTo$/,
  ],
  ['scp that is no list', JSON.stringify({ scp: { [canary]: 1 } }), /no list of names/],
  ['roles that are no names', JSON.stringify({ roles: [canary, 7] }), /no list of names/],
  ['claims that are null', JSON.stringify({ scp: null }), /holds no grants/],
  ['a token for something else', JSON.stringify({ aud: `https://${canary}`, scp: 'Mail.Read' }), /not for Microsoft Graph/],
  [
    'an audience that only begins like Graph',
    JSON.stringify({ aud: `https://graph.microsoft.com.${canary}`, scp: 'A' }),
    /not for Microsoft Graph/,
  ],
  ['a name of the language', `{"__proto__": {"scp": "${canary}"}}`, /holds no grants/],
  ['depth without end', '['.repeat(2_000_000), /is not JSON$/],
];

for (const [name, text, expected] of refusals) {
  test(`refused: ${name}`, () => {
    const { refusal = '', evidence } = readEvidence(text);
    assert.equal(evidence, undefined);
    assert.match(refusal, expected);
    assert.ok(!refusal.toLowerCase().includes(canary.toLowerCase()));
  });
}

test('what is doubtful is said', () => {
  const notices = (value: unknown) => readEvidence(JSON.stringify(value)).evidence?.notices ?? [];
  assert.deepEqual(notices([grant]), []);
  assert.match(notices([]).join(), /empty list/);
  assert.match(notices([grant, { ...grant, resourceId: exchangeId }]).join(), /--show-resource-name/);
  assert.deepEqual(notices([named, { ...grant, resourceId: exchangeId }]), []);
});

test('two exports of one app are put together, of two apps they are not', () => {
  const [first, second] = [readEvidence(JSON.stringify([grant])), readEvidence(JSON.stringify([role]))];
  assert.ok(first.evidence && second.evidence);
  assert.deepEqual(
    joinEvidence([first.evidence, second.evidence]).evidence?.extents.map(({ kind }) => kind),
    ['delegated', 'application'],
  );
  const foreign = readEvidence(JSON.stringify([{ ...role, principalId: other }]));
  assert.ok(foreign.evidence);
  assert.match(joinEvidence([first.evidence, foreign.evidence]).refusal ?? '', /2 apps/);
});

test('files: encodings, sizes, and what is no file', () => {
  withFolder({}, (folder) => {
    const read = (content: string | Uint8Array) => {
      const file = join(folder, 'granted.json');
      writeFileSync(file, content);
      return readGrants([file]);
    };
    const text = JSON.stringify([grant]);
    const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const content of [text, `\uFEFF${text}`, `${text}\r\n`, wide, Buffer.from(wide).swap16()])
      assert.deepEqual(read(content).evidence?.grants.length, 1);
    assert.match(read(Buffer.from([0x22, 0xff, 0x22])).refusal ?? '', /granted\.json is not text/);
    assert.match(read(`[${' '.repeat(4 * 1024 * 1024)}]`).refusal ?? '', /is over 4 MB/);
    assert.equal(read(`${text}${' '.repeat(4 * 1024 * 1024 - text.length)}`).refusal, undefined, 'exactly the cap');
    assert.match(readGrants([join(folder, 'nowhere.json')]).refusal ?? '', /nowhere\.json is not there\.$/);
    assert.match(readGrants([folder]).refusal ?? '', /cannot be read \(EISDIR\)/);
  });
});
