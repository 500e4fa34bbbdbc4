/** The text of the manifest that init makes, for projects of every shape: what is written, what is asked for, what is left out. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneLine, writeJsonc } from '../../../server/src/core/init/jsonc';
import { analyzeTexts, type Files } from '../../support/analyze';
import { binding, bindings, configuration, connectorActivity, connectors } from '../../support/bindings';
import { initOf, textOf, withManifest } from '../../support/init';
import { otherClientId, ownClientId, publicClientId, secretMark } from '../../support/scope-builder';
import { activity, card, commentOut, element, files, ids, manifest, projectJson, scope, workflow } from '../../support/workflow-builder';

const project = (...content: string[]): Files => files({ 'Main.xaml': workflow(content), 'project.json': projectJson() });
const newest = (ConnectionId: string, attributes: Readonly<Record<string, string>> = {}) =>
  activity('Mail.GetNewestEmail', { ConnectionId, ...attributes });
const send = (ConnectionId: string) => activity('Mail.SendMailConnections', { ConnectionId, DisplayName: 'Send the report' });
const upload = (ConnectionId: string) => activity('Files.UploadFilesConnections', { ConnectionId, DisplayName: 'Store it' });
const classic = (attributes: Readonly<Record<string, string>>) => scope(['mail.send'], attributes, activity('Mail.SendMail'));
const own = { OAuthApplication: 'Custom', ApplicationId: ownClientId };

const head = `  // Made from what the workflows say. What they do not say is for you to add; what is left out is unknown, and nothing
  // is said about it.
`;
const connectionsHead = `${head}  // "scopes" is the least that the activities need with a user signed in: write what the connection really has in its
  // place. "app" is a key of "apps", where it signs in with an app of your own.
`;
const outlookTypes = '// Add "authentication": oauth-authorization-code, byo-app, oauth-client-credentials or oauth-client-certificate.';
const registered = '// Add "audience" and "redirectUris" as they are registered: then the tenant and the redirect URIs are checked.';

/** The file around some connections. */
const connections = (inner: string) => `{\n${connectionsHead}  "connections": {\n${inner}\n  }\n}\n`;
const outlook = (key: string, id: string, used: string, scopes: string, note = '') => `    // Used by ${used}.
    "${key}": {
      ${outlookTypes}${note}
      "connector": "uipath-microsoft-outlook365",
      "id": "${id}",
      "scopes": [${scopes}]
    }`;
const apps = (inner: string) => `{\n${head}  "apps": {\n${inner}\n  }\n}\n`;
const app = (key: string, of: string, id: string, tenant?: string, note = '') => `    // Of ${of}.
    "${key}": {
      ${note}${registered}
      "clientId": "${id}"${tenant === undefined ? '' : `,\n      "tenant": "${tenant}"`}
    }`;

