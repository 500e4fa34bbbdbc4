/** Says which activities call what the chosen cloud does not have. */
import { type Cell, testCells } from '../../support/findings';
import { activity, commentedOut, connected, connectionProject, ids, inScope, project, scope } from '../../support/project-builder';

const rule = 'environment-unavailable';
const times = (count: number) => Array.from({ length: count }, () => `${rule} warning`);

/** Findings by cloud: Global, USGovernment (L4), USGovernmentDOD (L5), China. */
const activities: Readonly<Record<string, readonly [string, string]>> = {
  'Mail.GetMail': [activity('Mail.GetMail'), '0 0 0 0'],
  'Mail.SendMail': [activity('Mail.SendMail'), '0 0 0 0'],
  'Calendar.FindMeetingTimes': [activity('Calendar.FindMeetingTimes'), '0 0 0 0'],
  'Files.UploadFile': [activity('Files.UploadFile'), '0 0 0 0'],
  'Sharepoint.GetListItems': [activity('Sharepoint.GetListItems'), '0 0 0 0'],
  'Excel.CreateWorkbook': [activity('Excel.CreateWorkbook'), '0 0 0 0'],
  'Excel.ReadRange': [activity('Excel.ReadRange'), '0 0 0 1'],
  'Excel.AppendRange, two requests': [activity('Excel.AppendRange'), '0 0 0 1'],
  'Excel.WriteCellConnections': [inScope('Excel.WriteCellConnections'), '0 0 0 1'],
  'Planner.Tasks.CreateTask': [activity('Planner.Tasks.CreateTask'), '0 0 0 1'],
  'Files.AssignSensitivityLabelConnections': [inScope('Files.AssignSensitivityLabelConnections'), '0 1 1 1'],
  'two workbooks and a mail': [activity('Excel.ReadRange') + activity('Excel.ReadCell') + activity('Mail.GetMail'), '0 0 0 2'],
  'a workbook, commented out': [commentedOut(activity('Excel.ReadRange')), '0 0 0 0'],
  nothing: ['', '0 0 0 0'],
};

/** `Environment` of a workflow, and the column of the table above; undefined where nobody knows. */
const environments: Readonly<Record<string, number | undefined>> = {
  absent: 0,
  '{x:Null}': 0,
  Default: 0,
  Global: 0,
  USGovernment: 1,
  USGovernmentDOD: 2,
  China: 3,
  china: 3,
  '[environment]': undefined,
};

testCells(
  rule,
  Object.entries(environments).flatMap(([environment, column]) =>
    Object.entries(activities).map(
      ([name, [body, row]]): Cell => ({
        name: `Environment ${environment}, ${name}`,
        files: project({ content: scope({ attributes: environment === 'absent' ? {} : { Environment: environment }, body }) }),
        expected: column === undefined ? [] : times(Number(row.split(' ')[column])),
      }),
    ),
  ),
);

/** Germany is closed: that is said once, whatever stands inside. */
testCells(
  rule,
  Object.entries(activities).map(
    ([name, [body]]): Cell => ({
      name: `Environment Germany, ${name}`,
      files: project({ content: scope({ attributes: { Environment: 'Germany' }, body }) }),
      expected: times(1),
    }),
  ),
);

testCells(rule, [
  {
    name: 'Germany, commented out',
    files: project({ content: commentedOut(scope({ attributes: { Environment: 'Germany' } })) }),
    expected: [],
  },
  {
    name: 'each scope has a cloud of its own',
    files: project({
      content: ['China', 'Global', 'Germany']
        .map((Environment) => scope({ attributes: { Environment }, body: activity('Excel.ReadRange') }))
        .join('\n'),
    }),
    expected: times(2),
  },
  {
    name: 'the cloud of the scope, not that of the manifest',
    files: project({
      content: scope({ attributes: { Environment: 'Global' }, body: activity('Excel.ReadRange') }),
      manifest: { environment: 'china' },
    }),
    expected: [],
  },
]);

const clouds = ['absent', 'office365', 'us-gov-l4', 'us-gov-l5', 'china'];
const own = (environment: string) => (environment === 'absent' ? {} : { environment });

/** Whether the cloud that counts for a connection is `china`: its own, else that of the manifest (down: the manifest's, across: its own). */
const isChina: Readonly<Record<string, string>> = {
  absent: '- - - - C',
  office365: '- - - - C',
  'us-gov-l4': '- - - - C',
  'us-gov-l5': '- - - - C',
  china: 'C - - - C',
};

testCells(
  rule,
  Object.entries(isChina).flatMap(([manifest, row]) =>
    clouds.map(
      (cloud, column): Cell => ({
        name: `manifest ${manifest}, connection ${cloud}, a workbook`,
        files: connectionProject(
          { connector: 'uipath-microsoft-onedrive', id: ids.files, authentication: 'byo-app', ...own(cloud) },
          connected('Excel.WriteCellConnections', ids.files),
          own(manifest),
        ),
        expected: times(row.split(' ')[column] === 'C' ? 1 : 0),
      }),
    ),
  ),
);

/** Uses of a connection by cloud, in the order office365, us-gov-l4, us-gov-l5, china. */
const uses: Readonly<Record<string, readonly [string, object[], string]>> = {
  mail: [connected('Mail.GetNewestEmail', ids.files), [], '0 0 0 0'],
  'a sensitivity label': [connected('Files.AssignSensitivityLabelConnections', ids.files), [], '0 1 1 1'],
  'two workbooks': [connected('Excel.WriteCellConnections', ids.files) + connected('Excel.ReadCellConnections', ids.files), [], '0 0 0 2'],
  'a workbook of another connection': [connected('Excel.WriteCellConnections', ids.mail), [], '0 0 0 0'],
  'a workbook by hand': ['', [{ activity: 'WriteCellConnections', connection: 'robot' }], '0 0 0 1'],
  'presence by hand': ['', [{ operation: 'GET /me/presence', connection: 'robot' }], '0 0 0 1'],
  'mail by hand': ['', [{ operation: 'POST /me/sendMail', connection: 'robot' }], '0 0 0 0'],
  'presence by a request': [
    connected('General.HttpRequestConnections', ids.files, { RequestMethod: 'GET', RequestUrl: '/me/presence' }),
    [],
    '0 0 0 1',
  ],
  'mail by a request': [
    connected('General.HttpRequestConnections', ids.files, { RequestMethod: 'GET', RequestUrl: '/me/messages' }),
    [],
    '0 0 0 0',
  ],
  'a request that nobody knows': [
    connected('General.HttpRequestConnections', ids.files, { RequestMethod: 'GET', RequestUrl: '[url]' }),
    [],
    '0 0 0 0',
  ],
};

testCells(
  rule,
  Object.entries(uses).flatMap(([name, [content, byHand, row]]) =>
    clouds.slice(1).map(
      (cloud, column): Cell => ({
        name: `connection ${cloud}, ${name}`,
        files: connectionProject({ id: ids.files, environment: cloud }, content, { activities: byHand }),
        expected: times(Number(row.split(' ')[column])),
      }),
    ),
  ),
);
