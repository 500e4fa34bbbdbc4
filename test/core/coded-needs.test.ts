/** What a call of a coded workflow needs: that of its activity, and what its arguments add or take away. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCoded } from '../../server/src/core/project/read-coded';
import { catalog } from '../support/catalog';
import { analyzeCoded, coded, manifestOf, useParser } from '../support/coded-builder';

useParser();

const mail = 'var mail = office365.Mail(connections.O365Mail.Robot);';

/** Certain needs by their least alternative, uncertain ones with a question mark, those of another rule in brackets. */
function needs(body: string, members = ''): string[] {
  const { project } = analyzeCoded(coded(`${mail} ${body}`, members));
  return project.uses.flatMap(({ needs: { delegated } }) =>
    delegated.map(({ alternatives: [least = ''], certain, by }) => (by ? `(${least})` : certain ? least : `${least}?`)),
  );
}

const write = 'Mail.ReadWrite';
const sends = [write, 'Mail.Send'];
const maySend = [write, 'Mail.Send?'];
const shared = '(Mail.Read.Shared)';

const rows: Readonly<Record<string, readonly [body: string, needed: readonly string[], members?: string]>> = {
  'a mail is sent': ['mail.SendEmail("a", "b", "c");', sends],
  'as a draft, named': ['mail.SendEmail("a", "b", "c", asDraft: true);', [write]],
  'as a draft, in its place': ['mail.SendEmail("a", "b", "c", null, null, true);', [write]],
  'not as a draft': ['mail.SendEmail("a", "b", "c", asDraft: false);', sends],
  'not as a draft, in its place': ['mail.SendEmail("a", "b", "c", null, null, false);', sends],
  'as a draft, perhaps': ['mail.SendEmail("a", "b", "c", asDraft: in_Flag);', maySend],
  'as a draft, perhaps, in its place': ['mail.SendEmail("a", "b", "c", null, null, in_Flag);', maySend],
  'a true in another place': ['mail.SendEmail("a", "b", "c", null, true);', sends],
  'all named, in another order': ['mail.SendEmail(body: "c", asDraft: true, to: "a", subject: "b");', [write]],
  'a request': ['mail.SendEmail(new SendEmailRequest().WithTo("a").WithSubject("b"));', sends],
  'a request for a draft': ['mail.SendEmail(new SendEmailRequest().WithTo("a").AsDraft().WithSubject("b"));', [write]],
  'a request for a draft, named': ['mail.SendEmail(sendEmailRequest: new SendEmailRequest().AsDraft(true));', [write]],
  'a request for no draft': ['mail.SendEmail(new SendEmailRequest().AsDraft(false));', sends],
  'a request for a draft, perhaps': ['mail.SendEmail(new SendEmailRequest().AsDraft(in_Flag));', maySend],
  'a request in a variable': ['var request = new SendEmailRequest().WithTo("a"); mail.SendEmail(request);', sends],
  'a request for a draft in a variable': ['var request = new SendEmailRequest().AsDraft(); mail.SendEmail(request);', [write]],
  'a request made a draft later': ['var request = new SendEmailRequest(); request.AsDraft(); mail.SendEmail(request);', maySend],
  'a request from somewhere': [
    '',
    maySend,
    'private void Go(SendEmailRequest request) { office365.Mail(connections.O365Mail.Robot).SendEmail(request); }',
  ],
  'a forward': ['mail.ForwardEmail(found, "Body");', sends],
  'a forward as a draft': ['mail.ForwardEmail(found, "Body", null, null, null, null, true);', [write]],
  'a forward with a body in a variable': ['string text = Make(); mail.ForwardEmail(found, text);', sends],
  'a forward with a request for a draft': ['mail.ForwardEmail(found, new ForwardEmailRequest().AsDraft());', [write]],
  'a reply': ['mail.ReplyToEmail(found, "Body");', sends],
  'a reply as a draft': ['mail.ReplyToEmail(found, body: "Body", asDraft: true);', [write]],
  'mails are read': ['mail.GetEmails();', ['Mail.Read']],
  'mails are marked as read': ['mail.GetEmails(markAsRead: true);', ['Mail.Read', write]],
  'mails are marked as read, in its place': ['mail.GetEmails(null, default, null, OrderBy.NewestFirst, true, true);', ['Mail.Read', write]],
  'the place of another method': ['mail.GetNewestEmail(null, default, null, true);', ['Mail.Read', write]],
  'mails are marked as read, perhaps': ['mail.GetEmails(markAsRead: in_Flag);', ['Mail.Read', `${write}?`]],
  'another mailbox': ['mail.GetEmails(account: "team@contoso.com");', ['Mail.Read', shared]],
  'another mailbox, in its place': ['mail.GetEmail("id", "team@contoso.com");', ['Mail.Read', shared]],
  'another mailbox, by a constant': [
    'mail.GetEmails(account: Team);',
    ['Mail.Read', shared],
    'private const string Team = "team@contoso.com";',
  ],
  'no other mailbox': [
    'mail.GetEmails(account: null); mail.GetEmails(account: ""); mail.GetEmails(account: default(string));',
    ['Mail.Read', 'Mail.Read', 'Mail.Read'],
  ],
  'a mail is answered': ['mail.GetNewestEmail().Reply("thanks");', ['Mail.Read', ...sends]],
  'a mail is answered as a draft': ['mail.GetNewestEmail().Reply("thanks", asDraft: true);', ['Mail.Read', write]],
  'a mail is answered as a draft, perhaps': ['mail.GetNewestEmail().Reply("thanks", null, null, true);', ['Mail.Read', ...maySend]],
  'a mail is answered by a request for a draft': [
    'mail.GetNewestEmail().Reply(new ReplyToEmailRequest().AsDraft());',
    ['Mail.Read', write],
  ],
  'mails of a folder': ['mail.SystemFolders.Inbox.GetEmails();', ['Mail.Read']],
  'mails of a folder are marked as read': ['mail.SystemFolders.Inbox.GetEmails(markAsRead: true);', ['Mail.Read', write]],
  'mails of a folder are marked as read, perhaps': ['mail.SystemFolders.Inbox.GetEmails(filter, true);', ['Mail.Read', `${write}?`]],
  'its name alone': ['ids.ForEach(mail.MarkEmailAsRead);', [write]],
};

