/** Where activities may stand: what signs in for each kind of them, in every container, and where a trigger belongs. */
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { checkFindings, tellFile } from '../../support/fixed-findings';
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
  projectJson,
  property,
  scope,
  sequence,
  workflow,
} from '../../support/workflow-builder';

const rule = 'activity-outside-scope';
const ms365 = (...inner: readonly string[]) => scope(['Mail.Read'], {}, ...inner);
const drive = (...inner: readonly string[]) => card({}, ...inner);

/** Each place, and the column of the table that says what is found there; `-`: nothing, whatever the activity. */
const places: readonly (readonly [string, 'nowhere' | 'card' | 'scope' | '-', (...inner: readonly string[]) => string])[] = [
  ['at the top', 'nowhere', (inner = '') => inner],
  ['in a sequence', 'nowhere', sequence],
  ['beside a scope', 'nowhere', (...inner) => sequence(ms365(), ...inner)],
  ['beside a card', 'nowhere', (...inner) => sequence(drive(), ...inner)],
  ['after a commented-out scope', 'nowhere', (...inner) => sequence(commentOut(ms365()), ...inner)],
  ['in a card', 'card', drive],
  ['in a sequence in a card', 'card', (...inner) => drive(sequence(...inner))],
  ['in a scope', 'scope', ms365],
  ['in a sequence in a scope', 'scope', (...inner) => ms365(sequence(...inner))],
  ['in a card in a scope', 'scope', (...inner) => ms365(drive(...inner))],
  ['in a scope in a card', 'scope', (...inner) => drive(ms365(...inner))],
  ['in a scope by asset', 'scope', (...inner) => scope(undefined, { ConfigLocation: 'OrchestratorAsset' }, ...inner)],
  ['in an app-only scope', 'scope', (...inner) => scope([], { AuthenticationType: 'ApplicationIdAndSecret' }, ...inner)],
  ['commented out', '-', commentOut],
  ['commented out in a scope', '-', (...inner) => ms365(commentOut(...inner))],
  ['in a commented-out scope', '-', (...inner) => commentOut(ms365(...inner))],
  ['commented out twice', '-', (...inner) => commentOut(commentOut(...inner))],
];

const classic = (type: string, attributes: Attributes = {}) => activity(type, { DisplayName: 'Do it', ...attributes });
const modern = (type: string, ConnectionId: string) => activity(type, { ConnectionId, UseConnectionService: 'False' });
const outside = ['error'];

/** What is found of each activity: nowhere, in a card only, in a scope. */
const kinds: readonly (readonly [string, string, { readonly nowhere?: string[]; readonly card?: string[]; readonly scope?: string[] }])[] =
  [
    ['classic mail', classic('Mail.SendMail', { Account: '{x:Null}' }), { nowhere: outside, card: outside }],
    ['classic calendar', classic('Calendar.SearchEvents'), { nowhere: outside, card: outside }],
    ['classic planner', classic('Planner.Tasks.CreateTask'), { nowhere: outside, card: outside }],
    ['classic groups', classic('Groups.ListGroups'), { nowhere: outside, card: outside }],
    ['classic files', classic('Files.UploadFile'), { nowhere: outside }],
    ['classic Excel', classic('Excel.ReadRange'), { nowhere: outside }],
    ['classic SharePoint', classic('Sharepoint.GetListItems'), { nowhere: outside }],
    ['modern mail without a connection', modern('Mail.GetNewestEmail', '{x:Null}'), { nowhere: outside }],
    ['modern files without a connection', modern('Files.DownloadFileConnections', '{x:Null}'), { nowhere: outside }],
    ['modern wait without a connection', modern('WaitForEmailReceived', '{x:Null}'), { nowhere: outside }],
    ['a trigger without a connection', modern('Mail.Triggers.NewEmailReceived', '{x:Null}'), { nowhere: outside }],
    ['modern mail with a connection', modern('Mail.GetNewestEmail', ids.mail), {}],
    ['modern mail with an expression', modern('Mail.GetNewestEmail', '[connection]'), {}],
    ['a trigger with a connection', modern('Files.Triggers.NewFileCreated', ids.files), {}],
    ['an unknown activity', classic('Mail.BrandNewThing'), {}],
    ['a mailbox argument', activity('Mail.Models.MailboxArgument'), {}],
    ['classic mail of another assembly', element('mail:GetMail', { DisplayName: 'Get Mail' }), {}],
  ];

