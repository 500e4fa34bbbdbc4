/** The same question for connections of a manifest: modern activities that name one, and uses stated by hand. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeTexts, type Files } from '../../support/analyze';
import { applyPreferred, checkFindings, tellScopes } from '../../support/fixed-findings';
import { type Attributes, activity, automation, commentOut, files, ids, mailbox, manifest, workflow } from '../../support/workflow-builder';

const rule = 'shared-mailbox-scope';
const list = 'Mail.GetEmailListConnections';
const missing = 'warning Mail.Read.Shared mail';
const outlook = 'uipath-microsoft-outlook365';

const mail = (keys: object = {}) => ({ connector: outlook, id: ids.mail, authentication: 'byo-app', ...keys });
const plain = { scopes: ['Mail.Read', 'offline_access'] };
const getList = (attributes: Attributes, ...children: readonly string[]) =>
  activity(list, { ConnectionId: ids.mail, UseConnectionService: 'True', ...attributes }, ...children);
const asked = getList({ UseSharedMailbox: 'True' });
const connected = (connection: object, ...inner: readonly string[]): Files => automation(inner, { connections: { mail: connection } });

const robot = (keys: object) => ({ authentication: 'interactive-token', scopes: ['Mail.Read'], ...keys });
const stated = (connection: object, entry: object): Files =>
  automation([], { connections: { mail: connection }, activities: [{ connection: 'mail', ...entry }] });
const newest = (value: unknown) => ({ activity: 'GetNewestEmail', with: { UseSharedMailbox: value } });

const cells: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ['plain scopes', connected(mail(plain), asked), missing],
  ['plain scopes, told by the argument', connected(mail(plain), getList({}, mailbox(list, { UseSharedMailbox: 'True' }))), missing],
  ['plain scopes in lower case', connected(mail({ scopes: ['mail.read'] }), asked), missing],
  ['a wider plain scope', connected(mail({ scopes: ['Mail.ReadWrite', 'offline_access'] }), asked), missing],
  ['Mail.Read.Shared', connected(mail({ scopes: ['Mail.Read.Shared', 'offline_access'] }), asked)],
  ['Mail.ReadWrite.Shared', connected(mail({ scopes: ['Mail.ReadWrite.Shared'] }), asked)],
  ['no list', connected(mail(), asked)],
  ['an empty list', connected(mail({ scopes: [] }), asked)],
  ['.default', connected(mail({ scopes: ['https://graph.microsoft.com/.default'] }), asked)],
  ['a list of its own', connected(mail({ authentication: 'oauth-authorization-code' }), asked)],
  ['client credentials', connected(mail({ ...plain, authentication: 'oauth-client-credentials' }), asked)],
  ['a client certificate', connected(mail({ ...plain, authentication: 'oauth-client-certificate' }), asked)],
  ['the own mailbox', connected(mail(plain), getList({ UseSharedMailbox: 'False' }))],
  ['a mailbox by expression', connected(mail(plain), getList({ UseSharedMailbox: '[isShared]' }))],
  ['a commented-out activity', connected(mail(plain), commentOut(asked))],
  ['a connection by expression', connected(mail(plain), getList({ ConnectionId: '[connection]', UseSharedMailbox: 'True' }))],
  ['another connection', connected(mail(plain), getList({ ConnectionId: ids.other, UseSharedMailbox: 'True' }))],
  ['a GUID in upper case', connected(mail(plain), getList({ ConnectionId: ids.mail.toUpperCase(), UseSharedMailbox: 'True' })), missing],
  ['one of several GUIDs', connected(mail({ ...plain, id: [ids.other, ids.mail] }), asked), missing],
  ['two activities', connected(mail(plain), asked, asked), missing],
  [
    'sending',
    connected(
      mail({ scopes: ['Mail.ReadWrite', 'Mail.Send', 'offline_access'] }),
      activity('Mail.SendMailConnections', { ConnectionId: ids.mail, UseSharedMailbox: 'True' }),
    ),
    'warning Mail.ReadWrite.Shared mail',
    'warning Mail.Send.Shared mail',
  ],
  [
    'two connections',
    automation([asked, getList({ ConnectionId: ids.other, UseSharedMailbox: 'True' })], {
      connections: { mail: mail(plain), second: mail({ ...plain, id: ids.other }) },
    }),
    missing,
    'warning Mail.Read.Shared second',
  ],
  ['a file that the globs leave out', automation([asked], { connections: { mail: mail(plain) }, workflows: ['Mail/**'] })],
  ['no manifest', automation([asked])],
  ['a manifest without connections', automation([asked], { name: 'robot' })],

  ['stated by hand: True', stated(robot({}), newest(true)), missing],
  [
    'stated by hand: the argument',
    stated(robot({}), { activity: 'GetNewestEmail', with: { 'MailboxArgument.UseSharedMailbox': true } }),
    missing,
  ],
  ['stated by hand: byo-app', stated(mail(plain), newest(true)), missing],
  ['stated by hand: False', stated(robot({}), newest(false))],
  ['stated by hand: an expression', stated(robot({}), newest('[isShared]'))],
  ['stated by hand: nothing', stated(robot({}), { activity: 'GetNewestEmail' })],
  ['stated by hand: enough', stated(robot({ scopes: ['Mail.Read.Shared'] }), newest(true))],
  ['stated by hand: client-secret', stated(robot({ authentication: 'client-secret' }), newest(true))],
  ['stated by hand: client-certificate', stated(robot({ authentication: 'client-certificate' }), newest(true))],
  ['stated by hand: an operation', stated(robot({}), { operation: 'GET /me/messages', with: { UseSharedMailbox: true } })],
];

describe('shared mailboxes and the connections of a manifest', () => {
  for (const [name, input, ...expected] of cells) test(name, () => checkFindings(rule, input, expected, tellScopes));
});

test('one connection of workflows and of the manifest has one finding', () => {
  const input = files({
    'Main.xaml': workflow([asked]),
    'Mail/Other.xaml': workflow([asked]),
    'm365-automation.json': manifest({ connections: { mail: mail(plain) }, activities: [{ connection: 'mail', ...newest(true) }] }),
  });
  checkFindings(rule, input, [missing], tellScopes);
});

test('the preferred fix ends the finding and leaves nothing missing', () => {
  const after = applyPreferred(rule, connected(mail(plain), asked));
  checkFindings(rule, after, []);
  checkFindings('missing-scope', after, []);
});

test('what a connection needs, and lacks, holds the shared mailbox', () => {
  const told = (input: Files) => analyzeTexts(input).connections.map(({ required, missing }) => [required, missing]);
  assert.deepEqual(told(connected(mail(plain), asked)), [[['Mail.Read.Shared'], ['Mail.Read.Shared']]]);
  assert.deepEqual(told(connected(mail({ scopes: ['Mail.Read.Shared'] }), asked)), [[['Mail.Read.Shared'], []]]);
  assert.deepEqual(told(connected(mail(plain), getList({ UseSharedMailbox: 'False' }))), [[['Mail.Read'], []]]);
  assert.deepEqual(told(connected(mail(plain), getList({ UseSharedMailbox: '[isShared]' }))), [[['Mail.Read'], []]]);
  assert.deepEqual(told(automation([asked])), [[['Mail.Read.Shared'], []]]);
  const robotic = connected(mail({ ...plain, authentication: 'oauth-client-credentials' }), asked);
  assert.deepEqual(told(robotic), [[['Mail.Read'], []]]);
});
