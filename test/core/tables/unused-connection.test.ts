/** Which connections of a manifest nothing names, and when something unknown may name them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configuration, connectorActivity } from '../../support/bindings';
import { applyFix, checkFindings, findingsOf, tellConnection } from '../../support/fixed-findings';
import {
  activity,
  automation,
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

const rule = 'unused-connection';
const connections = {
  mail: { connector: 'uipath-microsoft-outlook365', id: ids.mail, scopes: ['Mail.Read'] },
  files: { connector: 'uipath-microsoft-onedrive', id: [ids.files, ids.other], scopes: ['Files.Read'] },
};
const both = { connections };
const mail = (ConnectionId: string = ids.mail) => activity('Mail.GetNewestEmail', { ConnectionId });
const drive = (ConnectionId: string = ids.files) => activity('Files.DownloadFileConnections', { ConnectionId });
const log = element('WriteLine', { Text: 'x' });
const service = { AuthenticationType: 'IntegrationService', UseConnectionService: 'True' };
const connector = (ConnectionId: string, key?: string) => connectorActivity(ConnectionId, key === undefined ? 'H4sI' : configuration(key));
const [noMail, noFiles] = ['warning mail', 'warning files'];

/** What Main holds beside a manifest with a mail and a files connection. */
const cells: readonly (readonly [string, readonly string[], ...(readonly string[])])[] = [
  ['both', [mail(), drive()]],
  ['one', [mail()], noFiles],
  ['the other', [drive()], noMail],
  ['none', [log], noMail, noFiles],
  ['both twice', [mail(), drive(), mail(), drive()]],
  ['in upper case', [mail(ids.mail.toUpperCase()), drive(ids.files.toUpperCase())]],
  ['the second GUID', [mail(), drive(ids.other)]],
  ['by key', [mail('mail'), drive('files')]],
  ['as an expression of one literal', [mail(`["${ids.mail}"]`), drive()]],
  ['by an activity of another connector', [mail(), mail(ids.files)]],
  ['by a trigger', [activity('Mail.Triggers.NewEmailReceived', { ConnectionId: ids.mail }), drive()]],
  ['by a card', [mail(), card({ ConnectionId: ids.files }, activity('Files.UploadFile'))]],
  ['by a scope', [drive(), scope(undefined, { ...service, ConnectionId: ids.mail }, activity('Mail.SendMail'))]],
  ['by an unknown activity', [drive(), activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: ids.mail })]],
  ['only commented out', [mail(), commentOut(drive())], noFiles],
  ['only in a commented-out scope', [drive(), commentOut(scope([], { ...service, ConnectionId: ids.mail }, mail()))], noMail],
  ['by activities in a scope that signs in itself', [drive(), scope(['Mail.Read'], {}, activity('Mail.GetMail'))], noMail],
  ['by an activity without a connection', [mail('{x:Null}'), drive()], noMail],
  ['by an activity of another assembly', [drive(), element('mail:GetNewestEmail', { ConnectionId: ids.mail })], noMail],
  ['a GUID that nobody declares', [mail(), activity('Mail.GetNewestEmail', { ConnectionId: ids.mail.replace('aa', 'ab') })], noFiles],
  ['an expression of a mail activity', [mail('[connection]')], noFiles],
  ['an expression of a files activity', [drive('[connection]')], noMail],
  ['expressions of both', [mail('[connection]'), drive('[connection]')]],
  ['a commented-out expression', [commentOut(mail('[connection]'))], noMail, noFiles],
  ['an expression of a third connector', [activity('General.HttpRequestConnections', { ConnectionId: '[connection]' })], noMail, noFiles],
  ['an expression of an unknown activity', [activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: '[connection]' })]],
  ['an expression of a connector activity nobody can read', [connector('[connection]')]],
  ['a connector activity of this connector', [mail(), connector(ids.files, 'uipath-microsoft-onedrive')]],
  ['a connector activity of its connector, by key', [drive(), connector(ids.mail, 'uipath-microsoft-outlook365')]],
  ['a connector activity of another maker', [mail(), connector(ids.files, 'uipath-salesforce-sfdc')]],
  ['a connector activity of another connector', [mail(), connector(ids.files, 'uipath-microsoft-teams')]],
  ['a connector activity nobody can read', [mail(), connector(ids.files)]],
  ['an expression of a connector activity of the mail connector', [connector('[connection]', 'uipath-microsoft-outlook365')], noFiles],
  ['an expression of another maker’s connector activity', [connector('[connection]', 'uipath-salesforce-sfdc')], noMail, noFiles],
  ['a commented-out connector activity', [mail(), commentOut(connector(ids.files, 'uipath-microsoft-onedrive'))], noFiles],
];

