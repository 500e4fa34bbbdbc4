/** What counts as an activity that the catalogue does not know, in workflows and in a manifest. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { applyPreferred, checkFindings, findingsOf, tellFile } from '../../support/fixed-findings';
import {
  activity,
  automation,
  backupSlot,
  card,
  commentOut,
  element,
  files,
  ids,
  mailbox,
  manifest,
  property,
  scope,
  workflow,
} from '../../support/workflow-builder';

const rule = 'unknown-activity';
const shown = { DisplayName: 'Do it' };
const placed = { 'sap2010:WorkflowViewState.IdRef': 'Thing_1' };
const thing = (namespace: string, attributes: object = shown, ...children: readonly string[]) =>
  activity(namespace === '' ? 'BrandNewThing' : `${namespace}.BrandNewThing`, { ...attributes }, ...children);

const activityNamespaces = [
  ...['', 'Mail', 'Mail.Triggers', 'Calendar', 'Calendar.Triggers', 'Excel', 'Excel.Triggers', 'Files', 'Files.Triggers', 'General'],
  ...['Groups', 'Planner.Buckets', 'Planner.Plans', 'Planner.Tasks', 'Sharepoint', 'Sharepoint.Triggers'],
];
const otherNamespaces = ['Mail.Models', 'Mail.Enums', 'Mail.Filters', 'Calendar.Models', 'Files.Models'];

/** Types that stand inside activities, in whatever namespace of the package. */
const inner = [
  ...[
    'Mail.Models.MailboxArgument',
    'Mail.Models.MailFolderArgument',
    'Files.Models.DriveItemArgument',
    'Calendar.Models.CalendarArgument',
  ],
  ...['Mail.Filters.MailFilterCollection', 'Mail.Filters.MailFilterElement', 'Mail.Filters.TriggerMailFilterCollection'],
  ...['Mail.MailboxArgument', 'Mail.MailFolderArgument', 'Mail.MailFilterCollection', 'Mail.MailFilterElement', 'Mail.ActivityState'],
  ...['Files.DriveItemArgument', 'Calendar.CalendarArgument', 'Mail.Triggers.TriggerMailFilter', 'ActivityState'],
];
const known = [
  ...['Mail.GetMail', 'Mail.SendMailConnections', 'Mail.GetNewestEmail', 'Calendar.FindMeetingTimes', 'Excel.ReadRangeConnections'],
  ...['Files.UploadFile', 'Sharepoint.GetListInfo', 'General.HttpRequestConnections', 'Planner.Tasks.ListTasks', 'Groups.GetGroup'],
  ...[
    'Mail.Triggers.EmailSent',
    'Excel.Triggers.RowAddedToTableBottom',
    'WaitForListItemAdded',
    'Office365ApplicationScope',
    'Files.UseDriveCard',
  ],
];

/** What one workflow holds. */
const cells: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ...activityNamespaces.map((name) => [`a display name in ${name || 'the root'}`, thing(name), 'warning'] as const),
  ...otherNamespaces.map((name) => [`a display name in ${name}`, thing(name)] as const),
  ...otherNamespaces.map((name) => [`a view state in ${name}`, thing(name, placed)] as const),
  ...inner.map((type) => [`the inner type ${type}`, activity(type, { ...shown, ...placed })] as const),
  ...known.map((type) => [`the known ${type}`, activity(type, { ...shown, ...placed })] as const),
  ['a view state', thing('Mail', placed), 'warning'],
  ['both', thing('Mail', { ...shown, ...placed }), 'warning'],
  ['a view state as a child element', thing('Mail', {}, element('sap2010:WorkflowViewState.IdRef', {}, 'Thing_1')), 'warning'],
  ['neither', thing('Mail', {})],
  ['the flag of a connection', thing('Mail', { ConnectionId: ids.mail, UseConnectionService: 'True' }), 'warning'],
  ["the scope's verdict", thing('Mail', { AuthScopesInvalid: 'False' }), 'warning'],
  ['other attributes', thing('Mail', { ConnectionId: ids.mail, ConnectionKey: ids.mail, UseSharedMailbox: 'False' })],
  ['the flag of a connection on an argument', thing('Mail.Models', { UseConnectionService: 'True' })],
  ['a type argument', thing('Excel', { ...shown, 'x:TypeArguments': 'sd:DataRow' }), 'warning'],
  ['a known one with a type argument', activity('Excel.ReadRangeConnections', { ...shown, 'x:TypeArguments': 'sd:DataRow' })],
  ['a misspelt one', activity('Mail.SendMial', shown), 'warning'],
  ['a known name in another namespace', activity('Excel.SendMail', shown), 'warning'],
  ['two', thing('Mail') + thing('Files'), 'warning', 'warning'],
  ['the same twice', thing('Mail') + thing('Mail'), 'warning', 'warning'],
  ['in a scope', scope(['Mail.Read'], {}, thing('Mail')), 'warning'],
  ['in a card', card({}, thing('Files')), 'warning'],
  ['in another unknown one', thing('Mail', shown, thing('Files')), 'warning', 'warning'],
  [
    'in a known one',
    activity('Mail.ForEachEmailConnections', shown, property('Mail.ForEachEmailConnections', 'Body', thing('Mail'))),
    'warning',
  ],
  ['commented out', commentOut(thing('Mail'))],
  ['commented out in a scope', scope(['Mail.Read'], {}, commentOut(thing('Mail')))],
  ['in a slot of values not chosen', activity('Mail.GetNewestEmail', shown, backupSlot(thing('Mail')))],
  ['the slot itself', backupSlot()],
  ['of another assembly', element('mail:BrandNewThing', { ...shown, ...placed })],
  ['of the assembly of models', element('model:BrandNewThing', { ...shown, ...placed })],
  ['of no package', element('WriteLine', { ...shown, ...placed, Text: 'x' })],
  ['a connector activity', element('isactr:ConnectorActivity', { ...shown, ...placed, Configuration: 'H4sI' })],
  ['a property nobody knows', activity('Mail.GetMail', shown, property('Mail.GetMail', 'BrandNewThing'))],
  ['a mailbox', activity('Mail.GetNewestEmail', shown, mailbox('Mail.GetNewestEmail', { UseSharedMailbox: 'False' }))],
];

