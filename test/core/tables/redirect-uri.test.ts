/** Holds redirect-uri to every platform, target framework, cloud and authentication type, and to silence where nobody wrote the URIs down. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automation, oneScope, otherClientId, ownClientId, type Properties, publicClientId, tenantGuid } from '../../support/scope-builder';
import { findings, findingsAndFixes } from '../../support/sign-in-findings';

const warning = 'redirect-uri warning';
const own = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: ownClientId };
const withUris = (redirectUris: object | undefined, others: object = {}) => ({
  ...others,
  apps: { intake: { clientId: ownClientId, redirectUris } },
});

const localhost = 'http://localhost';
const native = (login: string) => `https://${login}/common/oauth2/nativeclient`;
const nativeClient = native('login.microsoftonline.com');

const projects = {
  Windows: { targetFramework: 'Windows' },
  Legacy: { targetFramework: 'Legacy' },
  'no target framework': {},
  'no project.json': undefined,
};

describe('the redirect URI of an interactive scope', () => {
  const rows: readonly [string, object | undefined, ...string[]][] = [
    // redirectUris                                                              Windows  Legacy   no target, no project
    ['not written down', undefined, '', '', '', ''],
    ['none', {}, warning, warning, warning, warning],
    ['an empty list', { publicClient: [] }, warning, warning, warning, warning],
    ['localhost', { publicClient: [localhost] }, '', warning, warning, ''],
    ['localhost with a port', { publicClient: [`${localhost}:8400`] }, '', warning, warning, ''],
    ['nativeclient', { publicClient: [nativeClient] }, warning, '', '', ''],
    ['both', { publicClient: [nativeClient, localhost] }, '', '', '', ''],
    [
      'localhost among others',
      { publicClient: ['https://contoso.com/', localhost], web: ['https://contoso.com/'] },
      '',
      warning,
      warning,
      '',
    ],
    ['both, for the web only', { web: [nativeClient, localhost] }, warning, warning, warning, warning],
    ['both, for a page only', { spa: [nativeClient, localhost] }, warning, warning, warning, warning],
    ['for the web, and an empty list', { publicClient: [], web: [localhost] }, warning, warning, warning, warning],
    ['localhost for the client, nativeclient for the web', { publicClient: [localhost], web: [nativeClient] }, '', warning, warning, ''],
    ['localhost with TLS', { publicClient: ['https://localhost'] }, warning, warning, warning, warning],
    ['another address', { publicClient: ['https://contoso.com/signed-in'] }, warning, warning, warning, warning],
    ['a host that begins like it', { publicClient: ['http://localhost.contoso.com'] }, warning, warning, warning, warning],
    ['nativeclient of another cloud', { publicClient: [native('login.microsoftonline.us')] }, warning, warning, warning, warning],
    ['the callback of a connection', { web: ['https://cloud.uipath.com/provisioning_/callback'] }, warning, warning, warning, warning],
  ];
  for (const [name, redirectUris, ...cells] of rows) {
    for (const [index, [target, project]] of Object.entries(projects).entries()) {
      test(`${name}, ${target}`, () => {
        const expected = cells[index] ? [cells[index]] : [];
        assert.deepEqual(findingsAndFixes(oneScope(own, { manifest: withUris(redirectUris), project })), expected);
      });
    }
  }
});

describe('the redirect URI of an interactive scope with the broker', () => {
  const broker = `ms-appx-web://microsoft.aad.brokerplugin/${ownClientId}`;
  const rows: readonly [string, string[], string | undefined, string][] = [
    // URIs of the public client                                                              UseBroker
    ["the broker's", [broker], 'True', ''],
    ["the broker's, as Microsoft writes it", [`ms-appx-web://Microsoft.AAD.BrokerPlugin/${ownClientId}`], 'True', ''],
    ["the broker's and localhost", [localhost, broker], 'True', ''],
    ['localhost', [localhost], 'True', warning],
    ["the broker's of another app", [`ms-appx-web://microsoft.aad.brokerplugin/${otherClientId}`], 'True', warning],
    ['none', [], 'True', warning],
    ['localhost', [localhost], 'False', ''],
    ['localhost', [localhost], '{x:Null}', ''],
    ['localhost', [localhost], undefined, ''],
    ["the broker's", [broker], 'False', warning],
    ["the broker's", [broker], undefined, warning],
  ];
  for (const [name, publicClient, UseBroker, cell] of rows) {
    test(`${name}, UseBroker ${UseBroker}`, () => {
      const files = oneScope({ ...own, UseBroker }, { manifest: withUris({ publicClient }), project: projects.Windows });
      assert.deepEqual(findingsAndFixes(files), cell ? [cell] : []);
    });
  }
  test('URIs nobody wrote down', () => {
    assert.deepEqual(findings(oneScope({ ...own, UseBroker: 'True' }, { manifest: withUris(undefined), project: projects.Windows })), []);
  });
});

describe('the redirect URI of a Legacy project by cloud', () => {
  const rows: readonly [string, string, string][] = [
    ['office365', 'Global', 'login.microsoftonline.com'],
    ['us-gov-l4', 'USGovernment', 'login.microsoftonline.us'],
    ['us-gov-l5', 'USGovernmentDOD', 'login.microsoftonline.us'],
    ['china', 'China', 'login.partner.microsoftonline.cn'],
  ];
  const hosts = [...new Set(rows.map(([, , host]) => host))];
  for (const [environment, Environment, host] of rows) {
    for (const written of hosts) {
      test(`${environment}, ${written}`, () => {
        const manifest = withUris({ publicClient: [native(written)] }, { environment });
        const files = oneScope({ ...own, Environment }, { manifest, project: projects.Legacy });
        assert.deepEqual(findingsAndFixes(files), written === host ? [] : [warning]);
      });
    }
  }
});

describe('sign-ins without a redirect URI of ours', () => {
  const withTenant = { ...own, TenantId: tenantGuid };
  const legacy = 'legacy-auth warning';
  const rows: readonly [string, Properties, readonly string[]][] = [
    ["UiPath's app", { ...own, OAuthApplication: 'UiPath' }, []],
    ['the public id', { ...own, ApplicationId: publicClientId }, []],
    ['unknown app', { ...own, OAuthApplication: undefined }, []],
    ['app by expression', { ...own, OAuthApplication: '[which]' }, []],
    ['type by expression', { ...own, AuthenticationType: '[how]' }, []],
    ['integrated Windows', { ...withTenant, AuthenticationType: 'IntegratedWindowsAuthentication' }, [legacy]],
    ['user and password', { ...withTenant, AuthenticationType: 'UsernameAndPassword', Username: '[u]', SecurePassword: '[p]' }, [legacy]],
    ['id and secret', { ...withTenant, AuthenticationType: 'ApplicationIdAndSecret', ApplicationSecret: '[s]' }, []],
    ['id and certificate', { ...withTenant, AuthenticationType: 'ApplicationIdAndCertificate', CertificateAsBase64: '[c]' }, []],
  ];
  for (const [name, attributes, expected] of rows) {
    for (const UseBroker of ['True', 'False']) {
      test(`${name}, UseBroker ${UseBroker}`, () => {
        const files = oneScope({ ...attributes, UseBroker }, { manifest: withUris({}), project: projects.Windows });
        assert.deepEqual(findings(files), expected);
      });
    }
  }

  test("URIs of UiPath's app are no URIs of an own one", () => {
    const manifest = { apps: { uipath: { redirectUris: {} } } };
    assert.deepEqual(findings(oneScope({ ...own, ApplicationId: '[in_App]' }, { manifest, project: projects.Windows })), []);
  });

  test('one of two own apps: nobody knows which', () => {
    const manifest = { apps: { a: { clientId: ownClientId, redirectUris: {} }, b: { clientId: otherClientId, redirectUris: {} } } };
    assert.deepEqual(findings(oneScope({ ...own, ApplicationId: '[in_App]' }, { manifest, project: projects.Windows })), []);
    assert.deepEqual(findings(oneScope(own, { manifest, project: projects.Windows })), [warning]);
  });
});

describe('the redirect URI of a connection', () => {
  const connector = 'uipath-microsoft-outlook365';
  const scopes = ['offline_access', 'Mail.Send'];
  const byo = { connector, authentication: 'byo-app', app: 'intake', scopes };
  const callback = (host: string) => `https://${host}/provisioning_/callback`;
  const rows: readonly [string, object | undefined, string][] = [
    ['not written down', undefined, ''],
    ['none', {}, warning],
    ['an empty list', { web: [] }, warning],
    ['the callback', { web: [callback('cloud.uipath.com')] }, ''],
    ['the callback of another host', { web: [callback('automation.contoso.gov')] }, ''],
    ['the callback of a host with a port', { web: [callback('suite.contoso.com:8443')] }, ''],
    ['the callback below a path', { web: [callback('suite.contoso.com/uipath')] }, ''],
    ['the callback among others', { web: ['https://contoso.com/', callback('cloud.uipath.com')], publicClient: [localhost] }, ''],
    ['the callback for a public client', { publicClient: [callback('cloud.uipath.com')] }, warning],
    ['the callback for a page', { spa: [callback('cloud.uipath.com')] }, warning],
    ['another address', { web: ['https://cloud.uipath.com/callback'] }, warning],
    ['an address that goes on', { web: [`${callback('cloud.uipath.com')}/more`] }, warning],
    ['localhost', { publicClient: [localhost], web: [localhost] }, warning],
  ];
  for (const [name, redirectUris, cell] of rows) {
    test(name, () => {
      const files = automation({ manifest: withUris(redirectUris, { connections: { mail: byo } }) });
      assert.deepEqual(findingsAndFixes(files), cell ? [cell] : []);
    });
  }

  const others: readonly [string, object][] = [
    ['oauth-authorization-code', { connector, authentication: 'oauth-authorization-code', app: 'uipath' }],
    ['oauth-client-credentials', { connector, authentication: 'oauth-client-credentials', app: 'intake', scopes }],
    ['oauth-client-certificate', { connector, authentication: 'oauth-client-certificate', app: 'intake', scopes }],
    ['client-secret', { authentication: 'client-secret', app: 'intake', scopes }],
    ['client-certificate', { authentication: 'client-certificate', app: 'intake', scopes }],
    ['no authentication', { connector, app: 'intake', scopes }],
  ];
  const apps = { uipath: { redirectUris: {} }, intake: { clientId: ownClientId, tenant: tenantGuid, redirectUris: {} } };
  for (const [name, connection] of others) {
    test(`never: ${name}`, () => assert.deepEqual(findings(automation({ manifest: { apps, connections: { mail: connection } } })), []));
  }
});