describe('what a workflow names', () => {
  for (const [name, content, ...expected] of cells)
    test(name, () => checkFindings(rule, automation(content, both), expected, tellConnection));
});

const read = { activity: 'GetNewestEmail' };
const robot = { authentication: 'interactive-token', scopes: ['Mail.Read'] };

/** What the manifest says itself, beside a Main that uses the mail connection. */
const manifests: readonly (readonly [string, object, ...(readonly string[])])[] = [
  ['stated by hand', { ...both, activities: [{ activity: 'DownloadFileConnections', connection: 'files' }] }],
  ['stated by hand as an operation', { ...both, activities: [{ operation: 'GET /me/drive/root', connection: 'files' }] }],
  ['stated by hand, a name nobody knows', { ...both, activities: [{ activity: 'BrandNewThing', connection: 'files' }] }],
  ['stated by hand without a connection', { ...both, activities: [read] }, noFiles],
  ['stated by hand for another', { ...both, activities: [{ ...read, connection: 'mail' }] }, noFiles],
  ['no connector, named by hand', { connections: { robot }, activities: [{ ...read, connection: 'robot' }] }],
  ['no connector, named by nobody', { connections: { robot } }, 'warning robot'],
  ['no connector, named by a workflow', { connections: { robot: { id: ids.mail } } }],
  ['no GUID, named by nobody', { connections: { files: { connector: 'uipath-microsoft-onedrive' } } }, noFiles],
  ['globs that leave the workflow out', { ...both, workflows: ['Sub/**'] }, noMail, noFiles],
  ['globs that take it in', { ...both, workflows: ['Main.xaml'] }, noFiles],
  ['no connections', { connections: {} }],
  ['a manifest without connections', { name: 'robot' }],
];

describe('what the manifest says', () => {
  for (const [name, content, ...expected] of manifests)
    test(name, () => checkFindings(rule, automation([mail()], content), expected, tellConnection));
});

const coded = (body: string) => `public class Send : CodedWorkflow\n{\n    public void Execute() { ${body} }\n}\n`;
const calls = coded('office365.Mail(connections.O365Mail.Robot).SendEmail("a@contoso.com", "Hi", "Text");');
const none = { connections: { unknown: { id: ids.other } } };

/** Other files beside Main, which uses the mail connection. */
const others: readonly (readonly [string, Readonly<Record<string, string>>, object, ...(readonly string[])])[] = [
  ['a second workflow', { 'Sub/Read.xaml': workflow([drive()]) }, both],
  ['a second workflow that uses nothing', { 'Sub/Read.xaml': workflow([log]) }, both, noFiles],
  ['a coded workflow that calls the service', { 'Send.cs': calls }, both],
  ['a coded workflow that does not', { 'Send.cs': coded('Log("x");') }, both, noFiles],
  ['a broken workflow', { 'Broken.xaml': '<Activity><Sequence></Activity>' }, both],
  ['an empty workflow', { 'Empty.xaml': '' }, both],
  ['a connection without a connector', {}, none, 'warning unknown'],
  ['a connection without a connector, beside an expression', { 'Read.xaml': workflow([drive('[connection]')]) }, none],
  ['an expression in another file', { 'Read.xaml': workflow([drive('[connection]')]) }, both],
  [
    'an expression in a file that the globs leave out',
    { 'Read.xaml': workflow([drive('[c]')]) },
    { ...both, workflows: ['Main.xaml'] },
    noFiles,
  ],
];

describe('what other files say', () => {
  for (const [name, texts, content, ...expected] of others) {
    const input = files({
      'Main.xaml': workflow([mail()]),
      'project.json': projectJson(),
      'm365-automation.json': manifest(content),
      ...texts,
    });
    test(name, () => checkFindings(rule, input, expected, tellConnection));
  }
});

test('a manifest alone uses nothing of its own', () => {
  checkFindings(rule, files({ 'm365-automation.json': manifest(both) }), [noMail, noFiles], tellConnection);
});

test('a fix takes the connection away and nothing else', () => {
  for (const [content, unused] of [
    [[mail()], 'files'],
    [[drive()], 'mail'],
  ] as const) {
    const input = automation(content, { name: 'robot', ...both, accept: [] });
    const [fix] = findingsOf(rule, input).flatMap(({ fixes }) => fixes);
    assert.ok(fix);
    const after = applyFix(input, fix).get('/project/m365-automation.json') ?? '';
    const left = Object.fromEntries(Object.entries(connections).filter(([key]) => key !== unused));
    assert.deepEqual(JSON.parse(after), { name: 'robot', connections: left, accept: [] });
  }
});
