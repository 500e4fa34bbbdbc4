/** What a client that signs in asks and tells: the apps of a workspace, grants as names, what is refused, and the actions at findings on consent. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { GrantsAnswer, WorkspaceApp } from '../../server/src/lsp/protocol';
import { withFolder } from '../support/command';
import { type Client, type ClientOptions, pulling, startClient } from './client';
import { classic, project } from './texts';

const intake = 'aaaaaaaa-0000-4000-8000-000000000001';
const second = 'aaaaaaaa-0000-4000-8000-000000000002';
const uipath = 'f2f43f65-16a6-4319-91b6-d2a342a88744';
const name = 'm365-automation.json';
/** What an action and a lens name. */
const reference = { clientId: intake, tenant: 'organizations', environment: 'office365' };
const commands = ['m365Scopes.requestConsent', 'm365Scopes.copyAdminConsentLink'];

const byo = (scopes: readonly string[] | undefined, rest: object = {}) => ({
  connector: 'uipath-microsoft-outlook365',
  authentication: 'byo-app',
  app: 'intake',
  ...(scopes ? { scopes } : {}),
  ...rest,
});
const manifest = (connections: object, rest: object = {}) =>
  JSON.stringify({ apps: { intake: { clientId: intake } }, connections, ...rest }, null, 2);
const mail = manifest({ mail: byo(['Mail.Read', 'Mail.Send', 'offline_access']) });

async function session(
  files: Record<string, string>,
  body: (client: Client, at: (file: string) => string) => Promise<void>,
  options: Partial<ClientOptions> = {},
): Promise<void> {
  await withFolder(files, async (folder) => {
    const client = await startClient({ capabilities: pulling, ...options, folders: [folder] });
    try {
      await body(client, (file) => join(folder, file));
    } finally {
      client.stop();
    }
  });
}

const apps = (client: Client) => client.connection.sendRequest<WorkspaceApp[]>('m365Scopes/apps', {});
const tell = (client: Client, names: readonly string[] | null, clientId = intake) =>
  client.connection.sendRequest<GrantsAnswer>('m365Scopes/grants', { clientId, names });
const notConsented = async (client: Client, path: string) =>
  (await client.items(path))
    .filter(({ code }) => code === 'not-consented')
    .map(({ data }) => (data as { scopes: string[] }).scopes.join('+'));

