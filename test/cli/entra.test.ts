/** `entra`: what to register, in both forms; and how the command finds registrations, whatever they are called. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, runCommand, withFolder, withSample } from '../support/command';
import { registration } from '../support/registration-builder';
import { ownClientId, secretMark } from '../support/scope-builder';

const robot = { authentication: 'client-secret', app: 'intake', scopes: ['Files.Read.All'] };
const uses = [{ operation: 'GET /users/{id}/drive/root/children', connection: 'robot' }];
const manifest = (file: string, others: object = {}) =>
  JSON.stringify({ apps: { intake: { clientId: ownClientId, registration: file } }, connections: { robot }, activities: uses, ...others });
const project = JSON.stringify({ name: 'A', main: 'Main.xaml', dependencies: {}, studioVersion: '25.0', targetFramework: 'Windows' });
const told = ({ problems }: ReturnType<typeof checkJson>) =>
  problems.map(({ rule, severity, file, scopes }) => [rule, severity, file, ...scopes].join(' '));

describe('entra', () => {
  test('as text: name, kind, GUID, why, and the list to paste', () => {
    const { code, out, err } = runCommand(['entra', 'samples/app-registration']);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^onboarding {2}b7d94c20-\S+ {2}samples\/app-registration\/entra\/onboarding\.json\n/);
    assert.match(
      out,
      / {2}application {2}Files\.Read\.All +01d4889c-\S+ {2}Read all files: Find the welcome pack \(samples\/app-registration\/Main\.xaml:19\)\n/,
    );
    const list = JSON.parse(`{${out.slice(out.indexOf('"requiredResourceAccess"'))}}`);
    assert.equal(list.requiredResourceAccess[0].resourceAccess.length, 5);
  });

  test('as JSON: the same list, and the names beside it', () => {
    const { out } = runCommand(['entra', '--format', 'json'], { cwd: 'samples/app-registration' });
    const { version, tool, apps, uipathApp } = JSON.parse(out);
    assert.deepEqual([version, tool.name, uipathApp], [1, 'm365-scopes', []]);
    const [app, ...others] = apps;
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...app, requiredResourceAccess: undefined, permissions: undefined },
      {
        app: 'onboarding',
        clientId: 'b7d94c20-5e3f-4c1d-8a76-0f92e6ad4b58',
        registration: 'entra/onboarding.json',
        usedBy: [
          { scope: 'Onboarding robot', file: 'Main.xaml', line: 8 },
          { connection: 'calendar', file: 'm365-automation.json', line: 13 },
        ],
        complete: true,
        requiredResourceAccess: undefined,
        permissions: undefined,
      },
    );
    assert.deepEqual(
      app.requiredResourceAccess.flatMap(({ resourceAccess }: { resourceAccess: object[] }) => resourceAccess),
      app.permissions.map(({ id, type }: { id: string; type: string }) => ({ id, type })),
    );
    assert.deepEqual(app.permissions[0], {
      value: 'Calendars.ReadWrite',
      resource: 'Microsoft Graph',
      kind: 'delegated',
      type: 'Scope',
      id: '1ec239c2-d7c9-4623-a91a-a9775856bb36',
      label: 'Read and write calendars',
      because: 'activities',
      activities: [
        {
          activity: 'UiPath.MicrosoftOffice365.Activities.Calendar.CreateEventConnections',
          displayName: 'Book the first day',
          file: 'Main.xaml',
          line: 24,
        },
      ],
    });
  });

  test('what it tells to register, put in, satisfies check', () => {
    withSample('app-registration', (folder) => {
      const asked = /^(not-registered|registered-unused|scope-kind|unknown-scope)$/;
      const found = () => checkJson(folder).problems.filter(({ rule }) => asked.test(rule)).length;
      assert.equal(found(), 5);
      const { requiredResourceAccess } = JSON.parse(runCommand(['entra', '--format', 'json'], { cwd: folder }).out).apps[0];
      const path = join(folder, 'entra/onboarding.json');
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), requiredResourceAccess }));
      assert.equal(found(), 0);
    });
  });

  test("says so where there is nothing to register, and where it is UiPath's own app", () => {
    withFolder({ 'project.json': project }, (folder) => {
      const { code, out } = runCommand(['entra'], { cwd: folder });
      assert.deepEqual([code, out], [0, 'Nothing here signs in to Microsoft 365: there is nothing to register.\n']);
    });
    const own = { connections: { mail: { authentication: 'interactive-token', app: 'uipath', scopes: ['Mail.Read'] } } };
    withFolder({ 'm365-automation.json': JSON.stringify(own) }, (folder) => {
      assert.match(
        runCommand(['entra'], { cwd: folder }).out,
        /^UiPath's own app signs in for mail \(m365-automation\.json:1\): there is nothing to register\.\n$/,
      );
    });
  });

  test('wrong usage, and nothing to look at', () => {
    assert.equal(runCommand(['entra', '--format', 'yaml']).code, 2);
    assert.equal(runCommand(['entra', 'no/such/folder']).code, 2);
    assert.equal(runCommand(['entra', '--nonsense']).code, 2);
    withFolder({ 'readme.txt': '' }, (folder) => {
      const { code, out, err } = runCommand(['entra'], { cwd: folder });
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /nothing to check/);
    });
    assert.match(runCommand(['--help']).out, /m365-scopes entra \[paths…\]/);
  });
});

describe('a registration', () => {
  const text = registration(['Mail.Send Role']);
  const both = ['not-registered error', 'registered-unused warning'];
  const rules = (report: ReturnType<typeof checkJson>) => report.problems.map(({ rule, severity }) => `${rule} ${severity}`).sort();

  test('is found by any name that the manifest gives it, and can be named itself', () => {
    for (const name of ['entra/intake.json', 'app.manifest.json', 'entra/deep/a b.json', 'intake.entra.json', 'aad.manifest.json']) {
      withFolder({ 'm365-automation.json': manifest(name), [name]: text }, (folder) => {
        assert.deepEqual(
          rules(checkJson(folder)).filter((rule) => both.includes(rule)),
          both,
          name,
        );
        assert.deepEqual(
          told(checkJson(folder, name)),
          [`registered-unused warning ${name} Mail.Send`],
          'that file is reported, and no other',
        );
      });
    }
  });

  test('that is named in the way of Windows is found too', () => {
    withFolder({ 'm365-automation.json': manifest('entra\\intake.json'), 'entra/intake.json': text }, (folder) => {
      assert.equal(
        checkJson(folder).problems.some(({ rule }) => rule === 'not-registered'),
        true,
      );
    });
  });

  test('that git ignores is read all the same: the manifest asks for it', () => {
    const files = {
      '.git/config': '',
      '.gitignore': 'entra/',
      'm365-automation.json': manifest('entra/intake.json'),
      'entra/intake.json': text,
    };
    withFolder(files, (folder) =>
      assert.equal(
        checkJson(folder).problems.some(({ rule }) => rule === 'not-registered'),
        true,
      ),
    );
  });

  test('that is not there, or that no manifest may reach, is told at the manifest, and nothing of it', () => {
    const secret = JSON.stringify({
      appId: ownClientId,
      passwordCredentials: [{ value: secretMark }],
      broken: `${secretMark}`.slice(0, 3),
    }).slice(0, -1);
    const places = [
      'nowhere.json',
      '../outside.json',
      '.git/config.json',
      'node_modules/a.json',
      'secret.env',
      '/etc/hostname',
      '../../../../../etc/passwd',
    ];
    for (const place of places) {
      const files = {
        'repository/.git/config.json': secret,
        'repository/node_modules/a.json': secret,
        'repository/secret.env': secret,
        'repository/m365-automation.json': manifest(place),
        'outside.json': secret,
      };
      withFolder(files, (folder) => {
        const report = checkJson(`${folder}/repository`);
        const found = report.problems.filter(({ file }) => file !== 'm365-automation.json');
        assert.deepEqual(found, [], place);
        const [problem] = report.problems.filter(({ rule }) => rule === 'unreadable-file');
        assert.equal(problem?.severity, 'warning', place);
        assert.ok(!JSON.stringify(report).includes(secretMark));
        assert.equal(report.summary.files, 1);
      });
    }
  });

  test('of the repository around the project can be named', () => {
    const files = {
      '.git/HEAD': '',
      'entra/app.json': text,
      'robots/a/project.json': project,
      'robots/a/m365-automation.json': manifest('../../entra/app.json'),
    };
    withFolder(files, (folder) => {
      assert.deepEqual(
        rules(checkJson(folder)).filter((rule) => both.includes(rule)),
        both,
      );
      assert.deepEqual(
        rules(checkJson(`${folder}/robots/a`)).filter((rule) => both.includes(rule)),
        ['not-registered error'],
        'only what was asked for is reported',
      );
    });
  });

  test('that several projects share is reported once, and unused is what neither asks for', () => {
    const damaged = text.slice(0, -2);
    const files = (shared: string) => ({
      '.git/HEAD': '',
      'entra/app.json': shared,
      'a/project.json': project,
      'a/m365-automation.json': manifest('../entra/app.json'),
      'b/project.json': project,
      'b/m365-automation.json': manifest('../entra/app.json'),
    });
    withFolder(files(text), (folder) => {
      const report = checkJson(folder);
      assert.deepEqual(
        report.problems.filter(({ rule }) => /regist/.test(rule)).map(({ rule, file, fixes }) => [rule, file, fixes[0]?.preferred]),
        [
          ['not-registered', 'a/m365-automation.json', false],
          ['not-registered', 'b/m365-automation.json', false],
          ['registered-unused', 'entra/app.json', true],
        ],
      );
      assert.equal(report.summary.files, 5);
    });
    withFolder(files(damaged), (folder) => {
      assert.deepEqual(
        checkJson(folder)
          .problems.map(({ rule, file }) => `${rule} ${file}`)
          .filter((line) => line.includes('entra')),
        ['syntax entra/app.json'],
      );
    });
  });

  test('in another project’s folder stays that project’s', () => {
    const files = {
      '.git/HEAD': '',
      'a/project.json': project,
      'a/intake.entra.json': text,
      'b/project.json': project,
      'b/m365-automation.json': manifest('../a/intake.entra.json'),
    };
    withFolder(files, (folder) => {
      assert.deepEqual(
        told(checkJson(folder)).filter((line) => /regist/.test(line)),
        ['registered-unused warning a/intake.entra.json Mail.Send', 'not-registered error b/m365-automation.json Files.Read.All'],
      );
    });
  });

  test('damaged, binary or not readable like any other file', () => {
    const expected: readonly [string | Uint8Array, string][] = [
      ['', 'syntax error'],
      ['{ "appId": ', 'syntax error'],
      [new Uint8Array([0, 1, 2, 3]), 'unreadable-file error'],
      ['['.repeat(400), 'limit information'],
    ];
    for (const [content, rule] of expected) {
      withFolder({ 'm365-automation.json': manifest('entra/intake.json'), 'entra/intake.json': content }, (folder) => {
        const found = checkJson(folder).problems.filter(({ file }) => file === 'entra/intake.json');
        assert.deepEqual(
          found.map(({ rule: id, severity }) => `${id} ${severity}`),
          [rule],
        );
      });
    }
  });

  test('is mended by fix, secrets blacked out in what is shown', () => {
    const passwordCredentials = [{ secretText: `${secretMark}-text` }];
    const files = {
      'm365-automation.json': manifest('entra/intake.json'),
      'entra/intake.json': registration(['Mail.Send Role'], { passwordCredentials }),
    };
    withFolder(files, (folder) => {
      for (const args of [['check'], ['check', '--format', 'json'], ['fix', '--dry-run'], ['entra']]) {
        const { out, err } = runCommand(args, { cwd: folder });
        assert.ok(!(out + err).includes(secretMark), args.join(' '));
      }
      assert.equal(runCommand(['fix'], { cwd: folder }).code, 1, 'the secret stays');
      assert.deepEqual(
        checkJson(folder).problems.filter(({ rule }) => /regist/.test(rule)),
        [],
      );
    });
  });

  test('on standard input', () => {
    const input = registration(['User.Read Scope']).replace('e1fe6dd8', 'ffffffff');
    const { code, out } = runCommand(['check', '--format', 'json', '--stdin', '--stdin-filename', 'x.entra.json'], { input });
    assert.equal(code, 1);
    assert.deepEqual(
      JSON.parse(out).problems.map(({ rule }: { rule: string }) => rule),
      ['unknown-scope'],
    );
  });
});
