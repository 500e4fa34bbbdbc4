/** Says which activities miss a mailbox where only an application signs in, and how sure that is. */
import { type Cell, testCells } from '../../support/findings';
import { type Attributes, activity, commentedOut, connected, ids, inScope, project, scope } from '../../support/project-builder';
import { appOnlySignIns } from '../../support/sign-ins';

const account = 'app-only-account';
const secret = { AuthenticationType: 'ApplicationIdAndSecret' };

function inWorkflow(attributes: Attributes, body: string, properties = ''): Cell['files'] {
  return project({ content: scope({ attributes, body, properties }) });
}

testCells(
  account,
  appOnlySignIns.map(
    ([attributes, isAppOnly]): Cell => ({
      name: `sign-in ${JSON.stringify(attributes)}`,
      files: inWorkflow(attributes, activity('Mail.GetMail')),
      expected: isAppOnly ? [`${account} error`] : [],
    }),
  ),
);

/** Values that name no mailbox, and values that do or may. */
const empty = ['absent', '', '{x:Null}', 'Please select an account.', '[Nothing]', '[null]', '[""]', '[String.Empty]'];
const set = ['robot@contoso.com', '["robot@contoso.com"]', '[mailbox]'];
const written = (name: string, value: string): Attributes => (value === 'absent' ? {} : { [name]: value });

/** Severity by what is set: the account decides, then the impersonated user, then the sender. */
function severityOf(mailbox: string, impersonated: string, from: string): string[] {
  if (set.includes(mailbox) || set.includes(impersonated)) return [];
  return [`${account} ${set.includes(from) ? 'warning' : 'error'}`];
}

testCells(
  account,
  [...empty, ...set].flatMap((mailbox) =>
    ['absent', '{x:Null}', '[""]', ...set].flatMap((impersonated) =>
      ['absent', '{x:Null}', '[Nothing]', 'robot@contoso.com', '[mailbox]'].map(
        (from): Cell => ({
          name: `Account ${mailbox}, ImpersonatedUserEmailAddress ${impersonated}, From ${from}`,
          files: inWorkflow(
            { ...secret, ...written('ImpersonatedUserEmailAddress', impersonated) },
            activity('Mail.SendMail', { ...written('Account', mailbox), ...written('From', from), To: '[to]' }),
          ),
          expected: severityOf(mailbox, impersonated, from),
        }),
      ),
    ),
  ),
);

const argument = (content: string) =>
  `<umam:SendMail.Account><InArgument x:TypeArguments="x:String">${content}</InArgument></umam:SendMail.Account>`;
const property = (content: string) =>
  `<uma:Office365ApplicationScope.ImpersonatedUserEmailAddress><InArgument x:TypeArguments="x:String">${content}</InArgument></uma:Office365ApplicationScope.ImpersonatedUserEmailAddress>`;

testCells(account, [
  {
    name: 'Account as an element without text',
    files: inWorkflow(secret, activity('Mail.SendMail', {}, argument(''))),
    expected: [`${account} error`],
  },
  { name: 'Account as an element', files: inWorkflow(secret, activity('Mail.SendMail', {}, argument('[mailbox]'))), expected: [] },
  {
    name: 'ImpersonatedUserEmailAddress as an element',
    files: inWorkflow(secret, activity('Mail.SendMail'), property('[user]')),
    expected: [],
  },
  {
    name: 'ImpersonatedUserEmailAddress as an element without text',
    files: inWorkflow(secret, activity('Mail.SendMail'), property('')),
    expected: [`${account} error`],
  },
  { name: 'an activity that is commented out', files: inWorkflow(secret, commentedOut(activity('Mail.SendMail'))), expected: [] },
  {
    name: 'a scope that is commented out',
    files: project({ content: commentedOut(scope({ attributes: secret, body: activity('Mail.SendMail') })) }),
    expected: [],
  },
  { name: 'outside of any scope', files: project({ content: activity('Mail.SendMail') }), expected: [] },
  {
    name: 'one finding an activity',
    files: inWorkflow(secret, activity('Mail.SendMail') + activity('Mail.GetMail', { Account: '[a]' }) + activity('Mail.GetMail')),
    expected: [`${account} error`, `${account} error`],
  },
]);

