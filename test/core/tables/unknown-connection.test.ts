/** Which uses name a connection that a manifest with connections does not have. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { binding, bindings, configuration, connectorActivity } from '../../support/bindings';
import { catalog } from '../../support/catalog';
import { applyFix, checkFindings, findingsOf, tellFile } from '../../support/fixed-findings';
import {
  type Attributes,
  activity,
  automation,
  card,
  commentOut,
  element,
  files,
  ids,
  manifest,
  property,
  scope,
  workflow,
} from '../../support/workflow-builder';

const rule = 'unknown-connection';
const outlook = 'uipath-microsoft-outlook365';
const declared = { connections: { mail: { connector: outlook, id: ids.mail, scopes: ['Mail.Read'] } } };
const several = { connections: { mail: { connector: outlook, id: [ids.mail, ids.files] } } };
const newest = (ConnectionId: string, attributes: Attributes = {}) => activity('Mail.GetNewestEmail', { ConnectionId, ...attributes });
const withContent = (content: string) => activity('Mail.GetNewestEmail', {}, property('Mail.GetNewestEmail', 'ConnectionId', content));
const service = { AuthenticationType: 'IntegrationService', UseConnectionService: 'True' };
const main = 'error Main.xaml';

/** What one workflow holds, and the manifest beside it. */
const cells: readonly (readonly [string, string, unknown, ...(readonly string[])])[] = [
  ['declared', newest(ids.mail), declared],
  ['declared, in upper case', newest(ids.mail.toUpperCase()), declared],
  ['declared in upper case', newest(ids.mail), { connections: { mail: { id: ids.mail.toUpperCase() } } }],
  ['declared, as an expression of one literal', newest(`["${ids.mail}"]`), declared],
  ['named by its key', newest('mail'), declared],
  ['the first of several', newest(ids.mail), several],
  ['the second of several', newest(ids.files), several],
  ['none of several', newest(ids.other), several, main],
  ['another', newest(ids.other), declared, main],
  ['another, as an expression of one literal', newest(`["${ids.other}"]`), declared, main],
  ['another, as a child element', withContent(`<InArgument x:TypeArguments="x:String">${ids.other}</InArgument>`), declared, main],
  ['another name', newest('calendar'), declared, main],
  ['a manifest with no connection at all', newest(ids.mail), { connections: {} }, main],
  ['connections without GUIDs', newest(ids.mail), { connections: { mail: { connector: outlook } } }, main],
  ['two uses of one', newest(ids.other) + newest(ids.other), declared, main, main],
  ['two uses of two', newest(ids.other) + newest(ids.files), declared, main, main],
  ['one declared, one not', newest(ids.mail) + newest(ids.other), declared, main],
  ['another connector', activity('Files.DownloadFileConnections', { ConnectionId: ids.files }), declared, main],
  ['a trigger', activity('Mail.Triggers.NewEmailReceived', { ConnectionId: ids.other }), declared, main],
  ['a wait activity', activity('WaitForEmailReceived', { ConnectionId: ids.other }), declared, main],
  ['a request', activity('General.HttpRequestConnections', { ConnectionId: ids.other, RequestUrl: '/me' }), declared, main],
  ['a files activity in a card', card({ ConnectionId: ids.other }, activity('Files.UploadFile')), declared, main],
  ['a files activity in a card that is declared', card({ ConnectionId: ids.mail }, activity('Files.UploadFile')), declared],
  ['a files activity in a card with its own account', card({}, activity('Files.UploadFile')), declared],
  ['mail in a scope', scope(undefined, { ...service, ConnectionId: ids.other }, activity('Mail.SendMail')), declared, main],
  ['mail in a scope that is declared', scope(undefined, { ...service, ConnectionId: ids.mail }, activity('Mail.SendMail')), declared],
  ['mail in a scope that signs in itself', scope(['Mail.Read'], {}, activity('Mail.GetMail')), declared],
  ['a variable', newest('[connection]'), declared],
  ['a call', newest('[config("mail").ToString]'), declared],
  ['nothing', newest('{x:Null}'), declared],
  ['an empty text', newest(''), declared],
  ['nothing, in a scope', scope(['Mail.Read'], {}, newest('{x:Null}', { UseConnectionService: 'False' })), declared],
  ['commented out', commentOut(newest(ids.other)), declared],
  ['a connector activity', element('isactr:ConnectorActivity', { ConnectionId: ids.other, Configuration: 'H4sI' }), declared],
  ['a connector activity of a known connector', connectorActivity(ids.other, configuration('uipath-microsoft-teams')), declared, main],
  ['a connector activity of another maker', connectorActivity(ids.other, configuration('uipath-salesforce-sfdc')), declared],
  ['activities of another assembly', element('mail:GetNewestEmail', { ConnectionId: ids.other }), declared],
  ['no manifest', newest(ids.other), undefined],
  ['an empty manifest', newest(ids.other), {}],
  ['a manifest without connections', newest(ids.other), { name: 'robot', accept: [] }],
  ['globs that take the file in', newest(ids.other), { ...declared, workflows: ['*.xaml'] }, main],
  ['globs in another letter case', newest(ids.other), { ...declared, workflows: ['MAIN.xaml'] }, main],
  ['globs that leave the file out', newest(ids.other), { ...declared, workflows: ['Mail/**/*.xaml'] }],
  ['no globs at all', newest(ids.other), { ...declared, workflows: [] }],
];

