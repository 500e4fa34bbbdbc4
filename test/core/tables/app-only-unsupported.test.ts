/** Says which activities have no application permission where only an application signs in, and how sure that is. */
import { type Cell, testCells } from '../../support/findings';
import {
  type Attributes,
  activity,
  commentedOut,
  connected,
  connectionProject,
  ids,
  inScope,
  project,
  scope,
} from '../../support/project-builder';
import { appOnlySignIns } from '../../support/sign-ins';

const unsupported = 'app-only-unsupported';
const secret = { AuthenticationType: 'ApplicationIdAndSecret' };

function inWorkflow(attributes: Attributes, body: string): Cell['files'] {
  return project({ content: scope({ attributes, body }) });
}

testCells(
  unsupported,
  appOnlySignIns.map(
    ([attributes, isAppOnly]): Cell => ({
      name: `sign-in ${JSON.stringify(attributes)}`,
      files: inWorkflow(attributes, activity('Calendar.FindMeetingTimes', { Account: '[mailbox]' })),
      expected: isAppOnly ? [`${unsupported} error`] : [],
    }),
  ),
);

/** Activities under an application alone, by how sure it is that Graph has no permission for it. */
const support: readonly [string, string, string?][] = [
  [activity('Calendar.FindMeetingTimes'), 'documented', 'error'],
  [inScope('Calendar.FindMeetingTimesConnections'), 'derived', 'warning'],
  ...['ReadRange', 'WriteRange', 'ReadCell', 'GetSheets', 'AppendRange', 'DeleteSheet', 'VLookupRange', 'CopySheet'].map(
    (name): [string, string, string] => [activity(`Excel.${name}`), `workbook ${name}`, 'information'],
  ),
  ...['ReadRange', 'WriteCell', 'ForEachRow', 'AddSheet'].map((name): [string, string, string] => [
    inScope(`Excel.${name}Connections`),
    `workbook ${name}, modern`,
    'information',
  ]),
  [activity('Excel.CreateWorkbook'), 'a file that happens to be a workbook'],
  [inScope('Excel.CreateWorkbookConnections'), 'the same, modern'],
  [activity('Files.ForEachFileFolder'), 'a guess that asks for nothing'],
  [activity('Files.UseDriveCard'), 'a container'],
  [activity('Mail.GetMail'), 'mail'],
  [activity('Files.UploadFile'), 'files'],
  [activity('Planner.Tasks.CreateTask'), 'planner'],
  [activity('Groups.CreateGroup'), 'groups'],
  [inScope('General.HttpRequestConnections', { RequestUrl: '[url]' }), 'a request nobody knows'],
  [
    inScope('General.HttpRequestConnections', { RequestMethod: 'GET', RequestUrl: '/me/messages' }),
    'a request to the signed-in user',
    'warning',
  ],
  [
    inScope('General.HttpRequestConnections', { RequestMethod: 'GET', RequestUrl: '/users/a@b.com/messages' }),
    'a request to a user by name',
  ],
  [commentedOut(activity('Calendar.FindMeetingTimes')), 'commented out'],
  [connected('Calendar.FindMeetingTimesConnections', ids.mail), 'with a connection of its own'],
];

testCells(
  unsupported,
  support.map(
    ([body, name, severity]): Cell => ({
      name,
      files: inWorkflow(secret, body),
      expected: severity === undefined ? [] : [`${unsupported} ${severity}`],
    }),
  ),
);

/** Connections say how they sign in as well. */
testCells(
  unsupported,
  ['absent', 'oauth-authorization-code', 'byo-app', 'oauth-client-credentials', 'oauth-client-certificate'].flatMap(
    (authentication): Cell[] => {
      const isAppOnly = authentication.startsWith('oauth-client');
      const make = (name: string) =>
        connectionProject({ id: ids.mail, ...(authentication === 'absent' ? {} : { authentication }) }, connected(name, ids.mail));
      return [
        {
          name: `connection ${authentication}, meeting times`,
          files: make('Calendar.FindMeetingTimesConnections'),
          expected: isAppOnly ? [`${unsupported} warning`] : [],
        },
        {
          name: `connection ${authentication}, workbook`,
          files: make('Excel.WriteCellConnections'),
          expected: isAppOnly ? [`${unsupported} information`] : [],
        },
        { name: `connection ${authentication}, mail`, files: make('Mail.GetNewestEmail'), expected: [] },
      ];
    },
  ),
);
