/** `init`: what it writes and where, everything it refuses, and that nothing else is touched. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { writeNew } from '../../server/src/cli/write-new';
import { checkJson, type Ran, runCommand, withFolder, withSample } from '../support/command';
import { initOf } from '../support/init';
import { activity, ids, files as inMemory, projectJson, workflow } from '../support/workflow-builder';

const main = workflow([activity('Mail.GetNewestEmail', { ConnectionId: ids.mail, DisplayName: 'Read' })]);
const second = workflow([activity('Files.UploadFilesConnections', { ConnectionId: ids.files })]);
const project = projectJson();
const name = 'm365-automation.json';

/** Every file below a folder, with its bytes. */
function all(folder: string): Record<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => statSync(join(folder, file)).isFile());
  return Object.fromEntries(names.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'latin1')]));
}

/** Runs init and holds it to what it may touch: `wrote` names the one file that comes, if any. */
function init(cwd: string, args: readonly string[], wrote?: string): Ran {
  const before = all(cwd);
  const ran = runCommand(['init', ...args], { cwd });
  const after = all(cwd);
  assert.deepEqual(Object.keys(after).sort(), [...Object.keys(before), ...(wrote === undefined ? [] : [wrote])].sort());
  for (const [file, text] of Object.entries(before)) assert.equal(after[file], text, `${file} is as it was`);
  assert.equal(ran.code, wrote === undefined && !args.includes('--dry-run') ? 2 : 0);
  return ran;
}

describe('what it writes', () => {
  const places: readonly (readonly [string, Record<string, string>, readonly string[], string])[] = [
    ['beside project.json', { 'project.json': project, 'Main.xaml': main }, [], name],
    ['of the project that is named', { 'a/project.json': project, 'a/Main.xaml': main, 'b/project.json': project }, ['a'], `a/${name}`],
    ['of the project that a folder stands in', { 'project.json': project, 'Sub/Main.xaml': main }, ['Sub'], name],
    ['of the project that a workflow stands in', { 'a/project.json': project, 'a/Main.xaml': main }, ['a/Main.xaml'], `a/${name}`],
    ['of the project whose project.json is named', { 'a/project.json': project, 'a/Main.xaml': main }, ['a/project.json'], `a/${name}`],
    ['of the only project below', { 'deep/down/project.json': project, 'deep/down/Main.xaml': main }, [], `deep/down/${name}`],
    ['in a folder without a project', { 'flows/Main.xaml': main }, ['flows'], `flows/${name}`],
    [
      'of a project around another',
      { 'project.json': project, 'Main.xaml': main, 'in/project.json': project, 'in/A.xaml': second },
      [],
      name,
    ],
    ['of loose workflows beside a project', { 'Main.xaml': main, 'in/project.json': project, 'in/A.xaml': second }, [], name],
    [
      'of a project beside a loose file that uses nothing',
      { 'X.xaml': workflow(['']), 'in/project.json': project, 'in/A.xaml': second },
      [],
      `in/${name}`,
    ],
    [
      'in a folder with blanks and umlauts',
      { 'Über uns/project.json': project, 'Über uns/Main.xaml': main },
      ['Über uns'],
      `Über uns/${name}`,
    ],
  ];
  for (const [what, content, args, wrote] of places)
    test(what, () => {
      withFolder(content, (cwd) => {
        const { out, err } = init(cwd, args, wrote);
        assert.equal(out, `Wrote ${wrote} with 1 connection. Its comments say what to fill in.\n`);
        assert.equal(err, '');
        const text = readFileSync(join(cwd, wrote), 'utf8');
        assert.match(text, /"id": "11111111-2222-3333-4444-/);
        assert.doesNotMatch(text, /\r|\uFEFF/);
      });
    });

  test('the text is that of core, whatever the folder and the line ends', () => {
    const texts = { 'project.json': project, 'Main.xaml': main, 'Sub/Store.xaml': second };
    const expected = initOf(inMemory(texts));
    assert.ok(expected.kind === 'made');
    const crlf = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, `\uFEFF${text.replaceAll('\n', '\r\n')}`]));
    for (const content of [texts, crlf])
      withFolder(content, (cwd) => {
        const { out } = init(cwd, [], name);
        assert.match(out, /with 2 connections\./);
        assert.equal(readFileSync(join(cwd, name), 'utf8'), expected.text);
      });
  });

  test('connections and apps are counted; comments alone are a manifest too', () => {
    withSample('classic-mail-robot', (cwd) => {
      assert.equal(init(cwd, [], name).out, `Wrote ${name}. Its comments say what to fill in.\n`);
      assert.match(readFileSync(join(cwd, name), 'utf8'), /in_ApplicationId/);
    });
  });

  test('--dry-run prints the same bytes, and writes nothing', () => {
    withSample('no-manifest-connections', (cwd) => {
      const { out, err } = init(cwd, ['--dry-run']);
      assert.equal(err, '');
      init(cwd, [], name);
      assert.equal(readFileSync(join(cwd, name), 'utf8'), out);
    });
  });
});

