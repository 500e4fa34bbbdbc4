/** `--granted` and `--connection` on the command line: exit codes, what is refused and how, and the columns of list. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { checkJson, type ReportJson, runCommand, withFolder } from '../support/command';
import { registration } from '../support/registration-builder';

const canary = 'CANARY-8f14e45f';
const guid = '11111111-2222-3333-4444-555555555555';
const byo = (scopes: readonly string[], rest: object = {}) => ({ authentication: 'byo-app', app: 'intake', scopes, ...rest });
const uses = [
  { operation: 'POST /me/sendMail', connection: 'mail' },
  { operation: 'GET /me/messages/{id}', connection: 'mail' },
];
const manifest = (connections: object, rest: object = {}) =>
  JSON.stringify({ apps: { intake: {} }, connections, activities: uses, ...rest });
const one = manifest({ mail: byo(['offline_access', 'Mail.Read', 'Mail.Send'], { id: guid }) });
const twoApps = manifest(
  { mail: byo(['Mail.Read']), files: { ...byo(['Files.Read']), app: 'other' } },
  { apps: { intake: {}, other: {} } },
);
const grant = { clientId: 'a', consentType: 'AllPrincipals', resourceId: 'g', scope: 'Mail.Send User.Read' };
const grants = JSON.stringify({ value: [grant] });
const role = JSON.stringify([
  { appRoleId: '810c84a8-4a9e-49e6-bf7d-12d183f40d01', principalId: 'a', resourceDisplayName: 'Microsoft Graph' },
]);

const consent = (cwd: string, ...args: string[]) =>
  checkJson(cwd, ...args)
    .problems.filter(({ rule }) => rule === 'not-consented')
    .map(({ severity, scopes }) => `${severity} ${scopes.join('+')}`);

test('check --granted reports what nobody consented to, and the exit code follows --fail-on', () => {
  withFolder({ 'm365-automation.json': one, 'g.json': grants }, (cwd) => {
    assert.deepEqual(consent(cwd, '--granted', 'g.json'), ['warning Mail.Read']);
    assert.deepEqual(consent(cwd), [], 'only with grants');
    const code = (...args: string[]) => runCommand(['check', '--granted', 'g.json', ...args], { cwd }).code;
    assert.deepEqual([code(), code('--fail-on', 'warning'), code('--rule', 'not-consented=error')], [0, 1, 1]);
    assert.equal(code('--fail-on', 'warning', '--rule', 'not-consented=off'), 0);
    const { code: _code, ...report } = checkJson(cwd, '--granted', 'g.json');
    const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')));
    assert.ok(validate(report), JSON.stringify(validate.errors));
  });
});

test('the text report shows the place of the scope', () => {
  withFolder({ 'm365-automation.json': one, 'g.json': grants }, (cwd) => {
    const { out, err } = runCommand(['check', '--granted', 'g.json'], { cwd });
    assert.match(out, /warning {2}not-consented\n {2}The connection "mail" asks for Mail\.Read, which was not granted\./);
    assert.equal(err, '');
  });
});

test('a file that is not usable: exit 2, its content never shown', () => {
  const files = {
    'm365-automation.json': one,
    'broken.json': `{ "scope": "${canary}"`,
    'token.json': JSON.stringify({ access_token: canary, scope: 'Mail.Read', token_type: 'Bearer' }),
    'jwt.txt': `eyJ.${canary}.x`,
    'registration.json': JSON.stringify({ appId: canary, displayName: canary }),
    'entry.json': JSON.stringify({ value: [grant, { id: canary }] }),
    'apps.json': JSON.stringify([grant, { ...grant, clientId: canary }]),
    'page.json': JSON.stringify({ value: [grant], '@odata.nextLink': `https://graph.microsoft.com/${canary}` }),
    'binary.json': Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(canary)]),
    'large.json': `"${canary}${' '.repeat(4 * 1024 * 1024)}"`,
  };
  withFolder(files, (cwd) => {
    for (const file of [...Object.keys(files).slice(1), 'nowhere.json', '.']) {
      for (const command of ['check', 'list']) {
        const { code, out, err } = runCommand([command, '--granted', file], { cwd });
        assert.deepEqual([code, out], [2, ''], file);
        assert.match(err, /^m365-scopes: --granted cannot be used\. .*\.\n$/, file);
        assert.ok(!err.includes(canary), file);
      }
    }
  });
});

test('grants and roles come in two files of one app', () => {
  const roles = { authentication: 'oauth-client-credentials', app: 'intake', scopes: ['Mail.Read', 'Mail.Send'] };
  const connections = { mail: byo(['Mail.Read', 'Mail.Send']), nightly: roles };
  const foreign = role.replace('"principalId":"a"', '"principalId":"b"');
  withFolder({ 'm365-automation.json': manifest(connections), 'g.json': grants, 'r.json': role, 'other.json': foreign }, (cwd) => {
    assert.deepEqual(consent(cwd, '--granted', 'g.json', '--granted', 'r.json'), ['warning Mail.Read', 'warning Mail.Send']);
    assert.deepEqual(consent(cwd, '--granted', 'r.json'), ['warning Mail.Send']);
    const { code, err } = runCommand(['check', '--granted', 'g.json', '--granted', 'other.json'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /not of one app/);
  });
});

test('several apps need --connection, by key or GUID', () => {
  withFolder({ 'm365-automation.json': twoApps, 'g.json': grants }, (cwd) => {
    const { code, err } = runCommand(['check', '--granted', 'g.json'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /2 apps in the manifest.*--connection ID\. There are mail, files\./);
    assert.deepEqual(consent(cwd, '--granted', 'g.json', '--connection', 'mail'), ['warning Mail.Read']);
    assert.deepEqual(consent(cwd, '--granted', 'g.json', '--connection', 'files'), ['warning Files.Read']);
  });
  withFolder({ 'm365-automation.json': one, 'g.json': grants }, (cwd) => {
    assert.deepEqual(consent(cwd, '--granted', 'g.json', '--connection', guid.toUpperCase()), ['warning Mail.Read']);
  });
});

test('a token is of one connection', () => {
  const connections = { mail: byo(['Mail.Read']), files: byo(['Files.Read']) };
  withFolder({ 'm365-automation.json': manifest(connections), 't.json': '{"scp":"Files.Read"}', 'g.json': grants }, (cwd) => {
    const { code, err } = runCommand(['check', '--granted', 't.json'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /2 connections, and a token is of one/);
    assert.deepEqual(consent(cwd, '--granted', 't.json', '--connection', 'mail'), ['warning Mail.Read']);
    assert.deepEqual(consent(cwd, '--granted', 'g.json'), ['warning Mail.Read', 'warning Files.Read'], 'grants are of the app of both');
  });
});

test('claims that name their app are of that app alone', () => {
  const claims = (rest: object) => JSON.stringify({ scp: 'Files.Read', ...rest });
  const [own, other] = ['bbbbbbbb-0000-4000-8000-000000000008', 'bbbbbbbb-0000-4000-8000-000000000009'];
  const files = {
    'm365-automation.json': manifest({ mail: byo(['Mail.Read'], { id: guid }) }, { apps: { intake: { clientId: own } } }),
    'own.json': claims({ appid: own.toUpperCase() }),
    'azp.json': claims({ azp: own }),
    'none.json': claims({ appid: 'intake' }),
    'other.json': claims({ appid: other }),
  };
  withFolder(files, (cwd) => {
    for (const file of ['own.json', 'azp.json', 'none.json'])
      assert.deepEqual(consent(cwd, '--granted', file), ['warning Mail.Read'], file);
    for (const rest of [[], ['--connection', 'mail']]) {
      const { code, out, err } = runCommand(['check', '--granted', 'other.json', ...rest], { cwd });
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /The claims are of another app/);
      assert.ok(!err.includes(other));
    }
    assert.match(runCommand(['check', '--granted', 'own.json', '--granted', 'other.json'], { cwd }).err, /grants of 2 apps/);
  });
});

const refused: readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp][] = [
  [
    'a connection that is not there',
    { 'm365-automation.json': one },
    ['--granted', 'g.json', '--connection', 'mial'],
    /no connection "mial" in a manifest\. Did you mean mail\?/,
  ],
  ['no manifest', { 'Main.xaml': '<a/>' }, ['--granted', 'g.json', '--connection', 'mail'], /No manifest declares one yet/],
  ['--connection alone', { 'm365-automation.json': one }, ['--connection', 'mail'], /--connection goes with --granted or --sign-in/],
  ['--granted without a file', { 'm365-automation.json': one }, ['--granted'], /--granted/],
  [
    'connections without apps',
    { 'm365-automation.json': manifest({ mail: byo([]), files: byo([]) }, { apps: {} }) },
    ['--granted', 'g.json'],
    /2 connections, and no app in the manifest/,
  ],
  [
    'a connection of two projects',
    { 'a/m365-automation.json': one, 'b/m365-automation.json': one },
    ['--granted', 'g.json', '--connection', 'mail'],
    /Several manifests have a connection "mail": give its GUID, or check one project/,
  ],
  [
    'a connection of two projects, by its id',
    { 'a/m365-automation.json': one, 'b/m365-automation.json': one },
    ['--granted', 'g.json', '--connection', guid],
    /Several manifests have a connection "1{8}[^"]*": check one project/,
  ],
  [
    'apps of two projects',
    { 'a/m365-automation.json': one, 'b/m365-automation.json': one },
    ['--granted', 'g.json'],
    /2 apps in the manifests, .* There is mail\. Several manifests use the same key/,
  ],
];

for (const [name, files, args, message] of refused) {
  test(`wrong usage: ${name}`, () => {
    withFolder({ ...files, 'g.json': grants }, (cwd) => {
      const { code, err } = runCommand(['check', ...args], { cwd });
      assert.equal(code, 2);
      assert.match(err, message);
      assert.ok(!err.includes('    at '));
    });
  });
}

test('of two projects the one that is named is compared', () => {
  withFolder({ 'a/m365-automation.json': one, 'b/m365-automation.json': one, 'g.json': grants }, (cwd) => {
    assert.deepEqual(consent(cwd, 'a', '--granted', 'g.json'), ['warning Mail.Read']);
  });
});

test('a comparison with nothing is told: silence would look like consent', () => {
  withFolder({ 'm365-automation.json': one, 'r.json': role, 'empty.json': '[]' }, (cwd) => {
    const { code, err } = runCommand(['check', '--granted', 'r.json'], { cwd });
    assert.equal(code, 0);
    assert.match(err, /--granted was compared with nothing: no list of scopes here is closed, of application permissions/);
    assert.match(
      runCommand(['check', '--granted', 'empty.json'], { cwd }).err,
      /An empty list .* is taken for one of oauth2PermissionGrants/,
    );
    assert.deepEqual(consent(cwd, '--granted', 'empty.json'), ['warning Mail.Read', 'warning Mail.Send']);
  });
});

test('of a personal account it is told why a tenant’s grants are compared with nothing', () => {
  const personal = manifest({ mail: byo(['Mail.Read'], { account: 'personal' }) });
  withFolder({ 'm365-automation.json': personal, 'g.json': grants, 'r.json': '{"roles": ["Mail.Read"]}' }, (cwd) => {
    const said = (file: string) => runCommand(['check', '--granted', file], { cwd }).err;
    assert.match(said('g.json'), /compared with nothing: .* What a personal account consented to is in no tenant\.$/m);
    assert.doesNotMatch(said('r.json'), /personal/);
  });
});

test('an exception holds with grants, and is not called unused without them', () => {
  const accept = [{ rule: 'not-consented', scope: 'Mail.Read', connection: 'mail', reason: 'consented next week' }];
  withFolder(
    { 'm365-automation.json': manifest({ mail: byo(['Mail.Read', 'Mail.Send']) }, { accept }), 'g.json': grants, 'r.json': role },
    (cwd) => {
      const rules = (...args: string[]) =>
        checkJson(cwd, ...args).problems.flatMap(({ rule, accepted }) =>
          /accept|consented/.test(rule) ? [`${rule}${accepted ? ' accepted' : ''}`] : [],
        );
      assert.deepEqual(rules(), []);
      assert.deepEqual(rules('--granted', 'r.json'), []);
      assert.deepEqual(rules('--granted', 'g.json'), ['not-consented accepted']);
      assert.equal(runCommand(['check', '--granted', 'g.json', '--rule', 'not-consented=error'], { cwd }).code, 0);
    },
  );
});

test('--stdin is compared as well', () => {
  withFolder({ 'm365-automation.json': one, 'g.json': grants }, (cwd) => {
    const input = manifest({ mail: byo(['Mail.Send', 'Mail.Read.Shared']) });
    const args = ['check', '--stdin', '--stdin-filename', 'm365-automation.json', '--granted', 'g.json', '--format', 'json'];
    const { problems } = JSON.parse(runCommand(args, { cwd, input }).out) as ReportJson;
    assert.deepEqual(
      problems.flatMap(({ rule, scopes }) => (rule === 'not-consented' ? scopes : [])),
      ['Mail.Read.Shared'],
    );
  });
});

test('list --granted shows what is declared beside what was granted, and the difference', () => {
  const user = { ...grant, consentType: 'Principal', principalId: 'u', scope: 'Mail.Read Calendars.Read' };
  const scopes = ['offline_access', 'Mail.Read', 'Mail.Send', 'Files.Read'];
  withFolder({ 'm365-automation.json': manifest({ mail: byo(scopes) }), 'g.json': JSON.stringify([grant, user]) }, (cwd) => {
    const { out, code } = runCommand(['list', '--granted', 'g.json'], { cwd });
    assert.equal(code, 0);
    const rows = [
      'declared      offline_access Mail.Read Mail.Send Files.Read',
      'granted       Mail.Send User.Read',
      'by users      Calendars.Read Mail.Read, each for themselves',
      'one user      Mail.Read, works where that user signs in',
      'no grant      Files.Read',
      'also granted  Calendars.Read, and not declared',
    ];
    for (const row of rows) assert.ok(out.includes(`  ${row}\n`), `${row} in\n${out}`);
    const [connection] = JSON.parse(runCommand(['list', '--granted', 'g.json', '--format', 'json'], { cwd }).out).connections;
    assert.deepEqual(
      [connection.granted, connection.grantedToOneUser, connection.oneUserOnly, connection.notGranted, connection.notDeclared],
      [['Mail.Send', 'User.Read'], ['Calendars.Read', 'Mail.Read'], ['Mail.Read'], ['Files.Read'], ['Calendars.Read']],
    );
    assert.ok(!('granted' in JSON.parse(runCommand(['list', '--format', 'json'], { cwd }).out).connections[0]), 'only with grants');
  });
});

test('list shows what an open list was granted, and names of the file only where the catalogue knows them', () => {
  const open = manifest({ mail: byo(['https://graph.microsoft.com/.default']) });
  withFolder({ 'm365-automation.json': open, 'g.json': JSON.stringify([{ ...grant, scope: `Mail.Send ${canary}` }]) }, (cwd) => {
    const { out } = runCommand(['list', '--granted', 'g.json'], { cwd });
    assert.match(out, /declared {2}\.default: whatever the app was granted\n {2}granted {3}Mail\.Send\n/);
    assert.ok(!out.includes(canary));
  });
});

test('explain tells what an error of signing in means', () => {
  const asked = ['AADSTS65001', '65001', `AADSTS65001: The user ${canary} has not consented. Trace ID: ${canary}`].map((text) =>
    runCommand(['explain', text]),
  );
  for (const { code, out } of asked) {
    assert.equal(code, 0);
    assert.match(out, /^AADSTS65001\n {2}Nobody consented .*\n {2}source: https:\/\/learn\.microsoft\.com\//);
    assert.ok(!out.includes(canary));
  }
  const json = JSON.parse(runCommand(['explain', 'AADSTS90094', '--format', 'json']).out);
  assert.deepEqual(Object.keys(json), ['kind', 'code', 'sentence', 'source']);
  assert.deepEqual([json.kind, json.code], ['error', 'AADSTS90094']);
  const unknown = runCommand(['explain', `AADSTS399284 ${canary}`]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /look it up at https:\/\/login\.microsoftonline\.com\/error\?code=399284/);
  assert.ok(!unknown.err.includes(canary));
});

test('list shows what is registered where the registration is known, beside what is granted', () => {
  const clientId = '6a1f9c52-7d3e-4b0a-8f61-2c94d5e7a130';
  const known = manifest({ mail: byo(['Mail.Read', 'Mail.Send']) }, { apps: { intake: { clientId } } });
  const entra = registration(['Mail.Send Scope', 'Mail.Read Role', 'offline_access Scope', 'Files.Read Scope']);
  withFolder({ 'm365-automation.json': known, 'intake.entra.json': entra, 'g.json': grants }, (cwd) => {
    const list = (...args: string[]) => runCommand(['list', ...args], { cwd }).out;
    assert.match(list(), /declared {4}Mail\.Read Mail\.Send\n {2}registered {2}Files\.Read Mail\.Send\n/);
    assert.match(list('--granted', 'g.json'), /\n {2}registered {2}Files\.Read Mail\.Send\n {2}granted {5}Mail\.Send User\.Read\n/);
    assert.deepEqual(JSON.parse(list('--format', 'json')).connections[0].registered, ['Files.Read', 'Mail.Send']);
  });
  withFolder({ 'm365-automation.json': known }, (cwd) => {
    const { out } = runCommand(['list', '--format', 'json'], { cwd });
    assert.ok(!('registered' in JSON.parse(out).connections[0]), 'only with a registration');
  });
});
