/** Says what project.json decides: whether a Microsoft 365 Scope can run, whether the package is there, and when Services is old. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, findingsOf, testCells } from '../../support/findings';
import { type Attributes, activity, commentedOut, connected, ids, paths, project, scope, workflow } from '../../support/project-builder';

const portable = 'portable-scope';
const missing = 'package-missing';
const legacy = 'services-legacy';

const one = scope({ body: activity('Mail.GetMail') });

/** Contents, and how many Microsoft 365 Scopes of them can run. */
const scopes: Readonly<Record<string, readonly [string, number]>> = {
  'a scope': [one, 1],
  'two scopes': [one + one, 2],
  'a scope in a scope': [scope({ body: one }), 2],
  'a scope with a connection': [scope({ attributes: { AuthenticationType: 'IntegrationService', ConnectionId: ids.mail } }), 1],
  'a scope with an asset': [scope({ attributes: { ConfigLocation: 'OrchestratorAsset', BrowserItemId: 'x' } }), 1],
  'a scope that is commented out': [commentedOut(one), 0],
  'a modern activity': [connected('Mail.GetNewestEmail', ids.mail), 0],
  'a card': [activity('Files.UseDriveCard', { ConnectionId: ids.files }), 0],
  nothing: ['', 0],
};

testCells(
  portable,
  Object.entries(scopes).flatMap(([name, [content, count]]) =>
    ['Portable', 'Windows', 'Legacy', undefined, false].map(
      (targetFramework): Cell => ({
        name: `${name}, framework ${targetFramework === false ? 'unknown, no project.json' : (targetFramework ?? 'absent')}`,
        files: project({ content, project: targetFramework === false ? false : { targetFramework } }),
        expected: targetFramework === 'Portable' ? Array.from({ length: count }, () => `${portable} error`) : [],
      }),
    ),
  ),
);

/** What depends on the package (U), and what does not. */
const foreign =
  '<other:GetMail xmlns:other="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=Somebody.Else" DisplayName="Get Mail" />';
const contents: Readonly<Record<string, readonly [string, boolean]>> = {
  'a classic activity': [one, true],
  'a modern activity': [connected('Mail.GetNewestEmail', ids.mail), true],
  'a scope alone': [scope({}), true],
  'a card alone': [activity('Files.UseDriveCard', { ConnectionId: ids.files }), true],
  'an activity outside of any scope': [activity('Mail.GetMail'), true],
  'a scope that is commented out': [commentedOut(one), false],
  'an activity that is commented out': [commentedOut(connected('Mail.GetNewestEmail', ids.mail)), false],
  'an activity of another assembly': [foreign, false],
  'an argument of the package, no activity': [activity('Mail.Models.MailboxArgument', { SharedMailbox: '{x:Null}' }), false],
  'namespaces only': ['', false],
};
const packageId = 'UiPath.MicrosoftOffice365.Activities';

/** `dependencies`, and whether the package is among them. */
const dependencies: Readonly<Record<string, readonly [object | undefined, boolean]>> = {
  'exact version': [{ [packageId]: '[3.4.10]' }, true],
  'plain version': [{ [packageId]: '3.7.10' }, true],
  'among others': [{ 'UiPath.System.Activities': '[24.10.3]', [packageId]: '[1.11.1]' }, true],
  others: [{ 'UiPath.System.Activities': '[24.10.3]', 'UiPath.Mail.Activities': '[1.22.0]' }, false],
  'a longer name': [{ [`${packageId}.Runtime`]: '[3.4.10]' }, false],
  'none of them': [{}, false],
  absent: [undefined, false],
};

testCells(
  missing,
  Object.entries(contents).flatMap(([name, [content, uses]]) =>
    Object.entries(dependencies).map(
      ([depends, [value, has]]): Cell => ({
        name: `${name}, dependencies: ${depends}`,
        files: project({ content, project: { dependencies: value } }),
        expected: uses && !has ? [`${missing} warning`] : [],
      }),
    ),
  ),
);

