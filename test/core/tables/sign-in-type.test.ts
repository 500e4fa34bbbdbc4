/** Holds legacy-auth and unattended-interactive to every authentication type and every kind of project. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  automation,
  oneScope,
  ownClientId,
  type ProjectParts,
  type Properties,
  scope,
  tenantGuid,
  workflow,
} from '../../support/scope-builder';
import { findings, findingsAndFixes } from '../../support/sign-in-findings';

const legacy = 'legacy-auth warning';
const warning = 'unattended-interactive warning';
const info = 'unattended-interactive information';

const own = { OAuthApplication: 'Custom', ApplicationId: ownClientId };
const withTenant = { ...own, TenantId: tenantGuid };
/** Complete scopes: nothing else is to be said of them. */
const types: readonly [string, Properties, 'interactive' | 'legacy' | 'neither'][] = [
  ['InteractiveToken', { AuthenticationType: 'InteractiveToken', ...own }, 'interactive'],
  ["InteractiveToken, UiPath's app", { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' }, 'interactive'],
  ['InteractiveToken, unknown app', { AuthenticationType: 'InteractiveToken' }, 'interactive'],
  ['no type', own, 'interactive'],
  ['null', { AuthenticationType: '{x:Null}', ...own }, 'interactive'],
  ['nothing', { AuthenticationType: '', ...own }, 'interactive'],
  ['an expression', { AuthenticationType: '[how]', ...own }, 'neither'],
  ['IntegratedWindowsAuthentication', { AuthenticationType: 'IntegratedWindowsAuthentication', ...withTenant }, 'legacy'],
  [
    'UsernameAndPassword',
    { AuthenticationType: 'UsernameAndPassword', ...withTenant, Username: '[in_User]', SecurePassword: '[in_Password]' },
    'legacy',
  ],
  ['ApplicationIdAndSecret', { AuthenticationType: 'ApplicationIdAndSecret', ...withTenant, ApplicationSecret: '[in_Secret]' }, 'neither'],
  [
    'ApplicationIdAndCertificate',
    { AuthenticationType: 'ApplicationIdAndCertificate', ...withTenant, CertificateAsBase64: '[in_Certificate]' },
    'neither',
  ],
  ['IntegrationService', { AuthenticationType: 'IntegrationService', ConnectionId: tenantGuid }, 'neither'],
];

const background: ProjectParts = { requiresUserInteraction: false, outputType: 'Process', targetFramework: 'Windows' };

interface Kind {
  readonly name: string;
  readonly project: ProjectParts | undefined;
  readonly isBackground: boolean;
}
const kinds: readonly Kind[] = [
  { name: 'a background process', project: background, isBackground: true },
  { name: 'no kind of output', project: { requiresUserInteraction: false }, isBackground: true },
  { name: 'marked as attended', project: { ...background, isAttended: true }, isBackground: true },
  { name: 'Legacy', project: { ...background, targetFramework: 'Legacy' }, isBackground: true },
  { name: 'a process with a user', project: { ...background, requiresUserInteraction: true }, isBackground: false },
  { name: 'a process with a user, unattended', project: { requiresUserInteraction: true, isAttended: false }, isBackground: false },
  { name: 'not said', project: { outputType: 'Process' }, isBackground: false },
  { name: 'a library', project: { ...background, outputType: 'Library' }, isBackground: false },
  { name: 'tests', project: { ...background, outputType: 'Tests' }, isBackground: false },
  { name: 'a template', project: { ...background, outputType: 'Template' }, isBackground: false },
  { name: 'no project.json', project: undefined, isBackground: false },
];

describe('the type of a scope, by the kind of project', () => {
  for (const [type, attributes, group] of types) {
    for (const { name, project, isBackground } of kinds) {
      const expected = group === 'legacy' ? [legacy] : group === 'interactive' && isBackground ? [warning] : [];
      test(`${type}, ${name}`, () => assert.deepEqual(findingsAndFixes(oneScope(attributes, { project })), expected));
    }
  }
});

describe('the token cache of an interactive scope in a background process', () => {
  const cases: readonly [string | undefined, readonly string[]][] = [
    [undefined, [warning]],
    ['{x:Null}', [warning]],
    ['DISK', [warning]],
    ['NO_STORAGE', [warning]],
    ['ORCHESTRATOR', [info]],
  ];
  for (const [DataStoreLocation, expected] of cases) {
    test(`${DataStoreLocation}`, () => {
      const attributes = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath', DataStoreLocation };
      assert.deepEqual(findingsAndFixes(oneScope(attributes, { project: background })), expected);
      assert.deepEqual(findings(oneScope(attributes, { project: { ...background, requiresUserInteraction: true } })), []);
    });
  }
  test('it matters to no other type', () => {
    for (const [type, attributes, group] of types.filter(([, , kind]) => kind !== 'interactive')) {
      const files = oneScope({ ...attributes, DataStoreLocation: 'ORCHESTRATOR' }, { project: background });
      assert.deepEqual(findings(files), group === 'legacy' ? [legacy] : [], type);
    }
  });
});

test('every scope of a file is told of by itself', () => {
  const attributes = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' };
  const text = workflow([scope({ attributes }), scope({ attributes: { ...attributes, DataStoreLocation: 'ORCHESTRATOR' } })].join('\n'));
  assert.deepEqual(findings(automation({ workflow: text, project: background })), [info, warning]);
});

describe('a scope that is stated by hand', () => {
  const scopes = ['Mail.Send'];
  const apps = { intake: { clientId: ownClientId, tenant: tenantGuid } };
  const cases: readonly [string, object, readonly string[]][] = [
    ['interactive-token, unattended', { authentication: 'interactive-token', app: 'uipath', runs: 'unattended' }, [warning]],
    ['interactive-token, own app, unattended', { authentication: 'interactive-token', app: 'intake', runs: 'unattended' }, [warning]],
    ['interactive-token, no app, unattended', { authentication: 'interactive-token', runs: 'unattended' }, [warning]],
    ['interactive-token, attended', { authentication: 'interactive-token', app: 'uipath', runs: 'attended' }, []],
    ['interactive-token, not said', { authentication: 'interactive-token', app: 'uipath' }, []],
    ['client-secret, unattended', { authentication: 'client-secret', app: 'intake', runs: 'unattended' }, []],
    ['client-certificate, unattended', { authentication: 'client-certificate', app: 'intake', runs: 'unattended' }, []],
    ['no authentication, unattended', { app: 'uipath', runs: 'unattended' }, []],
  ];
  for (const [name, connection, expected] of cases) {
    test(name, () => {
      const manifest = { apps, connections: { robot: { ...connection, scopes } } };
      assert.deepEqual(findingsAndFixes(automation({ manifest })), expected);
    });
  }

  test('a connection of the Integration Service runs unattended as it is', () => {
    const connector = 'uipath-microsoft-outlook365';
    const connections = {
      shared: { connector, authentication: 'oauth-authorization-code', app: 'uipath', runs: 'unattended' },
      own: { connector, authentication: 'byo-app', app: 'intake', runs: 'unattended', scopes: ['offline_access', ...scopes] },
      service: { connector, authentication: 'oauth-client-credentials', app: 'intake', runs: 'unattended', scopes },
    };
    assert.deepEqual(findings(automation({ manifest: { apps, connections }, project: background })), []);
  });
});
