/** Says when UiPath's public app signs in for a Microsoft 365 Scope, and which names its list lacks then. */
import { catalog } from '../../support/catalog';
import { type Cell, shownWithScopes, testCells } from '../../support/findings';
import { type Attributes, activity, commentedOut, ids, inScope, project, scope } from '../../support/project-builder';

const rule = 'public-app-scope';
const lacks = (...names: string[]) => names.map((name) => `${rule} warning ${name}`);

function inWorkflow(attributes: Attributes, scopes: readonly string[] | undefined, body = '', rest: object = {}): Cell['files'] {
  return project({ content: scope({ attributes, ...(scopes ? { scopes } : {}), body, ...rest }) });
}

const publicApp = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' };

/** Whether the public app signs in (P), by `OAuthApplication` across and `ApplicationId` down. */
const apps = ['absent', '', 'UiPath', 'UIPATH', 'uipath', 'Custom', 'CUSTOM', '[app]'] as const;
const signIn: Readonly<Record<string, string>> = {
  absent: '- - P P P - - -',
  '{x:Null}': '- - P P P - - -',
  '[appId]': '- - P P P - - -',
  [ids.app]: '- - P P P - - -',
  [ids.publicApp]: 'P P P P P P P P',
  [ids.publicApp.toUpperCase()]: 'P P P P P P P P',
  [`["${ids.publicApp}"]`]: 'P P P P P P P P',
};

/** Types under which the table above holds, and types under which it never does. */
const types = {
  interactive: ['absent', '', 'InteractiveToken', 'interactivetoken'],
  others: [
    'IntegratedWindowsAuthentication',
    'UsernameAndPassword',
    'ApplicationIdAndSecret',
    'ApplicationIdAndCertificate',
    'IntegrationService',
    '[type]',
  ],
};

const written = (name: string, value: string): Attributes => (value === 'absent' ? {} : { [name]: value });

testCells(
  rule,
  [...types.interactive, ...types.others].flatMap((type) =>
    Object.entries(signIn).flatMap(([applicationId, row]) =>
      apps.map((app, column): Cell => {
        const isPublic = types.interactive.includes(type) && row.split(' ')[column] === 'P';
        const attributes = {
          ...written('AuthenticationType', type),
          ...written('OAuthApplication', app),
          ...written('ApplicationId', applicationId),
        };
        return {
          name: `type ${type}, app ${app}, id ${applicationId}`,
          files: inWorkflow(attributes, ['Mail.Read', 'MailboxSettings.Read'], activity('Mail.GetMail')),
          expected: isPublic ? lacks('MailboxSettings.Read') : [],
        };
      }),
    ),
  ),
  shownWithScopes,
);

/** A scope that something else signs in, or that never runs. */
testCells(
  rule,
  [
    { ConfigLocation: 'OrchestratorAsset' },
    { ConfigLocation: '[location]' },
    { UseConnectionService: 'True', ConnectionId: ids.mail },
    { UseConnectionService: '[useConnection]' },
  ].map(
    (attributes): Cell => ({
      name: `not active: ${JSON.stringify(attributes)}`,
      files: inWorkflow({ ...publicApp, ...attributes }, ['MailboxSettings.Read']),
      expected: [],
    }),
  ),
  shownWithScopes,
);

testCells(
  rule,
  [
    { ConfigLocation: 'PropertiesPanel' },
    { UseConnectionService: 'False' },
    { UseConnectionService: '[False]' },
    { Environment: 'USGovernment' },
    { TenantId: '[tenant]' },
  ].map(
    (attributes): Cell => ({
      name: `active: ${JSON.stringify(attributes)}`,
      files: inWorkflow({ ...publicApp, ...attributes }, ['MailboxSettings.Read']),
      expected: lacks('MailboxSettings.Read'),
    }),
  ),
  shownWithScopes,
);

testCells(
  rule,
  [
    {
      name: 'a scope that is commented out',
      files: project({ content: commentedOut(scope({ attributes: publicApp, scopes: ['MailboxSettings.Read'] })) }),
      expected: [],
    },
    {
      name: 'two scopes in a file, one of them with the public app',
      files: project({
        content:
          scope({ attributes: publicApp, scopes: ['MailboxSettings.Read'] }) +
          scope({ attributes: { ...publicApp, OAuthApplication: 'Custom' }, scopes: ['MailboxSettings.Read'] }),
      }),
      expected: lacks('MailboxSettings.Read'),
    },
  ],
  shownWithScopes,
);

/** What the app's registration lists, copied from UiPath's page: every other delegated permission of Microsoft Graph is lacking. */
const listed = new Set(
  `Calendars.Read Calendars.Read.Shared Calendars.ReadWrite Calendars.ReadWrite.Shared Chat.ReadWrite email EWS.AccessAsUser.All
  Files.Read Files.Read.All Files.ReadWrite Files.ReadWrite.All Group.Read.All Group.ReadWrite.All Mail.Read Mail.Read.Shared
  Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared offline_access openid Presence.Read Presence.Read.All profile
  Sites.Read.All Sites.ReadWrite.All User.Read User.Read.All`.split(/\s+/),
);
const delegated = [...catalog.permissions.values()].filter(
  ({ resource, delegatedId, enabled }) => resource === 'graph' && delegatedId !== undefined && enabled !== false,
);

