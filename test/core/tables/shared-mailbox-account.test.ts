/** When the Account of a classic activity is a mailbox other than that of the scope's user, and when nobody can say. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyFix, checkFindings, findingsOf, tellScopes } from '../../support/fixed-findings';
import { type Attributes, activity, commentOut, files, property, scope, workflow } from '../../support/workflow-builder';

const rule = 'shared-mailbox-scope';
const robot = 'robot@contoso.com';
const team = 'team@contoso.com';
const defaults = { in_Robot: robot, in_Team: team };
const byRobot = { EmailAddress: robot };
const missing = 'information Mail.Read.Shared';

const getMail = (account: string) => activity('Mail.GetMail', { MarkAsRead: 'False', ...(account === '-' ? {} : { Account: account }) });

/** The scope's EmailAddress and Username, and the activity's Account; `-` is an attribute that is not there. */
const accounts: readonly (readonly [string, string, string, ...(readonly string[])])[] = [
  // A literal, and no user name: whoever is there signs in.
  ['-', '-', team],
  ['{x:Null}', '{x:Null}', team],
  ['', '', team],
  ['[Nothing]', '[""]', team],
  ['-', '-', `["${team}"]`],
  ['-', '-', '[in_Team]'],
  // A literal, and a literal user name.
  [robot, '-', team, missing],
  ['-', robot, team, missing],
  [robot, robot, team, missing],
  [robot, '{x:Null}', '[in_Team]', missing],
  ['[in_Robot]', '-', team, missing],
  [`["${robot}"]`, '-', team, missing],
  [robot, '-', robot],
  ['-', robot, robot],
  [robot, robot, robot],
  ['Robot@Contoso.com', '-', robot],
  [robot, '-', '[in_Robot]'],
  ['[in_Robot]', '-', robot],
  ['-', '[in_Robot]', '[in_Robot]'],
  [`["${robot}"]`, '-', robot],
  // A user name that nobody knows.
  ['[user]', '-', team],
  ['-', '[user]', team],
  ['[user]', '{x:Null}', team],
  ['[user + "@contoso.com"]', '-', robot],
  // An account that nobody knows, or the same expression.
  ['-', '-', '[account]'],
  [robot, '-', '[account]'],
  ['-', robot, '[account]'],
  ['[user]', '-', '[account]'],
  ['[user]', '-', '[user]'],
  ['-', '[user]', '[user]'],
  // No account.
  ['-', '-', '-'],
  [robot, '-', '-'],
  [robot, '-', '{x:Null}'],
  [robot, '-', ''],
  [robot, '-', '[Nothing]'],
  [robot, '-', '[String.Empty]'],
  [robot, '-', 'Please select an account.'],
  ['-', '-', 'Please select an account.'],
];

const user = (email: string, name: string): Attributes => ({
  ...(email === '-' ? {} : { EmailAddress: email }),
  ...(name === '-' ? {} : { Username: name }),
});
const inScope = (scopes: readonly string[], attributes: Attributes, ...inner: readonly string[]) =>
  files({ 'Main.xaml': workflow([scope(scopes, attributes, ...inner)], defaults) });

describe('the account of a classic activity', () => {
  for (const [email, name, account, ...expected] of accounts)
    test(`EmailAddress ${email || '""'}, Username ${name || '""'}, Account ${account || '""'}`, () =>
      checkFindings(rule, inScope(['Mail.Read'], user(email, name), getMail(account)), expected, tellScopes));
});

const argument = (text: string) => `<InArgument x:TypeArguments="x:String">${text}</InArgument>`;
const sendMail = (attributes: Attributes) => activity('Mail.SendMail', { Account: team, To: '[to]', ...attributes });
const both = ['information Mail.ReadWrite.Shared', 'information Mail.Send.Shared'];
const sharedUse = activity('Mail.GetEmailListConnections', { ConnectionId: '{x:Null}', UseSharedMailbox: 'True' });