for (const [kind, xml, found] of kinds) {
  describe(kind, () => {
    for (const [place, column, put] of places) {
      const input = files({ 'Main.xaml': workflow(put(xml)) });
      test(place, () => checkFindings(rule, input, column === '-' ? [] : (found[column] ?? [])));
    }
  });
}

const newest = (attributes: Attributes, ...children: readonly string[]) => activity('Mail.GetNewestEmail', attributes, ...children);
const withContent = (content: string) => newest({}, property('Mail.GetNewestEmail', 'ConnectionId', content));
const argument = (content: string) => `<InArgument x:TypeArguments="x:String">${content}</InArgument>`;

/** Forms of `ConnectionId` outside any container. */
const connections: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ['absent', newest({}), 'error'],
  ['{x:Null}', newest({ ConnectionId: '{x:Null}' }), 'error'],
  ['an empty text', newest({ ConnectionId: '' }), 'error'],
  ['[Nothing]', newest({ ConnectionId: '[Nothing]' }), 'error'],
  ['[null]', newest({ ConnectionId: '[null]' }), 'error'],
  ['[""]', newest({ ConnectionId: '[""]' }), 'error'],
  ['[String.Empty]', newest({ ConnectionId: '[String.Empty]' }), 'error'],
  ['an empty argument', withContent('<InArgument x:TypeArguments="x:String" />'), 'error'],
  ['an empty literal', withContent(argument('<Literal x:TypeArguments="x:String" Value="" />')), 'error'],
  ['a GUID', newest({ ConnectionId: ids.mail })],
  ['a GUID as an expression', newest({ ConnectionId: `["${ids.mail}"]` })],
  ['a GUID as a child element', withContent(argument(ids.mail))],
  ['a variable', newest({ ConnectionId: '[connection]' })],
  ['a call', newest({ ConnectionId: '[config("connection").ToString]' })],
];

describe('the connection of a modern activity outside', () => {
  for (const [name, xml, ...expected] of connections) test(name, () => checkFindings(rule, automation([xml]), expected));
});

const mail = classic('Mail.GetMail');
const broken = workflow([mail]).replace('</Activity>', '<Sequence>\n</Activity>');

/** Whole files. */
const wholes: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ['three uses', automation([mail, mail, newest({})]), 'error Main.xaml', 'error Main.xaml', 'error Main.xaml'],
  ['one outside, one inside', automation([ms365(mail), mail]), 'error Main.xaml'],
  ['two files', files({ 'Main.xaml': workflow([mail]), 'Sub/Other.xaml': workflow([mail]) }), 'error Main.xaml', 'error Sub/Other.xaml'],
  ['a scope in another file', files({ 'Main.xaml': workflow(ms365()), 'Other.xaml': workflow([mail]) }), 'error Other.xaml'],
  ['not well formed', files({ 'Main.xaml': broken, 'project.json': projectJson() })],
  ['not well formed beside one that is', files({ 'Main.xaml': broken, 'Other.xaml': workflow([mail]) }), 'error Other.xaml'],
  ['cut off', files({ 'Main.xaml': workflow([mail]).slice(0, -30) })],
  [
    'a Portable project',
    files({ 'Main.xaml': workflow([mail]), 'project.json': projectJson({ targetFramework: 'Portable' }) }),
    'error Main.xaml',
  ],
  ['a manifest that knows nothing of it', automation([mail], { connections: {} }), 'error Main.xaml'],
  ['a manifest alone', files({ 'm365-automation.json': manifest({ activities: [{ activity: 'GetNewestEmail' }] }) })],
];

describe('whole files', () => {
  for (const [name, input, ...expected] of wholes) test(name, () => checkFindings(rule, input, expected, tellFile));
});
