/** Says what a personal Microsoft account cannot do, where it is known that one signs in. */
import { type Cell, shownWithScopes, testCells } from '../../support/findings';
import {
  type Attributes,
  activity,
  commentedOut,
  connectionProject,
  ids,
  paths,
  project,
  scope,
  workflow,
} from '../../support/project-builder';

const rule = 'account-kind';
const onType = `${rule} warning`;
const onScopes = (...names: string[]) => names.map((name) => `${rule} warning ${name}`);

/** Who signs in: P where it is known that the account is personal. */
const accounts: readonly [object, object, boolean][] = [
  [{}, {}, false],
  [{ account: 'work' }, {}, false],
  [{ account: 'guest' }, {}, false],
  [{ account: 'personal' }, {}, true],
  [{ app: 'intake' }, { audience: 'personal' }, true],
  [{ app: 'intake' }, { audience: 'multi-tenant-and-personal' }, false],
  [{ app: 'intake' }, { audience: 'multi-tenant' }, false],
  [{ app: 'intake' }, { audience: 'single-tenant' }, false],
  [{ app: 'intake' }, {}, false],
  [{ app: 'intake', account: 'personal' }, { audience: 'multi-tenant-and-personal' }, true],
  [{ app: 'uipath', account: 'personal' }, {}, true],
];

/** Names, and whether a personal account can grant them. */
const names: Readonly<Record<string, boolean>> = {
  'Mail.Read': true,
  'Mail.ReadWrite': true,
  'Mail.Send': true,
  'Calendars.ReadWrite': true,
  'Calendars.Read.Shared': true,
  'Files.ReadWrite.All': true,
  'Sites.ReadWrite.All': true,
  'MailboxSettings.ReadWrite': true,
  'User.Read': true,
  offline_access: true,
  openid: true,
  'Mail.Read.Shared': false,
  'Mail.ReadWrite.Shared': false,
  'Mail.Send.Shared': false,
  'Calendars.ReadWrite.Shared': false,
  'Group.Read.All': false,
  'User.Read.All': false,
  'Chat.ReadWrite': false,
  'Presence.Read': false,
  'Sites.Selected': false,
  'EWS.AccessAsUser.All': false,
};

testCells(
  rule,
  accounts.flatMap(([connection, app, isPersonal]) =>
    Object.entries(names).map(
      ([name, isThere]): Cell => ({
        name: `${JSON.stringify(connection)}, app ${JSON.stringify(app)}, declares ${name}`,
        files: connectionProject({ authentication: 'byo-app', scopes: [name], ...connection }, '', { apps: { intake: app } }),
        expected: isPersonal && !isThere ? onScopes(name) : [],
      }),
    ),
  ),
  shownWithScopes,
);

const lists: readonly [string, readonly string[], readonly string[]][] = [
  ['several', ['Mail.Read.Shared', 'Mail.Read', 'Group.Read.All'], ['Mail.Read.Shared', 'Group.Read.All']],
  ['one that stands twice', ['Mail.Read.Shared', 'mail.read.shared'], ['Mail.Read.Shared']],
  ['with a prefix', ['https://graph.microsoft.com/chat.readwrite'], ['Chat.ReadWrite']],
  ['a name whose kind of account nobody states', ['ChannelMember.ReadWrite'], []],
  ['a name that nobody knows', ['Mail.Raed'], []],
  ['none', [], []],
];

testCells(
  rule,
  lists.map(
    ([name, scopes, wrong]): Cell => ({
      name: `declares ${name}`,
      files: connectionProject({ authentication: 'byo-app', account: 'personal', scopes }),
      expected: onScopes(...wrong),
    }),
  ),
  shownWithScopes,
);

/** Types that need an account of an organisation. */
const types: Readonly<Record<string, boolean>> = {
  absent: false,
  'interactive-token': false,
  'oauth-authorization-code': false,
  'byo-app': false,
  'integrated-windows': true,
  'username-password': true,
  'client-secret': true,
  'client-certificate': true,
  'oauth-client-credentials': true,
  'oauth-client-certificate': true,
};

testCells(
  rule,
  Object.entries(types).flatMap(([authentication, isWrong]) =>
    accounts.map(
      ([connection, app, isPersonal]): Cell => ({
        name: `type ${authentication}, ${JSON.stringify(connection)}, app ${JSON.stringify(app)}`,
        files: connectionProject({ ...(authentication === 'absent' ? {} : { authentication }), ...connection, scopes: ['Mail.Read'] }, '', {
          apps: { intake: app },
        }),
        expected: isPersonal && isWrong ? [onType] : [],
      }),
    ),
  ),
  shownWithScopes,
);

testCells(
  rule,
  [
    {
      name: 'the type and a name',
      files: connectionProject({ authentication: 'username-password', account: 'personal', scopes: ['Mail.Read.Shared', 'Mail.Read'] }),
      expected: [onType, ...onScopes('Mail.Read.Shared')],
    },
  ],
  shownWithScopes,
);

