/** `catalog info` and `catalog import`: what the bundled data says of itself, and that it follows from the public files. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { runCommand, withFolder } from '../support/command';

const publicFiles = resolve('../shared/data');
const sources = {
  model: join(publicFiles, 'graph-permissions.kibali.json'),
  delegated: join(publicFiles, 'graph-service-principal-delegated.json'),
  application: join(publicFiles, 'graph-service-principal-application.json'),
};
const skip = existsSync(sources.model) ? false : 'the public files that the catalogue is made from are not here';
const bundledDate = JSON.parse(readFileSync('schemas/permissions.json', 'utf8')).date as string;

/** Two permissions, one of each kind, and one operation: the smallest files that can be imported. */
const reads = { 'DelegatedWork,Application': 'GET' };
const small = () => ({
  'model.json': JSON.stringify({
    permissions: {
      'Mail.Read': {
        schemes: { DelegatedWork: { privilegeLevel: 3 }, Application: { privilegeLevel: 4 } },
        pathSets: Object.entries(reads).map(([schemes, method]) => ({
          schemeKeys: schemes.split(','),
          methods: [method],
          paths: { '/me/messages': 'least=DelegatedWork', '/users/{id}/messages': 'least=DelegatedWork,Application' },
        })),
      },
    },
  }),
  'principal.json': JSON.stringify({
    oauth2PermissionScopes: [{ value: 'Mail.Read', id: '1', isEnabled: true, type: 'User' }],
    appRoles: [{ value: 'Mail.Read', id: '2', isEnabled: true }],
  }),
});
const from = ['catalog', 'import', '--permissions', 'model.json', '--service-principal', 'principal.json', '--date', '2026-01-02'];

test('the bundled permissions, operations and covers follow from the public files, byte for byte', { skip }, () => {
  withFolder({}, (cwd) => {
    const args = ['--permissions', sources.model, '--delegated', sources.delegated, '--application', sources.application];
    const ran = runCommand(['catalog', 'import', ...args, '--date', bundledDate, '--output', 'made'], { cwd });
    assert.deepEqual({ code: ran.code, err: ran.err }, { code: 0, err: '' });
    for (const name of ['permissions.json', 'operations.json', 'covers.json'])
      assert.ok(readFileSync(join(cwd, 'made', name)).equals(readFileSync(join('schemas', name))), `${name} differs`);
  });
});

test('info counts what is in the files', () => {
  const { code, out } = runCommand(['catalog', 'info', '--format', 'json', '--names']);
  const info = JSON.parse(out);
  const rows = JSON.parse(readFileSync('schemas/permissions.json', 'utf8')).permissions as { value: string; resource: string }[];
  const activities = JSON.parse(readFileSync('schemas/activities.json', 'utf8')).activities as { provenance: { confidence: string } }[];
  assert.equal(code, 0);
  assert.equal(info.date, bundledDate);
  assert.equal(info.activities, activities.length);
  for (const confidence of ['documented', 'derived', 'guess'])
    assert.equal(info.confidence[confidence], activities.filter(({ provenance }) => provenance.confidence === confidence).length);
  assert.equal(info.names.length, info.permissions);
  for (const { value } of rows.filter(({ resource }) => resource === 'graph')) assert.ok(info.names.includes(value), value);
  assert.match(runCommand(['catalog', 'info']).out, /^Catalogue of \d{4}-\d\d-\d\d: \d+ permissions, \d+ Graph operations, \d+ activities/);
});

test('a fault in a public file stops the import, names the file, and writes nothing', () => {
  const broken: readonly [name: string, text: string, says: RegExp][] = [
    ['model.json', '{', /model\.json cannot be used/],
    ['model.json', '[]', /model\.json: .*no object "permissions"/],
    ['model.json', small()['model.json'].replaceAll('Application', 'Robot'), /unknown scheme Robot/],
    ['model.json', small()['model.json'].replaceAll('"paths"', '"roads"'), /Mail\.Read has no paths/],
    ['principal.json', '{}', /no list "oauth2PermissionScopes"/],
    ['principal.json', small()['principal.json'].replace('"id":"1",', ''), /Entry 0 .*no id/],
  ];
  for (const [name, text, says] of broken) {
    withFolder({ ...small(), [name]: text }, (cwd) => {
      const { code, err } = runCommand([...from, '--output', 'made'], { cwd });
      assert.equal(code, 2, err);
      assert.match(err, says);
      assert.doesNotMatch(err, /\bat .*\.js:\d/);
      assert.ok(!existsSync(join(cwd, 'made')), 'nothing is written');
    });
  }
});