describe('elements of a workflow', () => {
  for (const [name, content, ...expected] of cells) test(name, () => checkFindings(rule, automation([content]), expected));
});

const stated = (...activities: readonly object[]): Files => files({ 'm365-automation.json': manifest({ activities }) });
const below = 'UiPath.MicrosoftOffice365.Activities';
const own = 'warning m365-automation.json';

/** Entries of `activities` in a manifest. */
const entries: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ...['GetNewestEmail', 'SendMail', 'ReadRangeConnections', 'NewEmailReceived', 'WaitForFileCreated'].map(
    (name) => [name, stated({ activity: name })] as const,
  ),
  [`${below}.Mail.GetNewestEmail`, stated({ activity: `${below}.Mail.GetNewestEmail` })],
  [`${below}.WaitForFileCreated`, stated({ activity: `${below}.WaitForFileCreated` })],
  ...['GetNewestMail', 'GetNewestEmial', 'Nonsense', 'Send Mail', `${below}.Mail.Nonsense`, `${below}.Excel.SendMail`].map(
    (name) => [name, stated({ activity: name }), own] as const,
  ),
  ...[
    'GET /me/messages',
    'POST /me/sendMail',
    'GET /users/robot@contoso.com/messages',
    'GET https://graph.microsoft.com/v1.0/me/messages',
  ].map((operation) => [operation, stated({ operation })] as const),
  ...['GET /me/messagez', 'PUT /me/sendMail', 'FETCH /me/messages', 'sendMail', '/me/messages', 'GET /nothing/at/all'].map(
    (operation) => [operation, stated({ operation }), own] as const,
  ),
  ['two, one of them unknown', stated({ activity: 'GetNewestEmail' }, { activity: 'Nonsense' }), own],
  ['the same twice', stated({ activity: 'Nonsense' }, { activity: 'Nonsense' }), own, own],
  ['neither activity nor operation', stated({ connection: 'mail' })],
  ['no activities', stated()],
  [
    'one in a workflow, one in the manifest',
    files({ 'Main.xaml': workflow([thing('Mail')]), 'm365-automation.json': manifest({ activities: [{ activity: 'Nonsense' }] }) }),
    'warning Main.xaml',
    own,
  ],
];

describe('entries of a manifest', () => {
  for (const [name, input, ...expected] of entries) test(name, () => checkFindings(rule, input, expected, tellFile));
});

test('the nearest name is the preferred fix', () => {
  for (const [wrong, right] of [
    ['GetNewestEmial', 'GetNewestEmail'],
    ['DownloadFileConection', 'DownloadFileConnections'],
    ['WaitForFileCreate', 'WaitForFileCreated'],
  ]) {
    const after = applyPreferred(rule, stated({ activity: wrong, with: { MarkAsRead: true } }));
    assert.deepEqual(JSON.parse(after.get('/project/m365-automation.json') ?? ''), {
      activities: [{ activity: right, with: { MarkAsRead: true } }],
    });
  }
});

test('a name that is near to nothing has no fix', () => {
  const fixes = findingsOf(rule, stated({ activity: 'Nonsense' })).flatMap((problem) => problem.fixes);
  assert.deepEqual(
    fixes.filter(({ preferred }) => preferred),
    [],
  );
});