describe('check finds nothing that was not there before', () => {
  for (const sample of readdirSync('samples').filter((entry) => existsSync(join('samples', entry, 'project.json'))))
    test(sample, () => {
      withSample(sample, (cwd) => {
        rmSync(join(cwd, name), { force: true });
        const grave = () =>
          checkJson(cwd)
            .problems.filter(({ severity }) => severity === 'error' || severity === 'warning')
            .map(({ rule, file, message }) => `${rule} ${file} ${message}`);
        const before = grave();
        init(cwd, [], name);
        assert.deepEqual(grave(), before);
        runCommand(['fix'], { cwd });
        assert.deepEqual(readFileSync(join(cwd, name), 'utf8'), runInitAgain(cwd), 'fix leaves the manifest alone');
      });
    });

  /** What init would write into the project as it is now. */
  function runInitAgain(cwd: string): string {
    const kept = readFileSync(join(cwd, name));
    rmSync(join(cwd, name));
    const { out } = runCommand(['init', '--dry-run'], { cwd });
    writeFileSync(join(cwd, name), kept);
    return out;
  }
});

test('check says how to start a manifest, until there is one', () => {
  withSample('no-manifest-connections', (cwd) => {
    assert.match(runCommand(['check'], { cwd }).out, /to have them compared \(m365-scopes init starts it\)\.$/m);
    init(cwd, [], name);
    assert.match(runCommand(['check'], { cwd }).out, /to have them compared\.$/m);
  });
});

