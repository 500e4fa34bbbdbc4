/** When a shared mailbox asks for the .Shared scopes: how the use says so, what the list holds, how the scope signs in. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { applyPreferred, checkFindings, findingsOf, tellScopes, tellSeverity } from '../../support/fixed-findings';
import {
  type Attributes,
  activity,
  automation,
  backupSlot,
  commentOut,
  element,
  files,
  mailbox,
  property,
  scope,
  sequence,
  workflow,
} from '../../support/workflow-builder';

const rule = 'shared-mailbox-scope';
const list = 'Mail.GetEmailListConnections';
const inside = { ConnectionId: '{x:Null}', UseConnectionService: 'False' };

const use = (type: string, attributes: Attributes, ...children: readonly string[]) =>
  activity(type, { ...inside, ...attributes }, ...children);
const getList = (attributes: Attributes, ...children: readonly string[]) => use(list, attributes, ...children);
const shared = (type: string) => use(type, {}, mailbox(type, { UseSharedMailbox: 'True', SharedMailbox: 'team@contoso.com' }));
const inScope = (scopes: readonly string[], ...inner: readonly string[]): Files => automation([scope(scopes, {}, ...inner)]);

const named = (attributes: Attributes) =>
  element('Sequence', {}, element('Sequence.Tag', {}, activity('Mail.Models.MailboxArgument', { 'x:Name': '__Ref0', ...attributes })));
const byElement = (name: string) => property(list, 'MailboxArg', element('x:Reference', {}, name));
const boolean = (text: string) => `<InArgument x:TypeArguments="x:Boolean">${text}</InArgument>`;
const withDefault = (value: string) =>
  files({ 'Main.xaml': workflow(scope(['Mail.Read'], {}, getList({ UseSharedMailbox: '[in_Shared]' })), { in_Shared: value }) });
const withNamed = (attributes: Attributes, user: string) => automation([named(attributes), scope(['Mail.Read'], {}, user)]);

const missing = 'warning Mail.Read.Shared';

/** One mailbox activity in a scope with Mail.Read: how it says that the mailbox is shared. */
const forms: readonly (readonly [string, string | Files, ...(readonly string[])])[] = [
  ['True on the activity', getList({ UseSharedMailbox: 'True' }), missing],
  ['True in lower case', getList({ UseSharedMailbox: 'true' }), missing],
  ['True on the argument', getList({}, mailbox(list, { UseSharedMailbox: 'True' })), missing],
  ['True on both', getList({ UseSharedMailbox: 'True' }, mailbox(list, { UseSharedMailbox: 'True' })), missing],
  [
    'True on the argument, False on the activity',
    getList({ UseSharedMailbox: 'False' }, mailbox(list, { UseSharedMailbox: 'True' })),
    missing,
  ],
  [
    'True on the activity, False on the argument',
    getList({ UseSharedMailbox: 'True' }, mailbox(list, { UseSharedMailbox: 'False' })),
    missing,
  ],
  ['True and an address', getList({ UseSharedMailbox: 'True', SharedMailbox: 'team@contoso.com' }), missing],
  ['True and an address by expression', getList({}, mailbox(list, { UseSharedMailbox: 'True', SharedMailbox: '[address]' })), missing],
  ['True as a child element', getList({}, property(list, 'UseSharedMailbox', boolean('True'))), missing],
  ['an argument whose default is True', withDefault('True'), missing],
  ['an argument whose default is False', withDefault('False')],
  ['a reference in an element', withNamed({ UseSharedMailbox: 'True' }, getList({}, byElement('__Ref0'))), missing],
  ['a reference in an attribute', withNamed({ UseSharedMailbox: 'True' }, getList({ MailboxArg: '{x:Reference __Ref0}' })), missing],
  ['a reference to a mailbox that is not shared', withNamed({ UseSharedMailbox: 'False' }, getList({}, byElement('__Ref0')))],
  ['a reference to nothing', withNamed({ UseSharedMailbox: 'True' }, getList({}, byElement('__Ref9')))],
  ['a shared mailbox that nobody refers to', withNamed({ UseSharedMailbox: 'True' }, getList({}))],
  ['False on the activity', getList({ UseSharedMailbox: 'False' })],
  ['False on the argument', getList({}, mailbox(list, { UseSharedMailbox: 'False', SharedMailbox: '{x:Null}' }))],
  ['False and an address', getList({}, mailbox(list, { UseSharedMailbox: 'False', SharedMailbox: 'team@contoso.com' }))],
  ['nothing', getList({})],
  ['{x:Null}', getList({ UseSharedMailbox: '{x:Null}' })],
  ['an expression', getList({ UseSharedMailbox: '[isShared]' })],
  ['an expression on the argument', getList({}, mailbox(list, { UseSharedMailbox: '[isShared]', SharedMailbox: '[address]' }))],
  ['True in a slot of values not chosen', getList({}, backupSlot(activity('Mail.Models.MailboxArgument', { UseSharedMailbox: 'True' })))],
  ['a commented-out activity', commentOut(getList({ UseSharedMailbox: 'True' }))],
];

describe('how a use says that the mailbox is shared', () => {
  for (const [name, input, ...expected] of forms)
    test(name, () => checkFindings(rule, typeof input === 'string' ? inScope(['Mail.Read'], input) : input, expected, tellScopes));
});