describe('the apps of a workspace', () => {
  const tables: readonly [string, object, Partial<WorkspaceApp>][] = [
    ['only a client id', { clientId: intake }, { clientId: intake }],
    ['letter case and blanks', { clientId: ` ${intake.toUpperCase()} ` }, { clientId: intake }],
    [
      'a tenant',
      { clientId: intake, tenant: 'contoso.onmicrosoft.com' },
      { tenant: 'contoso.onmicrosoft.com', signInTenant: 'contoso.onmicrosoft.com' },
    ],
    ['a tenant in large letters', { clientId: intake, tenant: ' CONTOSO.com ' }, { tenant: 'CONTOSO.com', signInTenant: 'contoso.com' }],
    ['a tenant that something fills in', { clientId: intake, tenant: '%TENANT%' }, {}],
    ['a tenant that is an address', { clientId: intake, tenant: 'contoso/../common' }, {}],
    ['personal accounts', { clientId: intake, audience: 'personal' }, { isPersonal: true, signInTenant: 'consumers' }],
    [
      'redirect URIs',
      { clientId: intake, redirectUris: { web: ['https://a.example/callback'] } },
      { redirectUris: { publicClient: [], web: ['https://a.example/callback'] } },
    ],
  ];
  for (const [what, app, expected] of tables)
    test(what, () =>
      session({ [name]: manifest({ mail: byo(['mail.read']) }, { apps: { intake: app } }) }, async (client) => {
        assert.deepEqual(await apps(client), [
          {
            clientId: intake,
            name: 'intake',
            owner: 'own',
            signInTenant: 'organizations',
            isPersonal: false,
            environment: 'office365',
            lists: [{ label: 'mail', connection: 'mail', kind: 'delegated', scopes: ['Mail.Read'] }],
            ...expected,
          },
        ]);
      }),
    );

  test('a client id that is none is not told, the app is', () =>
    session({ [name]: manifest({}, { apps: { intake: { clientId: 'the one in the vault' } } }) }, async (client) => {
      const [app, ...more] = await apps(client);
      assert.deepEqual([app?.name, app?.clientId, more], ['intake', undefined, []]);
    }));

  test('clouds', async () => {
    for (const environment of ['office365', 'us-gov-l4', 'us-gov-l5', 'china'])
      await session({ [name]: manifest({ mail: byo(['Mail.Read']) }, { environment }) }, async (client) =>
        assert.deepEqual(
          (await apps(client)).map((app) => app.environment),
          [environment],
        ),
      );
  });

  test('lists: open ones without names, unknown and foreign names left out, both kinds', () => {
    const connections = {
      open: byo(undefined),
      typo: byo(['Mail.Read', 'Mail.Sned', 'https://outlook.office365.com/EWS.AccessAsUser.All']),
      app: byo(['Mail.Send'], { authentication: 'oauth-client-credentials' }),
    };
    return session({ [name]: manifest(connections) }, async (client) => {
      const [app] = await apps(client);
      assert.deepEqual(
        app?.lists.map(({ connection, kind, scopes }) => [connection, kind, scopes]),
        [
          ['open', 'delegated', []],
          ['typo', 'delegated', ['Mail.Read']],
          ['app', 'application', ['Mail.Send']],
        ],
      );
    });
  });

  test('an app that a workflow names; UiPath’s comes last', () => {
    const own = classic(['mail.send']).replace(
      '<a:Office365ApplicationScope ',
      `<a:Office365ApplicationScope OAuthApplication="Custom" ApplicationId="${second}" TenantId="contoso.com" `,
    );
    const publicOne = classic(['mail.read']).replace(
      '<a:Office365ApplicationScope ',
      '<a:Office365ApplicationScope OAuthApplication="UiPath" ',
    );
    return session({ 'project.json': project, 'A.xaml': publicOne, 'B.xaml': own }, async (client) => {
      const found = await apps(client);
      assert.deepEqual(
        found.map(({ clientId, owner, tenant }) => [clientId, owner, tenant]),
        [
          [second, 'own', 'contoso.com'],
          [uipath, 'uipath', undefined],
        ],
      );
      assert.deepEqual(
        found.map(({ lists }) => lists.map(({ scopes }) => scopes)),
        [[['Mail.Send']], [['Mail.Read']]],
      );
    });
  });

  const described = (tenant: string | undefined, rest: object = {}, scope = 'Mail.Read') =>
    manifest({ mail: byo([scope]) }, { apps: { intake: { clientId: intake, ...(tenant ? { tenant } : {}), ...rest } } });

  test('one app in two tenants is two; what one folder says of it is no word on the other', () =>
    session(
      {
        [`a/${name}`]: described(undefined),
        [`b/${name}`]: described('evil.example', { redirectUris: { web: ['https://evil.example/cb'] } }),
        [`c/${name}`]: described('Evil.Example', {}, 'Mail.Send'),
        [`d/${name}`]: JSON.stringify({ ...(JSON.parse(described(undefined)) as object), environment: 'china' }),
      },
      async (client) =>
        assert.deepEqual(
          (await apps(client)).map((app) => [app.signInTenant, app.environment, app.redirectUris?.web, app.lists.length]),
          [
            ['organizations', 'office365', undefined, 1],
            ['evil.example', 'office365', ['https://evil.example/cb'], 2],
            ['organizations', 'china', undefined, 1],
          ],
        ),
    ));

  test('a scope of a workflow, without a tenant, signs in to that of the manifest’s app', () => {
    const own = classic(['mail.send']).replace(
      '<a:Office365ApplicationScope ',
      `<a:Office365ApplicationScope OAuthApplication="Custom" ApplicationId="${intake}" `,
    );
    return session({ 'project.json': project, 'Main.xaml': own, [name]: described('contoso.com') }, async (client) => {
      const [app, ...more] = await apps(client);
      assert.deepEqual([app?.signInTenant, app?.lists.length, more], ['contoso.com', 2, []]);
    });
  });

  test('UiPath’s app is UiPath’s, whatever a manifest calls it', () =>
    session({ [name]: manifest({ mail: byo(['Mail.Read']) }, { apps: { intake: { clientId: uipath.toUpperCase() } } }) }, async (client) =>
      assert.deepEqual(
        (await apps(client)).map((app) => [app.owner, app.name]),
        [['uipath', 'UiPath']],
      ),
    ));

  test('a cloud that is closed has nobody to sign in to', () => {
    const german = classic(['mail.send']).replace(
      '<a:Office365ApplicationScope ',
      `<a:Office365ApplicationScope OAuthApplication="Custom" ApplicationId="${intake}" Environment="Germany" `,
    );
    return session({ 'project.json': project, 'Main.xaml': german }, async (client) => assert.deepEqual(await apps(client), []));
  });

  test('none', () => session({ 'project.json': project }, async (client) => assert.deepEqual(await apps(client), [])));
});