test('a name that cannot be placed is told, not guessed', () => {
  const alone = small();
  const other = alone['model.json'].replace(
    '{"permissions":{',
    '{"permissions":{"Made.Up":{"schemes":{},"pathSets":[{"schemeKeys":["Application"],"methods":["GET"],"paths":{"/made":""}}]},',
  );
  withFolder({ ...alone, 'model.json': other }, (cwd) => {
    const { code, err } = runCommand([...from, '--output', 'made'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /Made\.Up opens operations as application permission, but is none/);
    assert.ok(!existsSync(join(cwd, 'made')));
  });
});

test('wrong usage says what to give', () => {
  for (const [args, says] of [
    [['catalog'], /takes info or import/],
    [['catalog', 'refresh'], /takes info or import/],
    [['catalog', 'import', '--permissions', 'a.json'], /needs --permissions FILE, --service-principal FILE/],
    [[...from.slice(0, -1), 'today', '--output', 'made'], /--date takes YYYY-MM-DD, not "today"/],
    [
      ['catalog', 'import', '--permissions', 'gone.json', '--service-principal', 'gone.json', '--output', 'made'],
      /gone\.json cannot be used/,
    ],
  ] as const) {
    const { code, err } = runCommand(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, says);
  }
});

const mailRobot = 'samples/classic-mail-robot';

test('--catalog takes a refreshed file, the others stay bundled', () => {
  const permissions = JSON.parse(readFileSync('schemas/permissions.json', 'utf8'));
  const fewer = {
    ...permissions,
    date: '2030-01-01',
    permissions: permissions.permissions.filter(({ value }: { value: string }) => value !== 'Mail.Send'),
  };
  withFolder({ 'permissions.json': JSON.stringify(fewer) }, (folder) => {
    const info = JSON.parse(runCommand(['catalog', 'info', '--format', 'json', '--catalog', folder]).out);
    assert.equal(info.date, '2030-01-01');
    assert.equal(info.permissions, permissions.permissions.length - 1);
    assert.equal(runCommand(['explain', 'Mail.Send', '--catalog', folder]).code, 2);
    assert.equal(runCommand(['explain', 'Mail.Read', '--catalog', folder]).code, 0);
    const date = (args: string[]) => JSON.parse(runCommand(args).out).tool.catalog.date;
    assert.equal(date(['check', mailRobot, '--format', 'json', '--catalog', folder]), '2030-01-01');
    assert.equal(date(['list', mailRobot, '--format', 'json', '--catalog', folder]), '2030-01-01');
    assert.equal(runCommand(['fix', mailRobot, '--dry-run']).code, 0);
    assert.equal(runCommand(['fix', mailRobot, '--dry-run', '--catalog', folder]).code, 1, 'Mail.Send is unknown there');
  });
});

test('--catalog refuses what is no catalogue, and says where', () => {
  const good = readFileSync('schemas/sign-in.json', 'utf8');
  const cases: readonly [files: Record<string, string>, says: RegExp][] = [
    [{}, /holds none of permissions\.json, operations\.json/],
    [{ 'permissions.json': '{' }, /permissions\.json cannot be read/],
    [{ 'permissions.json': '{}' }, /permissions\.json: the file must have required property 'date'/],
    [
      { 'operations.json': '{"date":"2026-01-01","source":"x","names":[1],"rows":[],"paths":{}}' },
      /operations\.json: \/names\/0 must be string/,
    ],
    [{ 'sign-in.json': good.replace('"implied"', '"implyed"') }, /sign-in\.json: the file must/],
    [{ 'covers.json': `"${'x'.repeat(17 * 1024 * 1024)}"` }, /covers\.json is over 16 MB/],
  ];
  for (const [files, says] of cases) {
    withFolder(files, (folder) => {
      const { code, out, err } = runCommand(['check', mailRobot, '--catalog', folder]);
      assert.deepEqual({ code, out }, { code: 2, out: '' });
      assert.match(err, says);
      assert.doesNotMatch(err, /\bat .*\.js:\d/);
    });
  }
  assert.match(runCommand(['check', mailRobot, '--catalog', 'nowhere']).err, /nowhere is no folder/);
});

test('the bundled data passes its own gate', () => {
  const { code, err } = runCommand(['check', 'samples/clean', '--catalog', 'schemas']);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
});
