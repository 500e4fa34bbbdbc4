/** Bad input: each gets a clear message at the right place, the other files are still checked, and the exit code is the contract's. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { runCommand, withFolder } from '../support/command';

const project = JSON.stringify({
  name: 'Robot',
  main: 'Main.xaml',
  dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.0.11]' },
  studioVersion: '23.10.3',
  targetFramework: 'Windows',
});
const head = '<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities">';
const problems = (out: string): { rule: string; file: string; message: string; range: { start: { line: number; character: number } } }[] =>
  JSON.parse(out).problems;

test('damaged files beside a healthy one', () => {
  const secret = `${head}<p:Office365ApplicationScope AuthenticationType="UsernameAndPassword" Password="not-a-real-password" xmlns:p="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities" /></Activity>`;
  const files = {
    'project.json': project,
    'Main.xaml': secret,
    'cut.xaml': `${head}\n  <Sequence DisplayName="a`,
    'empty.xaml': '',
    'binary.xaml': new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]),
    'latin.xaml': Buffer.from('<a>\xe9</a>', 'latin1'),
    'wide.xaml': Buffer.from('\ufeff<a/>', 'utf16le'),
    'm365-automation.json': '{\n  "name": "x"\n  "workflows": []\n}',
  };
  withFolder(files, (cwd) => {
    const { code, out, err } = runCommand(['check', '--format', 'json'], { cwd });
    const found = problems(out).map(({ rule, file, range }) => `${file}:${range.start.line}:${range.start.character} ${rule}`);
    assert.deepEqual(found, [
      `Main.xaml:0:${secret.indexOf('p:Office365ApplicationScope')} tenant-missing`,
      `Main.xaml:0:${secret.indexOf('UsernameAndPassword')} auth-missing-field`,
      `Main.xaml:0:${secret.indexOf('UsernameAndPassword')} legacy-auth`,
      `Main.xaml:0:${secret.indexOf('not-a-real')} secret-in-file`,
      'binary.xaml:0:0 unreadable-file',
      'cut.xaml:1:2 syntax',
      'empty.xaml:0:0 syntax',
      'latin.xaml:0:0 unreadable-file',
      'm365-automation.json:2:2 syntax',
      'wide.xaml:0:0 unreadable-file',
    ]);
    assert.equal(code, 1);
    assert.equal(err, '');
    assert.ok(!out.includes('not-a-real-password'), 'a secret is never printed');
    const text = runCommand(['check'], { cwd });
    assert.match(text.out, /cut\.xaml:2:3 {2}error {2}syntax\n {2}The file ends inside this tag/);
  });
});

test('the text report never prints the line of a secret', () => {
  const files = {
    'Main.xaml': `${head}<p:Office365ApplicationScope ApplicationSecret="not-a-real-secret" xmlns:p="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities" /></Activity>`,
  };
  withFolder(files, (cwd) => assert.ok(!runCommand(['check'], { cwd }).out.includes('not-a-real-secret')));
});

test('a path that is not there', () => {
  withFolder({ 'Main.xaml': `${head}</Activity>` }, (cwd) => {
    const { code, err, out } = runCommand(['check', 'nowhere', 'Main.xaml'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /nowhere is not there/);
    assert.match(out, /1 file/, 'the other path is still checked');
  });
});

test('a folder without any automation', () => {
  withFolder({ 'readme.txt': 'x', 'web/project.json': '{"name": "web", "targets": {}}' }, (cwd) => {
    for (const command of ['check', 'fix', 'list']) {
      const { code, err } = runCommand([command], { cwd });
      assert.equal(code, 2, command);
      assert.match(err, /nothing to check/);
    }
    assert.deepEqual(problems(runCommand(['check', '--format', 'json'], { cwd }).out), [], 'JSON is printed for 2 as well');
  });
});

test('a project without uses is clean', () => {
  withFolder({ 'project.json': project, 'Main.xaml': `${head}</Activity>` }, (cwd) => {
    const { code, out } = runCommand(['check'], { cwd });
    assert.equal(code, 0);
    assert.match(out, /No problems in 2 files/);
  });
});

test('a file of another kind, by name', () => {
  withFolder({ 'notes.txt': 'x' }, (cwd) => {
    const { code, err } = runCommand(['check', 'notes.txt'], { cwd });
    assert.equal(code, 2);
    assert.match(err, /notes\.txt is none of the files/);
  });
});

test('a file that may not be read', { skip: process.getuid?.() === 0 }, () => {
  withFolder({ 'Main.xaml': '<a/>', 'Other.xaml': '<a/>' }, (cwd) => {
    chmodSync(join(cwd, 'Main.xaml'), 0);
    const { out, code } = runCommand(['check', '--format', 'json'], { cwd });
    assert.deepEqual(
      problems(out).map(({ rule, file }) => `${file} ${rule}`),
      ['Main.xaml unreadable-file'],
    );
    assert.equal(code, 1);
  });
});

test('a link that goes in a circle takes nothing with it', () => {
  withFolder({ 'Main.xaml': '<a>' }, (cwd) => {
    symlinkSync('README', join(cwd, 'README'));
    symlinkSync('.', join(cwd, 'loop'));
    symlinkSync('Gone.xaml', join(cwd, 'Link.xaml'));
    assert.deepEqual(
      problems(runCommand(['check', '--format', 'json'], { cwd }).out).map(({ file }) => file),
      ['Main.xaml'],
    );
  });
});

test('a project.json that is nested too deep is told, not dropped', () => {
  const deep = `{"studioVersion": "23.10.3", "a": ${'['.repeat(300)}${']'.repeat(300)}}`;
  withFolder({ 'project.json': deep, 'Main.xaml': `${head}</Activity>` }, (cwd) => {
    assert.deepEqual(
      problems(runCommand(['check', '--format', 'json'], { cwd }).out).map(({ rule, file }) => `${file} ${rule}`),
      ['project.json limit'],
    );
  });
});

test('hostile sizes take time in proportion', () => {
  const started = performance.now();
  const nested = `${'NetworkCredential('.repeat(50_000)}`;
  const scope = 'xmlns:p="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities"';
  const unknown = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, 1])));
  withFolder(
    { 'Main.xaml': `${head}<p:Office365ApplicationScope Password="[${nested}]" ${scope} /></Activity>`, 'm365-automation.json': unknown },
    (cwd) => {
      assert.equal(runCommand(['check', '--format', 'json'], { cwd }).code, 1);
    },
  );
  assert.ok(performance.now() - started < 15_000);
});

test('a reader that stops early is no fault', { skip: process.platform === 'win32' }, () => {
  withFolder(
    { 'm365-automation.json': JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]))) },
    (cwd) => {
      const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${resolve('dist/cli.js')}" check | head -1`], {
        cwd,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stderr], [0, '']);
    },
  );
});

test('a folder that is named like a workflow is walked', () => {
  withFolder({ 'Odd.xaml/Main.xaml': '<a>' }, (cwd) =>
    assert.deepEqual(
      problems(runCommand(['check', '--format', 'json'], { cwd }).out).map(({ file }) => file),
      ['Odd.xaml/Main.xaml'],
    ),
  );
});

const usage: readonly [string[], RegExp][] = [
  [['chekc'], /no command "chekc"\. Did you mean check\?/],
  [['check', '--fromat', 'json'], /no option --fromat\. Did you mean --format\?/],
  [['check', '--format', 'xml'], /--format takes text, json, not "xml"/],
  [['check', '--fail-on', 'hint'], /--fail-on takes/],
  [['check', '--rule', 'missing-scpe=off'], /no rule "missing-scpe"\. Did you mean missing-scope\?/],
  [['check', '--rule', 'missing-scope=loud'], /--rule takes id=severity/],
  [['check', '--rule', 'missing-scope'], /--rule takes id=severity/],
  [['fix', '--rule', 'nothing'], /no rule "nothing"/],
  [['check', '--stdin', '--stdin-filename', 'a.xaml', 'b'], /--stdin takes no paths/],
  [['check', '--stdin'], /--stdin needs --stdin-filename/],
  [['check', '--stdin-filename', 'a.xaml'], /--stdin-filename goes with --stdin/],
  [['check', '--output'], /--output/],
];

for (const [args, message] of usage) {
  test(`m365-scopes ${args.join(' ')}`, () => {
    const { code, err } = runCommand(args);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.ok(!err.includes('    at '), 'no stack');
  });
}

test('help and version', () => {
  assert.equal(runCommand([]).code, 2);
  for (const args of [['--help'], ['check', '--help'], ['-h']]) {
    const { code, out } = runCommand(args);
    assert.equal(code, 0);
    assert.match(out, /m365-scopes check/);
  }
  assert.equal(runCommand(['--version']).out.trim(), JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('a report that cannot be written', () => {
  withFolder({ 'Main.xaml': '<a/>' }, (cwd) => {
    mkdirSync(join(cwd, 'folder'));
    const { code, err } = runCommand(['check', '-o', 'folder'], { cwd });
    assert.equal(code, 2);
    assert.equal(err, 'm365-scopes: The report cannot be written to folder: it is a folder.\n');
    const nowhere = runCommand(['check', '-o', 'none/report.json'], { cwd });
    assert.deepEqual(
      [nowhere.code, nowhere.err],
      [2, 'm365-scopes: The report cannot be written to none/report.json: its folder is not there.\n'],
    );
    const inFile = runCommand(['check', '-o', 'Main.xaml/report.json'], { cwd });
    assert.deepEqual(
      [inFile.code, inFile.err],
      [2, 'm365-scopes: The report cannot be written to Main.xaml/report.json: a file stands where its folder should be.\n'],
    );
  });
});

test('a pipe is told of, and never waited for', { skip: process.platform === 'win32' }, () => {
  withFolder({ 'project.json': project }, (cwd) => {
    execFileSync('mkfifo', [join(cwd, 'Pipe.xaml')]);
    const { code, out } = runCommand(['check', 'Pipe.xaml'], { cwd });
    assert.equal(code, 1);
    assert.match(out, /This is a pipe or a device, and not a file\./);
    assert.equal(runCommand(['check'], { cwd }).code, 0);
  });
});