const broken = '{ "name": "Robot", "main": "Main.xaml", "studioVersion": "24.10.0", "dependencies": {';

test(`${missing}: a project.json that is not well formed`, () => {
  assert.deepEqual(
    findingsOf(
      missing,
      new Map([
        [paths.workflow, workflow(one)],
        [paths.project, broken],
      ]),
    ),
    [],
  );
});

testCells(missing, [
  { name: 'no project.json', files: project({ content: one, project: false }), expected: [] },
  {
    name: 'project.json of another tool',
    files: new Map([
      [paths.workflow, workflow(one)],
      [paths.project, '{ "name": "web", "version": "1.0.0" }'],
    ]),
    expected: [],
  },
  {
    name: 'two workflows, said once',
    files: new Map([...project({ content: one, project: { dependencies: {} } }), [paths.second, workflow(one)]]),
    expected: [`${missing} warning`],
  },
  {
    name: 'one workflow of two',
    files: new Map([...project({ content: '', project: { dependencies: {} } }), [paths.second, workflow(one)]]),
    expected: [`${missing} warning`],
  },
  {
    name: 'uses that the manifest states by hand',
    files: project({
      content: '',
      project: { dependencies: {} },
      manifest: { connections: { robot: {} }, activities: [{ activity: 'GetNewestEmail', connection: 'robot' }] },
    }),
    expected: [],
  },
]);

test(`${missing}: stands in project.json`, () => {
  const found = findingsOf(missing, project({ content: one, project: { dependencies: {} } }));
  assert.deepEqual(
    found.map(({ file }) => file),
    [paths.project],
  );
});

/** Sign-ins, and whether the list of a scope with them is that of a user. */
const signIns: readonly [Attributes, boolean][] = [
  [{}, true],
  [{ AuthenticationType: 'InteractiveToken' }, true],
  [{ AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: '[app]' }, true],
  [{ AuthenticationType: 'IntegratedWindowsAuthentication' }, true],
  [{ AuthenticationType: 'UsernameAndPassword' }, true],
  [{ AuthenticationType: 'ApplicationIdAndSecret' }, false],
  [{ AuthenticationType: 'ApplicationIdAndCertificate' }, false],
  [{ ConfigLocation: 'OrchestratorAsset', BrowserItemId: 'x' }, false],
];

/** `Services`, and whether it selects anything. */
const services: Readonly<Record<string, boolean>> = {
  absent: false,
  '': false,
  '{x:Null}': false,
  Unselected: false,
  Mail: true,
  'Files, Mail': true,
  'Mail, Shared': true,
  Groups: true,
};

testCells(
  legacy,
  signIns.flatMap(([signIn, isUser]) =>
    Object.entries(services).flatMap(([value, isSet]) =>
      [undefined, ['Mail.Read', 'Mail.Send']].map(
        (list): Cell => ({
          name: `${JSON.stringify(signIn)}, Services ${value}, ${list ? 'a list' : 'no list'}`,
          files: project({
            content: scope({
              attributes: { ...signIn, ...(value === 'absent' ? {} : { Services: value }) },
              ...(list ? { scopes: list } : {}),
              body: activity('Mail.GetMail'),
            }),
          }),
          expected: isUser && isSet && !list ? [`${legacy} information`] : [],
        }),
      ),
    ),
  ),
);

testCells(
  legacy,
  ['Legacy', 'Windows', undefined, false].flatMap((targetFramework) =>
    ['mg:GraphServiceClient', 'x:Object'].map(
      (bodyType): Cell => ({
        name: `framework ${targetFramework === false ? 'unknown' : (targetFramework ?? 'absent')}, body ${bodyType}`,
        files: project({
          content: scope({ attributes: { Services: 'Mail' }, bodyType, body: activity('Mail.GetMail') }),
          project: targetFramework === false ? false : { targetFramework },
        }),
        expected: [`${legacy} information`],
      }),
    ),
  ),
);

testCells(legacy, [
  { name: 'commented out', files: project({ content: commentedOut(scope({ attributes: { Services: 'Mail' } })) }), expected: [] },
]);
