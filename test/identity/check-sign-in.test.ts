/** `check --sign-in` from the command line to the report: what it says, what it ends with, and what it never prints. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runCommand, withFolder } from '../support/command';
import { type ChildRan, runChild } from './support/child';
import { assertClean, createDrive, type Drive } from './support/drive';
import { clientSecret, clients } from './support/identity-server';

let drive: Drive;
before(async () => {
  drive = await createDrive();
});
after(() => drive.stop());

const secretName = 'M365_SCOPES_CLIENT_SECRET';
const certificateName = 'M365_SCOPES_CLIENT_CERTIFICATE';
const usual = { tenant: 'contoso.onmicrosoft.com' };

function manifest(apps: object, connections: object = {}, more: object = {}): Record<string, string> {
  return { 'm365-automation.json': JSON.stringify({ name: 'sample', apps, connections, ...more }) };
}

/** Runs `check` with the tests' own server in the place of Entra. */
function checkAt(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<ChildRan> {
  const { issuer, authorityPem } = drive.server;
  const override = { authority: issuer, protocolMode: 'OIDC', knownAuthorities: [new URL(issuer).host] };
  return runChild({
    script: 'check',
    args: [JSON.stringify(override), '--fail-on', 'never', '--catalog', resolve('schemas'), ...args],
    authorityPem,
    cwd,
    env,
  });
}

function assertSound(ran: ChildRan): void {
  assert.deepEqual(ran.blocked, []);
  assertClean(ran.out + ran.err);
}

/** A connection that asks for one scope more than is granted. */
const asks = (authentication: string) => ({ robot: { authentication, app: 'intake', scopes: ['Mail.Read', 'Files.Read.All'] } });

function notConsented(json: string): string[] {
  const { problems } = JSON.parse(json) as { problems: { rule: string; connection?: string; scopes: string[] }[] };
  return problems.filter(({ rule }) => rule === 'not-consented').map(({ connection, scopes }) => `${connection} ${scopes.join()}`);
}

describe('check --sign-in', { concurrency: false }, () => {
  test('as an app with a secret', () =>
    withFolder(manifest({ intake: { clientId: clients.secret, ...usual } }, asks('client-secret')), async (folder) => {
      drive.reset({ roles: ['Mail.Send', 'Mail.Read'] });
      const ran = await checkAt(folder, ['--sign-in', 'client-credentials', '--format', 'json'], { [secretName]: clientSecret });
      assert.equal(ran.code, 0, ran.err);
      assert.equal(ran.err, 'm365-scopes: signed in as the app "intake". Granted: Mail.Read, Mail.Send.\n');
      assert.deepEqual(notConsented(ran.out), ['robot Files.Read.All']);
      assertSound(ran);
    }));

  test('as an app with a certificate, as a text, on one line, and as a path', () =>
    withFolder(
      manifest(
        { intake: { clientId: clients.certificate, ...usual } },
        { robot: { authentication: 'client-certificate', app: 'intake', scopes: [] } },
      ),
      async (folder) => {
        drive.reset({ roles: ['Mail.Read'] });
        const pem = drive.certificate.certificate + drive.certificate.key;
        await withFolder({ 'app.pem': pem }, async (outside) => {
          for (const value of [pem, pem.replaceAll('\n', '\\n'), join(outside, 'app.pem')]) {
            const ran = await checkAt(folder, ['--sign-in', 'client-credentials', '--connection', 'robot'], { [certificateName]: value });
            assert.equal(ran.code, 0, ran.err);
            assert.match(ran.err, /Granted: Mail\.Read\./);
            assertSound(ran);
          }
        });
        writeFileSync(join(folder, 'app.pem'), pem);
        const inside = await checkAt(folder, ['--sign-in', 'client-credentials'], { [certificateName]: 'app.pem' });
        assert.equal(inside.code, 2);
        assert.match(inside.err, /names a file in the project/);
        assertSound(inside);
      },
    ));

  test('as a person with a code', () =>
    withFolder(manifest({ intake: { clientId: clients.person } }, asks('interactive-token')), async (folder) => {
      drive.reset({ consented: ['Mail.Read', 'User.Read'] });
      const ran = await checkAt(folder, ['--sign-in', 'device-code', '--format', 'json']);
      assert.equal(ran.code, 0, ran.err);
      assert.match(ran.err, /open https:\/\/localhost:\d+\/device in a browser and enter the code [A-Z-]+ within a minute/);
      assert.match(ran.err, /signed in to the app "intake"\. Granted: Mail\.Read, User\.Read\.\n$/);
      assert.deepEqual(notConsented(ran.out), ['robot Files.Read.All']);
      assertSound(ran);
    }));

  test('refused: one sentence, code 2, no report', () =>
    withFolder(manifest({ intake: { clientId: clients.secret, ...usual } }), async (folder) => {
      drive.reset({});
      const ran = await checkAt(folder, ['--sign-in', 'client-credentials', '--format', 'json'], { [secretName]: 'canary-wrong' });
      assert.equal(ran.code, 2);
      assert.equal(ran.out, '');
      assert.match(ran.err, /^m365-scopes: [^\n]+\n$/);
      assertSound(ran);
    }));

  test('a token that cannot be read is no list', () =>
    withFolder(manifest({ intake: { clientId: clients.secret, ...usual } }), async (folder) => {
      drive.reset({ roles: ['Mail.Read'], opaque: true });
      const ran = await checkAt(folder, ['--sign-in', 'client-credentials'], { [secretName]: clientSecret });
      assert.equal(ran.code, 0);
      assert.match(ran.err, /what is granted is not known and not compared/);
    }));
});

describe('the product itself', () => {
  const app = { intake: { clientId: clients.secret, ...usual } };

  test('offline: it tries the cloud that the manifest names and nothing else, and says so without the secret', async () => {
    const hosts = {
      office365: 'login.microsoftonline.com',
      'us-gov-l4': 'login.microsoftonline.us',
      'us-gov-l5': 'login.microsoftonline.us',
      china: 'login.partner.microsoftonline.cn',
    };
    for (const [environment, host] of Object.entries(hosts))
      await withFolder(manifest(app, {}, { environment }), async (folder) => {
        const ran = await runChild({
          script: 'command',
          args: ['check', '--sign-in', 'client-credentials'],
          cwd: folder,
          env: { [secretName]: clientSecret },
        });
        assert.equal(ran.code, 2, ran.err);
        assert.equal(ran.out, '');
        assert.equal(
          ran.err,
          `m365-scopes: ${host} cannot be reached. Check the network and the proxy; without a sign-in everything works offline.\n`,
        );
        assert.deepEqual([...new Set(ran.blocked)], [host]);
        assert.equal(ran.loadedMsal, true);
        assertClean(ran.out + ran.err);
      });
  });

  test('offline, with a code: the same, and no code is shown', () =>
    withFolder(manifest(app), async (folder) => {
      const ran = await runChild({ script: 'command', args: ['check', '--sign-in', 'device-code'], cwd: folder });
      assert.equal(ran.code, 2);
      assert.match(ran.err, /^m365-scopes: login\.microsoftonline\.com cannot be reached\.[^\n]+\n$/);
      assert.deepEqual([...new Set(ran.blocked)], ['login.microsoftonline.com']);
    }));

  test('without --sign-in nothing is sent and msal is not loaded, secret or not', () =>
    withFolder(manifest(app), async (folder) => {
      for (const args of [['check'], ['list'], ['--version'], ['explain', 'Mail.Send']]) {
        const ran = await runChild({ script: 'command', args, cwd: folder, env: { [secretName]: clientSecret } });
        assert.deepEqual([ran.blocked, ran.loopback, ran.loadedMsal], [[], 0, false], args.join(' '));
        assertClean(ran.out + ran.err);
      }
    }));

  const wrong: readonly {
    readonly name: string;
    readonly files: Record<string, string>;
    readonly args: readonly string[];
    readonly says: RegExp;
    readonly env?: Record<string, string>;
  }[] = [
    {
      name: 'no manifest',
      files: { 'project.json': '{"name":"a","main":"Main.xaml","dependencies":{}}' },
      args: [],
      says: /takes the app from m365-automation\.json, and there is none/,
    },
    { name: 'no app', files: manifest({}), args: [], says: /describes no app to sign in as/ },
    { name: 'no clientId', files: manifest({ intake: usual }), args: [], says: /"intake" in m365-automation\.json has no clientId/ },
    { name: 'a placeholder', files: manifest({ intake: { clientId: '#{ClientId}#', ...usual } }), args: [], says: /is no GUID/ },
    { name: 'no tenant', files: manifest({ intake: { clientId: clients.secret } }), args: [], says: /has no tenant/ },
    {
      name: 'a shared tenant',
      files: manifest({ intake: { clientId: clients.secret, tenant: 'common' } }),
      args: [],
      says: /has the tenant "common"/,
    },
    {
      name: 'a tenant that is an address',
      files: manifest({ intake: { clientId: clients.secret, tenant: 'evil.example/x?' } }),
      args: [],
      says: /neither an id nor a domain/,
    },
    {
      name: 'several apps',
      files: manifest({ ...app, other: { clientId: clients.person, ...usual } }),
      args: [],
      says: /describes several apps: intake, other\. Say with --connection/,
    },
    {
      name: 'a connection that is not there',
      files: manifest(app, { mail: { scopes: [] } }),
      args: ['--connection', 'post'],
      says: /has a connection "post"\. There is: mail\./,
    },
    {
      name: 'an app-only flow for a delegated connection',
      files: manifest(app, { mail: { connector: 'uipath-microsoft-outlook365', authentication: 'byo-app', app: 'intake' } }),
      args: ['--connection', 'mail'],
      says: /signs in as a person \(byo-app\): use --sign-in device-code/,
    },
    {
      name: "UiPath's own app",
      files: manifest(app, { mail: { authentication: 'interactive-token', app: 'uipath' } }),
      args: ['--connection', 'mail'],
      says: /signs in as a person/,
    },
    {
      name: 'an app that is not there',
      files: manifest(app, { mail: { app: 'gone' } }),
      args: ['--connection', 'mail'],
      says: /names the app "gone", which is not among/,
    },
    {
      name: 'no secret',
      files: manifest(app),
      args: [],
      says: /^m365-scopes: Set M365_SCOPES_CLIENT_SECRET in the environment, or M365_SCOPES_CLIENT_CERTIFICATE/,
    },
    { name: 'both', files: manifest(app), args: [], says: /not both/, env: { [secretName]: 'canary-a', [certificateName]: 'canary-b' } },
    {
      name: 'a certificate that is none',
      files: manifest(app),
      args: [],
      says: /neither a PEM text nor the path/,
      env: { [certificateName]: 'canary-b' },
    },
    {
      name: 'another option is wrong too',
      files: manifest(app),
      args: ['--format', 'pdf'],
      says: /--format takes/,
      env: { [secretName]: 'canary-a' },
    },
  ];
  for (const { name, files, args, says, env = {} } of wrong)
    test(`${name}: a sentence and code 2, before anything is sent`, () =>
      withFolder(files, async (folder) => {
        const ran = await runChild({ script: 'command', args: ['check', '--sign-in', 'client-credentials', ...args], cwd: folder, env });
        assert.equal(ran.code, 2, ran.err);
        assert.match(ran.err, says);
        assert.match(ran.err, /^m365-scopes: [^\n]+\n$/);
        assert.deepEqual([ran.blocked, ran.loopback, ran.loadedMsal, ran.out], [[], 0, false, '']);
        assertClean(ran.out + ran.err);
      }));

  test('the reverse: a code for a connection that signs in as the app, and for UiPath’s own', () =>
    withFolder(
      manifest(app, {
        robot: { authentication: 'client-secret', app: 'intake' },
        own: { authentication: 'interactive-token', app: 'uipath' },
        mail: { connector: 'uipath-microsoft-outlook365', authentication: 'oauth-authorization-code' },
      }),
      (folder) => {
        const says = (connection: string) =>
          runCommand(['check', '--sign-in', 'device-code', '--connection', connection], { cwd: folder }).err;
        assert.match(says('robot'), /signs in as the app itself \(client-secret\): use --sign-in client-credentials/);
        assert.match(says('own'), /UiPath's own app/);
        assert.match(says('mail'), /UiPath's own app/);
      },
    ));

  test('words that are none', () => {
    assert.match(runCommand(['check', '--sign-in', 'browser']).err, /--sign-in takes client-credentials, device-code/);
    assert.match(runCommand(['check', '--connection', 'x']).err, /--connection goes with --granted or --sign-in/);
  });
});
