/** Holds tenant-missing and tenant-unneeded to every cell of the truth table of the tenant, for connections and scopes stated in a manifest. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automation, ownClientId, tenantGuid } from '../../support/scope-builder';
import { findingsAndFixes } from '../../support/sign-in-findings';

const spellings = {
  empty: [undefined, ''],
  common: ['common', 'Common'],
  organizations: ['organizations'],
  consumers: ['consumers'],
  literal: [tenantGuid, tenantGuid.toUpperCase(), 'contoso.onmicrosoft.com', 'contoso.com'],
  expression: [`\${TENANT}`, '[tenant]'],
};
const columns = ['empty', 'common', 'organizations', 'consumers', 'literal', 'expression'] as const;

const o = '';
const error = 'tenant-missing error';
const warning = 'tenant-unneeded warning';
const info = 'tenant-unneeded information';

/** Undefined: the table and the manifest's placeholders do not say the same; not held to anything. */
type Cells = readonly [string, string, string, string, string, string | undefined];
interface Row {
  readonly who: string;
  readonly connection: object;
  readonly app?: string;
  readonly audience?: string;
  readonly cells: Cells;
  readonly besides?: string;
}

const silent: Cells = [o, o, o, o, o, o];
//                       empty  common org.   cons.  literal  expression
const shared: Cells = [o, o, warning, warning, warning, o];
const singleTenant: Cells = [error, error, error, error, o, o];
const multiTenant: Cells = [o, o, o, o, info, o];
const withUser: Cells = [error, error, o, error, o, o];
const appOnly: Cells = [error, error, error, error, o, o];
const publicApp: Cells = [o, o, o, o, warning, undefined];

const connector = 'uipath-microsoft-outlook365';
const scopes = ['offline_access', 'Mail.Send'];
const code = { connector, authentication: 'oauth-authorization-code' };
const byo = { connector, authentication: 'byo-app', scopes };
const credentials = { connector, authentication: 'oauth-client-credentials', scopes: ['Mail.Send'] };
const certificate = { connector, authentication: 'oauth-client-certificate', scopes: ['Mail.Send'] };
const byHand = (authentication: string) => ({ authentication, scopes: ['Mail.Send'] });
const audiences = [undefined, 'single-tenant', 'multi-tenant', 'multi-tenant-and-personal', 'personal'] as const;
const manyTenants = ['multi-tenant', 'multi-tenant-and-personal', 'personal'] as const;
const withAudience = (audience: string | undefined) => (audience === undefined ? {} : { audience });

const rows: readonly Row[] = [
  { who: "authorization code, UiPath's app", connection: code, app: 'uipath', cells: shared },
  { who: 'authorization code, own app', connection: code, app: 'intake', cells: silent, besides: 'auth-app-mismatch error' },
  { who: 'byo-app, unknown audience', connection: byo, app: 'intake', cells: silent },
  { who: 'byo-app, single-tenant', connection: byo, app: 'intake', audience: 'single-tenant', cells: singleTenant },
  ...manyTenants.map((audience): Row => ({ who: `byo-app, ${audience}`, connection: byo, app: 'intake', audience, cells: multiTenant })),
  ...audiences.flatMap((audience): Row[] => [
    { who: `client credentials, ${audience}`, connection: credentials, app: 'intake', ...withAudience(audience), cells: appOnly },
    { who: `client certificate, ${audience}`, connection: certificate, app: 'intake', ...withAudience(audience), cells: appOnly },
  ]),
  { who: 'no authentication', connection: { connector }, app: 'intake', audience: 'single-tenant', cells: silent },

  { who: "by hand: interactive, UiPath's app", connection: byHand('interactive-token'), app: 'uipath', cells: publicApp },
  { who: 'by hand: interactive, unknown audience', connection: byHand('interactive-token'), app: 'intake', cells: silent },
  {
    who: 'by hand: interactive, single-tenant',
    connection: byHand('interactive-token'),
    app: 'intake',
    audience: 'single-tenant',
    cells: singleTenant,
  },
  ...manyTenants.map(
    (audience): Row => ({
      who: `by hand: interactive, ${audience}`,
      connection: byHand('interactive-token'),
      app: 'intake',
      audience,
      cells: multiTenant,
    }),
  ),
  ...(['integrated-windows', 'username-password'] as const).flatMap((how): Row[] => [
    { who: `by hand: ${how}`, connection: byHand(how), app: 'intake', cells: withUser },
    { who: `by hand: ${how}, single-tenant`, connection: byHand(how), app: 'intake', audience: 'single-tenant', cells: withUser },
  ]),
  ...(['client-secret', 'client-certificate'] as const).flatMap((how): Row[] => [
    { who: `by hand: ${how}`, connection: byHand(how), app: 'intake', cells: appOnly },
    { who: `by hand: ${how}, multi-tenant`, connection: byHand(how), app: 'intake', audience: 'multi-tenant', cells: appOnly },
  ]),
  { who: 'by hand: no authentication', connection: { scopes: ['Mail.Send'] }, app: 'intake', audience: 'single-tenant', cells: silent },
];