/** Classic activities: those that work on a mailbox, and those that do not. */
const onMailbox = `Mail.SendMail Mail.GetMail Mail.ForwardMail Mail.ReplyToMail Mail.MoveMail Mail.DeleteMail Mail.SetMailCategories
  Calendar.CreateEvent Calendar.ModifyEvent Calendar.DeleteEvent Calendar.AddAttendee Calendar.AddLocation Calendar.AddAttachment
  Calendar.SearchEvents Calendar.GetCalendars Calendar.FindMeetingTimes Calendar.Rsvp`.split(/\s+/);
const onFiles =
  'Files.UploadFile Files.FindFilesAndFolders Excel.ReadRange Sharepoint.GetListItems Planner.Tasks.CreateTask Groups.ListGroups'.split(
    ' ',
  );

testCells(
  account,
  [...onMailbox, ...onFiles].map(
    (name): Cell => ({
      name: `classic ${name}`,
      files: inWorkflow(secret, activity(name)),
      expected: onMailbox.includes(name) ? [`${account} error`] : [],
    }),
  ),
);

/** Modern activities: on the mailbox of whoever signs in; on a message they are given; on something else. */
const onOwnMailbox = `Mail.SendMailConnections Mail.GetEmailListConnections Mail.ForEachEmailConnections Mail.GetNewestEmail
  Mail.GetEmailFoldersListConnections Mail.TurnOnAutomaticRepliesConnections Mail.TurnOffAutomaticRepliesConnections
  Calendar.CreateEventConnections Calendar.GetCalendarsConnections Calendar.GetEventListConnections Calendar.ForEachEventConnections`.split(
  /\s+/,
);
const onMessage = `Mail.SendDraftEmailConnections Mail.ForwardEmailConnections Mail.ReplyToEmailConnections Mail.DownloadEmailConnections
  Mail.DownloadEmailAttachments Mail.ArchiveEmailConnections Mail.DeleteEmailConnections Mail.MoveEmailConnections
  Mail.MarkAsReadUnreadConnections Mail.SetEmailCategoriesConnections`.split(/\s+/);
const elsewhere = `Files.DownloadFileConnections Excel.WriteCellConnections Sharepoint.ForEachListConnections
  WaitForEmailReceived WaitForEventCreated`.split(/\s+/);
const noMailbox: Attributes[] = [{}, { SharedMailbox: '{x:Null}' }, { Mailbox: '' }, { UseSharedMailbox: 'False' }];
const mailboxes: Attributes[] = [
  { SharedMailbox: 'team@contoso.com' },
  { SharedMailbox: '[team]' },
  { Mailbox: 'team@contoso.com' },
  { Mailbox: '[team]' },
];

testCells(
  account,
  [...onOwnMailbox, ...onMessage, ...elsewhere].map(
    (name): Cell => ({
      name: `modern ${name}`,
      files: inWorkflow(secret, inScope(name)),
      expected: onOwnMailbox.includes(name) ? [`${account} information`] : [],
    }),
  ),
);

testCells(
  account,
  ['Mail.GetNewestEmail', 'Mail.SendMailConnections'].flatMap((name) => {
    const element = `umam:${name.slice(5)}.MailboxArg`;
    const nested = (value: string) => `<${element}><umamm:MailboxArgument SharedMailbox="${value}" UseSharedMailbox="True" /></${element}>`;
    const rows: Cell[] = [...noMailbox, ...mailboxes].map((attributes) => ({
      name: `${name} with ${JSON.stringify(attributes)}`,
      files: inWorkflow(secret, inScope(name, attributes)),
      expected: mailboxes.includes(attributes) ? [] : [`${account} information`],
    }));
    return [
      ...rows,
      {
        name: `${name} with a MailboxArgument that names one`,
        files: inWorkflow(secret, inScope(name, {}, nested('team@contoso.com'))),
        expected: [],
      },
      {
        name: `${name} with a MailboxArgument that names none`,
        files: inWorkflow(secret, inScope(name, {}, nested('{x:Null}'))),
        expected: [`${account} information`],
      },
      {
        name: `${name} where the scope names a user`,
        files: inWorkflow({ ...secret, ImpersonatedUserEmailAddress: '[user]' }, inScope(name)),
        expected: [],
      },
      { name: `${name} with a connection of its own`, files: inWorkflow(secret, connected(name, ids.mail)), expected: [] },
      { name: `${name} under delegated sign-in`, files: inWorkflow({}, inScope(name)), expected: [] },
      { name: `${name}, commented out`, files: inWorkflow(secret, commentedOut(inScope(name))), expected: [] },
    ];
  }),
);