const cells: readonly (readonly [string, Files, string])[] = [
  [
    'one connection',
    project(newest(ids.mail)),
    connections(outlook('outlook365', ids.mail, 'Get Newest Email (Main.xaml)', '"Mail.Read"')),
  ],
  [
    'one of an activity that does two things',
    project(send(ids.mail)),
    connections(outlook('outlook365', ids.mail, 'Send the report (Main.xaml)', '"Mail.ReadWrite", "Mail.Send"')),
  ],
  [
    'several of one connector, in the order of their use',
    project(send(ids.other), newest(ids.mail), newest(ids.other)),
    connections(
      [
        outlook('outlook365', ids.other, 'Send the report, Get Newest Email (Main.xaml)', '"Mail.ReadWrite", "Mail.Send"'),
        outlook('outlook365-2', ids.mail, 'Get Newest Email (Main.xaml)', '"Mail.Read"'),
      ].join(',\n'),
    ),
  ],
  [
    'one in several files and letter cases',
    files({
      'Main.xaml': workflow([newest(ids.mail)]),
      'Mail/Read.xaml': workflow([newest(ids.mail.toUpperCase()), newest(ids.mail)]),
      'project.json': projectJson(),
    }),
    connections(outlook('outlook365', ids.mail, 'Get Newest Email (Mail/Read.xaml); Get Newest Email (Main.xaml)', '"Mail.Read"')),
  ],
  [
    'a mailbox that is shared',
    project(newest(ids.mail, { UseSharedMailbox: 'True' })),
    connections(outlook('outlook365', ids.mail, 'Get Newest Email (Main.xaml)', '"Mail.Read.Shared"')),
  ],
  [
    'a value that only the run knows',
    project(newest(ids.mail, { MarkAsRead: '[mark]' })),
    connections(
      outlook(
        'outlook365',
        ids.mail,
        'Get Newest Email (Main.xaml)',
        '"Mail.Read"',
        '\n      // Perhaps Mail.ReadWrite too (MarkAsRead is True: the mail is marked as read, which changes it): known only at\n      // run time for Get Newest Email (Main.xaml).',
      ),
    ),
  ],
  [
    'many uses',
    project(...Array.from({ length: 9 }, (_, index) => newest(ids.mail, { DisplayName: `Read ${index}` }))),
    connections(outlook('outlook365', ids.mail, 'Read 0, Read 1, Read 2, Read 3 (Main.xaml) and 5 more', '"Mail.Read"')),
  ],
  [
    'a card and its activities',
    project(card({ ConnectionId: ids.files }, activity('Files.UploadFile'))),
    connections(`    // Used by Upload File (Main.xaml).
    "onedrive": {
      // Add "authentication": oauth-authorization-code, byo-app or oauth-client-credentials.
      "connector": "uipath-microsoft-onedrive",
      "id": "${ids.files}",
      "scopes": ["Files.ReadWrite"]
    }`),
  ],
  [
    'activities of a scope whose connection signs in',
    project(
      scope(
        undefined,
        { AuthenticationType: 'IntegrationService', UseConnectionService: 'True', ConnectionId: ids.mail },
        activity('Mail.SendMail', { IsDraft: 'False' }),
      ),
    ),
    connections(`    // Used by Send Mail (Main.xaml).
    "connection": {
      // Add "connector": neither activities nor bindings tell it.
      "id": "${ids.mail}",
      "scopes": ["Mail.ReadWrite", "Mail.Send"]
    }`),
  ],
  [
    'activities of two connectors',
    project(newest(ids.mail), upload(ids.mail)),
    connections(`    // Used by Get Newest Email, Store it (Main.xaml).
    "onedrive": {
      // Add "connector": activities and bindings name uipath-microsoft-onedrive and uipath-microsoft-outlook365, and a
      // connection is of one.
      "id": "${ids.mail}",
      "scopes": ["Files.ReadWrite", "Mail.Read"]
    }`),
  ],
  [
    'a request that only the run knows',
    project(activity('General.HttpRequestConnections', { ConnectionId: ids.mail, RequestUrl: '[url]' }), newest(ids.mail)),
    connections(`    // Used by HTTP Request, Get Newest Email (Main.xaml).
    "microsoft-365": {
      // Add "connector": activities and bindings name uipath-microsoft-365 and uipath-microsoft-outlook365, and a
      // connection is of one.
      // Add "scopes": what HTTP Request (Main.xaml) needs is not known before the run. The other activities need
      // Mail.Read.
      "id": "${ids.mail}"
    }`),
  ],
  [
    'a name in place of a GUID',
    project(newest('outlook365'), newest(ids.mail)),
    connections(
      `${outlook('outlook365', '', 'Get Newest Email (Main.xaml)', '"Mail.Read"').replace('      "id": "",\n', '')},\n${outlook('outlook365-2', ids.mail, 'Get Newest Email (Main.xaml)', '"Mail.Read"')}`,
    ),
  ],
  [
    'a connection that only the run knows, beside one that is known',
    project(newest(ids.mail), send('[in_Connection]')),
    connections(`${outlook(
      'outlook365',
      ids.mail,
      'Get Newest Email (Main.xaml)',
      '"Mail.Read"',
      '\n      // It may need more: not all that may use it is known (an expression, a connector activity, code or a damaged\n      // file).',
    )}
    // Known only at run time, from in_Connection: the connection of Send the report (Main.xaml). Declare each
    // connection that it can be, with its "id".`),
  ],
  [
    'only one that the run knows, by more than a name',
    project(send(`[Choose("${secretMark}")]`)),
    `{
${head}  // Known only at run time: the connection of Send the report (Main.xaml). Declare each connection that it can be, with
  // its "id".
}
`,
  ],
  ['an app', project(classic(own)), apps(app('app', 'Microsoft 365 Scope (Main.xaml)', ownClientId))],
  [
    'an app with its tenant, in two scopes',
    project(
      classic({ ...own, TenantId: 'contoso.onmicrosoft.com' }),
      classic({ ...own, DisplayName: 'Later', TenantId: 'Contoso.onmicrosoft.com' }),
    ),
    apps(app('app', 'Microsoft 365 Scope, Later (Main.xaml)', ownClientId, 'Contoso.onmicrosoft.com')),
  ],
  [
    'an app with two tenants',
    project(classic({ ...own, TenantId: 'a.com' }), classic({ ...own, TenantId: 'b.com' })),
    apps(
      app('app', 'Microsoft 365 Scope (Main.xaml)', ownClientId, undefined, '// Add "tenant": the workflows name a.com and b.com.\n      '),
    ),
  ],
  [
    'a tenant that only the run knows',
    project(classic({ ...own, TenantId: '[in_Tenant]' })),
    apps(app('app', 'Microsoft 365 Scope (Main.xaml)', ownClientId)),
  ],
  [
    'two apps, one of them hidden in a scope more',
    project(
      classic({ ...own, DisplayName: 'A' }),
      classic({ ...own, DisplayName: 'B', ApplicationId: otherClientId }),
      classic({ ...own, DisplayName: 'C', ApplicationId: '[in_App]' }),
    ),
    apps(`${app('app', 'A (Main.xaml)', ownClientId)},\n${app('app-2', 'B (Main.xaml)', otherClientId)}
    // Known only at run time, from in_App: the application id of C (Main.xaml). Describe the app in "apps", and say in
    // "applicationScopes" which workflows use it.`),
  ],
  [
    'an app, and a scope that hides which one it uses',
    project(classic(own), classic({ ...own, DisplayName: 'C', ApplicationId: '[Config("App").ToString]' })),
    apps(`${app('app', 'Microsoft 365 Scope (Main.xaml)', ownClientId)}
    // Known only at run time: the application id of C (Main.xaml). It is taken to be "app": if it is another app, add
    // that to "apps" and name it in "applicationScopes".`),
  ],
  [
    'an app that has no effect',
    project(classic({ OAuthApplication: 'UiPath', ApplicationId: ownClientId })),
    apps(
      app(
        'app',
        'Microsoft 365 Scope (Main.xaml)',
        ownClientId,
        undefined,
        '// The workflows sign in with the app of UiPath: this id has no effect there.\n      ',
      ),
    ),
  ],
];