/** What the list holds around activities on shared mailboxes. */
const lists: readonly (readonly [string, readonly string[], readonly string[], ...(readonly string[])])[] = [
  ['reading', ['Mail.Read'], [list], missing],
  ['reading', ['mail.read'], [list], missing],
  ['reading', ['Mail.ReadWrite'], [list], missing],
  ['reading', ['Mail.Read', 'Mail.ReadWrite', 'Mail.Send', 'User.Read'], [list], missing],
  ['reading', ['Calendars.Read.Shared', 'Mail.Read'], [list], missing],
  ['reading', ['Mail.Send.Shared', 'Mail.Read'], [list], missing],
  ['reading', ['User.Read'], [list], missing],
  ['reading', ['Mail.Read.Shared'], [list]],
  ['reading', ['mail.read.shared'], [list]],
  ['reading', ['Mail.ReadWrite.Shared'], [list]],
  ['reading', ['Mail.Read', 'Mail.Read.Shared'], [list]],
  ['reading', ['https://graph.microsoft.com/Mail.Read.Shared'], [list]],
  ['reading', ['https://graph.microsoft.com/Mail.Read'], [list], missing],
  ['an empty list', [], [list]],
  ['.default', ['https://graph.microsoft.com/.default'], [list]],
  ['.default beside a name', ['.default', 'Mail.Read'], [list]],
  ['an expression in the list', ['Mail.Read', '[scope]'], [list]],
  ['changing', ['Mail.ReadWrite'], ['Mail.MoveEmailConnections'], 'warning Mail.ReadWrite.Shared'],
  ['changing', ['Mail.ReadWrite', 'Mail.Read.Shared'], ['Mail.MoveEmailConnections'], 'warning Mail.ReadWrite.Shared'],
  ['changing', ['Mail.ReadWrite.Shared'], ['Mail.MoveEmailConnections']],
  ['sending', ['Mail.ReadWrite', 'Mail.Send'], ['Mail.SendMailConnections'], 'warning Mail.ReadWrite.Shared', 'warning Mail.Send.Shared'],
  ['sending', ['Mail.ReadWrite.Shared', 'Mail.Send'], ['Mail.SendMailConnections'], 'warning Mail.Send.Shared'],
  ['sending', ['Mail.ReadWrite', 'Mail.Send.Shared'], ['Mail.SendMailConnections'], 'warning Mail.ReadWrite.Shared'],
  ['sending', ['Mail.ReadWrite.Shared', 'Mail.Send.Shared'], ['Mail.SendMailConnections']],
  ['two that read', ['Mail.Read'], [list, 'Mail.GetNewestEmail'], missing],
  ['two of one kind', ['Mail.Read'], [list, list], missing],
  ['one that reads, one that changes', ['Mail.ReadWrite'], [list, 'Mail.MoveEmailConnections'], 'warning Mail.ReadWrite.Shared'],
  [
    'one that reads, one that sends a draft',
    ['Mail.Read', 'Mail.Send'],
    [list, 'Mail.SendDraftEmailConnections'],
    missing,
    'warning Mail.Send.Shared',
  ],
];

describe('what the list of a scope holds', () => {
  for (const [name, scopes, types, ...expected] of lists)
    test(`${name}: ${scopes.join(', ') || 'nothing'}`, () =>
      checkFindings(rule, inScope(scopes, ...types.map(shared)), expected, tellScopes));
});

const plain = ['Mail.Read'];
const asked = shared(list);

/** How the scope around a use of a shared mailbox signs in, with Mail.Read declared. */
const signIns: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ...['InteractiveToken', 'IntegratedWindowsAuthentication', 'UsernameAndPassword'].map(
    (type) => [type, automation([scope(plain, { AuthenticationType: type }, asked)]), missing] as const,
  ),
  ...['ApplicationIdAndSecret', 'ApplicationIdAndCertificate', 'IntegrationService', '[type]'].map(
    (type) => [type, automation([scope(plain, { AuthenticationType: type }, asked)])] as const,
  ),
  ['an Orchestrator asset', automation([scope(plain, { ConfigLocation: 'OrchestratorAsset' }, asked)])],
  [
    'the properties panel',
    automation([scope(plain, { ConfigLocation: 'PropertiesPanel', UseConnectionService: 'False' }, asked)]),
    missing,
  ],
  ['the connection service', automation([scope(plain, { UseConnectionService: 'True' }, asked)])],
  ['no list', automation([scope(undefined, {}, asked)])],
  ['a list by expression', automation([scope(undefined, { AuthenticationScopes: '[scopes]' }, asked)])],
  ['no scope around it', automation([use(list, { UseSharedMailbox: 'True' })])],
  ['a commented-out scope', automation([commentOut(scope(plain, {}, asked))])],
  ['two scopes', automation([scope(plain, {}, asked), scope(plain, {}, asked)]), missing, missing],
  ['two scopes, one of them with enough', automation([scope(plain, {}, asked), scope(['Mail.Read.Shared'], {}, asked)]), missing],
  ['the nearest of two scopes', automation([scope(plain, {}, scope(['Mail.Read.Shared'], {}, asked))])],
  ['in a sequence', automation([scope(plain, {}, sequence(sequence(asked)))]), missing],
];

describe('how the scope signs in', () => {
  for (const [name, input, ...expected] of signIns) test(name, () => checkFindings(rule, input, expected, tellScopes));
});

test('one finding names every use', () => {
  const input = inScope(plain, shared(list), use('Mail.GetNewestEmail', { UseSharedMailbox: 'True' }), getList({}));
  assert.deepEqual(
    findingsOf(rule, input).map(({ why }) => why.length),
    [2],
  );
});

test('the preferred fix ends the finding and leaves nothing missing', () => {
  for (const scopes of [['Mail.Read'], ['mail.readwrite']]) {
    const after = applyPreferred(rule, inScope(scopes, asked));
    checkFindings(rule, after, []);
    checkFindings('missing-scope', after, [], tellSeverity);
  }
});
