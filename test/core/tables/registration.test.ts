/** Holds the audience and the redirect URIs of an app to its exported registration, where the manifest names one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf } from '../../../server/src/core/index';
import { automation, oneScope, ownClientId, tenantGuid } from '../../support/scope-builder';
import { findings } from '../../support/sign-in-findings';

const path = '/fixture/entra/intake.entra.json';
const options = kindOf(path) ? {} : { skip: 'registrations are not read' };
const missing = 'tenant-missing error';
const unneeded = 'tenant-unneeded information';
const redirect = 'redirect-uri warning';

interface Registered {
  readonly signInAudience?: string;
  readonly publicClient?: readonly string[];
  readonly web?: readonly string[];
}

/** The registration as Microsoft Graph gives it. */
const graphForm = ({ signInAudience, publicClient = [], web = [] }: Registered) => ({
  appId: ownClientId,
  displayName: 'Intake',
  signInAudience,
  publicClient: { redirectUris: publicClient },
  web: { redirectUris: web },
  requiredResourceAccess: [],
});

/** The registration as the older manifest of the portal had it. */
const portalForm = ({ signInAudience, publicClient = [], web = [] }: Registered) => ({
  appId: ownClientId,
  name: 'Intake',
  signInAudience,
  replyUrlsWithType: [...publicClient.map((url) => ({ url, type: 'InstalledClient' })), ...web.map((url) => ({ url, type: 'Web' }))],
  requiredResourceAccess: [],
});

const localhost = 'http://localhost';
const callback = 'https://cloud.uipath.com/provisioning_/callback';
const apps = { intake: { clientId: ownClientId, registration: 'entra/intake.entra.json' } };
const own = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: ownClientId };
const byo = { connector: 'uipath-microsoft-outlook365', authentication: 'byo-app', app: 'intake', scopes: ['offline_access', 'Mail.Send'] };

const rows: readonly [string, Registered, string | undefined, readonly string[]][] = [
  // what                                registered                                                   tenant       says
  ['single-tenant', { signInAudience: 'AzureADMyOrg', publicClient: [localhost] }, undefined, [missing]],
  ['single-tenant with a tenant', { signInAudience: 'AzureADMyOrg', publicClient: [localhost] }, tenantGuid, []],
  ['multi-tenant', { signInAudience: 'AzureADMultipleOrgs', publicClient: [localhost] }, undefined, []],
  ['multi-tenant with a tenant', { signInAudience: 'AzureADMultipleOrgs', publicClient: [localhost] }, tenantGuid, [unneeded]],
  ['with personal', { signInAudience: 'AzureADandPersonalMicrosoftAccount', publicClient: [localhost] }, tenantGuid, [unneeded]],
  ['personal', { signInAudience: 'PersonalMicrosoftAccount', publicClient: [localhost] }, tenantGuid, [unneeded]],
  ['no audience', { publicClient: [localhost] }, undefined, []],
  ['no redirect URI', { signInAudience: 'AzureADMultipleOrgs' }, undefined, [redirect]],
  ['a redirect URI for the web', { signInAudience: 'AzureADMultipleOrgs', web: [localhost] }, undefined, [redirect]],
];

for (const [form, make] of [
  ['as Graph gives it', graphForm],
  ['as the portal gave it', portalForm],
] as const) {
  const withRegistration = (files: ReadonlyMap<string, string>, registered: Registered) =>
    new Map([...files, [path, JSON.stringify(make(registered), null, 2)] as const]);
  describe(`a registration ${form}`, options, () => {
    for (const [name, registered, TenantId, expected] of rows) {
      test(`a scope: ${name}`, () => {
        const files = oneScope({ ...own, TenantId }, { manifest: { apps }, project: { targetFramework: 'Windows' } });
        assert.deepEqual(findings(withRegistration(files, registered)), expected);
      });
    }
    test('a connection: single-tenant without a tenant and without the callback', () => {
      const files = automation({ manifest: { apps, connections: { mail: byo } } });
      assert.deepEqual(findings(withRegistration(files, { signInAudience: 'AzureADMyOrg', web: [callback] })), [missing]);
      assert.deepEqual(findings(withRegistration(files, { signInAudience: 'AzureADMultipleOrgs' })), [redirect]);
    });
    test("the manifest's own word comes first", () => {
      const stated = { intake: { ...apps.intake, audience: 'multi-tenant', redirectUris: { publicClient: [localhost] } } };
      const files = oneScope(own, { manifest: { apps: stated }, project: { targetFramework: 'Windows' } });
      assert.deepEqual(findings(withRegistration(files, { signInAudience: 'AzureADMyOrg' })), []);
    });
  });
}