describe('grants', () => {
  test('nothing is said before they are told, exactly what lacks after, nothing once they are complete or forgotten', () =>
    session({ [name]: mail }, async (client, at) => {
      assert.deepEqual(await notConsented(client, at(name)), []);
      assert.deepEqual(await tell(client, ['User.Read', 'Mail.ReadWrite', 'mail.read']), { compared: 1, missing: ['Mail.Send'] });
      assert.deepEqual(await notConsented(client, at(name)), ['Mail.Send']);
      assert.ok(client.refreshed() > 0, 'the editor is told to ask again');
      assert.deepEqual(await tell(client, ['Mail.Send', 'Mail.Read']), { compared: 1, missing: [] });
      assert.deepEqual(await notConsented(client, at(name)), []);
      assert.deepEqual(await tell(client, []), { compared: 1, missing: ['Mail.Read', 'Mail.Send'] });
      assert.deepEqual(await tell(client, null), { compared: 0, missing: [] });
      assert.deepEqual(await notConsented(client, at(name)), []);
    }));

  test('are of one app: others are told apart, and both are kept', () => {
    const two = manifest(
      { mail: byo(['Mail.Read']), files: byo(['Files.Read'], { app: 'other' }), again: byo(['Mail.Send']) },
      { apps: { intake: { clientId: intake }, other: { clientId: second.toUpperCase() } } },
    );
    return session({ [name]: two }, async (client, at) => {
      assert.deepEqual(await tell(client, []), { compared: 2, missing: ['Mail.Read', 'Mail.Send'] });
      assert.deepEqual(await notConsented(client, at(name)), ['Mail.Read', 'Mail.Send']);
      assert.deepEqual(await tell(client, [], second), { compared: 1, missing: ['Files.Read'] });
      assert.deepEqual((await notConsented(client, at(name))).length, 3);
      await tell(client, null);
      assert.deepEqual(await notConsented(client, at(name)), ['Files.Read']);
    });
  });

  test('count in the tenant and cloud where somebody signed in, and nowhere else', () => {
    const inTenant = (tenant: string, environment = 'office365') =>
      manifest({ mail: byo(['Mail.Read']) }, { environment, apps: { intake: { clientId: intake, tenant } } });
    const files = {
      [`a/${name}`]: inTenant('one.example'),
      [`b/${name}`]: inTenant('two.example'),
      [`c/${name}`]: inTenant('one.example', 'china'),
    };
    return session(files, async (client, at) => {
      const found = async () =>
        Promise.all(['a', 'b', 'c'].map(async (folder) => (await notConsented(client, at(join(folder, name)))).length));
      const told = { clientId: intake, tenant: 'One.Example', environment: 'office365', names: [] };
      assert.deepEqual(await client.connection.sendRequest('m365Scopes/grants', told), { compared: 1, missing: ['Mail.Read'] });
      assert.deepEqual(await found(), [1, 0, 0]);
      // The tenant is edited: what was granted in the other says nothing any more.
      await client.open(at(join('a', name)), inTenant('three.example'));
      assert.deepEqual(await found(), [0, 0, 0]);
      await client.connection.sendRequest('m365Scopes/grants', { ...told, tenant: 'two.example' });
      assert.deepEqual(await found(), [0, 1, 0]);
      await client.connection.sendRequest('m365Scopes/grants', { ...told, tenant: 'two.example', names: null });
      assert.deepEqual(await found(), [0, 0, 0]);
    });
  });

  test('say nothing of application permissions, open lists and scopes that use another app', () => {
    const connections = {
      app: byo(['Mail.Send'], { authentication: 'oauth-client-credentials' }),
      open: byo(undefined),
      theirs: { connector: 'uipath-microsoft-outlook365', authentication: 'oauth-authorization-code' },
    };
    return session({ [name]: manifest(connections) }, async (client) => {
      assert.deepEqual(await tell(client, []), { compared: 0, missing: [] });
      assert.deepEqual(await tell(client, [], uipath), { compared: 0, missing: [] });
    });
  });

  const both = manifest({
    mail: byo(['Mail.Read']),
    night: byo(['Mail.Send'], { authentication: 'oauth-client-credentials' }),
  });

  test('are told, and forgotten, apart for people and for the app itself', () =>
    session({ [name]: both }, async (client, at) => {
      const tellAs = (kind: string, names: readonly string[] | null) =>
        client.connection.sendRequest<GrantsAnswer>('m365Scopes/grants', { clientId: intake, kind, names });
      assert.deepEqual(await tellAs('application', []), { compared: 1, missing: ['Mail.Send'] });
      assert.deepEqual(await notConsented(client, at(name)), ['Mail.Send']);
      assert.deepEqual(await tellAs('delegated', []), { compared: 1, missing: ['Mail.Read'] });
      assert.deepEqual(await notConsented(client, at(name)), ['Mail.Read', 'Mail.Send']);
      assert.deepEqual(await tellAs('application', null), { compared: 0, missing: [] });
      assert.deepEqual(await notConsented(client, at(name)), ['Mail.Read']);
      assert.deepEqual(await tellAs('application', ['Mail.Send']), { compared: 1, missing: [] });
    }));

  const accountKinds: readonly [string, string[]][] = [
    ['personal', ['Group.Read.All']],
    ['work', []],
    ['guest', []],
  ];
  for (const [account, expected] of accountKinds)
    test(`a ${account} account that signed in, without names: ${expected.join() || 'nothing is said'}`, () =>
      session({ [name]: manifest({ mail: byo(['Mail.Read', 'Group.Read.All', 'offline_access']) }) }, async (client, at) => {
        const found = async () =>
          (await client.items(at(name))).filter(({ code }) => code === 'account-kind').map(({ severity, data }) => [severity, data]);
        assert.deepEqual(await found(), []);
        const told = { clientId: intake, kind: 'delegated', names: null, account };
        assert.deepEqual(await client.connection.sendRequest('m365Scopes/grants', told), { compared: 0, missing: [] });
        const items = await found();
        assert.deepEqual(
          items.map(([severity]) => severity),
          expected.map(() => 3),
        );
        assert.deepEqual(
          items.flatMap(([, data]) => (data as { scopes: string[] }).scopes),
          expected,
        );
        await tell(client, null);
        assert.deepEqual(await found(), []);
      }));

  test('UiPath’s own app in a workflow is compared where its grants are told', () => {
    const text = classic(['mail.read']).replace('<a:Office365ApplicationScope ', '<a:Office365ApplicationScope OAuthApplication="UiPath" ');
    return session({ 'project.json': project, 'Main.xaml': text }, async (client, at) => {
      assert.deepEqual(await tell(client, ['Mail.Send'], uipath), { compared: 1, missing: ['Mail.Read'] });
      assert.deepEqual(await notConsented(client, at('Main.xaml')), ['Mail.Read']);
    });
  });

  test('stay where the manifest is edited: a name that is added is compared', () =>
    session({ [name]: mail }, async (client, at) => {
      await tell(client, ['Mail.Read', 'Mail.Send']);
      await client.open(at(name), mail.replace('"offline_access"', '"Calendars.Read"'));
      assert.deepEqual(await notConsented(client, at(name)), ['Calendars.Read']);
    }));

  const token = `eyJ0eXAiOiJKV1Qi.${'a'.repeat(60)}.${'b'.repeat(60)}`;
  const wrong: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['no client id', { names: [] }],
    ['a client id that is none', { clientId: 'claims', names: [] }],
    ['no names', { clientId: intake }],
    ['a text in place of names', { clientId: intake, names: 'Mail.Read' }],
    ['numbers', { clientId: intake, names: [1] }],
    ['an address', { clientId: intake, names: ['https://graph.microsoft.com/Mail.Read'] }],
    ['several names in one', { clientId: intake, names: ['Mail.Read Mail.Send'] }],
    ['a token', { clientId: intake, names: [token] }],
    ['a kind that is none', { clientId: intake, kind: 'both', names: [] }],
    ['an account that is none', { clientId: intake, names: [], account: 'ada@contoso.com' }],
    ['a tenant that is an address', { clientId: intake, tenant: 'a/b', names: [] }],
    ['a tenant that is no text', { clientId: intake, tenant: 1, names: [] }],
    ['a cloud that is none', { clientId: intake, environment: 'germany', names: [] }],
    ['too many', { clientId: intake, names: Array.from({ length: 2001 }, (_, index) => `A${index}`) }],
  ];
  for (const [what, sent] of wrong)
    test(`refused: ${what}; nothing of it is repeated`, () =>
      session({ [name]: mail }, async (client, at) => {
        const refusal = await client.connection.sendRequest('m365Scopes/grants', sent).then(
          () => undefined,
          (error: { code: number; message: string }) => error,
        );
        assert.equal(refusal?.code, -32602);
        assert.ok(!refusal.message.includes('eyJ') && !client.logged.join().includes('eyJ'));
        assert.deepEqual(await notConsented(client, at(name)), []);
      }));

  test('a fault of the comparison is logged once, and the server goes on', () => {
    const compareGrants = () => Promise.reject(new Error('broken on purpose'));
    return session(
      { [name]: mail },
      async (client, at) => {
        assert.deepEqual(await tell(client, []), { compared: 0, missing: [] });
        assert.equal(client.logged.filter((line) => line.includes('broken on purpose')).length, 1);
        assert.equal((await notConsented(client, at(name))).length, 2);
      },
      { features: { compareGrants } },
    );
  });
});

