/** Says which declared names an administrator has to consent to, and which have an announced end or change. */
import { type Cell, shownWithScopes, testCells } from '../../support/findings';
import { type Attributes, activity, commentedOut, connectionProject, project, scope } from '../../support/project-builder';

const consent = 'admin-consent';
const retired = 'retired-scope';
const asks = (names: string) => (names === '' ? [] : [`${consent} information ${names.split(' ').sort().join(',')}`]);
const ends = (names: string) => (names === '' ? [] : names.split(' ').map((name) => `${retired} warning ${name}`));

const inWorkflow = (attributes: Attributes, scopes: readonly string[] | undefined, rest: object = {}): Cell['files'] =>
  project({ content: scope({ attributes, ...(scopes ? { scopes } : {}), body: activity('Mail.GetMail'), ...rest }) });

/** Delegated names that a user can no longer grant under Microsoft's managed policy. */
const withheld = `Files.Read.All Files.ReadWrite.All Sites.Read.All Sites.ReadWrite.All Mail.Read Mail.ReadBasic Mail.ReadWrite
  Mail.Read.Shared Mail.ReadBasic.Shared Mail.ReadWrite.Shared MailboxItem.Read Calendars.Read Calendars.ReadBasic Calendars.ReadWrite
  Calendars.Read.Shared Calendars.ReadWrite.Shared Chat.Read Chat.ReadWrite OnlineMeetings.Read OnlineMeetings.ReadWrite
  MailboxFolder.Read MailboxFolder.ReadWrite MailboxSettings.Read MailboxSettings.ReadWrite Contacts.ReadWrite Contacts.Read.Shared
  Contacts.ReadWrite.Shared People.Read Tasks.Read Tasks.ReadWrite Tasks.Read.Shared Tasks.ReadWrite.Shared`.split(/\s+/);
/** Delegated names that always needed an administrator. */
const always = `Group.Read.All Group.ReadWrite.All User.Read.All Directory.Read.All Sites.FullControl.All Channel.Create
  Mail-Advanced.ReadWrite`.split(/\s+/);
/** Names that users grant by themselves. */
const byUsers = `Mail.Send Mail.Send.Shared Files.Read Files.ReadWrite User.Read User.ReadBasic.All offline_access openid profile email
  Contacts.Read Presence.Read ChannelMessage.Send EWS.AccessAsUser.All Sites.Selected`.split(/\s+/);
/** In a workflow only what needs an administrator in every tenant is told. */
const inEveryTenant = (names: string) =>
  names
    .split(' ')
    .filter((name) => always.includes(name))
    .join(' ');
const exchange = 'https://outlook.office365.com/EWS.AccessAsUser.All';

testCells(
  consent,
  [...withheld, ...always, ...byUsers].flatMap((name): Cell[] => {
    const expected = byUsers.includes(name) ? [] : asks(name);
    return [
      { name: `byo-app declares ${name}`, files: connectionProject({ authentication: 'byo-app', scopes: [name] }), expected },
      { name: `a workflow declares ${name}`, files: inWorkflow({}, [name]), expected: always.includes(name) ? expected : [] },
    ];
  }),
  shownWithScopes,
);

/** Lists as written, and the names in them that need an administrator when a user signs in: one finding for all. */
const lists: readonly [readonly string[], string][] = [
  [['Mail.Send', 'User.Read', 'offline_access'], ''],
  [['Mail.Read', 'Mail.Send', 'Group.Read.All', 'offline_access'], 'Mail.Read Group.Read.All'],
  [['mail.read', 'group.read.all'], 'Mail.Read Group.Read.All'],
  [['Mail.Read', 'mail.read'], 'Mail.Read'],
  [['https://graph.microsoft.com/Files.Read.All', 'Files.Read'], 'Files.Read.All'],
  [[exchange, 'Mail.Send'], 'EWS.AccessAsUser.All'],
  [['Mail.Raed', 'Mail.Send'], ''],
];

testCells(
  consent,
  lists.flatMap(([scopes, names]): Cell[] => [
    ...['interactive-token', 'integrated-windows', 'username-password', 'oauth-authorization-code', 'byo-app'].map((authentication) => ({
      name: `${authentication} declares ${scopes.join(', ')}`,
      files: connectionProject({ authentication, scopes }),
      expected: asks(names),
    })),
    ...['InteractiveToken', 'IntegratedWindowsAuthentication', 'UsernameAndPassword'].map((AuthenticationType) => ({
      name: `a workflow with ${AuthenticationType} declares ${scopes.join(', ')}`,
      files: inWorkflow({ AuthenticationType }, scopes),
      expected: asks(inEveryTenant(names)),
    })),
    ...['ApplicationIdAndSecret', 'ApplicationIdAndCertificate'].map((AuthenticationType) => ({
      name: `a workflow with ${AuthenticationType} declares ${scopes.join(', ')}, without effect`,
      files: inWorkflow({ AuthenticationType }, scopes),
      expected: [],
    })),
  ]),
  shownWithScopes,
);