describe('what is written', () => {
  for (const [name, input, expected] of cells)
    test(name, () => {
      assert.equal(textOf(input), expected);
      assert.ok(!expected.includes(secretMark));
    });
});

const bound = (content: string, ...resources: readonly object[]) =>
  files({ 'Main.xaml': workflow([content]), 'project.json': projectJson(), 'bindings_v2.json': bindings(...resources) });
const teams = connectorActivity(ids.other, configuration(connectors.teams));

/** What bindings and connector activities say of a connection; each line must stand in the file, or must not. */
const told: readonly (readonly [string, Files, readonly string[], readonly string[]])[] = [
  [
    'a name',
    bound(newest(ids.mail), binding(ids.mail, connectors.outlook, 'Claims "mailbox"')),
    ['// "Claims \\"mailbox\\"" in the bindings. Used by Get Newest Email (Main.xaml).', '"connector": "uipath-microsoft-outlook365",'],
    [],
  ],
  [
    'a connector that no activity tells',
    bound(
      scope(undefined, { UseConnectionService: 'True', ConnectionId: ids.mail }, activity('Mail.SendMail')),
      binding(ids.mail, connectors.outlook),
    ),
    ['"connector": "uipath-microsoft-outlook365",', '"outlook365": {'],
    ['// Add "connector": neither activities nor bindings tell it.'],
  ],
  [
    'another connector than the activity',
    bound(newest(ids.mail), binding(ids.mail, connectors.onedrive)),
    ['// Add "connector": activities and bindings name uipath-microsoft-onedrive and uipath-microsoft-outlook365, and a'],
    ['"connector": "uipath-microsoft-outlook365",', '"connector": "uipath-microsoft-onedrive",'],
  ],
  [
    'another connector than one of two activities',
    bound(newest(ids.mail) + upload(ids.mail), binding(ids.mail, connectors.onedrive)),
    ['// Add "connector": activities and bindings name uipath-microsoft-onedrive and uipath-microsoft-outlook365, and a'],
    [],
  ],
  [
    'a connector activity whose need nobody knows',
    project(teams),
    ['"teams": {', '"connector": "uipath-microsoft-teams",', `"id": "${ids.other}"`],
    ['"scopes": ['],
  ],
  [
    'a connector activity of another maker',
    project(newest(ids.mail), connectorActivity(ids.other, configuration(connectors.other))),
    [],
    [`"id": "${ids.other}"`],
  ],
];

