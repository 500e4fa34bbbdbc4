/** Holds the rows of declared, registered and granted to every combination, and to what stays unknown. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { consentTables } from '../../../server/src/core/features/consent-table';
import type { Grant, Grants } from '../../../server/src/core/permissions/grants';
import { analyzeTexts, type Files, options } from '../../support/analyze';
import { catalog } from '../../support/catalog';
import { filledIn, type Registered, registeredProject, registration, registrationPath } from '../../support/registration-builder';
import { paths } from '../../support/scope-builder';

type Kind = Grant['kind'];
const user = 'interactive-token';
const robot = 'client-secret';

function grantsOf(kind: Kind, names: readonly string[], oneUser: readonly string[] = [], from: 'tenant' | 'token' = 'tenant'): Grants {
  const grant = (list: readonly string[], isForOneUser: boolean) =>
    ({ kind, resource: 'graph', names: list, roleIds: [], isForOneUser }) as const;
  return { grants: [grant(names, false), grant(oneUser, true)], extents: [{ kind, from }], connection: undefined };
}

const one = (authentication: string, scopes: readonly string[] | undefined, text: string, uses: readonly object[] = []) =>
  registeredProject({ mail: { authentication, app: 'intake', ...(scopes ? { scopes } : {}) } }, uses, text);
const without = (files: Files) => new Map([...files].filter(([path]) => path !== registrationPath));
const tables = (files: Files, grants?: Grants) => consentTables(analyzeTexts(files, { ...options, grants }), catalog);
const rows = (files: Files, grants?: Grants) =>
  tables(files, grants).flatMap((table) =>
    table.rows.map(({ scope, declared, registered, granted, next }) => [scope, declared, registered, granted, next].join(', ')),
  );

describe('every combination of registered and granted', () => {
  const expected = {
    yes: { yes: 'nothing', 'one user': 'consent of others', no: 'consent', unknown: 'look' },
    no: { yes: 'register', 'one user': 'register', no: 'register and consent', unknown: 'register' },
    unknown: { yes: 'nothing', 'one user': 'consent of others', no: 'consent', unknown: 'look' },
  } as const;
  for (const [kind, authentication, type] of [
    ['delegated', user, 'Scope'],
    ['application', robot, 'Role'],
  ] as const)
    for (const registered of ['yes', 'no', 'unknown'] as const)
      for (const granted of ['yes', 'one user', 'no', 'unknown'] as const)
        test(`${kind}: registered ${registered}, granted ${granted}`, () => {
          const text = registration(registered === 'yes' ? [`Mail.Send ${type}`] : []);
          const files = one(authentication, ['mail.send'], text);
          const names = (wanted: string) => (granted === wanted ? ['Mail.Send'] : []);
          const grants = granted === 'unknown' ? undefined : grantsOf(kind, names('yes'), names('one user'));
          const [table, ...more] = tables(registered === 'unknown' ? without(files) : files, grants);
          assert.deepEqual(
            [table?.isRegistrationKnown, table?.areGrantsKnown, more],
            [registered !== 'unknown', granted !== 'unknown', []],
          );
          const next = expected[registered][granted];
          assert.deepEqual(table?.rows, [{ scope: 'Mail.Send', kind, declared: 'yes', registered, granted, next }]);
        });
});

interface Row {
  readonly name: string;
  readonly files: Files;
  readonly grants?: Grants;
  readonly rows: readonly string[];
}

const scopes = (...registered: Registered[]) => registration(registered);
const open = registration(['Mail.Read Scope']).replace(/"id": "[^"]+"/, `"id": "${filledIn('MAIL_ID')}"`);
const send = { operation: 'POST /users/{id}/sendMail', connection: 'mail' };
const table: readonly Row[] = [
  {
    name: 'a broader name stands for no narrower one',
    files: one(user, ['Mail.Read'], scopes('Mail.ReadWrite Scope')),
    grants: grantsOf('delegated', ['Mail.ReadWrite']),
    rows: ['Mail.Read, yes, no, no, register and consent', 'Mail.ReadWrite, no, yes, yes, remove'],
  },
  {
    name: 'an entry that nothing asks for, with and without a grant',
    files: one(user, ['Mail.Send'], scopes('Mail.Send Scope', 'Files.Read Scope')),
    rows: ['Mail.Send, yes, yes, unknown, look', 'Files.Read, no, yes, unknown, remove'],
  },
  {
    name: 'an entry of the other kind stands once',
    files: one(user, ['Mail.Send'], scopes('Mail.Send Scope', 'Files.Read.All Role')),
    rows: ['Mail.Send, yes, yes, unknown, look', 'Files.Read.All, no, yes, unknown, remove'],
  },
  {
    name: 'User.Read is never too much',
    files: one(user, ['Mail.Send'], scopes('Mail.Send Scope', 'User.Read Scope')),
    grants: grantsOf('delegated', ['Mail.Send', 'User.Read']),
    rows: ['Mail.Send, yes, yes, yes, nothing', 'User.Read, no, yes, yes, nothing'],
  },
  {
    name: 'granted, and neither declared nor registered',
    files: one(user, ['Mail.Send'], scopes('Mail.Send Scope')),
    grants: grantsOf('delegated', ['Mail.Send', 'Files.Read']),
    rows: ['Mail.Send, yes, yes, yes, nothing', 'Files.Read, no, no, yes, nothing'],
  },
  {
    name: 'what comes with every sign-in is left out',
    files: one(user, ['openid', 'profile', 'email', 'offline_access', 'Mail.Send'], scopes('Mail.Send Scope', 'openid Scope')),
    grants: grantsOf('delegated', ['openid', 'Mail.Send', 'offline_access']),
    rows: ['Mail.Send, yes, yes, yes, nothing'],
  },
  {
    name: 'an entry that a tool fills in may be it',
    files: one(user, ['Mail.Send'], open),
    rows: ['Mail.Send, yes, unknown, unknown, look'],
  },
  {
    name: 'grants of the other kind say nothing',
    files: one(robot, ['Mail.Send'], scopes('Mail.Send Role')),
    grants: grantsOf('delegated', []),
    rows: ['Mail.Send, yes, yes, unknown, look'],
  },
  {
    name: 'a token says nothing of Exchange, whose name Graph has too',
    files: one(user, ['https://outlook.office365.com/EWS.AccessAsUser.All'], scopes()),
    grants: grantsOf('delegated', ['EWS.AccessAsUser.All'], [], 'token'),
    rows: ['EWS.AccessAsUser.All, yes, no, unknown, register', 'EWS.AccessAsUser.All, no, no, yes, nothing'],
  },
  {
    name: 'an application without a list goes by what it needs',
    files: one(robot, undefined, scopes('Files.Read.All Role'), [send]),
    rows: ['Mail.Send, unknown, no, unknown, register', 'Files.Read.All, unknown, yes, unknown, remove'],
  },
  {
    name: 'and what it needs and has is asked for',
    files: one(robot, undefined, scopes('Mail.Send Role'), [send]),
    grants: grantsOf('application', []),
    rows: ['Mail.Send, unknown, yes, no, consent'],
  },
];

for (const { name, files, grants, rows: expected } of table) test(name, () => assert.deepEqual(rows(files, grants), expected));

test('the app of UiPath has a table, without a registration; a list whose app is not known has none', () => {
  const connections = {
    public: { connector: 'uipath-microsoft-outlook365', authentication: 'oauth-authorization-code', scopes: ['Mail.Send'] },
    nobody: { connector: 'uipath-microsoft-outlook365', scopes: ['Mail.Send'] },
  };
  const found = tables(new Map([[paths.manifest, JSON.stringify({ connections })]]));
  assert.deepEqual(
    found.map(({ declaration, isRegistrationKnown }) => [declaration.connection, isRegistrationKnown]),
    [['public', false]],
  );
});
