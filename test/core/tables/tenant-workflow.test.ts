/** Holds tenant-missing and tenant-unneeded to every cell of the truth table of the tenant, for Microsoft 365 Scopes in workflows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  automation,
  oneScope,
  ownClientId,
  type Properties,
  publicClientId,
  scope,
  tenantGuid,
  workflow,
} from '../../support/scope-builder';
import { findings, findingsAndFixes, fixed, problemsOf } from '../../support/sign-in-findings';

const spellings = {
  empty: [undefined, '{x:Null}', '', '[Nothing]', '[""]'],
  common: ['common', 'Common', '["common"]'],
  organizations: ['organizations', '["organizations"]'],
  consumers: ['consumers'],
  literal: [tenantGuid, tenantGuid.toUpperCase(), 'contoso.onmicrosoft.com', 'contoso.com', '["contoso.com"]'],
  expression: ['[in_Tenant]', '[Config("Tenant").ToString]', '["contoso" + suffix]'],
};
const columns = ['empty', 'common', 'organizations', 'consumers', 'literal', 'expression'] as const;

const o = '';
const error = 'tenant-missing error';
const warning = 'tenant-unneeded warning';
const info = 'tenant-unneeded information';

type Cells = readonly [string, string, string, string, string, string];
interface Row {
  readonly who: string;
  readonly attributes: Properties;
  readonly manifest?: object;
  readonly cells: Cells;
  /** What other rules of sign-in say whatever the tenant is. */
  readonly besides?: string;
}

const silent: Cells = [o, o, o, o, o, o];
//                       empty  common org.   cons.  literal  expression
const unneeded: Cells = [o, o, o, o, warning, info];
const singleTenant: Cells = [error, error, error, error, o, o];
const multiTenant: Cells = [o, o, o, o, info, o];
const withUser: Cells = [error, error, o, error, o, o];
const appOnly: Cells = [error, error, error, error, o, o];

const interactive = (
  OAuthApplication: string | undefined,
  ApplicationId?: string,
  AuthenticationType: string | undefined = 'InteractiveToken',
) => ({
  AuthenticationType,
  OAuthApplication,
  ApplicationId,
});
const own = interactive('Custom', ownClientId);
/** The tenant of the manifest's app is no tenant of the workflow. */
const app = (audience?: string) => ({ apps: { intake: { clientId: ownClientId, tenant: tenantGuid, audience } } });

const user = { Username: '[in_User]', SecurePassword: '[in_Password]' };
const secret = { SecureApplicationSecret: '[in_Secret]' };
const certificate = { CertificateAsBase64: '[in_Certificate]' };
const legacy = 'legacy-auth warning';
const type = (AuthenticationType: string, OAuthApplication: string | undefined, ApplicationId = ownClientId) => ({
  AuthenticationType,
  OAuthApplication,
  ApplicationId,
});

