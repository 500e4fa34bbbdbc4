/** Holds auth-app-mismatch and auth-missing-field to every meeting of authentication type, app and connector in a manifest. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automation, ownClientId, tenantGuid } from '../../support/scope-builder';
import { findingsAndFixes } from '../../support/sign-in-findings';

const mismatch = 'auth-app-mismatch error';
const missing = 'auth-missing-field error';
const outlook = 'uipath-microsoft-outlook365';

/** Nothing is to be said of the tenant: the audience is not known, and a tenant is there. */
const apps = { intake: { clientId: ownClientId, tenant: tenantGuid } };
const scopes = ['offline_access', 'Mail.Send'];
const found = (connection: object, others: object = apps) =>
  findingsAndFixes(automation({ manifest: { apps: others, connections: { mail: connection } } }));

describe('the type and the app', () => {
  const columns = ['uipath', 'intake', undefined] as const;
  const rows: readonly [string, ...(readonly string[])[]][] = [
    // authentication               uipath      own         none
    ['oauth-authorization-code', [], [mismatch], []],
    ['byo-app', [mismatch], [], [missing]],
    ['oauth-client-credentials', [mismatch], [], [missing]],
    ['oauth-client-certificate', [mismatch], [], [missing]],
  ];
  for (const [authentication, ...cells] of rows) {
    for (const [index, app] of columns.entries()) {
      test(`${authentication}, app ${app}`, () =>
        assert.deepEqual(found({ connector: outlook, authentication, app, scopes }), cells[index] ?? []));
    }
  }

  test('no authentication: nothing is said of the app', () => {
    for (const app of columns) assert.deepEqual(found({ connector: outlook, app, scopes }), []);
  });

  test("an entry for UiPath's app does not make it an own one", () => {
    const both = { ...apps, uipath: { tenant: 'common' } };
    assert.deepEqual(found({ connector: outlook, authentication: 'oauth-authorization-code', app: 'uipath' }, both), []);
    assert.deepEqual(found({ connector: outlook, authentication: 'byo-app', app: 'uipath', scopes }, both), [mismatch]);
  });
});

describe('the type and the connector', () => {
  const types = ['oauth-authorization-code', 'byo-app', 'oauth-client-credentials', 'oauth-client-certificate'] as const;
  const rows: readonly [string, readonly boolean[]][] = [
    // connector                  code  byo   creds  certificate
    ['uipath-microsoft-outlook365', [true, true, true, true]],
    ['uipath-microsoft-onedrive', [true, true, true, false]],
    ['uipath-microsoft-teams', [true, true, false, false]],
    ['uipath-microsoft-365', [false, true, false, false]],
    ['uipath-salesforce-sfdc', [true, true, true, true]],
  ];
  for (const [connector, offers] of rows) {
    for (const [index, authentication] of types.entries()) {
      test(`${connector}, ${authentication}`, () => {
        const app = authentication === 'oauth-authorization-code' ? 'uipath' : 'intake';
        assert.deepEqual(found({ connector, authentication, app, scopes }), offers[index] ? [] : [mismatch]);
      });
    }
  }

  test('a type of a Microsoft 365 Scope is offered by no connector', () => {
    assert.deepEqual(found({ connector: outlook, authentication: 'client-secret', app: 'intake', scopes: ['Mail.Send'] }), [mismatch]);
  });
});

describe('a scope that is stated by hand has no connector to disagree with', () => {
  for (const authentication of ['interactive-token', 'client-secret', 'client-certificate']) {
    for (const app of ['intake', undefined]) {
      for (const list of [scopes, [], undefined]) {
        test(`${authentication}, app ${app}, scopes ${list}`, () => assert.deepEqual(found({ authentication, app, scopes: list }), []));
      }
    }
  }
  test("interactive-token, UiPath's app", () =>
    assert.deepEqual(found({ authentication: 'interactive-token', app: 'uipath', scopes }), []));
});

describe('what a connection with an own app lacks', () => {
  const unnamed = { intake: { tenant: tenantGuid } };
  const cases: readonly [string, object, object, readonly string[]][] = [
    ['byo-app, complete', { authentication: 'byo-app', app: 'intake', scopes }, apps, []],
    ['byo-app, no scopes', { authentication: 'byo-app', app: 'intake' }, apps, [missing]],
    ['byo-app, an empty list', { authentication: 'byo-app', app: 'intake', scopes: [] }, apps, [missing]],
    ['byo-app, no app', { authentication: 'byo-app', scopes }, apps, [missing]],
    ['byo-app, an app that is not there', { authentication: 'byo-app', app: 'gone', scopes }, apps, [missing]],
    ['byo-app, an app whose id nobody wrote down', { authentication: 'byo-app', app: 'intake', scopes }, unnamed, []],
    ['client credentials, no scopes', { authentication: 'oauth-client-credentials', app: 'intake' }, apps, []],
    ['client credentials, an empty list', { authentication: 'oauth-client-credentials', app: 'intake', scopes: [] }, apps, []],
    ['client credentials, no app', { authentication: 'oauth-client-credentials' }, apps, [missing]],
    ['client credentials, an app that is not there', { authentication: 'oauth-client-credentials', app: 'gone' }, apps, [missing]],
    ['client credentials, an app whose id nobody wrote down', { authentication: 'oauth-client-credentials', app: 'intake' }, unnamed, []],
    ['client certificate, no scopes', { authentication: 'oauth-client-certificate', app: 'intake' }, apps, []],
    ['client certificate, no app', { authentication: 'oauth-client-certificate' }, apps, [missing]],
    ['authorization code, nothing else', { authentication: 'oauth-authorization-code' }, apps, []],
    ['authorization code, an empty list', { authentication: 'oauth-authorization-code', app: 'uipath', scopes: [] }, apps, []],
    ['no authentication, nothing else', {}, apps, []],
  ];
  for (const [name, connection, others, expected] of cases) {
    test(name, () => assert.deepEqual(found({ connector: outlook, ...connection }, others), expected));
  }

  test('byo-app, neither app nor scopes', () => {
    assert.deepEqual([...new Set(found({ connector: outlook, authentication: 'byo-app' }))], [missing]);
  });
});