describe('what bindings and connector activities tell', () => {
  for (const [name, input, wanted, unwanted] of told)
    test(name, () => {
      const lines = textOf(input)
        .split('\n')
        .map((line) => line.trim());
      assert.deepEqual(
        wanted.filter((line) => !lines.includes(line)),
        [],
        lines.join('\n'),
      );
      assert.deepEqual(
        unwanted.filter((line) => lines.includes(line)),
        [],
      );
      const grave = (automation: Files) =>
        analyzeTexts(automation)
          .problems.filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ rule, severity }) => `${severity} ${rule}`);
      assert.deepEqual(grave(withManifest(input)), grave(input));
    });
});

const nothing = 'There is nothing to write a manifest about: ';
const unused = `${nothing}no activity of Microsoft 365 is used here.`;
const noNeed = `${nothing}no activity uses a connection, and no Microsoft 365 Scope names an app of your own.`;
const there = (name: string) =>
  `There is a manifest already: ${name}. A manifest that is there is never changed by this; add to it, or take it away first.`;

const refusals: readonly (readonly [string, Files, string])[] = [
  ['no activity', project(element('WriteLine', { Text: 'x' })), unused],
  ['no workflow', files({ 'project.json': projectJson() }), unused],
  ['a connection that is commented out', project(commentOut(newest(ids.mail))), unused],
  ['another assembly', project(element('mail:GetNewestEmail', { ConnectionId: ids.mail })), unused],
  ['UiPath signs in', project(classic({ OAuthApplication: 'UiPath' })), noNeed],
  ["UiPath's public app by its id", project(classic({ ApplicationId: publicClientId.toUpperCase() })), noNeed],
  ['an id that UiPath does not look at, from the run', project(classic({ OAuthApplication: 'UiPath', ApplicationId: '[id]' })), noNeed],
  ['an asset decides', project(classic({ ...own, ConfigLocation: 'OrchestratorAsset' })), noNeed],
  ['an activity without a connection', project(newest('{x:Null}')), noNeed],
  [
    'only coded workflows',
    files({
      'project.json': projectJson(),
      'Send.cs':
        'public class Send : CodedWorkflow { public void Execute() { office365.Mail(connections.O365Mail.Robot).SendEmail("a"); } }',
    }),
    `${nothing}only coded workflows name Microsoft 365 here, and no call on a connection was found in them.`,
  ],
  [
    'a damaged file',
    files({ 'project.json': projectJson(), 'Main.xaml': '<Activity><Sequence></Activity>' }),
    `${nothing}no activity of Microsoft 365 is used here, as far as the files could be read.`,
  ],
  ['a manifest', files({ 'Main.xaml': workflow([newest(ids.mail)]), 'm365-automation.json': manifest({}) }), there('m365-automation.json')],
  [
    'a manifest of another name, below',
    files({
      'Main.xaml': workflow([newest(ids.mail)]),
      'project.json': projectJson(),
      'sub/robot.m365-automation.json': manifest({ workflows: [] }),
    }),
    there('robot.m365-automation.json'),
  ],
  [
    'a manifest that is damaged',
    files({ 'Main.xaml': workflow([newest(ids.mail)]), 'm365-automation.json': '{' }),
    there('m365-automation.json'),
  ],
];