const rows: readonly Row[] = [
  { who: 'InteractiveToken, UiPath', attributes: interactive('UiPath'), cells: unneeded },
  { who: 'InteractiveToken, UIPATH', attributes: interactive('UIPATH'), cells: unneeded },
  { who: 'InteractiveToken, uipath', attributes: interactive('uipath'), cells: unneeded },
  { who: 'InteractiveToken, UiPath beside an own id', attributes: interactive('UiPath', ownClientId), cells: unneeded },
  { who: 'InteractiveToken, UiPath beside an expression', attributes: interactive('UiPath', '[in_App]'), cells: unneeded },
  {
    who: 'InteractiveToken, UiPath beside the id of a single-tenant app',
    attributes: interactive('UiPath', ownClientId),
    manifest: app('single-tenant'),
    cells: unneeded,
  },
  { who: 'no type, UiPath', attributes: interactive('UiPath', undefined, ''), cells: unneeded },
  { who: 'null as type, UiPath', attributes: interactive('UiPath', undefined, '{x:Null}'), cells: unneeded },
  { who: 'InteractiveToken, Custom with the public id', attributes: interactive('Custom', publicClientId), cells: unneeded },
  { who: 'InteractiveToken, the public id in capitals', attributes: interactive('Custom', publicClientId.toUpperCase()), cells: unneeded },
  { who: 'InteractiveToken, the public id as a string', attributes: interactive('Custom', `["${publicClientId}"]`), cells: unneeded },
  { who: 'InteractiveToken, the public id alone', attributes: interactive(undefined, publicClientId), cells: unneeded },
  { who: 'InteractiveToken, the public id beside an expression', attributes: interactive('[which]', publicClientId), cells: unneeded },

  { who: 'InteractiveToken, own app nobody wrote down', attributes: own, cells: silent },
  { who: 'InteractiveToken, own app by expression', attributes: interactive('Custom', '[in_App]'), cells: silent },
  { who: 'InteractiveToken, own app of unknown audience', attributes: own, manifest: app(), cells: silent },
  { who: 'InteractiveToken, unknown app', attributes: interactive(undefined), cells: silent },
  { who: 'InteractiveToken, unknown app with an id', attributes: interactive(undefined, ownClientId), cells: silent },
  {
    who: 'InteractiveToken, unknown app, manifest',
    attributes: interactive(undefined, ownClientId),
    manifest: app('single-tenant'),
    cells: silent,
  },
  {
    who: 'InteractiveToken, app by expression',
    attributes: interactive('[which]', ownClientId),
    manifest: app('single-tenant'),
    cells: silent,
  },

  { who: 'InteractiveToken, own, single-tenant', attributes: own, manifest: app('single-tenant'), cells: singleTenant },
  {
    who: 'InteractiveToken, CUSTOM, single-tenant',
    attributes: interactive('CUSTOM', ownClientId),
    manifest: app('single-tenant'),
    cells: singleTenant,
  },
  {
    who: 'no type, own, single-tenant',
    attributes: interactive('custom', ownClientId, ''),
    manifest: app('single-tenant'),
    cells: singleTenant,
  },
  { who: 'InteractiveToken, own, multi-tenant', attributes: own, manifest: app('multi-tenant'), cells: multiTenant },
  { who: 'InteractiveToken, own, with personal', attributes: own, manifest: app('multi-tenant-and-personal'), cells: multiTenant },
  { who: 'InteractiveToken, own, personal', attributes: own, manifest: app('personal'), cells: multiTenant },

  ...(['Custom', 'UiPath', undefined, '[which]'] as const).flatMap((oauth): Row[] => [
    { who: `integrated Windows, ${oauth}`, attributes: type('IntegratedWindowsAuthentication', oauth), cells: withUser, besides: legacy },
    {
      who: `user and password, ${oauth}`,
      attributes: { ...type('UsernameAndPassword', oauth), ...user },
      cells: withUser,
      besides: legacy,
    },
    { who: `id and secret, ${oauth}`, attributes: { ...type('ApplicationIdAndSecret', oauth), ...secret }, cells: appOnly },
    { who: `id and certificate, ${oauth}`, attributes: { ...type('ApplicationIdAndCertificate', oauth), ...certificate }, cells: appOnly },
  ]),
  ...(['single-tenant', 'multi-tenant'] as const).flatMap((audience): Row[] => [
    {
      who: `integrated Windows, ${audience}`,
      attributes: type('IntegratedWindowsAuthentication', 'Custom'),
      manifest: app(audience),
      cells: withUser,
      besides: legacy,
    },
    {
      who: `id and secret, ${audience}`,
      attributes: { ...type('ApplicationIdAndSecret', 'Custom'), ...secret },
      manifest: app(audience),
      cells: appOnly,
    },
  ]),
  {
    who: 'id and secret, the public id',
    attributes: { ...type('ApplicationIdAndSecret', 'UiPath', publicClientId), ...secret },
    cells: appOnly,
  },
  { who: 'type by expression', attributes: type('[how]', 'Custom'), manifest: app('single-tenant'), cells: silent },
];

for (const name of ['TenantId', 'Tenant']) {
  describe(`the tenant of a scope, as ${name}`, () => {
    for (const { who, attributes, manifest, cells, besides } of rows) {
      test(who, () => {
        const found: Record<string, readonly string[]> = {};
        const expected: typeof found = {};
        for (const [index, column] of columns.entries()) {
          for (const spelling of spellings[column]) {
            const key = `${column}: ${spelling}`;
            found[key] = findingsAndFixes(oneScope({ ...attributes, [name]: spelling }, { manifest }));
            expected[key] = [besides, cells[index]].filter((text): text is string => !!text).sort();
          }
        }
        assert.deepEqual(found, expected);
      });
    }
  });
}

test('the older name counts where the newer one is empty', () => {
  const secretScope = { ...type('ApplicationIdAndSecret', 'Custom'), ...secret };
  assert.deepEqual(findings(oneScope({ ...secretScope, TenantId: '{x:Null}', Tenant: tenantGuid })), []);
  assert.deepEqual(findings(oneScope({ ...interactive('UiPath'), TenantId: '{x:Null}', Tenant: tenantGuid })), [warning]);
  assert.deepEqual(findings(oneScope({ ...secretScope, TenantId: '{x:Null}', Tenant: '{x:Null}' })), [error]);
});

test('each scope of a file is judged by itself', () => {
  const missing = scope({ attributes: { ...type('ApplicationIdAndSecret', 'Custom'), ...secret } });
  const extra = scope({ attributes: { ...interactive('UiPath'), TenantId: tenantGuid } });
  const right = scope({ attributes: interactive('UiPath') });
  const files = automation({ workflow: workflow([missing, extra, right, missing].join('\n')) });
  assert.deepEqual(findings(files), [error, error, warning]);
});

test("UiPath's app beside an id and a tenant is one finding, mended by clearing the tenant or by the own app", () => {
  const files = oneScope({ ...interactive('UiPath', ownClientId), TenantId: tenantGuid });
  const problems = problemsOf(files);
  assert.deepEqual(
    problems.map(({ rule }) => rule),
    ['tenant-unneeded'],
  );
  const results = (problems[0]?.fixes ?? []).map((fix) => [...fixed(files, fix).values()].join());
  const isCustom = (text: string) => /OAuthApplication="custom"/i.test(text);
  assert.ok(results.some((text) => !text.includes(tenantGuid) && !isCustom(text)));
  assert.ok(results.some((text) => text.includes(tenantGuid) && isCustom(text)));
});
