/** Says which declared scopes lack a grant: by exact name, for the app that is meant, of the kind that is told; and where nothing can be said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grants } from '../../../server/src/core/permissions/grants';
import { readEvidence } from '../../../server/src/identity/grants-json';
import { analyzeTexts, type Files, options } from '../../support/analyze';
import { activity, ids, inScope, project, scope } from '../../support/project-builder';

const rule = 'not-consented';
const client = { clientId: 'aaaaaaaa-0000-4000-8000-000000000001' };
const everyone = (scope: string, rest: object = {}) => ({ ...client, consentType: 'AllPrincipals', scope, ...rest });
const user = (scope: string) => ({ ...client, consentType: 'Principal', principalId: 'cccccccc-0000-4000-8000-000000000001', scope });
const role = (appRoleId: string, resourceDisplayName = 'Microsoft Graph') => ({ appRoleId, resourceDisplayName });
const roles = {
  mailRead: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  mailSend: 'B633E1C5-B582-4048-A93E-9F11B44C7E96',
  ews: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
};

function grantsOf(value: unknown, connection?: string): Grants {
  const { evidence, refusal } = readEvidence(JSON.stringify(value));
  if (!evidence) throw new Error(refusal);
  return { ...evidence, connection };
}

function found(files: Files, grants: Grants | undefined, how: Partial<typeof options> = {}): string[] {
  return analyzeTexts(files, { ...options, ...how, grants })
    .problems.filter((problem) => problem.rule === rule)
    .map(({ severity, scopes, connection, declaration, accepted }) =>
      [severity, connection ?? declaration, scopes.join('+'), ...(accepted ? ['accepted'] : [])].join(' '),
    );
}

const intake = { clientId: ids.app };
const byo = (scopes: readonly string[], rest: object = {}) => ({ authentication: 'byo-app', app: 'intake', scopes, ...rest });
const manifest = (connections: object, rest: object = {}) => project({ manifest: { apps: { intake }, connections, ...rest } });
const one = (scopes: readonly string[], rest: object = {}) => manifest({ mail: byo(scopes, rest) });
const own = { OAuthApplication: 'Custom', ApplicationId: ids.app };
const workflow = (attributes: Readonly<Record<string, string>>, scopes: readonly string[], rest?: object) =>
  project({ content: scope({ attributes, scopes, body: inScope('Mail.SendMail') }), ...(rest ? { manifest: rest } : {}) });

/** Name, project, grants, findings. */
type Row = readonly [string, Files, Grants | undefined, readonly string[]];

const names: readonly Row[] = [
  ['everything is granted', one(['Mail.Read', 'Mail.Send']), grantsOf(everyone('Mail.Send Mail.Read')), []],
  ['one is not', one(['Mail.Read', 'Mail.Send']), grantsOf(everyone('Mail.Send')), ['warning mail Mail.Read']],
  ['nothing is', one(['Mail.Read', 'Mail.Send']), grantsOf([]), ['warning mail Mail.Read', 'warning mail Mail.Send']],
  ['a broader one does not count', one(['Sites.Read.All']), grantsOf(everyone('Sites.ReadWrite.All')), ['warning mail Sites.Read.All']],
  ['a narrower one does not count', one(['Mail.ReadWrite']), grantsOf(everyone('Mail.Read')), ['warning mail Mail.ReadWrite']],
  ['.Shared is another name', one(['Mail.Read']), grantsOf(everyone('Mail.Read.Shared')), ['warning mail Mail.Read']],
  ['letter case does not count', one(['mail.READ']), grantsOf(everyone('MAIL.read')), []],
  ['nor does the prefix of Graph', one(['https://graph.microsoft.com/Mail.Read']), grantsOf(everyone('Mail.Read')), []],
  ['scopes of signing in', one(['openid', 'profile', 'email', 'offline_access']), grantsOf([]), []],
  ['User.Read is a scope as others are', one(['User.Read']), grantsOf([]), ['warning mail User.Read']],
  ['a name nobody knows is another finding', one(['Mail.Sned']), grantsOf([]), []],
  ['so is a malformed one', one(['Mail.Read,Mail.Send']), grantsOf([]), []],
  ['the second of two is a finding of its own', one(['Mail.Read', 'mail.read']), grantsOf([]), ['warning mail Mail.Read']],
  ['an application permission in a user’s list is one as well', one(['full_access_as_app']), grantsOf([]), []],
  ['several grants are joined', one(['Mail.Read', 'Mail.Send']), grantsOf([everyone('Mail.Read'), everyone('Mail.Send')]), []],
  ['one user', one(['Mail.Read']), grantsOf([user('Mail.Read')]), ['information mail Mail.Read']],
  ['one user, and everyone', one(['Mail.Read']), grantsOf([user('Mail.Read'), everyone('Mail.Read')]), []],
  ['one user, another scope', one(['Mail.Read']), grantsOf([user('Mail.Send')]), ['warning mail Mail.Read']],
  ['the scp of a token', one(['Mail.Read', 'Mail.Send']), grantsOf({ scp: 'Mail.Read' }), ['warning mail Mail.Send']],
  [
    'a grant for another resource',
    one(['Mail.Read']),
    grantsOf(everyone('Mail.Read', { resourceDisplayName: 'Contoso' })),
    ['warning mail Mail.Read'],
  ],
  [
    'Exchange has names of its own',
    one(['https://outlook.office365.com/EWS.AccessAsUser.All', 'EWS.AccessAsUser.All']),
    grantsOf(everyone('EWS.AccessAsUser.All', { resourceDisplayName: 'Office 365 Exchange Online' })),
    ['warning mail EWS.AccessAsUser.All'],
  ],
  [
    'a name of Exchange, where the resource is not said',
    one(['https://outlook.office365.com/EWS.AccessAsUser.All']),
    grantsOf(everyone('EWS.AccessAsUser.All')),
    [],
  ],
  ['a token of Graph says nothing of Exchange', one(['https://outlook.office365.com/EWS.AccessAsUser.All']), grantsOf({ scp: '' }), []],
];