/** An application's permissions always need an administrator. */
testCells(
  consent,
  ['client-secret', 'client-certificate', 'oauth-client-credentials', 'oauth-client-certificate'].flatMap((authentication) =>
    ['Mail.Send', 'Mail.Send Mail.Read', 'Sites.Selected', 'Mail.ReadBasic.All', 'Files.ReadWrite.All User.Read.All Mail.Send', ''].map(
      (names): Cell => ({
        name: `${authentication} declares ${names || 'nothing'}`,
        files: connectionProject({ authentication, scopes: names.split(' ').filter(Boolean) }),
        expected: asks(names),
      }),
    ),
  ),
  shownWithScopes,
);

const two = (first: object, second: object): Cell['files'] => project({ content: '', manifest: { connections: { first, second } } });

testCells(
  consent,
  [
    { name: 'no list', files: inWorkflow({}, undefined), expected: [] },
    { name: 'an empty list', files: inWorkflow({}, []), expected: [] },
    { name: 'a list with an expression', files: inWorkflow({}, ['[more]', 'Group.Read.All']), expected: [] },
    { name: 'a list of everything granted', files: inWorkflow({}, ['https://graph.microsoft.com/.default']), expected: [] },
    { name: 'an asset signs in', files: inWorkflow({ ConfigLocation: 'OrchestratorAsset' }, ['Group.Read.All']), expected: [] },
    { name: 'commented out', files: project({ content: commentedOut(scope({ scopes: ['Group.Read.All'] })) }), expected: [] },
    { name: 'a connection without a list', files: connectionProject({ authentication: 'byo-app' }), expected: [] },
    {
      name: 'two connections, one finding each',
      files: two(
        { authentication: 'byo-app', scopes: ['Mail.Read'] },
        { authentication: 'byo-app', scopes: ['Mail.Send', 'Group.Read.All'] },
      ),
      expected: [...asks('Mail.Read'), ...asks('Group.Read.All')],
    },
  ],
  shownWithScopes,
);

/** Values as written, the sign-in that they are declared for, and the names that have an announced end; Mail.ReadWrite only stops opening part of what it opened. */
const changes: readonly [readonly string[], string][] = [
  [['EWS.AccessAsUser.All'], 'EWS.AccessAsUser.All'],
  [['ews.accessasuser.all'], 'EWS.AccessAsUser.All'],
  [['https://graph.microsoft.com/EWS.AccessAsUser.All'], 'EWS.AccessAsUser.All'],
  [[exchange], 'EWS.AccessAsUser.All'],
  [['https://outlook.office.com/EWS.AccessAsUser.All'], 'EWS.AccessAsUser.All'],
  [['Mail.ReadWrite'], ''],
  [['mail.readwrite', 'mail.send'], ''],
  [['EWS.AccessAsUser.All', 'ews.accessasuser.all'], 'EWS.AccessAsUser.All'],
  [['Mail.ReadWrite.Shared', 'Mail.ReadWrite'], ''],
  [['Mail.Read', 'Mail.Send', 'Mail.Read.Shared', 'Calendars.ReadWrite', 'Files.ReadWrite.All', 'offline_access'], ''],
  [['Mail-Advanced.ReadWrite', 'Mail-Advanced.ReadWrite.Shared'], ''],
  [['Mail.ReadWrit'], ''],
];

testCells(
  retired,
  changes.flatMap(([scopes, names]): Cell[] => [
    {
      name: `byo-app declares ${scopes.join(', ')}`,
      files: connectionProject({ authentication: 'byo-app', scopes }),
      expected: ends(names),
    },
    { name: `a workflow declares ${scopes.join(', ')}`, files: inWorkflow({}, scopes), expected: ends(names) },
    {
      name: `a workflow declares ${scopes.join(', ')}, without effect`,
      files: inWorkflow({ AuthenticationType: 'ApplicationIdAndSecret' }, scopes),
      expected: [],
    },
  ]),
  shownWithScopes,
);

const asApplication = (...scopes: string[]) => connectionProject({ authentication: 'oauth-client-credentials', scopes });

testCells(
  retired,
  [
    {
      name: 'full access to Exchange',
      files: asApplication('https://outlook.office365.com/full_access_as_app'),
      expected: ends('full_access_as_app'),
    },
    { name: 'an application that writes mail', files: asApplication('Mail.ReadWrite'), expected: [] },
    { name: 'an application that reads mail', files: asApplication('Mail.Read'), expected: [] },
    {
      name: 'a list with an expression',
      files: inWorkflow({}, ['[more]', 'EWS.AccessAsUser.All']),
      expected: ends('EWS.AccessAsUser.All'),
    },
    { name: 'commented out', files: project({ content: commentedOut(scope({ scopes: ['Mail.ReadWrite'] })) }), expected: [] },
    { name: 'no list', files: inWorkflow({}, undefined), expected: [] },
  ],
  shownWithScopes,
);