testCells(
  rule,
  delegated.map(
    ({ value }): Cell => ({
      name: `declared ${value}`,
      files: inWorkflow(publicApp, [value]),
      expected: listed.has(value) ? [] : lacks(value),
    }),
  ),
  shownWithScopes,
);

/** Lists as they are written, and the names in the catalogue's letter case that the app lacks. */
const lists: readonly [string, readonly string[], readonly string[]][] = [
  ['lower case', ['mail.read', 'mailboxsettings.read'], ['MailboxSettings.Read']],
  ['upper case', ['MAIL.READ', 'TASKS.READ'], ['Tasks.Read']],
  ['with the prefix of Graph', ['https://graph.microsoft.com/Tasks.Read', 'https://graph.microsoft.com/Mail.Read'], ['Tasks.Read']],
  ['two that it lacks', ['Tasks.Read', 'MailboxSettings.Read'], ['MailboxSettings.Read', 'Tasks.Read']],
  ['one of them twice', ['Tasks.Read', 'tasks.read'], ['Tasks.Read']],
  ['a name that nobody knows', ['Mail.Raed'], []],
  ['implied names only', ['openid', 'profile', 'email', 'offline_access', 'User.Read'], []],
  ['an expression beside it', ['[more]', 'Tasks.Read'], ['Tasks.Read']],
];

testCells(
  rule,
  lists.map(([name, scopes, missing]): Cell => ({ name, files: inWorkflow(publicApp, scopes), expected: lacks(...missing) })),
  shownWithScopes,
);

const replies = inScope('Mail.TurnOnAutomaticRepliesConnections');
const noReplies = inScope('Mail.TurnOffAutomaticRepliesConnections');
const createTask = activity('Planner.Tasks.CreateTask', { Title: 'x' });

/** What activities need: a list, the activities inside, and the names that are said to be lacking. */
const needs: readonly [string, readonly string[] | undefined, string, readonly string[]][] = [
  ['needed, not declared', ['Mail.Read'], replies, ['MailboxSettings.ReadWrite']],
  ['needed and declared: said once', ['MailboxSettings.ReadWrite'], replies, ['MailboxSettings.ReadWrite']],
  ['declared in lower case: said once', ['mailboxsettings.readwrite'], replies, ['MailboxSettings.ReadWrite']],
  ['declared what is not enough', ['MailboxSettings.Read'], replies, ['MailboxSettings.Read', 'MailboxSettings.ReadWrite']],
  ['needed by two activities: said once', ['Mail.Read'], replies + noReplies, ['MailboxSettings.ReadWrite']],
  ['needed, no list', undefined, replies, ['MailboxSettings.ReadWrite']],
  ['needed, empty list', [], replies, ['MailboxSettings.ReadWrite']],
  ['needed, the list is an expression', ['[scopes]'], replies, ['MailboxSettings.ReadWrite']],
  ['needed by what is commented out', ['Mail.Read'], commentedOut(replies), []],
  ['an alternative is on the list, not declared', ['Mail.Read'], createTask, []],
  ['an alternative is on the list and declared', ['Group.ReadWrite.All'], createTask, []],
  ['the alternative that is not on the list is declared', ['Tasks.ReadWrite'], createTask, ['Tasks.ReadWrite']],
  ['mail', ['Mail.ReadWrite', 'Mail.Send'], activity('Mail.SendMail'), []],
  ['mail, no list', undefined, activity('Mail.SendMail'), []],
  ['meeting times, which need a Shared name', undefined, activity('Calendar.FindMeetingTimes'), []],
  ['files and workbooks', undefined, activity('Files.UploadFile') + activity('Excel.ReadRange'), []],
  ['groups', undefined, activity('Groups.ListGroups'), []],
  ['nothing inside', undefined, '', []],
];

testCells(
  rule,
  needs.map(([name, scopes, body, missing]): Cell => ({ name, files: inWorkflow(publicApp, scopes, body), expected: lacks(...missing) })),
  shownWithScopes,
);

const flags = ['Files', 'Mail', 'Calendar', 'Groups', 'Shared', 'Files, Mail, Calendar, Groups, Shared'];

testCells(
  rule,
  flags.flatMap((Services): Cell[] => {
    const make = (body: string) => inWorkflow({ ...publicApp, Services }, undefined, body, { bodyType: 'mg:GraphServiceClient' });
    return [
      { name: `services ${Services}: every name is on the list`, files: make(''), expected: [] },
      { name: `services ${Services}, a need that is not`, files: make(replies), expected: lacks('MailboxSettings.ReadWrite') },
    ];
  }),
  shownWithScopes,
);