describe('what a call needs', () => {
  for (const [name, [body, needed, members]] of Object.entries(rows)) {
    test(name, () => assert.deepEqual(needs(body, members), needed));
  }
});

test('every method of the catalogue is found, with the activity that it is tied to', () => {
  for (const { service, interface: type, method, activity, connectionClass } of catalog.coded().methods) {
    const text =
      connectionClass === undefined
        ? coded(`_ = office365;`, `private void Go(${type} it) { it.${method}(); }`)
        : coded(`office365.${service}(new ${connectionClass}("x", null)).${method}();`);
    const title = connectionClass === undefined ? `${type}.${method}` : `office365.${service}.${method}`;
    assert.deepEqual(
      analyzeCoded(text).project.uses.map(({ id, displayName, activity: found }) => [id, displayName, found?.kind]),
      activity === undefined ? [] : [[activity, title, 'modern']],
    );
  }
});

test('the range is the name of the method, in UTF-16 units', () => {
  const text = coded(`Log("😀🧾"); /* 😀 */ office365.Mail(connections.O365Mail.Robot)\n   .SendEmail("😀", "b", "c");`);
  const { project } = analyzeCoded(text);
  assert.deepEqual(
    project.uses.map(({ range, document }) => [document.path, text.slice(range.start, range.end)]),
    [['/project/Main.cs', 'SendEmail']],
  );
});

test('a shared mailbox in code is told as one in a workflow', () => {
  const told = (call: string) =>
    analyzeCoded(coded(`${mail} ${call}`), { 'm365-automation.json': manifestOf({ robot: ['Mail.Read'] }) }).problems.flatMap((problem) =>
      problem.rule === 'shared-mailbox-scope' ? [`${problem.severity} ${problem.scopes.join()}`] : [],
    );
  assert.deepEqual(told('mail.GetEmails(account: "team@contoso.com");'), ['information Mail.Read.Shared']);
  assert.deepEqual(told('mail.GetEmails(account: in_Address);'), []);
  assert.deepEqual(told('mail.GetEmails();'), []);
});

test('a file is parsed once, and its calls are worked out once', () => {
  const text = coded(`${mail} mail.GetEmails();`);
  const { project } = analyzeCoded(text);
  const [document] = project.documents.filter(({ path }) => path.endsWith('Main.cs'));
  assert.ok(document?.kind === 'coded');
  let parsed = 0;
  const tools = {
    gunzip: () => undefined,
    parseCsharp: () => {
      parsed++;
      return undefined;
    },
  };
  assert.notEqual(readCoded(document, tools), 'refused');
  assert.equal(parsed, 0);
});
