/** Holds not-registered and registered-unused to the table: by name and kind, by what is known, and by what is not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeTexts, type Files } from '../../support/analyze';
import { filledIn, type Registered, registeredProject, registration, registrationPath } from '../../support/registration-builder';
import { automation, otherClientId, ownClientId, type Properties, scope, workflow } from '../../support/scope-builder';

const rules = new Set(['not-registered', 'registered-unused']);
const found = (files: Files) =>
  analyzeTexts(files)
    .problems.filter(({ rule }) => rules.has(rule))
    .map(({ rule, severity, scopes }) => `${rule} ${severity} ${scopes.join()}`)
    .sort();

const drive = { operation: 'GET /users/{id}/drive/root/children', connection: 'robot' };
const send = { operation: 'POST /users/{id}/sendMail', connection: 'robot' };
const unused = (name: string) => `registered-unused warning ${name}`;
const missing = (name: string, severity = 'error') => `not-registered ${severity} ${name}`;

interface Row {
  readonly name: string;
  readonly authentication?: string;
  readonly scopes?: readonly string[];
  readonly registered: readonly Registered[];
  readonly uses?: readonly object[];
  readonly says: readonly string[];
  readonly others?: object;
}

const secret = 'client-secret';
const token = 'interactive-token';
const rows: readonly Row[] = [
  { name: 'the same name and kind', scopes: ['Files.Read.All'], registered: ['Files.Read.All Role'], says: [] },
  { name: 'nothing', scopes: ['Files.Read.All'], registered: [], says: [missing('Files.Read.All')] },
  {
    name: 'the other kind',
    scopes: ['Files.Read.All'],
    registered: ['Files.Read.All Scope'],
    says: [missing('Files.Read.All'), unused('Files.Read.All')],
  },
  {
    name: 'a broader one does not stand for it',
    scopes: ['Files.Read.All'],
    registered: ['Files.ReadWrite.All Role'],
    says: [missing('Files.Read.All'), unused('Files.ReadWrite.All')],
  },
  {
    name: 'any letter case and prefix',
    scopes: ['https://graph.microsoft.com/files.read.all'],
    registered: ['Files.Read.All Role'],
    says: [],
  },
  ...['Mail.Send', 'Calendars.Read', 'Contacts.Read', 'MailboxSettings.Read'].map((name) => ({
    name: `${name}, which Exchange can grant`,
    scopes: [name],
    registered: [],
    says: [missing(name, 'information')],
  })),
  {
    name: 'a user signs in',
    authentication: token,
    scopes: ['Files.Read.All'],
    registered: [],
    says: [missing('Files.Read.All', 'information')],
  },
  {
    name: 'what every sign-in brings',
    authentication: token,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    registered: ['openid Scope', 'profile Scope', 'email Scope', 'offline_access Scope', 'User.Read Scope'],
    says: [],
  },
  {
    name: 'User.Read may be asked for',
    authentication: token,
    scopes: ['User.Read'],
    registered: [],
    says: [missing('User.Read', 'information')],
  },
  { name: 'an unknown name has a rule of its own', scopes: ['Files.Raed.All'], registered: [], says: [] },
  { name: 'a name of the other kind as well', scopes: ['User.Read'], registered: [], says: [] },
  {
    name: 'what is missing is about to be declared',
    scopes: ['Mail.Send'],
    registered: ['Mail.Send Role', 'Files.Read.All Role'],
    says: [],
  },
  { name: 'what is declared and unused is declared', scopes: ['Mail.Send'], registered: ['Mail.Send Role'], uses: [], says: [] },
  { name: 'no list: the needs count', registered: [], says: [missing('Files.Read.All')] },
  { name: 'no list: a broader one serves', registered: ['Files.ReadWrite.All Role'], says: [] },
  {
    name: '.default: the needs count',
    scopes: ['https://graph.microsoft.com/.default'],
    registered: ['Mail.Send Role'],
    says: [missing('Files.Read.All'), unused('Mail.Send')],
  },
  { name: 'no list: several', registered: [], uses: [drive, send], says: [missing('Files.Read.All'), missing('Mail.Send', 'information')] },
  {
    name: 'no list and a Selected one',
    registered: ['Sites.Selected Role'],
    says: [missing('Files.Read.All', 'information'), unused('Sites.Selected')],
  },
  {
    name: '.default of a user is open',
    authentication: token,
    scopes: ['https://graph.microsoft.com/.default'],
    registered: ['Mail.Send Scope'],
    says: [],
  },
  { name: 'an empty list is open', authentication: token, scopes: [], registered: ['Mail.Send Scope'], says: [] },
  {
    name: 'an empty list is open for its kind',
    authentication: token,
    scopes: [],
    registered: ['Mail.Send Role'],
    says: [unused('Mail.Send')],
  },
  {
    name: 'a connection that no manifest declares',
    scopes: ['Files.Read.All'],
    registered: ['Files.Read.All Role', 'Mail.Send Role'],
    uses: [drive, { activity: 'GetNewestEmail', connection: 'somebody-elses' }],
    says: [],
  },
];

describe('a connection', () => {
  for (const { name, authentication = secret, scopes, registered, uses = [drive], says, others = {} } of rows) {
    test(name, () => {
      const robot = { authentication, app: 'intake', ...(scopes ? { scopes } : {}), ...others };
      assert.deepEqual(found(registeredProject({ robot }, uses, registration(registered))), says);
    });
  }

  test('without a type: nobody knows which kind it asks for', () => {
    const files = (registered: readonly Registered[]) =>
      registeredProject({ robot: { app: 'intake', scopes: ['Files.Read.All'] } }, [drive], registration(registered));
    assert.deepEqual(found(files([])), []);
    assert.deepEqual(found(files(['Files.Read.All Role', 'Files.Read.All Scope', 'Mail.Send Role'])), [unused('Mail.Send')]);
  });

  test('whose app nobody states may be this one', () => {
    const robot = { authentication: secret, app: 'intake', scopes: ['Files.Read.All'] };
    const other = { authentication: token, scopes: ['Mail.Send'] };
    assert.deepEqual(found(registeredProject({ robot, other }, [drive], registration(['Files.Read.All Role', 'Mail.Read Role']))), []);
    const uipath = { ...other, app: 'uipath' };
    assert.deepEqual(found(registeredProject({ robot, uipath }, [drive], registration(['Files.Read.All Role', 'Mail.Read Role']))), [
      unused('Mail.Read'),
    ]);
  });
});

describe('the registration', () => {
  const robot = { authentication: secret, app: 'intake', scopes: ['Files.Read.All'] };
  const silent: Readonly<Record<string, string>> = {
    'has no list': JSON.stringify({ appId: ownClientId }),
    'is damaged': registration([]).slice(0, -3),
    'has a list that something fills in': JSON.stringify({ appId: ownClientId, requiredResourceAccess: filledIn('ACCESS') }),
    'has an API that something fills in': registration([], {
      requiredResourceAccess: [{ resourceAppId: filledIn('API'), resourceAccess: [{ id: 'x', type: 'Role' }] }],
    }),
    'has a permission that something fills in': registration([], {
      requiredResourceAccess: [{ resourceAppId: 'Microsoft Graph', resourceAccess: [{ id: filledIn('ROLE'), type: 'Role' }] }],
    }),
    'has a type that something fills in': registration([], {
      requiredResourceAccess: [{ resourceAppId: 'Microsoft Graph', resourceAccess: [{ id: 'Sites.Read.All', type: filledIn('TYPE') }] }],
    }),
  };
  for (const [name, text] of Object.entries(silent)) {
    test(`${name}: nothing is said`, () => assert.deepEqual(found(registeredProject({ robot }, [drive], text)), []));
  }

  test('belongs to an app by its id, whatever the manifest calls it', () => {
    const files = registeredProject({ robot }, [drive], registration([]));
    const apps = { intake: { clientId: ownClientId.toUpperCase() } };
    assert.deepEqual(
      found(new Map([...files, ['/fixture/m365-automation.json', JSON.stringify({ apps, connections: { robot }, activities: [drive] })]])),
      [missing('Files.Read.All')],
    );
    assert.deepEqual(
      found(registeredProject({ robot }, [drive], registration([], { appId: otherClientId }))),
      [missing('Files.Read.All')],
      'the path that the manifest names comes first',
    );
  });

  test('of another app is nobody’s', () => {
    const apps = { intake: { clientId: ownClientId } };
    const files = registeredProject({ robot }, [drive], registration(['Mail.Send Role'], { appId: otherClientId }), { apps });
    assert.deepEqual(found(files), []);
  });
});

describe('a scope of a workflow', () => {
  const own: Properties = { OAuthApplication: 'Custom', ApplicationId: ownClientId };
  const files = (attributes: Properties, registered: readonly Registered[], scopes = ['mail.send']) =>
    new Map([
      ...automation({
        workflow: workflow(scope({ attributes: { ...own, ...attributes }, scopes })),
        project: { targetFramework: 'Windows' },
      }),
      [registrationPath, registration(registered)] as const,
    ]);
  const appOnly = { AuthenticationType: 'ApplicationIdAndSecret', ApplicationSecret: '[secret]', TenantId: 'contoso.onmicrosoft.com' };

  test('is known by its literal id, without a manifest', () => {
    const interactive = { AuthenticationType: 'InteractiveToken' };
    assert.deepEqual(found(files(interactive, ['Mail.Send Scope'])), []);
    assert.deepEqual(found(files(interactive, ['Mail.Send Role'])), [missing('Mail.Send', 'information'), unused('Mail.Send')]);
    assert.deepEqual(found(files({ ...interactive, ApplicationId: otherClientId }, [])), []);
    assert.deepEqual(found(files({ ...interactive, ApplicationId: '[id]' }, ['Mail.Read Scope'])), []);
    assert.deepEqual(found(files({ ...interactive, OAuthApplication: 'UiPath' }, ['Mail.Read Scope'])), [], 'UiPath signs in with its own');
  });

  test('signed in as the application: its activities count, not its list', () => {
    assert.deepEqual(found(files(appOnly, ['Mail.ReadWrite Role', 'Mail.Send Role'], ['files.read'])), []);
    assert.deepEqual(found(files(appOnly, ['Mail.ReadWrite Role', 'Files.Read.All Role'])), [
      missing('Mail.Send', 'information'),
      unused('Files.Read.All'),
    ]);
  });

  test('that an asset decides for: nobody knows what it asks for', () => {
    assert.deepEqual(found(files({ ...appOnly, ConfigLocation: 'OrchestratorAsset', BrowserItemId: '1' }, ['Files.Read.All Role'])), []);
  });
});

test('where the finding stands, and what it says', () => {
  const robot = { authentication: secret, app: 'intake', scopes: ['Files.Read.All'] };
  const files = registeredProject({ robot }, [drive], registration(['Mail.Send Role']));
  const [first, second] = analyzeTexts(files).problems.filter(({ rule }) => rules.has(rule));
  const text = (problem: typeof first) => files.get(problem?.file ?? '')?.slice(problem?.range.start, problem?.range.end) ?? '';
  assert.match(text(first), /^\{\s+"id": "b633e1c5[^"]*",\s+"type": "Role"\s+\}$/);
  assert.equal(text(second), 'Files.Read.All');
  assert.equal(second?.connection, 'robot');
  assert.deepEqual(
    second?.why.map(({ activity }) => activity),
    ['GET /users/{id}/drive/root/children'],
  );
});