describe('actions on consent', () => {
  const admin = manifest({ mail: byo(['Mail.Read', 'Group.ReadWrite.All']) });
  async function offered(client: Client, path: string, rule: string) {
    const found = (await client.items(path)).find(({ code }) => code === rule);
    assert.ok(found, rule);
    return (await client.actions(path, found.range)).filter(({ command }) => command?.command.startsWith('m365Scopes.'));
  }

  test('run the client’s commands, for the app of the list, at the finding', () =>
    session(
      { [name]: admin },
      async (client, at) => {
        await tell(client, []);
        const requested = await offered(client, at(name), 'not-consented');
        assert.deepEqual(
          requested.map(({ title, command, edit }) => [title, command?.command, command?.arguments, edit]),
          [
            ['Request the missing consent', commands[0], [reference], undefined],
            ['Copy the admin consent link', commands[1], [reference], undefined],
          ],
        );
        assert.equal(requested[0]?.diagnostics?.[0]?.code, 'not-consented');
        const [link, ...more] = await offered(client, at(name), 'admin-consent');
        assert.deepEqual([link?.command?.command, more], [commands[1], []]);
        // Some clients resolve whatever has no edit.
        for (const action of requested) assert.deepEqual(await client.resolve(action), action);
      },
      { initializationOptions: { commands } },
    ));

  test('no page is known for an answer about UiPath’s app: no link is offered', () =>
    session(
      {
        'project.json': project,
        'Main.xaml': classic(['Mail.Read']).replace(
          '<a:Office365ApplicationScope ',
          '<a:Office365ApplicationScope OAuthApplication="UiPath" ',
        ),
      },
      async (client, at) => {
        await tell(client, [], uipath);
        const titles = (await offered(client, at('Main.xaml'), 'not-consented')).map(({ title }) => title);
        assert.deepEqual(titles, ['Request the missing consent']);
      },
      { initializationOptions: { commands } },
    ));

  test('of the app itself only an administrator’s; a scope that is not registered can be compared', () => {
    const files = {
      [name]: manifest({ night: byo(['Mail.Send', 'Files.Read.All'], { authentication: 'oauth-client-credentials' }) }),
      'intake.entra.json': JSON.stringify({
        appId: intake,
        requiredResourceAccess: [
          {
            resourceAppId: '00000003-0000-0000-c000-000000000000',
            resourceAccess: [{ id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96', type: 'Role' }],
          },
        ],
      }),
    };
    return session(
      files,
      async (client, at) => {
        await client.connection.sendRequest('m365Scopes/grants', { clientId: intake, kind: 'application', names: [] });
        const titles = async (rule: string) => (await offered(client, at(name), rule)).map(({ command }) => command?.command).sort();
        assert.deepEqual(await titles('not-consented'), [commands[1]]);
        assert.deepEqual(await titles('not-registered'), ['m365Scopes.compareRegistration', commands[1]]);
      },
      { initializationOptions: { commands: [...commands, 'm365Scopes.compareRegistration'] } },
    );
  });

  test('are not offered to a client that has no such commands', () =>
    session({ [name]: admin }, async (client, at) => {
      await tell(client, []);
      assert.deepEqual(await offered(client, at(name), 'not-consented'), []);
      assert.deepEqual(await offered(client, at(name), 'admin-consent'), []);
    }));

  test('are not offered where no client id is known', () =>
    session(
      { [name]: manifest({ mail: byo(['Group.ReadWrite.All']) }, { apps: { intake: {} } }) },
      async (client, at) => assert.deepEqual(await offered(client, at(name), 'admin-consent'), []),
      { initializationOptions: { commands } },
    ));
});

describe('the lens on consent', () => {
  const check = 'm365Scopes.checkConsent';
  const lensesOf = async (client: Client, path: string) =>
    (await client.lenses(path))
      .filter(({ command }) => [check, ...commands].includes(command.command))
      .map(({ command }) => [command.title, command.command, command.arguments]);
  const files = {
    [name]: manifest({
      mail: byo(['Mail.Read', 'Mail.Send']),
      night: byo(['Mail.Send'], { authentication: 'oauth-client-credentials' }),
      open: byo(undefined),
      theirs: { connector: 'uipath-microsoft-outlook365', authentication: 'oauth-authorization-code' },
    }),
  };

  test('asks to look first, then says what is missing, or that nothing is, and does the next step', () =>
    session(
      files,
      async (client, at) => {
        const argument = [reference];
        const tellAs = (kind: string, names: readonly string[]) =>
          client.connection.sendRequest('m365Scopes/grants', { clientId: intake, kind, names });
        const unknown = ['check what is granted', check, argument];
        assert.deepEqual(await lensesOf(client, at(name)), [unknown, unknown]);
        await tellAs('delegated', []);
        assert.deepEqual(await lensesOf(client, at(name)), [['2 not granted — ask for consent', commands[0], argument], unknown]);
        await tellAs('application', []);
        await tellAs('delegated', ['Mail.Read', 'Mail.Send']);
        assert.deepEqual(await lensesOf(client, at(name)), [
          ['everything granted', check, argument],
          ['1 not granted — copy the link for an administrator', commands[1], argument],
        ]);
      },
      { initializationOptions: { commands: [...commands, check] } },
    ));

  test('is not there for a client that does not sign in', () =>
    session(files, async (client, at) => assert.deepEqual(await lensesOf(client, at(name)), []), { initializationOptions: { commands } }));
});
