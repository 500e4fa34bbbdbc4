/** The parts of signing in that need no editor: providers and their strings, what a session proves, admin consent links, and what errors become. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adminConsentOf } from '../../client/src/auth/admin-consent';
import { failureOf } from '../../client/src/auth/consent';
import { grantedBy, unique, without } from '../../client/src/auth/granted';
import { accountKindOf } from '../../client/src/auth/person';
import { plain } from '../../client/src/auth/plain';
import { isConfigured, providerOf, requestScopes, type SignInApp } from '../../client/src/auth/provider';
import { redirectUrisFor } from '../../client/src/auth/redirect-uris';
import { createState, targetOf } from '../../client/src/auth/state';

const clientId = 'aaaaaaaa-0000-4000-8000-000000000001';
const app = (rest: Partial<SignInApp> = {}): SignInApp => ({
  clientId,
  name: 'intake',
  owner: 'own',
  signInTenant: 'organizations',
  isPersonal: false,
  environment: 'office365',
  redirectUris: { publicClient: ['http://localhost'], web: ['https://cloud.uipath.com/provisioning_/callback'] },
  lists: [{ label: 'mail', kind: 'delegated', scopes: ['Mail.Read', 'Mail.Send', 'offline_access'] }],
  ...rest,
});
const tokenOf = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

describe('providers', () => {
  test('by cloud: the public one, the one of the other clouds, and none', () => {
    assert.deepEqual(providerOf('office365'), { id: 'microsoft' });
    assert.deepEqual(providerOf('us-gov-l4'), { id: 'microsoft-sovereign-cloud', environment: 'USGovernment' });
    assert.deepEqual(providerOf('china'), { id: 'microsoft-sovereign-cloud', environment: 'ChinaCloud' });
    assert.deepEqual(providerOf('us-gov-l5'), { refusal: 'unknown-cloud' });
  });

  test('the one of the other clouds is there once the setting names that cloud, or one that the user describes', () => {
    for (const setting of ['USGovernment', 'custom']) assert.ok(isConfigured('USGovernment', setting));
    for (const setting of [undefined, '', 'ChinaCloud', 'usgovernment', 1]) assert.ok(!isConfigured('USGovernment', setting));
  });

  const prefixes: readonly [SignInApp['environment'], string][] = [
    ['office365', 'https://graph.microsoft.com'],
    ['us-gov-l4', 'https://graph.microsoft.us'],
    ['us-gov-l5', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
  ];
  for (const [environment, graph] of prefixes)
    test(`strings for ${environment}: app and tenant first, names with the address of its Graph, those of signing in without`, () =>
      assert.deepEqual(requestScopes(app({ environment, signInTenant: 'contoso.com' }), ['.default', 'Mail.Read', 'offline_access']), [
        `VSCODE_CLIENT_ID:${clientId}`,
        'VSCODE_TENANT:contoso.com',
        `${graph}/.default`,
        `${graph}/Mail.Read`,
        'offline_access',
      ]));
});

describe('what a session proves', () => {
  const asked = ['VSCODE_CLIENT_ID:x', 'VSCODE_TENANT:y', 'https://graph.microsoft.com/.default'];
  const rows: readonly [string, string, readonly string[], readonly string[], { names: string[]; isComplete: boolean }][] = [
    ['an opaque token, and only what was asked for: nothing', 'EwB4A8l6BAAU', asked, [], { names: [], isComplete: false }],
    [
      'a token that can be read',
      tokenOf({ scp: 'Mail.Read User.Read openid profile' }),
      asked,
      [],
      { names: ['Mail.Read', 'User.Read'], isComplete: true },
    ],
    ['a token without any name', tokenOf({ scp: '' }), asked, [], { names: [], isComplete: true }],
    ['a token of an application: nothing is known', tokenOf({ roles: ['Mail.Read'] }), asked, [], { names: [], isComplete: false }],
    [
      'scopes of the session that nobody asked for',
      'opaque',
      [...asked, 'https://graph.microsoft.com/Mail.Read', 'User.Read'],
      [],
      { names: ['Mail.Read', 'User.Read'], isComplete: true },
    ],
    [
      'an echo proves what a session could be had for, no more',
      'opaque',
      ['https://graph.microsoft.us/Mail.Read'],
      ['mail.read'],
      { names: ['Mail.Read'], isComplete: false },
    ],
    [
      'an echo proves nothing beside a token',
      tokenOf({ scp: 'User.Read' }),
      ['https://graph.microsoft.com/Mail.Read'],
      ['Mail.Read'],
      { names: ['User.Read'], isComplete: true },
    ],
    [
      'both',
      tokenOf({ scp: 'mail.read' }),
      [...asked, 'Mail.Read', 'Mail.Send'],
      [],
      { names: ['mail.read', 'Mail.Send'], isComplete: true },
    ],
  ];
  for (const [what, accessToken, scopes, names, expected] of rows)
    test(what, () => assert.deepEqual(grantedBy({ accessToken, scopes }, names), expected));

  const opaque: readonly [string, string][] = [
    ['empty', ''],
    ['one part', 'abc'],
    ['two parts', 'a.b'],
    ['four parts', `${tokenOf({ scp: 'Mail.Read' })}.x`],
    ['no base64', 'a.%%%.c'],
    ['no JSON', `a.${Buffer.from('scp').toString('base64url')}.c`],
    ['null', tokenOf(null)],
    ['a list', tokenOf(['scp'])],
    ['scp is a list', tokenOf({ scp: ['Mail.Read'] })],
    ['far too long', `a.${'b'.repeat(300_000)}.c`],
  ];
  for (const [what, accessToken] of opaque)
    test(`a token that cannot be read: ${what}`, () => assert.equal(grantedBy({ accessToken, scopes: [] }, []).isComplete, false));

  test('only what can be a name is taken from a token', () => {
    const scp = `Mail.Read ${'x'.repeat(500)} <b> https://graph.microsoft.com/Files.Read ../etc`;
    assert.deepEqual(grantedBy({ accessToken: tokenOf({ scp }), scopes: [] }, []).names, ['Mail.Read', 'Files.Read']);
  });

  test('names once each, and those that are missing by exact name', () => {
    assert.deepEqual(unique(['Mail.Read', 'mail.read', 'Mail.Send']), ['Mail.Read', 'Mail.Send']);
    assert.deepEqual(without(['Mail.Read', 'Mail.Send', 'MAIL.SEND', 'offline_access'], ['mail.read', 'Mail.ReadWrite']), ['Mail.Send']);
    assert.deepEqual(without([], ['Mail.Read']), []);
  });
});

describe('admin consent links', () => {
  const linkOf = (rest: Partial<SignInApp>) => {
    const made = adminConsentOf(app(rest), 'state 1');
    assert.ok('url' in made, JSON.stringify(made));
    return new URL(made.url);
  };
  test('name tenant, app, exact scopes, a registered address and the state', () => {
    const url = linkOf({ tenant: 'contoso.com' });
    assert.equal(`${url.origin}${url.pathname}`, 'https://login.microsoftonline.com/contoso.com/v2.0/adminconsent');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      client_id: clientId,
      scope: 'https://graph.microsoft.com/Mail.Read https://graph.microsoft.com/Mail.Send',
      redirect_uri: 'https://cloud.uipath.com/provisioning_/callback',
      state: 'state 1',
    });
    assert.ok(!url.href.includes('+'));
  });

  const hosts: readonly [SignInApp['environment'], string, string][] = [
    ['us-gov-l4', 'https://login.microsoftonline.us', 'https://graph.microsoft.us/'],
    ['us-gov-l5', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us/'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn/'],
  ];
  for (const [environment, login, graph] of hosts)
    test(`in ${environment}`, () => {
      const url = linkOf({ environment });
      assert.equal(url.origin, login);
      assert.ok(
        url.searchParams
          .get('scope')
          ?.split(' ')
          .every((scope) => scope.startsWith(graph)),
      );
    });

  test('never common; organizations where nobody said which; nothing for personal accounts', () => {
    assert.match(linkOf({ tenant: 'common' }).pathname, /^\/organizations\//);
    assert.match(linkOf({ tenant: 'Common' }).pathname, /^\/organizations\//);
    assert.match(linkOf({}).pathname, /^\/organizations\//);
    for (const rest of [{ isPersonal: true }, { tenant: 'consumers' }])
      assert.deepEqual(adminConsentOf(app(rest), ''), { lacks: 'tenant' });
  });

  test('everything that is registered, where the app signs in as itself', () => {
    const lists = [...app().lists, { label: 'night', kind: 'application' as const, scopes: ['Mail.Send'] }];
    assert.equal(linkOf({ lists }).searchParams.get('scope'), 'https://graph.microsoft.com/.default');
  });

  test('say what is missing', () => {
    const none = { redirectUris: { publicClient: [], web: [] } };
    assert.deepEqual(adminConsentOf(app(none), ''), { lacks: 'redirect-uri' });
    const { redirectUris, ...silent } = app();
    assert.ok(redirectUris);
    assert.deepEqual(adminConsentOf(silent, ''), { lacks: 'redirect-uri' });
    assert.deepEqual(adminConsentOf(app({ lists: [] }), ''), { lacks: 'scopes' });
    assert.deepEqual(adminConsentOf(app({ lists: [{ label: 'x', kind: 'delegated', scopes: ['openid'] }] }), ''), { lacks: 'scopes' });
  });

  test('take the first address that can be opened', () => {
    const publicClient = [`ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`, 'http://localhost'];
    assert.equal(linkOf({ redirectUris: { publicClient, web: [] } }).searchParams.get('redirect_uri'), 'http://localhost');
  });
});

describe('errors', () => {
  const canary = 'CANARY-eyJ0eXAi.secret';
  const rows: readonly [string, string, boolean, boolean][] = [
    [`invalid_request: AADSTS50011: The redirect URI ${canary} does not match`, 'AADSTS50011', true, false],
    [`AADSTS90094: ${canary}`, 'AADSTS90094', false, true],
    [`AADSTS65001: ${canary} has not consented`, 'AADSTS65001', false, true],
    [`invalid_request: AADSTS500113: No reply address is registered for ${canary}`, 'AADSTS500113', true, false],
    [`getaddrinfo ENOTFOUND ${canary}`, 'ENOTFOUND', false, false],
    [`connect ETIMEDOUT ${canary}`, 'ETIMEDOUT', false, false],
    ['User did not consent to login.', 'user_cancelled', true, false],
    ['Cancelled', 'user_cancelled', true, false],
    ['Canceled', 'user_cancelled', true, false],
    ['Timed out', 'user_cancelled', true, false],
    [canary, '', false, false],
  ];
  for (const [message, code, mayLackRedirectUri, needsAdministrator] of rows)
    test(`"${message.slice(0, 40)}" is ${code || 'not known'}; nothing else of it is kept`, () => {
      for (const error of [new Error(message), message]) {
        const failure = failureOf(error);
        assert.deepEqual(
          [failure.explanation.code, failure.mayLackRedirectUri, failure.needsAdministrator],
          [code, mayLackRedirectUri, needsAdministrator],
        );
        assert.ok(!JSON.stringify(failure).includes('CANARY'));
      }
    });

  test('whatever is thrown is explained', () => {
    for (const error of [undefined, null, 42, {}, Object.assign(new Error(''), { code: 1 })])
      assert.ok(failureOf(error).explanation.sentence);
  });

  test('redirect URIs that VS Code needs: browser, vscode.dev, and the brokers', () => {
    const uris = redirectUrisFor(clientId);
    assert.ok(uris.includes('https://vscode.dev/redirect') && uris.includes('http://localhost'));
    assert.ok(uris.includes(`ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`));
    assert.equal(uris.length, 4);
  });
});

describe('who is signed in', () => {
  const ada = { way: 'editor', label: 'ada@contoso.com', account: { id: '1', label: 'ada@contoso.com' }, provider: 'microsoft' } as const;

  const target = targetOf(app());

  test('is kept by app, forgotten, and asked for again only where the user signed out', () => {
    const state = createState();
    const signedIn = { ...ada, names: ['Mail.Read'] };
    state.set(target, signedIn);
    assert.deepEqual(state.all(), [{ target, kind: 'delegated', signedIn }]);
    state.forget(target, 'delegated');
    assert.equal(state.get(target, 'delegated'), undefined);
    assert.ok(!state.asksAgain(target));
    state.forget(target, 'delegated', true);
    assert.ok(state.asksAgain(target));
    state.set(target, signedIn);
    assert.ok(!state.asksAgain(target));
  });

  test('a person and the app itself are two; a code takes the place of VS Code’s account', () => {
    const state = createState();
    state.set(target, { ...ada, names: ['Mail.Read'] });
    state.set(target, { way: 'app', label: 'intake', names: ['Mail.Send'] });
    assert.deepEqual(
      state.of(target).map(({ kind, signedIn }) => [kind, signedIn.way]),
      [
        ['delegated', 'editor'],
        ['application', 'app'],
      ],
    );
    state.set(target, { way: 'code', label: 'somebody', names: null });
    assert.equal(state.get(target, 'delegated')?.way, 'code');
    state.forget(target, 'application', true);
    assert.ok(!state.asksAgain(target));
    assert.equal(state.of(target).length, 1);
  });

  test('another tenant, another cloud, another app: another sign-in', () => {
    const state = createState();
    state.set(target, { ...ada, names: ['Mail.Read'] });
    for (const other of [
      { tenant: 'contoso.com' },
      { environment: 'china' as const },
      { clientId: 'bbbbbbbb-0000-4000-8000-000000000001' },
    ])
      assert.equal(state.get({ ...target, ...other }, 'delegated'), undefined);
    assert.ok(state.get({ ...target, tenant: 'Organizations' }, 'delegated'));
  });
});

describe('text of others in a message', () => {
  const rows: readonly [string, string][] = [
    ['intake', 'intake'],
    ['Einkauf (Süd)', 'Einkauf Süd'],
    ['x [Verify](command:workbench.action.quit) y', 'x Verify command:workbench.action.quit y'],
    ['a" (11111111) in contoso. "b', 'a 11111111 in contoso. b'],
    ['one\r\ntwo\u202e\u0000three', 'one two three'],
    ['<b>`c`', 'b c'],
    ['x'.repeat(100), `${'x'.repeat(79)}…`],
  ];
  for (const [text, shown] of rows) test(`"${text.slice(0, 30)}"`, () => assert.equal(plain(text), shown));
});

describe('what somebody is in the tenant', () => {
  const [home, other, personal] = [
    '99999999-9999-4999-8999-999999999999',
    '88888888-8888-4888-8888-888888888888',
    '9188040d-6c67-4c5b-b112-36a304b66dad',
  ];
  const rows: readonly [string, string, string | undefined, string | undefined][] = [
    ['at home', `oid.${home}`, home, 'work'],
    ['at home, in other letters', `oid.${home.toUpperCase()}`, home, 'work'],
    ['in another tenant', `oid.${home}`, other, 'guest'],
    ['nobody knows where', `oid.${home}`, undefined, undefined],
    ['a personal account', `oid.${personal}`, undefined, 'personal'],
    ['a personal account, at its own', `oid.${personal}`, personal, 'personal'],
    ['a personal account that is a guest', `oid.${personal}`, home, 'guest'],
    ['another id', 'ada', home, undefined],
    ['no tenant in the id', 'oid.home', home, undefined],
  ];
  for (const [what, id, tenant, expected] of rows)
    test(`${what}: ${expected ?? 'not known'}`, () => assert.equal(accountKindOf(id, tenant), expected));

  test('the tenant stands in a token that can be read', () => {
    assert.equal(grantedBy({ accessToken: tokenOf({ scp: 'Mail.Read', tid: home }), scopes: [] }, []).tenant, home);
    assert.equal(grantedBy({ accessToken: 'opaque', scopes: [] }, []).tenant, undefined);
  });
});