const client2 = { authentication: 'oauth-client-credentials', app: 'intake' };
const kinds: readonly Row[] = [
  [
    'roles by their ids',
    manifest({ mail: { ...client2, scopes: ['Mail.Read', 'Mail.Send'] } }),
    grantsOf([role(roles.mailRead), role(roles.mailSend)]),
    [],
  ],
  [
    'a role that is not assigned',
    manifest({ mail: { ...client2, scopes: ['Mail.Read', 'Mail.Send'] } }),
    grantsOf(role(roles.mailRead)),
    ['warning mail Mail.Send'],
  ],
  [
    'a role of Exchange with the id of one of Graph',
    manifest({ mail: { ...client2, scopes: ['Mail.Read'] } }),
    grantsOf(role(roles.mailRead, 'Office 365 Exchange Online')),
    ['warning mail Mail.Read'],
  ],
  [
    'a role of Exchange',
    manifest({ mail: { ...client2, scopes: ['https://outlook.office365.com/full_access_as_app'] } }),
    grantsOf(role(roles.ews, 'Office 365 Exchange Online')),
    [],
  ],
  [
    'the roles of a token',
    manifest({ mail: { ...client2, scopes: ['Mail.Read', 'Mail.Send'] } }),
    grantsOf({ roles: ['Mail.Send'] }),
    ['warning mail Mail.Read'],
  ],
  [
    'a delegated scope in an application’s list is another finding',
    manifest({ mail: { ...client2, scopes: ['offline_access', 'Mail.Read.Shared'] } }),
    grantsOf({ roles: [] }),
    [],
  ],
  ['delegated grants say nothing of roles', manifest({ mail: { ...client2, scopes: ['Mail.Read'] } }), grantsOf(everyone('User.Read')), []],
  ['nor does scp', manifest({ mail: { ...client2, scopes: ['Mail.Read'] } }), grantsOf({ scp: '' }), []],
  ['roles say nothing of delegated scopes', one(['Mail.Read']), grantsOf(role(roles.mailSend)), []],
  ['nor do those of a token', one(['Mail.Read']), grantsOf({ roles: [] }), []],
  [
    'grants and roles together say both',
    manifest({ a: byo(['Mail.Read']), b: { ...client2, scopes: ['Mail.Send'] } }),
    grantsOf([everyone(''), role(roles.mailRead)]),
    ['warning a Mail.Read', 'warning b Mail.Send'],
  ],
];