/** What else decides: the declared scopes, and other forms. */
const others: readonly (readonly [string, ReturnType<typeof inScope>, ...(readonly string[])])[] = [
  ['Mail.Read.Shared', inScope(['Mail.Read.Shared'], byRobot, getMail(team))],
  ['Mail.ReadWrite.Shared', inScope(['Mail.ReadWrite.Shared'], byRobot, getMail(team))],
  ['an empty list', inScope([], byRobot, getMail(team))],
  ['.default', inScope(['https://graph.microsoft.com/.default'], byRobot, getMail(team))],
  ['app-only', inScope(['Mail.Read'], { AuthenticationType: 'ApplicationIdAndSecret' }, getMail(team))],
  ['an asset', inScope(['Mail.Read'], { ConfigLocation: 'OrchestratorAsset' }, getMail(team))],
  ['a connection', inScope(['Mail.Read'], { UseConnectionService: 'True' }, getMail(team))],
  ['sending', inScope(['Mail.ReadWrite', 'Mail.Send'], byRobot, sendMail({})), ...both],
  ['sending, as Studio migrates it', inScope(['mail.read', 'mail.readwrite', 'mail.send'], byRobot, sendMail({})), ...both],
  ['sending with one of two', inScope(['Mail.ReadWrite.Shared', 'Mail.Send'], byRobot, sendMail({})), 'information Mail.Send.Shared'],
  ['sending with both', inScope(['Mail.ReadWrite.Shared', 'Mail.Send.Shared'], byRobot, sendMail({}))],
  ['sending for nobody else', inScope(['Mail.ReadWrite', 'Mail.Send'], byRobot, sendMail({ Account: '{x:Null}' }))],
  ['a draft', inScope(['Mail.ReadWrite'], byRobot, sendMail({ IsDraft: 'True' })), 'information Mail.ReadWrite.Shared'],
  ['moving', inScope(['Mail.ReadWrite'], byRobot, activity('Mail.MoveMail', { Account: team })), 'information Mail.ReadWrite.Shared'],
  ['two activities, one account', inScope(['Mail.Read'], byRobot, getMail(team), getMail(team)), missing],
  ['two activities, two accounts', inScope(['Mail.Read'], byRobot, getMail(team), getMail('other@contoso.com')), missing],
  ['two activities, one of them on the own mailbox', inScope(['Mail.Read'], user(robot, '-'), getMail(robot), getMail(team)), missing],
  ['beside a shared mailbox that is sure', inScope(['Mail.Read'], byRobot, getMail(team), sharedUse), 'warning Mail.Read.Shared'],
  ['a commented-out activity', inScope(['Mail.Read'], byRobot, commentOut(getMail(team)))],
  ['a scope with nothing in it', inScope(['Mail.Read'], {})],
  [
    'an account as a child element',
    inScope(['Mail.Read'], byRobot, activity('Mail.GetMail', byRobot, property('Mail.GetMail', 'Account', argument(team)))),
    missing,
  ],
  ['an empty argument', inScope(['Mail.Read'], byRobot, activity('Mail.GetMail', byRobot, property('Mail.GetMail', 'Account')))],
  [
    'a user name as a child element',
    inScope(['Mail.Read'], byRobot, property('Office365ApplicationScope', 'EmailAddress', argument(robot)), getMail(robot)),
  ],
  [
    'another user name as a child element',
    inScope(['Mail.Read'], byRobot, property('Office365ApplicationScope', 'EmailAddress', argument(robot)), getMail(team)),
    missing,
  ],
  ['Services="Mail"', inScopeOfServices('Mail', team), 'information'],
  ['Services="Mail, Shared"', inScopeOfServices('Mail, Shared', team)],
  ['Services="Mail" and no account', inScopeOfServices('Mail', '{x:Null}')],
];

function inScopeOfServices(services: string, account: string) {
  return files({ 'Main.xaml': workflow(scope(undefined, { Services: services, OAuth2Username: robot }, getMail(account))) });
}

describe('what else decides about an account', () => {
  for (const [name, input, ...expected] of others) {
    const tell = name.startsWith('Services') ? undefined : tellScopes;
    test(name, () => checkFindings(rule, input, expected, tell));
  }
});

test('what is only likely is never mended unasked, but can be', () => {
  const input = inScope(['Mail.Read'], byRobot, getMail(team));
  const [problem] = findingsOf(rule, input);
  assert.ok(problem);
  assert.deepEqual(
    problem.fixes.filter(({ preferred }) => preferred),
    [],
  );
  const [fix] = problem.fixes;
  assert.ok(fix);
  checkFindings(rule, applyFix(input, fix), []);
});
