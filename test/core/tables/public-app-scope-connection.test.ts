/** Says which names the connectors' own apps lack, for connections that sign in through them. */
import { type Cell, shownWithScopes, testCells } from '../../support/findings';
import { connected, connectionProject, ids } from '../../support/project-builder';

const rule = 'public-app-scope';
const lacks = (...names: string[]) => names.map((name) => `${rule} warning ${name}`);

const outlook = 'uipath-microsoft-outlook365';
const onedrive = 'uipath-microsoft-onedrive';
const teams = 'uipath-microsoft-teams';

/** Sign-ins and apps; F where the connector's own app is asked for a name that it lacks. */
const authentications = [
  'absent',
  'oauth-authorization-code',
  'byo-app',
  'oauth-client-credentials',
  'oauth-client-certificate',
  'integrated-windows',
  'username-password',
  'client-secret',
  'client-certificate',
];
const apps: Readonly<Record<string, string>> = {
  //       -   code  byo  ...
  absent: '- F - - - - - - -',
  uipath: '- F - - - - - - -',
  intake: '- - - - - - - - -',
};

testCells(
  rule,
  Object.entries(apps).flatMap(([app, row]) =>
    authentications.map(
      (authentication, column): Cell => ({
        name: `${authentication}, app ${app}`,
        files: connectionProject(
          {
            connector: outlook,
            id: ids.mail,
            ...(authentication === 'absent' ? {} : { authentication }),
            ...(app === 'absent' ? {} : { app }),
            scopes: ['Mail.Read', 'Files.Read'],
          },
          '',
          { apps: { intake: { clientId: ids.app } } },
        ),
        expected: row.split(' ')[column] === 'F' ? lacks('Files.Read') : [],
      }),
    ),
  ),
  shownWithScopes,
);

/** What each connector's own app asks for; absent: the list is not known. */
const asks: Readonly<Record<string, string | undefined>> = {
  [outlook]: `Mail.Read Mail.Read.Shared Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared MailboxSettings.ReadWrite
    Calendars.Read Calendars.Read.Shared Calendars.ReadWrite Calendars.ReadWrite.Shared profile openid email offline_access User.Read`,
  [onedrive]: `offline_access Files.Read Files.Read.All Files.ReadWrite Files.ReadWrite.All Sites.Read.All Sites.ReadWrite.All
    Group.Read.All Group.ReadWrite.All profile openid email User.Read.All`,
  [teams]: `OnlineMeetingTranscript.Read.All OnlineMeetingRecording.Read.All Team.ReadBasic.All TeamMember.ReadWrite.All
    Channel.Create Channel.ReadBasic.All ChannelMember.ReadWrite.All ChannelMessage.Send ChannelMessage.Read.All Chat.ReadWrite
    ChatMember.ReadWrite Calendars.ReadWrite OnlineMeetings.ReadWrite Files.Read.All User.Read profile openid email offline_access`,
  'uipath-microsoft-365': undefined,
  'somebody-elses-connector': undefined,
  absent: undefined,
};
const implied = new Set(['openid', 'profile', 'email', 'offline_access', 'User.Read']);
const known = Object.values(asks).flatMap((names) => names?.split(/\s+/) ?? []);
const names = [...new Set([...known, 'MailboxSettings.Read', 'Chat.Read', 'Contacts.Read', 'Sites.FullControl.All', 'Tasks.ReadWrite'])];

testCells(
  rule,
  Object.entries(asks).flatMap(([connector, asked]) =>
    names.map((name): Cell => {
      const isThere = asked === undefined || implied.has(name) || asked.split(/\s+/).includes(name);
      return {
        name: `${connector} declares ${name}`,
        files: connectionProject({
          ...(connector === 'absent' ? {} : { connector }),
          authentication: 'oauth-authorization-code',
          scopes: [name],
        }),
        expected: isThere ? [] : lacks(name),
      };
    }),
  ),
  shownWithScopes,
);

const replies = connected('Mail.TurnOnAutomaticRepliesConnections', ids.mail);
const download = connected('Files.DownloadFileConnections', ids.mail);

/** Connector, list (undefined: none), what the workflow does with it, and what is lacking. */
const needs: readonly [string, string, readonly string[] | undefined, string, readonly string[]][] = [
  ['needed and asked for', outlook, undefined, replies, []],
  ['needed, asked for and declared', outlook, ['MailboxSettings.ReadWrite'], replies, []],
  ['needed, not asked for, no list', onedrive, undefined, replies, ['MailboxSettings.ReadWrite']],
  ['needed, not asked for, list without it', onedrive, ['Files.Read'], replies, ['MailboxSettings.ReadWrite']],
  ['needed, not asked for, list with it: said once', onedrive, ['MailboxSettings.ReadWrite'], replies, ['MailboxSettings.ReadWrite']],
  ['declared what is not enough', teams, ['MailboxSettings.Read'], replies, ['MailboxSettings.Read', 'MailboxSettings.ReadWrite']],
  ['the list of the connector is not known', 'uipath-microsoft-365', undefined, replies, []],
  ['an alternative is asked for', onedrive, undefined, download, []],
  ['another alternative is asked for', teams, undefined, download, []],
  ['no list and no use', outlook, undefined, '', []],
];

testCells(
  rule,
  needs.map(
    ([name, connector, scopes, content, missing]): Cell => ({
      name,
      files: connectionProject(
        { connector, id: ids.mail, authentication: 'oauth-authorization-code', app: 'uipath', ...(scopes ? { scopes } : {}) },
        content,
      ),
      expected: lacks(...missing),
    }),
  ),
  shownWithScopes,
);

const task = { activity: 'CreateTask', connection: 'robot' };

testCells(
  rule,
  [
    { name: 'a group of two, neither asked for: the least of them', scopes: ['Mail.Read'], expected: lacks('Tasks.ReadWrite') },
    { name: 'a group of two, one of them declared', scopes: ['Group.ReadWrite.All'], expected: lacks('Group.ReadWrite.All') },
    { name: 'a group of two, the least declared', scopes: ['Tasks.ReadWrite'], expected: lacks('Tasks.ReadWrite') },
  ].map(
    ({ name, scopes, expected }): Cell => ({
      name,
      files: connectionProject({ connector: outlook, authentication: 'oauth-authorization-code', scopes }, '', { activities: [task] }),
      expected,
    }),
  ),
  shownWithScopes,
);

/** A Microsoft 365 Scope stated by hand signs in through the public app of the scope, not through a connector's. */
testCells(
  rule,
  [
    { app: 'uipath', scopes: ['Mail.Read', 'MailboxSettings.ReadWrite'], expected: lacks('MailboxSettings.ReadWrite') },
    { app: 'uipath', scopes: ['Mail.Read', 'Files.Read', 'Presence.Read'], expected: [] },
    { app: 'intake', scopes: ['Mail.Read', 'MailboxSettings.ReadWrite'], expected: [] },
  ].map(
    ({ app, scopes, expected }): Cell => ({
      name: `interactive-token, app ${app}: ${scopes.join(', ')}`,
      files: connectionProject({ authentication: 'interactive-token', app, scopes }, '', { apps: { intake: { clientId: ids.app } } }),
      expected,
    }),
  ),
  shownWithScopes,
);