/** Addresses, and whether they are known to be personal. */
const addresses: Readonly<Record<string, boolean>> = {
  'robot@outlook.com': true,
  'robot@hotmail.com': true,
  'robot@live.com': true,
  'robot@msn.com': true,
  'Robot@OUTLOOK.COM': true,
  '["robot@outlook.com"]': true,
  'robot@contoso.com': false,
  'robot@contoso.onmicrosoft.com': false,
  'robot@outlook.com.contoso.com': false,
  'robot@myoutlook.com': false,
  'outlook.com@contoso.com': false,
  'outlook.com': false,
  '[address]': false,
  '[name + "@outlook.com"]': false,
  '{x:Null}': false,
};

/** Types in a workflow: whether a list has an effect, and whether the type needs an account of an organisation. */
const workflowTypes: readonly [Attributes, boolean][] = [
  [{}, false],
  [{ AuthenticationType: 'InteractiveToken' }, false],
  [{ AuthenticationType: 'IntegratedWindowsAuthentication' }, true],
  [{ AuthenticationType: 'UsernameAndPassword' }, true],
];
const declared = { scopes: ['Mail.Read.Shared', 'Mail.Read'], body: activity('Mail.GetMail') };

testCells(
  rule,
  workflowTypes.flatMap(([type, isWrong]) =>
    ['EmailAddress', 'Username'].flatMap((property) =>
      Object.entries(addresses).map(
        ([address, isPersonal]): Cell => ({
          name: `${JSON.stringify(type)}, ${property} ${address}`,
          files: project({ content: scope({ attributes: { ...type, [property]: address }, ...declared }) }),
          expected: isPersonal ? [...(isWrong ? [onType] : []), ...onScopes('Mail.Read.Shared')] : [],
        }),
      ),
    ),
  ),
  shownWithScopes,
);

const asElement = `<uma:Office365ApplicationScope.EmailAddress><InArgument x:TypeArguments="x:String">robot@live.com</InArgument></uma:Office365ApplicationScope.EmailAddress>`;

testCells(
  rule,
  [
    {
      name: 'the address as an element',
      files: project({ content: scope({ properties: asElement, ...declared }) }),
      expected: onScopes('Mail.Read.Shared'),
    },
    {
      name: 'the address as the default of an argument',
      files: new Map([
        [
          paths.workflow,
          workflow(scope({ attributes: { EmailAddress: '[in_Box]' }, ...declared }), { 'this:Main.in_Box': 'robot@msn.com' }),
        ],
      ]),
      expected: onScopes('Mail.Read.Shared'),
    },
    {
      name: 'a scope that is commented out',
      files: project({ content: commentedOut(scope({ attributes: { EmailAddress: 'robot@live.com' }, ...declared })) }),
      expected: [],
    },
  ],
  shownWithScopes,
);

/** How a scope in a workflow finds its app in the manifest; every app named here is for personal accounts. */
const own = { OAuthApplication: 'Custom', ApplicationId: '[appId]' };
const personal = { audience: 'personal' };
const named = { clientId: ids.app, ...personal };
const apps: readonly [string, Attributes, object, boolean][] = [
  ['by its id', { ...own, ApplicationId: ids.app }, { apps: { other: { audience: 'single-tenant' }, intake: named } }, true],
  ['by its id in other letters', { ...own, ApplicationId: ids.app.toUpperCase() }, { apps: { intake: named } }, true],
  ['the only one', own, { apps: { intake: personal } }, true],
  ['one of two', own, { apps: { intake: personal, other: personal } }, false],
  [
    'one of two, by the file',
    own,
    { apps: { intake: personal, other: {} }, applicationScopes: [{ workflows: '**/*.xaml', app: 'intake' }] },
    true,
  ],
  [
    'by its name',
    own,
    { apps: { intake: personal, other: {} }, applicationScopes: [{ displayName: 'Microsoft 365 Scope', app: 'intake' }] },
    true,
  ],
  [
    'the first that matches',
    own,
    {
      apps: { intake: personal, other: {} },
      applicationScopes: [{ displayName: 'Another', app: 'other' }, { app: 'intake' }, { app: 'other' }],
    },
    true,
  ],
  [
    'none that matches',
    own,
    { apps: { intake: personal, other: {} }, applicationScopes: [{ workflows: 'Mail/*.xaml', app: 'intake' }] },
    false,
  ],
  ['no app in the manifest', own, { apps: {} }, false],
  [
    'of any account',
    { ...own, ApplicationId: ids.app },
    { apps: { intake: { clientId: ids.app, audience: 'multi-tenant-and-personal' } } },
    false,
  ],
];

testCells(
  rule,
  apps.flatMap(([name, attributes, manifest, isPersonal]): Cell[] => {
    const make = (type: string) =>
      project({ manifest, content: scope({ attributes: { ...attributes, AuthenticationType: type }, ...declared }) });
    return [
      { name: `app ${name}, interactive`, files: make('InteractiveToken'), expected: isPersonal ? onScopes('Mail.Read.Shared') : [] },
      { name: `app ${name}, alone`, files: make('ApplicationIdAndSecret'), expected: isPersonal ? [onType] : [] },
    ];
  }),
  shownWithScopes,
);