const uipath = { authentication: 'oauth-authorization-code', connector: 'uipath-microsoft-outlook365' };
const two = { a: byo(['Mail.Read']), b: { ...byo(['Mail.Send']), app: 'other' } };
const apps = { apps: { intake, other: {} } };
const silent: readonly Row[] = [
  ['without grants', one(['Mail.Read']), undefined, []],
  ['an open list: .default', one(['https://graph.microsoft.com/.default']), grantsOf([]), []],
  ['an open list: none', manifest({ mail: { authentication: 'byo-app', app: 'intake' } }), grantsOf([]), []],
  ['an open list: an empty one', one([]), grantsOf([]), []],
  ['a personal account, in a tenant', one(['Mail.Read'], { account: 'personal' }), grantsOf([]), []],
  ['a personal account, in a token', one(['Mail.Read'], { account: 'personal' }), grantsOf({ scp: '' }), ['warning mail Mail.Read']],
  [
    'the only app is meant',
    manifest({ a: byo(['Mail.Read']), b: byo(['Mail.Send']) }),
    grantsOf([]),
    ['warning a Mail.Read', 'warning b Mail.Send'],
  ],
  [
    'a connection that names no app uses it',
    manifest({ a: { authentication: 'byo-app', scopes: ['Mail.Read'] } }),
    grantsOf([]),
    ['warning a Mail.Read'],
  ],
  ['one that says nothing at all as well', manifest({ a: { scopes: ['Mail.Read'] } }), grantsOf([]), ['warning a Mail.Read']],
  ['UiPath’s app is another', manifest({ a: { ...uipath, scopes: ['Mail.Read'] } }), grantsOf([]), []],
  ['also by name', manifest({ a: { ...uipath, app: 'uipath', scopes: ['Mail.Read'] } }), grantsOf([]), []],
  [
    'without apps the only connection is meant',
    project({ manifest: { connections: { a: { ...uipath, scopes: ['Mail.Read'] } } } }),
    grantsOf([]),
    ['warning a Mail.Read'],
  ],
  [
    'without apps, several connections',
    project({ manifest: { connections: { a: byo(['Mail.Read']), b: byo(['Mail.Read']) } } }),
    grantsOf([]),
    [],
  ],
  ['several apps', manifest(two, apps), grantsOf([]), []],
  ['several apps, a named connection', manifest(two, apps), grantsOf([], 'b'), ['warning b Mail.Send']],
  [
    'a named connection, of two with one app',
    manifest({ a: byo(['Mail.Read']), b: byo(['Mail.Send']) }),
    grantsOf([], 'a'),
    ['warning a Mail.Read'],
  ],
  ['a connection that is not there', one(['Mail.Read']), grantsOf([], 'other'), []],
];

const workflows: readonly Row[] = [
  ['the only list there is', workflow({}, ['Mail.Send']), grantsOf([]), ['warning Microsoft 365 Scope Mail.Send']],
  [
    'with the only app of the manifest',
    workflow(own, ['Mail.Send'], { apps: { intake } }),
    grantsOf([]),
    ['warning Microsoft 365 Scope Mail.Send'],
  ],
  [
    'with another app than the manifest’s',
    workflow({ ...own, ApplicationId: ids.mail }, ['Mail.Send'], { apps: { intake } }),
    grantsOf([]),
    [],
  ],
  ['with UiPath’s app', workflow({ OAuthApplication: 'UiPath' }, ['Mail.Send'], { apps: { intake } }), grantsOf([]), []],
  [
    'with UiPath’s app by its id',
    workflow({ ...own, ApplicationId: ids.publicApp }, ['Mail.Send'], { apps: { intake } }),
    grantsOf([]),
    [],
  ],
  ['with an app that only the run knows', workflow({ OAuthApplication: '[app]' }, ['Mail.Send'], { apps: { intake } }), grantsOf([]), []],
  [
    'with an id that only the run knows, of the only app',
    workflow({ OAuthApplication: 'Custom', ApplicationId: '[id]' }, ['Mail.Send'], { apps: { intake } }),
    grantsOf([]),
    ['warning Microsoft 365 Scope Mail.Send'],
  ],
  [
    'beside a connection of its app',
    workflow(own, ['Mail.Send'], { apps: { intake }, connections: { a: byo(['Mail.Read']) } }),
    grantsOf([], 'a'),
    ['warning Microsoft 365 Scope Mail.Send', 'warning a Mail.Read'],
  ],
  [
    'beside a connection of another app',
    workflow(own, ['Mail.Send'], { ...apps, connections: { a: { ...byo(['Mail.Read']), app: 'other' } } }),
    grantsOf([], 'a'),
    ['warning a Mail.Read'],
  ],
  [
    'application sign-in: its list has no effect',
    workflow({ AuthenticationType: 'ApplicationIdAndSecret', ApplicationId: ids.app, TenantId: 't' }, ['Mail.Send'], { apps: { intake } }),
    grantsOf({ roles: [] }),
    [],
  ],
  ['an asset decides', workflow({ ...own, ConfigLocation: 'OrchestratorAsset' }, ['Mail.Send'], { apps: { intake } }), grantsOf([]), []],
  [
    'two scopes with the same app, and no manifest',
    project({
      content: [1, 2]
        .map((number) =>
          scope({ attributes: { ...own, DisplayName: `S${number}` }, scopes: ['Mail.Send'], body: activity('Mail.SendMail') }),
        )
        .join(''),
    }),
    grantsOf([]),
    ['warning S1 Mail.Send', 'warning S2 Mail.Send'],
  ],
  [
    'two scopes with apps that nobody knows',
    project({
      content: [1, 2]
        .map((number) =>
          scope({
            attributes: { OAuthApplication: '[app]', DisplayName: `S${number}` },
            scopes: ['Mail.Send'],
            body: activity('Mail.SendMail'),
          }),
        )
        .join(''),
    }),
    grantsOf([]),
    [],
  ],
];

