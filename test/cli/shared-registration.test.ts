/** One app, several projects: what its registration has too much of is what none of them asks for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, runCommand, withFolder } from '../support/command';
import { registration } from '../support/registration-builder';
import { ownClientId, scope, tenantGuid, workflow } from '../support/scope-builder';

const project = JSON.stringify({
  name: 'Robot',
  main: 'Main.xaml',
  dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.4.10]' },
  targetFramework: 'Windows',
});
const text = registration(['Mail.Send Role', 'Mail.Read Role', 'Files.Read.All Role']);

/** A project that signs in as the app, and asks for some permissions. */
function asking(scopes: readonly string[] | undefined, app: object, others: object = {}): string {
  const connection = { authentication: 'oauth-client-credentials', app: 'intake', tenant: 'contoso.com', ...(scopes ? { scopes } : {}) };
  return JSON.stringify({ apps: { intake: app }, connections: { robot: connection }, ...others });
}

const byFile = { clientId: ownClientId, registration: '../entra/app.json' };
const byId = { clientId: ownClientId.toUpperCase() };
const send = ['Mail.Send'];
const read = ['Mail.Read'];

/** A workflow that signs in as the app and reads mail: it names no file. */
const readingMail = workflow(
  scope({
    attributes: {
      ApplicationId: ownClientId,
      TenantId: tenantGuid,
      AuthenticationType: 'ApplicationIdAndSecret',
      SecureApplicationSecret: '[secret]',
      ConfigLocation: 'PropertiesPanel',
      OAuthApplication: 'Custom',
    },
    activities: '<umam:GetMail Account="robot@contoso.com" MailFolder="Inbox" Top="5" />',
  }),
);

const unused = (folder: string, ...args: string[]) =>
  checkJson(folder, ...args)
    .problems.filter(({ rule }) => rule === 'registered-unused')
    .map(({ severity, file, scopes, fixes }) => [severity, file, scopes.join(), fixes[0]?.preferred].join(' '));

const cases: readonly (readonly [what: string, files: Record<string, string>, says: readonly string[]])[] = [
  [
    'both name the file',
    { 'entra/app.json': text, 'a/m365-automation.json': asking(send, byFile), 'b/m365-automation.json': asking(read, byFile) },
    ['warning entra/app.json Files.Read.All true'],
  ],
  [
    'one names the file, the other has the client id',
    { 'entra/app.json': text, 'a/m365-automation.json': asking(send, byFile), 'b/m365-automation.json': asking(read, byId) },
    ['warning entra/app.json Files.Read.All true'],
  ],
  [
    'both have the client id only, and the file stands beside them',
    { 'entra/app.entra.json': text, 'a/m365-automation.json': asking(send, byId), 'b/m365-automation.json': asking(read, byId) },
    ['warning entra/app.entra.json Files.Read.All true'],
  ],
  [
    'the file stands in the folder of one',
    { 'a/app.entra.json': text, 'a/m365-automation.json': asking(send, byId), 'b/m365-automation.json': asking(read, byId) },
    ['warning a/app.entra.json Files.Read.All true'],
  ],
  [
    'each has a copy',
    {
      'a/app.entra.json': text,
      'a/m365-automation.json': asking(send, byId),
      'b/app.entra.json': text,
      'b/m365-automation.json': asking(read, byId),
    },
    ['warning a/app.entra.json Files.Read.All true', 'warning b/app.entra.json Files.Read.All true'],
  ],
  [
    'a workflow of the other project has the client id',
    { 'a/app.entra.json': text, 'a/m365-automation.json': asking(send, byId), 'b/Main.xaml': readingMail },
    ['warning a/app.entra.json Files.Read.All true'],
  ],
  [
    'two apps of one manifest have the file, and so has a second project',
    {
      'entra/app.json': registration(['Mail.Send Role', 'Mail.Read Role', 'Files.Read.All Role', 'Sites.Read.All Role']),
      'a/m365-automation.json': JSON.stringify({
        apps: { intake: byFile, outlet: byFile },
        connections: {
          robot: { authentication: 'client-secret', app: 'intake', tenant: 'contoso.com', scopes: send },
          other: { authentication: 'client-secret', app: 'outlet', tenant: 'contoso.com', scopes: ['Files.Read.All'] },
        },
      }),
      'b/m365-automation.json': asking(read, byFile),
    },
    ['warning entra/app.json Sites.Read.All true'],
  ],
  [
    'what one of them asks for is open',
    {
      'entra/app.json': text,
      'a/m365-automation.json': asking(send, byFile),
      'b/m365-automation.json': asking(undefined, byFile, {
        activities: [{ activity: 'HttpRequestConnections', connection: 'robot', with: { RequestMethod: 'GET', RequestUrl: '[url]' } }],
      }),
    },
    [],
  ],
  [
    'the other has another app',
    {
      'a/app.entra.json': text,
      'a/m365-automation.json': asking(send, byId),
      'b/m365-automation.json': asking(read, { clientId: '99999999-2222-3333-4444-555555555555' }),
    },
    ['warning a/app.entra.json Mail.Read true', 'warning a/app.entra.json Files.Read.All true'],
  ],
];