describe('what is refused', () => {
  for (const [name, input, reason] of refusals) test(name, () => assert.deepEqual(initOf(input), { kind: 'refused', reason }));
});

describe('what a file of somebody else says cannot get out of a comment', () => {
  const names = [
    'Send\n"connections": {}, //',
    '*/ { } /* \u2028 "x": 1',
    'a\u202Eb\u200Dc',
    `${'long '.repeat(60)}`,
    '"quoted" \\ \t',
    '\u{1F4E7}'.repeat(80),
  ];
  for (const name of names)
    test(JSON.stringify(name).slice(0, 40), () => {
      const input = project(newest(ids.mail, { DisplayName: name }), classic({ ...own, DisplayName: name, ApplicationId: '[x]' }));
      const { project: after, problems } = analyzeTexts(withManifest(input));
      assert.deepEqual(
        problems.filter(({ rule }) => ['syntax', 'schema', 'unknown-connection'].includes(rule)),
        [],
      );
      assert.deepEqual(
        after.manifests.map(({ connections: found }) => found.map(({ key }) => key)),
        [['outlook365']],
      );
      assert.doesNotMatch(textOf(input), /[\u2028\u202E\u0000\r\t]/);
    });
  test('an id that is no GUID', () => {
    for (const id of ['__proto__', 'constructor', 'with "quotes"', 'a/b', 'ÄÖ']) {
      const { problems } = analyzeTexts(withManifest(project(newest(id), newest(ids.mail))));
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error' || severity === 'warning'),
        [],
        id,
      );
    }
  });
});

describe('layout', () => {
  const layouts: readonly (readonly [string, Parameters<typeof writeJsonc>[0], string])[] = [
    ['nothing', { members: [] }, '{}\n'],
    ['only a comment', { head: ['a'], members: [] }, '{\n  // a\n}\n'],
    ['no sentence', { head: [' '], members: [{ key: 'a', value: 'b' }] }, '{\n  "a": "b"\n}\n'],
    [
      'head, member and tail',
      { head: ['h'], members: [{ key: 'a', value: ['x', 'y'], comments: ['c', 'd'] }], tail: ['t'] },
      '{\n  // h\n  // c\n  // d\n  "a": ["x", "y"]\n  // t\n}\n',
    ],
    [
      'an empty object inside',
      {
        members: [
          { key: 'a', value: { members: [] } },
          { key: 'b', value: [] },
        ],
      },
      '{\n  "a": {},\n  "b": []\n}\n',
    ],
    [
      'a long list',
      { members: [{ key: 'a', value: ['x'.repeat(60), 'y'.repeat(60)] }] },
      `{\n  "a": [\n    "${'x'.repeat(60)}",\n    "${'y'.repeat(60)}"\n  ]\n}\n`,
    ],
    ['a long word', { head: ['z'.repeat(200)], members: [] }, `{\n  // ${'z'.repeat(200)}\n}\n`],
    [
      'a sentence that is broken',
      { head: ['word '.repeat(30)], members: [] },
      `{\n  // ${'word '.repeat(22)}word\n  // ${'word '.repeat(6)}word\n}\n`,
    ],
  ];
  for (const [name, block, expected] of layouts) test(name, () => assert.equal(writeJsonc(block), expected));
  test('one line of a text', () => assert.equal(oneLine(' a\r\n\t b\u00A0\u200B c '), 'a b c'));
});
