/** Where workflows and bindings disagree on a connection, and where nobody can know. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { binding, bindings, codedBindings, configuration, connectorActivity, connectors, httpActivity } from '../../support/bindings';
import { checkFindings, findingsOf } from '../../support/fixed-findings';
import {
  type Attributes,
  activity,
  card,
  commentOut,
  element,
  files,
  ids,
  manifest,
  projectJson,
  scope,
  workflow,
} from '../../support/workflow-builder';

const rule = 'binding-mismatch';
const mail = (ConnectionId: string = ids.mail) => activity('Mail.GetNewestEmail', { ConnectionId });
const drive = (ConnectionId: string = ids.files) => activity('Files.DownloadFileConnections', { ConnectionId });
const log = element('WriteLine', { Text: 'x' });
const service = { AuthenticationType: 'IntegrationService', UseConnectionService: 'True' };
const teams = (ConnectionId: string) => connectorActivity(ConnectionId, configuration(connectors.teams));
const other = (ConnectionId: string) => connectorActivity(ConnectionId, configuration(connectors.other));
const unread = (ConnectionId: string) => connectorActivity(ConnectionId, 'H4sI');
const both = [binding(ids.mail, connectors.outlook, 'Finance'), binding(ids.files, connectors.onedrive)];

/** The file and the connection of each finding. */
const tell = ({ file, connection }: { file: string; connection?: string }) =>
  `${file.replace('/project/', '')} ${Object.entries(ids).find(([, id]) => id === connection?.toLowerCase())?.[0] ?? connection}`;

function check(texts: Readonly<Record<string, string | undefined>>, expected: readonly string[]): void {
  checkFindings(rule, files({ 'project.json': projectJson(), ...texts }), expected, tell);
}

const [noMail, noFiles] = ['bindings_v2.json mail', 'bindings_v2.json files'];

describe('a workflow beside bindings of a mail and a files connection', () => {
  const cells: readonly (readonly [string, readonly string[], ...(readonly string[])])[] = [
    ['both', [mail(), drive()]],
    ['both in upper case', [mail(ids.mail.toUpperCase()), drive(ids.files.toUpperCase())]],
    ['one', [mail()], noFiles],
    ['none', [log], noMail, noFiles],
    ['one that is not bound', [mail(), drive(), mail(ids.other)], 'Main.xaml other'],
    ['the same one twice', [mail(), drive(), mail(ids.other), drive(ids.other)], 'Main.xaml other', 'Main.xaml other'],
    ['one that is not bound, commented out', [mail(), drive(), commentOut(mail(ids.other))]],
    ['one, and the other commented out', [mail(), commentOut(drive())], noFiles],
    ['an empty one', [mail(), drive(), mail('{x:Null}'), mail('')]],
    ['a literal in brackets', [mail(), drive(), mail(`["${ids.other}"]`)], 'Main.xaml other'],
    ['by activities of another connector', [mail(ids.files), drive(ids.mail)]],
    ['an expression of a mail activity', [mail('[connection]')], noFiles],
    ['an expression of a files activity', [drive('[connection]')], noMail],
    ['an expression that is commented out', [commentOut(mail('[connection]'))], noMail, noFiles],
    ['an expression of an HTTP request', [activity('General.HttpRequestConnections', { ConnectionId: '[c]' })], noMail, noFiles],
    ['an expression of an unknown activity', [activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: '[connection]' })]],
    ['an unknown activity', [drive(), activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: ids.mail })]],
    [
      'an unknown activity with one that is not bound',
      [mail(), drive(), activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: ids.other })],
    ],
    ['a trigger', [activity('Mail.Triggers.NewEmailReceived', { ConnectionId: ids.mail }), drive()]],
    ['a card', [mail(), card({ ConnectionId: ids.files }, activity('Files.UploadFile'))]],
    [
      'a card that is not bound, told once',
      [mail(), drive(), card({ ConnectionId: ids.other }, activity('Files.UploadFile'), activity('Files.UploadFile'))],
      'Main.xaml other',
    ],
    ['a scope', [drive(), scope(undefined, { ...service, ConnectionId: ids.mail }, activity('Mail.SendMail'))]],
    [
      'a scope that is not bound, told once',
      [mail(), drive(), scope(undefined, { ...service, ConnectionId: ids.other }, activity('Mail.SendMail'), activity('Mail.GetMail'))],
      'Main.xaml other',
    ],
    ['a scope with an expression', [scope(undefined, { ...service, ConnectionId: '[connection]' }, activity('Mail.SendMail'))]],
    ['a scope that signs in itself', [mail(), drive(), scope([], { ConnectionId: ids.other }, activity('Mail.SendMail'))]],
    [
      'an activity in a scope that does not use its own',
      [mail(), drive(), scope([], {}, activity('Mail.GetNewestEmail', { ConnectionId: ids.other, UseConnectionService: 'False' }))],
    ],
    ['a classic activity', [mail(), drive(), activity('Mail.SendMail', { ConnectionId: ids.other })]],
    ['another assembly', [mail(), drive(), element('mail:GetNewestEmail', { ConnectionId: ids.other })]],
    ['a connector activity', [mail(), teams(ids.files)]],
    ['a connector activity that is not bound', [mail(), drive(), teams(ids.other)], 'Main.xaml other'],
    ['a request that is not bound', [mail(), drive(), httpActivity(ids.other, connectors.outlook, 'GET', '/me')], 'Main.xaml other'],
    ['a connector activity with an expression', [teams('[connection]')], noMail, noFiles],
    ['another maker’s', [mail(), other(ids.files)]],
    ['another maker’s that is not bound', [mail(), drive(), other(ids.other)]],
    ['another maker’s with an expression', [other('[connection]')], noMail, noFiles],
    ['a connector activity nobody can read', [mail(), unread(ids.files)]],
    ['one nobody can read that is not bound', [mail(), drive(), unread(ids.other)]],
    ['one nobody can read, with an expression', [unread('[connection]')]],
  ];
  for (const [name, content, ...expected] of cells)
    test(name, () => check({ 'Main.xaml': workflow(content), 'bindings_v2.json': bindings(...both) }, expected));
});