for (const [group, rows] of Object.entries({ names, kinds, silent, workflows }))
  for (const [name, files, grants, expected] of rows)
    test(`${rule}, ${group}: ${name}`, () => assert.deepEqual(found(files, grants).sort(), [...expected].sort()));

const accept = (entry: object, connections: object = { mail: byo(['Mail.Read', 'Mail.Send']) }) =>
  manifest(connections, { accept: [{ rule, reason: 'the customer consents later', ...entry }] });
const unused = (files: Files, grants: Grants | undefined) =>
  analyzeTexts(files, { ...options, grants }).problems.filter((problem) => problem.rule === 'accept-unused').length;
const both = { mail: byo(['Mail.Read']), roles: { ...client2, scopes: ['Mail.Send'] } };

/** Name, project, grants, how many exceptions match nothing. */
const exceptions: readonly (readonly [string, Files, Grants | undefined, number])[] = [
  ['without grants', accept({ scope: 'Mail.Read', connection: 'mail' }), undefined, 0],
  ['it is needed', accept({ scope: 'Mail.Read', connection: 'mail' }), grantsOf(everyone('Mail.Send')), 0],
  ['it is granted by now', accept({ scope: 'Mail.Read', connection: 'mail' }), grantsOf(everyone('Mail.Send Mail.Read')), 1],
  ['grants of the other kind', accept({ scope: 'Mail.Read', connection: 'mail' }), grantsOf({ roles: [] }), 0],
  ['grants of another connection', accept({ scope: 'Mail.Send', connection: 'roles' }, both), grantsOf([], 'mail'), 0],
  ['it may be for a list that was not compared', accept({ scope: 'Mail.Send' }, both), grantsOf(everyone('Mail.Read')), 0],
  ['everything was compared', accept({ scope: 'Mail.Send' }, both), grantsOf([everyone('Mail.Read'), role(roles.mailSend)]), 1],
  ['a connection that is not there', accept({ scope: 'Mail.Read', connection: 'gone' }), grantsOf([]), 1],
  [
    'another rule',
    manifest({ mail: byo(['Mail.Read']) }, { accept: [{ rule: 'scope-kind', scope: 'Mail.Read', reason: 'x' }] }),
    undefined,
    1,
  ],
];

for (const [name, files, grants, expected] of exceptions)
  test(`an exception to ${rule}: ${name}`, () => assert.equal(unused(files, grants), expected));

test('an exception silences exactly its finding, and is shown as accepted', () => {
  const files = accept({ scope: 'Mail.Read', connection: 'mail' });
  assert.deepEqual(found(files, grantsOf([])), ['warning mail Mail.Read accepted', 'warning mail Mail.Send']);
});

test('an accepted finding on consent says nothing of what the list has too much of', () => {
  const files = accept({ scope: 'Mail.Read', connection: 'mail' });
  const excess = (grants: Grants | undefined) =>
    analyzeTexts(files, { ...options, grants }).connections.map((connection) => connection.excess);
  assert.deepEqual(excess(grantsOf([])), excess(undefined));
});

test('a setting makes an error of what nobody consented to, never of what one user did', () => {
  const how = { severities: new Map([[rule, 'error' as const]]) };
  assert.deepEqual(found(one(['Mail.Read', 'Mail.Send']), grantsOf([user('Mail.Send')]), how), [
    'error mail Mail.Read',
    'information mail Mail.Send',
  ]);
  assert.deepEqual(found(one(['Mail.Read']), grantsOf([]), { severities: new Map([[rule, 'off' as const]]) }), []);
});

test('the message says what comes next, and why a broader grant is none', () => {
  const messages = (scopes: readonly string[], value: unknown) =>
    analyzeTexts(one(scopes), { ...options, grants: grantsOf(value) })
      .problems.filter((problem) => problem.rule === rule)
      .map(({ message }) => message);
  assert.deepEqual(messages(['Mail.Read'], []), [
    'The connection "mail" asks for Mail.Read, which was not granted. Consent at a sign-in, or have an administrator do so.',
  ]);
  assert.deepEqual(messages(['User.Read.All'], everyone('User.ReadWrite.All')), [
    'The connection "mail" asks for User.Read.All, which was not granted. User.ReadWrite.All was granted, but consent goes by the exact name. An administrator has to consent.',
  ]);
});

test('the same grants in another order give the same findings', () => {
  const list = [everyone('Mail.Send'), user('Mail.Read'), everyone('User.Read')];
  const files = one(['Mail.Read', 'Mail.Send', 'Files.Read']);
  assert.deepEqual(found(files, grantsOf(list)), found(files, grantsOf([...list].reverse())));
});
