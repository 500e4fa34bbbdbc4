/** A connection that only the run knows is known by where it is declared: two files never share one, and one declaration is never two. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeCoded, coded, useParser } from '../support/coded-builder';

useParser();

const api = 'using UiPath.MicrosoftOffice365.Activities.Api;\n';
const other = (body: string, members = '', head = 'public class Other : CodedWorkflow') =>
  coded(body, members, head).replace('Execute(', 'Run(');
const sends = 'mail.SendEmail("a", "b", "c");';

interface Row {
  readonly main: string;
  readonly more?: Readonly<Record<string, string>>;
  /** What each connection is called, and how many calls are made on it. */
  readonly expected: Readonly<Record<string, readonly number[]>>;
}

const rows: Readonly<Record<string, Row>> = {
  'parameters of one name in two files': {
    main: coded('', `void Go(IMailService mail) { ${sends} mail.GetEmails(); }`),
    more: { 'Other.cs': other('', `void Go(IMailService mail) { ${sends} }`) },
    expected: { mail: [1, 2] },
  },
  'parameters of one name in two methods': {
    main: coded('', `void Go(IMailService mail) { ${sends} } void Stop(IMailService mail) { mail.GetEmails(); }`),
    expected: { mail: [1, 1] },
  },
  'variables of one name in two blocks': {
    main: coded(`{ IMailService mail = Pick(); ${sends} } { IMailService mail = Pick(); ${sends} }`),
    expected: { mail: [1, 1] },
  },
  'variables that are told apart by their values in two files': {
    main: coded(`var mail = office365.Mail(Pick()); ${sends}`),
    more: { 'Other.cs': other(`var mail = office365.Mail(Pick()); ${sends}`) },
    expected: { 'Pick()': [1, 1] },
  },
  'arguments of one name in two files': {
    main: coded(`office365.Mail(new MailConnection(in_Address, serviceContainer)).GetEmails();`),
    more: { 'Other.cs': other(`office365.Mail(new MailConnection(in_Address, serviceContainer)).GetEmails();`) },
    expected: { 'new MailConnection(in_Address, serviceContainer)': [1, 1] },
  },
  'one of two connections, in two files': {
    main: coded(
      `var mail = office365.Mail(connections.O365Mail.Robot); mail = office365.Mail(connections.O365Mail.Team); ${sends} mail.GetEmails();`,
    ),
    more: {
      'Other.cs': other(
        `var mail = office365.Mail(connections.O365Mail.Robot); mail = office365.Mail(connections.O365Mail.Team); ${sends}`,
      ),
    },
    expected: { mail: [1, 2] },
  },
  'a field, however it is written': {
    main: coded(
      `_mail.GetEmails(); this._mail.GetEmails(); Main._mail.GetEmails(); var mail = _mail; ${sends}`,
      'private static IMailService _mail = Pick();',
    ),
    expected: { _mail: [4] },
  },
  'an argument of the workflow, written twice': {
    main: coded(
      `office365.Mail(new MailConnection(in_Address, serviceContainer)).GetEmails(); office365.Mail(new  MailConnection(in_Address,serviceContainer)).GetEmails();`,
    ),
    expected: { 'new MailConnection(in_Address, serviceContainer)': [2] },
  },
  'a field that everybody reaches, from three files': {
    main: coded('Shared.Mail.GetEmails();'),
    more: {
      'Other.cs': other('Shared.Mail.GetEmails();'),
      'Shared.cs': `${api}static class Shared { public static IMailService Mail; static void Go() => Mail.GetEmails(); }`,
    },
    expected: { 'Shared.Mail': [3] },
  },
  'a field that is inherited, from two files': {
    main: coded('Post.GetEmails();', '', 'public class Main : Base'),
    more: {
      'Other.cs': other('this.Post.GetEmails();', '', 'public class Other : Base'),
      'Base.cs': `${api}public class Base : CodedWorkflow { protected IMailService Post { get; set; } }`,
    },
    expected: { Post: [2] },
  },
  "a name that Studio's table does not have, in two files": {
    main: coded('office365.Mail(connections.O365Mail.Gone).GetEmails();'),
    more: { 'Other.cs': other('office365.Mail(this.connections.O365Mail.Gone).GetEmails();') },
    expected: { 'connections.O365Mail.Gone': [2] },
  },
};

describe('connections that only the run knows', () => {
  for (const [name, { main, more = {}, expected }] of Object.entries(rows))
    test(name, () => {
      const found: Record<string, number[]> = {};
      for (const { id, isExpression, uses } of analyzeCoded(main, more).connections)
        if (isExpression) found[id] = [...(found[id] ?? []), uses.length].sort();
      assert.deepEqual(found, expected);
    });
});