describe('bindings beside a workflow that uses the mail connection', () => {
  const bound = binding(ids.mail, connectors.outlook);
  const cells: readonly (readonly [string, string | undefined, ...(readonly string[])])[] = [
    ['none', undefined],
    ['an empty list', bindings(), 'Main.xaml mail'],
    ['no list', '{}', 'Main.xaml mail'],
    ['the one', bindings(bound)],
    ['without metadata', bindings(binding(ids.mail, null))],
    ['another maker’s', bindings(bound, binding(ids.other, connectors.other))],
    ['one without a connector', bindings(bound, binding(ids.other, null))],
    [
      'an unused one of each connector',
      bindings(bound, binding(ids.files, connectors.onedrive), binding(ids.other, connectors.teams)),
      noFiles,
      'bindings_v2.json other',
    ],
    [
      'an unused one, bound twice',
      bindings(bound, binding(ids.files, connectors.onedrive), binding(ids.files, connectors.onedrive)),
      noFiles,
    ],
    ['an unused expression', bindings(bound, binding('in_Connection', connectors.outlook, 'C', true))],
    ['by default only', bindings({ ...bound, key: 'Mail' })],
    ['things that are no connections', bindings(bound, { resource: 'asset', key: ids.other })],
    ['that are damaged', '{"resources":['],
    ['that are damaged after an unused one', `${bindings(bound, binding(ids.files, connectors.onedrive)).slice(0, -2)}`],
    ['in lower case', bindings(bound).toLowerCase()],
  ];
  for (const [name, text, ...expected] of cells)
    test(name, () => check({ 'Main.xaml': workflow([mail()]), 'bindings_v2.json': text }, expected));
});

describe('other files', () => {
  const all = bindings(...both);
  const coded = (body: string) => `public class Send : CodedWorkflow\n{\n    public void Execute() { ${body} }\n}\n`;
  const declared = { connections: { robot: { id: ids.files } } };
  const cells: readonly (readonly [string, Readonly<Record<string, string | undefined>>, ...(readonly string[])])[] = [
    ['a second workflow uses the other', { 'Sub/Read.xaml': workflow([drive()]) }],
    ['a second workflow has an expression', { 'Sub/Read.xaml': workflow([drive('[connection]')]) }],
    ['a second workflow is damaged', { 'Sub/Read.xaml': '<Activity><Sequence></Activity>' }],
    ['a coded workflow calls the service', { 'Send.cs': coded('office365.Mail(c).SendEmail("a", "b", "c");') }],
    ['a coded workflow does not', { 'Send.cs': coded('Log("x");') }, noFiles],
    [
      'coded workflows could use it',
      { '.project/CodedBindingsMetadata.json': codedBindings({ 'OneDrive.Robot': [ids.files, connectors.onedrive] }) },
      noFiles,
    ],
    [
      'the manifest uses it by key',
      { 'm365-automation.json': manifest({ ...declared, activities: [{ activity: 'DownloadFileConnections', connection: 'robot' }] }) },
    ],
    ['a workflow names it by key', { 'Second.xaml': workflow([drive('robot')]), 'm365-automation.json': manifest(declared) }],
    ['nearer bindings count', { 'Sub/bindings_v2.json': bindings(), 'Sub/Read.xaml': workflow([drive()]) }, 'Sub/Read.xaml files', noFiles],
    ['a neighbour whose name goes on is not below', { 'Sub/bindings_v2.json': bindings(), 'Sub2/Read.xaml': workflow([drive()]) }],
    ['bindings with no workflow below say nothing', { 'Sub/bindings_v2.json': bindings(binding(ids.other, connectors.teams)) }, noFiles],
  ];
  for (const [name, texts, ...expected] of cells)
    test(name, () => check({ 'Main.xaml': workflow([mail()]), 'bindings_v2.json': all, ...texts }, expected));
});

const one = (attributes: Attributes = {}): Files =>
  files({
    'Main.xaml': workflow([
      mail(),
      activity('Mail.SendMailConnections', { ConnectionId: ids.other, DisplayName: 'Send report', ...attributes }),
    ]),
    'bindings_v2.json': bindings(...both),
  });

test('a finding stands at the activity’s name and at the binding’s key, and says which connection it is', () => {
  const input = one();
  const places = findingsOf(rule, input).map(({ file, range }) => input.get(file)?.slice(range.start, range.end));
  assert.deepEqual(places, ['umam:SendMailConnections', `"${ids.files}"`]);
  const messages = findingsOf(rule, input).map(({ message }) => message);
  assert.ok(messages.includes(`Send report uses the connection ${ids.other}, which bindings_v2.json does not hold.`), messages.join('\n'));
  assert.ok(messages.includes(`The bindings hold the connection ${ids.files}, which no activity uses.`));
});

test('a name is told with the start of the GUID', () => {
  const input = files({
    'Main.xaml': workflow([log]),
    'bindings_v2.json': bindings(binding(ids.mail, connectors.outlook, 'Outlook of finance')),
  });
  assert.match(findingsOf(rule, input)[0]?.message ?? '', /the connection Outlook of finance \(11111111…\), which/);
});

test('it can be accepted', () => {
  const accept = [{ rule, connection: ids.other, reason: 'comes with the next package' }];
  const input = new Map([...one(), ['/project/m365-automation.json', manifest({ accept })]]);
  checkFindings(rule, input, [noFiles], tell);
});
