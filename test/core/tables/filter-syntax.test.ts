/** The filters of Get Mail as people write them: those that parse are silent, the others get one warning each. */
import { describe, test } from 'node:test';
import type { Files } from '../../support/analyze';
import { checkFindings } from '../../support/fixed-findings';
import { activity, automation, commentOut, files, property, scope, workflow } from '../../support/workflow-builder';

const rule = 'filter-syntax';

const getMail = (query: string, ...children: readonly string[]) =>
  activity('Mail.GetMail', { Account: '{x:Null}', MarkAsRead: 'False', ...(query === '' ? {} : { Query: query }) }, ...children);

const inScope = (...inner: readonly string[]): Files => automation([scope(['Mail.Read'], {}, ...inner)]);

const valid: Readonly<Record<string, readonly string[]>> = {
  comparisons: [
    'isRead eq false',
    'isRead ne true',
    "importance eq 'high'",
    'receivedDateTime gt 2026-11-24T08:00:00Z',
    'receivedDateTime ge 2026-11-24',
    'receivedDateTime lt 2026-11-24T08:00:00.1234567Z',
    'receivedDateTime le 2026-11-24T08:00:00+02:00',
    'receivedDateTime ge 2026-11-24T08:00Z',
    'size gt 1024',
    'size gt -1',
    'score lt 1.5',
    'score lt 1.5e3',
    'parentFolderId ne null',
    'id eq 01234567-89ab-cdef-0123-456789abcdef',
    "length lt duration'PT1H'",
    '2026-11-24 le receivedDateTime',
    'true eq isRead',
    "flag/flagStatus has 'flagged'",
    "sensitivity has microsoft.graph.sensitivity'private'",
    "importance in ('high','normal')",
    "importance in ( 'high' , 'normal' )",
    "importance in ('high')",
    'size in (1, 2, -3)',
  ],
  paths: [
    "from/emailAddress/address eq 'a@contoso.com'",
    "sender/emailAddress/name ne 'Robot'",
    "body/content eq 'x'",
    'microsoft.graph.eventMessage/startDateTime ne null',
    'toRecipients/$count gt 1',
  ],
  strings: [
    "subject eq 'O''Brien'",
    "subject eq ''",
    "subject eq ''''",
    "subject eq 'it''s ''quoted'''",
    `subject eq 'say "yes"'`,
    "subject eq 'a (b'",
    "subject eq ')' or subject eq '('",
    "subject eq 'a == b && c = d like e'",
    "subject eq '[EXT] {1}'",
    "subject eq 'Größe ✓ 請求書'",
    "subject eq 'a, b; c'",
    "subject eq ' and '",
    "subject eq 'a & b < c > d'",
  ],
  functions: [
    "contains(subject,'invoice')",
    "contains(subject, 'invoice')",
    "contains( subject , 'invoice' )",
    "startswith(subject,'[EXT]')",
    "startsWith(subject,'RE:')",
    "endswith(from/emailAddress/address,'@contoso.com')",
    "contains(subject,'a') eq true",
    "contains(tolower(subject),'invoice')",
    "tolower(trim(subject)) eq 'invoice'",
    'length(subject) gt 10',
    "indexof(subject,'x') ge 0",
    "concat(concat(subject,', '),subject) eq 'a, a'",
    "substring(subject,1,2) eq 'ab'",
    'year(receivedDateTime) eq 2026 and month(receivedDateTime) eq 11',
    'receivedDateTime le now()',
    'round(size) eq 2',
  ],
  lambdas: [
    "categories/any(c:c eq 'Red')",
    "categories/any(c: c eq 'Red')",
    "categories/any(c : c eq 'Red' or c eq 'Blue')",
    "categories/all(c:c ne 'Red')",
    'categories/any()',
    "not categories/any(c:c eq 'Red')",
    "toRecipients/any(r:r/emailAddress/address eq 'a@contoso.com')",
    "toRecipients/any(r:contains(r/emailAddress/address,'contoso') and not (r/emailAddress/name eq 'x'))",
    "singleValueExtendedProperties/any(ep:ep/id eq 'String {00020386-0000-0000-C000-000000000046} Name X' and ep/value eq 'y')",
    "attachments/any(a:a/items/any(b:b/name eq 'x'))",
  ],
  logic: [
    'isRead eq false and hasAttachments eq true',
    'isRead eq false or hasAttachments eq true or size gt 1',
    'not (isRead eq true)',
    'not(isRead eq true)',
    "not contains(subject,'x')",
    "not startswith(subject,'x') and not endswith(subject,'y')",
    'not not (isRead eq true)',
    '(isRead eq false)',
    '((isRead eq false))',
    "(isRead eq false or size gt 1) and (subject eq 'x' or not (subject eq 'y'))",
    'hasAttachments',
    'hasAttachments and not isRead',
    '(isRead) eq (false)',
  ],
  arithmetic: [
    'size add 10 gt 20',
    'size sub 1 le 5',
    'size mul 2 ge 4',
    'size div 2 lt 5',
    'size mod 2 eq 0',
    '(size add 1) mul 2 gt 4',
    '-size lt 0',
    'size gt -(1 add 2)',
  ],
  'white space': ['  isRead   eq  false  ', 'isRead eq false\nand size gt 1', 'isRead\teq\tfalse'],
  'names that begin like operators': [
    'order eq 1',
    "notes eq 'x'",
    'android eq 1 and inbox eq 2',
    'nothing eq null',
    'equals eq 1',
    'like eq 1',
  ],
};