/** Whether legacy-auth speaks of a scope that is stated by hand is no question of the tenant. */
const found = (manifest: object) => findingsAndFixes(automation({ manifest })).filter((text) => !text.startsWith('legacy-auth '));

describe('the tenant of a connection', () => {
  for (const { who, connection, app = 'intake', audience, cells, besides } of rows) {
    test(who, () => {
      const all: Record<string, readonly string[]> = {};
      const expected: typeof all = {};
      for (const [index, column] of columns.entries()) {
        const cell = cells[index];
        if (cell === undefined) continue;
        for (const tenant of spellings[column]) {
          const entry = app === 'uipath' ? { tenant } : { clientId: ownClientId, tenant, audience };
          all[`${column}: ${tenant}`] = found({ apps: { [app]: entry }, connections: { mail: { ...connection, app } } });
          expected[`${column}: ${tenant}`] = [besides, cell].filter((text): text is string => !!text).sort();
        }
      }
      assert.deepEqual(all, expected);
    });
  }
});

describe('a connection whose app nobody wrote down', () => {
  const missing = 'auth-missing-field error';
  const cases: readonly [string, object, readonly string[]][] = [
    ["authorization code, UiPath's app without an entry", { ...code, app: 'uipath' }, []],
    ['authorization code, no app', code, []],
    ['byo-app, no app', byo, [missing]],
    ['byo-app, an app that is not there', { ...byo, app: 'gone' }, [missing]],
    ['client credentials, no app', credentials, [missing]],
    ['client credentials, an app that is not there', { ...credentials, app: 'gone' }, [missing]],
    ['client certificate, no app', certificate, [missing]],
    ['client certificate, an app that is not there', { ...certificate, app: 'gone' }, [missing]],
    ...['interactive-token', 'integrated-windows', 'username-password', 'client-secret', 'client-certificate'].flatMap(
      (how): [string, object, readonly string[]][] => [
        [`by hand: ${how}, no app`, byHand(how), []],
        [`by hand: ${how}, an app that is not there`, { ...byHand(how), app: 'gone' }, []],
      ],
    ),
    ["by hand: interactive, UiPath's app without an entry", { ...byHand('interactive-token'), app: 'uipath' }, []],
  ];
  const others = { other: { clientId: ownClientId, audience: 'single-tenant' } };
  for (const [who, connection, expected] of cases) {
    test(who, () => assert.deepEqual(found({ apps: others, connections: { mail: connection } }), expected));
    test(`${who}, no apps at all`, () => assert.deepEqual(found({ connections: { mail: connection } }), expected));
  }
});

test('every connection is judged by its own app', () => {
  const apps = {
    single: { clientId: ownClientId, audience: 'single-tenant' },
    right: { clientId: ownClientId, audience: 'single-tenant', tenant: tenantGuid },
    many: { clientId: ownClientId, audience: 'multi-tenant', tenant: tenantGuid },
  };
  const connections = { a: { ...byo, app: 'single' }, b: { ...byo, app: 'right' }, c: { ...byo, app: 'many' } };
  assert.deepEqual(found({ apps, connections }), [error, info]);
});