describe('connections that workflows name', () => {
  for (const [name, content, manifestContent, ...expected] of cells)
    test(name, () => checkFindings(rule, automation([content], manifestContent), expected, tellFile));
});

const stated = (entry: object, content: object = declared): Files =>
  files({ 'm365-automation.json': manifest({ ...content, activities: [entry] }) });
const own = 'error m365-automation.json';

/** Uses that the manifest states by hand. */
const byHand: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ['a key', stated({ activity: 'GetNewestEmail', connection: 'mail' })],
  ['no key', stated({ activity: 'GetNewestEmail', connection: 'calendar' }), own],
  ['an operation and a key', stated({ operation: 'GET /me/messages', connection: 'mail' })],
  ['an operation and no key', stated({ operation: 'GET /me/messages', connection: 'calendar' }), own],
  ['another GUID', stated({ activity: 'GetNewestEmail', connection: ids.other }), own],
  ['nothing', stated({ activity: 'GetNewestEmail' })],
  ['a manifest with no connection at all', stated({ activity: 'GetNewestEmail', connection: 'mail' }, { connections: {} }), own],
  ['a manifest without connections', stated({ activity: 'GetNewestEmail', connection: 'mail' }, {})],
  [
    'two entries',
    files({
      'm365-automation.json': manifest({
        ...declared,
        activities: [
          { activity: 'GetNewestEmail', connection: 'a' },
          { activity: 'GetNewestEmail', connection: 'a' },
        ],
      }),
    }),
    own,
    own,
  ],
  ['globs do not matter', stated({ activity: 'GetNewestEmail', connection: 'calendar' }, { ...declared, workflows: ['Mail/**'] }), own],
];

describe('connections that the manifest itself names', () => {
  for (const [name, input, ...expected] of byHand) test(name, () => checkFindings(rule, input, expected, tellFile));
});

test('arguments with a default name what the default is', () => {
  const content = (id: string) =>
    files({
      'Main.xaml': workflow([newest('[in_Connection]')], { in_Connection: id }),
      'm365-automation.json': manifest(declared),
    });
  checkFindings(rule, content(ids.mail), []);
  checkFindings(rule, content(ids.other), [main], tellFile);
});

test('only files that the globs take in are looked at', () => {
  const input = files({
    'Main.xaml': workflow([newest(ids.other)]),
    'Mail/Read.xaml': workflow([newest(ids.other)]),
    'Mail/Sub/Read.xaml': workflow([newest(ids.mail)]),
    'm365-automation.json': manifest({ ...declared, workflows: ['Mail/**/*.xaml'] }),
  });
  checkFindings(rule, input, ['error Mail/Read.xaml'], tellFile);
});

test('a fix declares the connection with the scopes it needs', () => {
  for (const content of [
    { connections: { mail: { connector: outlook, id: ids.mail } } },
    { connections: {} },
    { connections: { mail: { id: ids.mail } }, accept: [] },
  ]) {
    const input = automation([activity('Mail.SendMailConnections', { ConnectionId: ids.other })], content);
    const [fix] = findingsOf(rule, input).flatMap(({ fixes }) => fixes);
    assert.ok(fix);
    const after = applyFix(input, fix);
    for (const other of [rule, 'missing-scope', 'unused-scope', 'schema', 'syntax', 'connector-mismatch']) checkFindings(other, after, []);
  }
});

test('the connector of the declaration comes from the activity, or else from the bindings', () => {
  const mail = scope(undefined, { ...service, ConnectionId: ids.other }, activity('Mail.SendMail'));
  const teams = connectorActivity(ids.other, configuration('uipath-microsoft-teams'));
  const bound = ['/project/bindings_v2.json', bindings(binding(ids.other, outlook))] as const;
  for (const [content, texts, connector] of [
    [mail, [], undefined],
    [mail, [bound], outlook],
    [teams, [], 'uipath-microsoft-teams'],
  ] as const) {
    const input = new Map([...automation([content], { connections: {} }), ...texts]);
    const [fix] = findingsOf(rule, input).flatMap(({ fixes }) => fixes);
    assert.ok(fix);
    const after = JSON.parse(applyFix(input, fix).get('/project/m365-automation.json') ?? '');
    assert.deepEqual(
      Object.values(after.connections as Record<string, { connector?: string }>).map((entry) => entry.connector),
      [connector],
    );
  }
});

test('what the fix declares is enough and no more, for a shared mailbox and where one activity makes what another recommends superfluous', () => {
  const shared = activity('Mail.GetNewestEmail', { ConnectionId: ids.other, UseSharedMailbox: 'True' });
  const modern = [...catalog.activities.values()].filter(
    ({ kind, connector }) => kind === 'modern' && connector === 'uipath-microsoft-onedrive',
  );
  const use = ({ id }: { id: string }) => activity(id.replace('UiPath.MicrosoftOffice365.Activities.', ''), { ConnectionId: ids.other });
  const pairs = modern.flatMap((one, index) => {
    const other = modern[(index * 7 + 3) % modern.length];
    return other ? [[use(one), use(other)]] : [];
  });
  for (const content of [[shared], ...pairs]) {
    const input = automation(content, { connections: {} });
    const [fix] = findingsOf(rule, input).flatMap(({ fixes }) => fixes);
    assert.ok(fix);
    for (const other of ['missing-scope', 'shared-mailbox-scope', 'unused-scope', 'reducible-scope'])
      checkFindings(other, applyFix(input, fix), []);
  }
});