const invalid: Readonly<Record<string, readonly string[]>> = {
  'unbalanced quotes': [
    "subject eq 'abc",
    "subject eq abc'",
    "subject eq 'O'Brien'",
    "contains(subject,'invoice)",
    "subject eq '''",
    "isRead eq false and subject eq 'x",
    'subject eq "abc"',
    'subject eq ’abc’',
  ],
  'unbalanced parentheses': [
    '(isRead eq false',
    'isRead eq false)',
    "contains(subject,'x'",
    "contains subject,'x')",
    "categories/any(c:c eq 'Red'",
    '((isRead eq false)',
    '(isRead eq false))',
    "not (contains(subject,'a') and (isRead eq false)",
    "importance in ('high'",
    ')isRead eq false(',
  ],
  'unknown operators': [
    'isRead == false',
    'isRead = false',
    "[Subject] = 'x'",
    'isRead != true',
    'isRead <> true',
    'size > 1',
    'size >= 1',
    'size < 1',
    "subject like '%x%'",
    "subject equals 'x'",
    "subject contains 'x'",
    "subject startswith 'x'",
    'isRead eq false && size gt 1',
    'isRead eq false || size gt 1',
    'isRead eq false xor size gt 1',
    'isRead eq false & size gt 1',
    '!isRead',
    'parentFolderId is null',
    'size + 1 gt 2',
  ],
  'missing operands': [
    'isRead eq',
    'eq false',
    'isRead eq false and',
    'and isRead eq false',
    'isRead eq false or or isRead eq true',
    'isRead eq false and and size gt 1',
    'isRead eq and size gt 1',
    'size add eq 3',
    'size gt 1 add',
    'isRead eq false isRead eq true',
    "subject eq eq 'x'",
    'contains(subject,)',
    "contains(,'x')",
    "contains(subject 'x')",
    "subject eq 'a' 'b'",
    'importance in',
    '()',
    'isRead eq ()',
    'isRead eq (false) and ()',
    'from/ eq 1',
    'categories/any(c:)',
    'isRead eq false,',
    'isRead eq false;',
  ],
};

describe('filters that parse', () => {
  for (const [kind, filters] of Object.entries(valid)) {
    for (const filter of filters) test(`${kind}: ${JSON.stringify(filter)}`, () => checkFindings(rule, inScope(getMail(filter)), []));
  }
});

describe('filters that do not parse', () => {
  for (const [kind, filters] of Object.entries(invalid)) {
    for (const filter of filters)
      test(`${kind}: ${JSON.stringify(filter)}`, () => checkFindings(rule, inScope(getMail(filter)), ['warning']));
  }
});

const wrong = 'isRead == false';
const child = (content: string) => getMail('', property('Mail.GetMail', 'Query', content));
const argument = (text: string) => `<InArgument x:TypeArguments="x:String">${text}</InArgument>`;

/** Where a wrong filter stands, and what is said of it. */
const places: readonly (readonly [string, Files, ...(readonly string[])])[] = [
  ['an attribute', inScope(getMail(wrong)), 'warning'],
  ['a child element', inScope(child(argument(wrong))), 'warning'],
  [
    'a Literal element',
    inScope(child(`<InArgument x:TypeArguments="x:String"><Literal x:TypeArguments="x:String" Value="${wrong}" /></InArgument>`)),
    'warning',
  ],
  ['an expression that is one literal', inScope(getMail(`["${wrong}"]`)), 'warning'],
  ['an expression that is one right literal', inScope(getMail('["isRead eq false"]'))],
  [
    'the default of an argument',
    files({ 'Main.xaml': workflow(scope(['Mail.Read'], {}, getMail('[in_Query]')), { in_Query: wrong }) }),
    'warning',
  ],
  [
    'the right default of an argument',
    files({ 'Main.xaml': workflow(scope(['Mail.Read'], {}, getMail('[in_Query]')), { in_Query: 'isRead eq true' }) }),
  ],
  ['two activities', inScope(getMail(wrong), getMail('size > 1')), 'warning', 'warning'],
  ['two, one of them right', inScope(getMail('isRead eq false'), getMail(wrong)), 'warning'],
  ['an expression', inScope(getMail('["isRead == " + value]'))],
  ['a variable', inScope(getMail('[query]'))],
  ['nothing', inScope(getMail(''))],
  ['{x:Null}', inScope(getMail('{x:Null}'))],
  ['white space', inScope(getMail('  '))],
  ['an empty argument', inScope(getMail('', property('Mail.GetMail', 'Query')))],
  ['an empty literal', inScope(getMail('[""]'))],
  ['a commented-out activity', inScope(commentOut(getMail(wrong)))],
  ['another activity', inScope(activity('Calendar.SearchEvents', { Query: wrong }))],
  ['a modern activity', inScope(activity('Mail.GetEmailListConnections', { ConnectionId: '{x:Null}', Query: wrong }))],
  ['another property', inScope(activity('Mail.GetMail', { MailFolder: wrong }))],
];

describe('places of a filter', () => {
  for (const [name, input, ...expected] of places) test(name, () => checkFindings(rule, input, expected));
});