describe('what it refuses', () => {
  const one = { 'project.json': project, 'Main.xaml': main };
  const refusals: readonly (readonly [string, Record<string, string>, readonly string[], RegExp])[] = [
    ['a manifest that is there', { ...one, [name]: '{}' }, [], /^m365-scopes: There is a manifest already: m365-automation\.json\. /],
    ['one that is damaged', { ...one, [name]: '{' }, [], /There is a manifest already/],
    [
      'one of another name',
      { ...one, 'robot.m365-automation.json': '{}' },
      [],
      /There is a manifest already: robot\.m365-automation\.json\./,
    ],
    ['one below', { ...one, 'cfg/m365-automation.json': '{}' }, [], /There is a manifest already/],
    ['one above loose workflows', { 'Sub/Main.xaml': main, [name]: '{}' }, ['Sub'], /There is a manifest already/],
    [
      'one that git ignores',
      { ...one, '.gitignore': '*.json\n!project.json\n', [name]: '{}' },
      [],
      /m365-automation\.json is there already/,
    ],
    [
      'nothing of Microsoft 365',
      { 'project.json': project, 'Main.xaml': workflow(['<WriteLine />']) },
      [],
      /no activity of Microsoft 365 is used here\.$/m,
    ],
    ['a path that is not there', one, ['nowhere'], /nowhere is not there\. Check the path\.$/m],
    ['a file that is none of ours', { ...one, 'readme.txt': 'x' }, ['readme.txt'], /readme\.txt is none of the files/],
    ['an empty folder', { 'readme.txt': 'x' }, [], /There is nothing to check in/],
    [
      'several projects',
      { 'b/project.json': project, 'b/Main.xaml': main, 'a/project.json': project, 'a/Main.xaml': main },
      [],
      /^m365-scopes: There are 2 projects in \.: a, b\. Name the one that gets a manifest\.$/m,
    ],
    ['several paths', one, ['.', 'Main.xaml'], /^m365-scopes: init takes one path: /],
    ['an option that it does not have', one, ['--format', 'json'], /There is no option --format/],
  ];
  for (const [what, content, args, message] of refusals)
    test(what, () => {
      withFolder(content, (cwd) => {
        for (const more of [[], ['--dry-run']]) {
          const before = all(cwd);
          const { code, out, err } = runCommand(['init', ...args, ...more], { cwd });
          assert.deepEqual(all(cwd), before);
          assert.equal(code, 2);
          assert.equal(out, '');
          assert.match(err, message);
          assert.doesNotMatch(err, /fault of the tool|\n {4}at /);
        }
      });
    });

  test('a second time', () => {
    withFolder(one, (cwd) => {
      init(cwd, [], name);
      assert.match(init(cwd, []).err, /There is a manifest already/);
    });
  });

  test('something else at the place', () => {
    withFolder(one, (cwd) => {
      mkdirSync(join(cwd, name));
      assert.match(init(cwd, []).err, /m365-automation\.json is there already/);
    });
  });

  test('a folder that may not be written to', { skip: process.getuid?.() === 0 }, () => {
    withFolder(one, (cwd) => {
      chmodSync(cwd, 0o555);
      const { err } = init(cwd, []);
      chmodSync(cwd, 0o755);
      assert.match(err, /^m365-scopes: m365-automation\.json cannot be written: permission denied\. .*--dry-run/);
    });
  });
});

describe('a file that must not be there', () => {
  test('is written whole, and leaves nothing beside it', () => {
    withFolder({}, (folder) => {
      writeNew(join(folder, 'a.json'), 'a.json', 'ä\n');
      assert.deepEqual(readdirSync(folder), ['a.json']);
      assert.equal(readFileSync(join(folder, 'a.json'), 'utf8'), 'ä\n');
    });
  });

  test('is never written over, not even what a link leads to', () => {
    withFolder({ 'a.json': 'mine', 'target.txt': 'mine' }, (folder) => {
      symlinkSync(join(folder, 'target.txt'), join(folder, 'b.json'));
      symlinkSync(join(folder, 'nowhere.txt'), join(folder, 'c.json'));
      for (const file of ['a.json', 'b.json', 'c.json'])
        assert.throws(
          () => writeNew(join(folder, file), file, 'x'),
          /^\w*Error: \w\.json cannot be written: it is there already, and is left as it is\.$/,
        );
      assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'b.json', 'c.json', 'target.txt']);
      assert.equal(readFileSync(join(folder, 'a.json'), 'utf8'), 'mine');
      assert.equal(readFileSync(join(folder, 'target.txt'), 'utf8'), 'mine');
    });
  });

  test('is told where its folder is not there', () => {
    withFolder({}, (folder) =>
      assert.throws(() => writeNew(join(folder, 'x/a.json'), 'x/a.json', ''), /x\/a\.json cannot be written: its folder is not there\.$/),
    );
  });

  test('is told where its folder may not be written to', { skip: process.platform === 'win32' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'm365-'));
    chmodSync(folder, 0o555);
    const isRoot = process.getuid?.() === 0;
    try {
      // Nobody keeps root from writing.
      if (isRoot) process.seteuid?.(65_534);
      assert.throws(
        () => writeNew(join(folder, 'a.json'), 'a.json', 'x'),
        /a\.json cannot be written: permission denied\. Give write permission/,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder, 0o755);
      rmSync(folder, { recursive: true });
    }
  });
});
