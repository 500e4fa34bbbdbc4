/** Says which names are of the wrong kind for the sign-in of a connection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, findingsOf, shownWithScopes, testCells } from '../../support/findings';
import { activity, connectionProject, project, scope } from '../../support/project-builder';

const rule = 'scope-kind';

/** Which permissions a sign-in uses; absent: nobody said. */
const signIns: Readonly<Record<string, 'delegated' | 'application' | 'unknown'>> = {
  absent: 'unknown',
  'interactive-token': 'delegated',
  'integrated-windows': 'delegated',
  'username-password': 'delegated',
  'oauth-authorization-code': 'delegated',
  'byo-app': 'delegated',
  'client-secret': 'application',
  'client-certificate': 'application',
  'oauth-client-credentials': 'application',
  'oauth-client-certificate': 'application',
};

/** Names as they are written, in the catalogue's letter case, and the kinds there are of them. */
const names: readonly [string, string, 'delegated' | 'application' | 'both' | 'neither'][] = [
  ['Mail.Read', 'Mail.Read', 'both'],
  ['Mail.Send', 'Mail.Send', 'both'],
  ['Files.ReadWrite.All', 'Files.ReadWrite.All', 'both'],
  ['Sites.Selected', 'Sites.Selected', 'both'],
  ['group.read.all', 'Group.Read.All', 'both'],
  ['https://graph.microsoft.com/Calendars.Read', 'Calendars.Read', 'both'],
  ['Mail.Read.Shared', 'Mail.Read.Shared', 'delegated'],
  ['Mail.Send.Shared', 'Mail.Send.Shared', 'delegated'],
  ['Calendars.ReadWrite.Shared', 'Calendars.ReadWrite.Shared', 'delegated'],
  ['Files.Read', 'Files.Read', 'delegated'],
  ['Files.ReadWrite', 'Files.ReadWrite', 'delegated'],
  ['Tasks.ReadWrite', 'Tasks.ReadWrite', 'delegated'],
  ['User.Read', 'User.Read', 'delegated'],
  ['offline_access', 'offline_access', 'delegated'],
  ['openid', 'openid', 'delegated'],
  ['mail.read.shared', 'Mail.Read.Shared', 'delegated'],
  ['https://graph.microsoft.com/Files.Read', 'Files.Read', 'delegated'],
  ['https://outlook.office365.com/EWS.AccessAsUser.All', 'EWS.AccessAsUser.All', 'delegated'],
  ['Mail.ReadBasic.All', 'Mail.ReadBasic.All', 'application'],
  ['Tasks.ReadWrite.All', 'Tasks.ReadWrite.All', 'application'],
  ['https://outlook.office365.com/full_access_as_app', 'full_access_as_app', 'application'],
  ['ChannelMember.ReadWrite', 'ChannelMember.ReadWrite', 'neither'],
  ['Mail.Raed', 'Mail.Raed', 'neither'],
];

testCells(
  rule,
  Object.entries(signIns).flatMap(([authentication, uses]) =>
    names.map(([written, name, kind]): Cell => {
      const isWrong = uses !== 'unknown' && (kind === 'delegated' || kind === 'application') && kind !== uses;
      return {
        name: `${authentication} declares ${written}`,
        files: connectionProject({ ...(authentication === 'absent' ? {} : { authentication }), scopes: [written] }),
        expected: isWrong ? [`${rule} error ${name}`] : [],
      };
    }),
  ),
  shownWithScopes,
);

/** Several names at once: one finding each, and one only for a name that stands twice. */
const lists: readonly [string, readonly string[], readonly string[]][] = [
  ['client-secret', ['Mail.Read.Shared', 'Mail.Read', 'offline_access'], ['Mail.Read.Shared', 'offline_access']],
  ['client-secret', ['Mail.Read.Shared', 'mail.read.shared'], ['Mail.Read.Shared']],
  ['byo-app', ['Mail.ReadBasic.All', 'Mail.Read', 'offline_access', 'Tasks.Read.All'], ['Mail.ReadBasic.All', 'Tasks.Read.All']],
  ['byo-app', [], []],
  ['oauth-client-credentials', ['https://graph.microsoft.com/.default'], []],
];

testCells(
  rule,
  lists.map(
    ([authentication, scopes, wrong]): Cell => ({
      name: `${authentication} declares ${scopes.join(', ') || 'nothing'}`,
      files: connectionProject({ authentication, scopes }),
      expected: wrong.map((name) => `${rule} error ${name}`),
    }),
  ),
  shownWithScopes,
);

/** The list in a workflow is never of a wrong kind: under an application it has no effect, else the other rules judge it. */
testCells(
  rule,
  ['InteractiveToken', 'UsernameAndPassword', 'ApplicationIdAndSecret', 'ApplicationIdAndCertificate', 'IntegrationService'].map(
    (AuthenticationType): Cell => ({
      name: `a workflow with ${AuthenticationType}`,
      files: project({
        content: scope({
          attributes: { AuthenticationType },
          scopes: ['Mail.Read.Shared', 'User.Read', 'Mail.ReadBasic.All'],
          body: activity('Mail.GetMail', { Account: '[mailbox]' }),
        }),
      }),
      expected: [],
    }),
  ),
);

for (const [authentication, name] of [
  ['client-secret', 'Mail.Read.Shared'],
  ['client-secret', 'Files.Read'],
  ['client-secret', 'offline_access'],
  ['byo-app', 'Mail.ReadBasic.All'],
] as const) {
  test(`${rule}: fixes of ${name} under ${authentication} are offered, none of them is preferred`, () => {
    const found = findingsOf(rule, connectionProject({ authentication, scopes: ['Mail.Send', name] }));
    assert.equal(found.length, 1);
    for (const { fixes } of found) {
      assert.ok(fixes.length > 0);
      assert.deepEqual(
        fixes.filter(({ preferred }) => preferred),
        [],
      );
    }
  });
}