describe('registered-unused', () => {
  for (const [what, files, says] of cases) {
    test(what, () => {
      withFolder({ '.git/HEAD': '', 'a/project.json': project, 'b/project.json': project, ...files }, (folder) =>
        assert.deepEqual([...unused(folder)].sort(), [...says].sort()),
      );
    });
  }

  test('is the same in a folder that is no repository, as an archive of one is', () => {
    const files = { 'a/project.json': project, 'b/project.json': project, ...cases[0]?.[1] };
    withFolder(files, (folder) => {
      assert.deepEqual(unused(folder), cases[0]?.[2]);
      const outside = checkJson(folder, 'a').problems.filter(({ rule }) => rule === 'unreadable-file');
      assert.deepEqual(
        outside.map(({ severity, file }) => `${severity} ${file}`),
        ['warning a/m365-automation.json'],
        'what was not asked for is not read',
      );
    });
  });

  test('fix leaves what the other project asks for, and a second run finds nothing', () => {
    const files = { '.git/HEAD': '', 'a/project.json': project, 'b/project.json': project, ...cases[0]?.[1] };
    withFolder(files, (folder) => {
      const { out } = runCommand(['fix', folder, '--fail-on', 'never', '--rule', 'registered-unused']);
      assert.match(out, /Remove Files\.Read\.All \(application\)/);
      assert.deepEqual(unused(folder), []);
      assert.match(runCommand(['fix', folder, '--fail-on', 'never', '--rule', 'registered-unused']).out, /^Nothing to fix/);
    });
  });

  test('is information, and not mended unasked, where what stands around the file was not read', () => {
    const files = { '.git/HEAD': '', 'a/project.json': project, 'b/project.json': project, ...cases[0]?.[1] };
    withFolder(files, (folder) => {
      const asked = ['a', 'entra/app.json'];
      assert.deepEqual(unused(folder, ...asked), [
        'information entra/app.json Mail.Read false',
        'information entra/app.json Files.Read.All false',
      ]);
      const { out } = runCommand(['check', '--fail-on', 'never', ...asked], { cwd: folder });
      assert.match(out, /stands outside of what was read: ask who else uses the app before you remove it/);
      assert.match(
        runCommand(['fix', '--fail-on', 'never', '--rule', 'registered-unused', ...asked], { cwd: folder }).out,
        /^Nothing to fix/,
      );
    });
  });

  test('the message says how many use the app', () => {
    const files = { '.git/HEAD': '', 'a/project.json': project, 'b/project.json': project, ...cases[0]?.[1] };
    withFolder(files, (folder) => {
      const found = checkJson(folder).problems.find(({ rule }) => rule === 'registered-unused');
      assert.match(found?.message ?? '', /none of the 2 automations that use this app asks for it\.$/);
    });
  });
});
