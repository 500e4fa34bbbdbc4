/** Holds the command to the expectation file of every sample, before and after `fix`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, type ReportJson, runCommand, withSample } from '../support/command';

interface Expected {
  readonly exit: number;
  readonly fixedExit: number;
  readonly problems: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number;
    readonly character: number;
    readonly scopes: readonly string[];
    readonly accepted?: true;
  }[];
  readonly connections: readonly { readonly id: string; readonly required: readonly string[]; readonly open: boolean }[];
  readonly summary: Readonly<Record<string, number>>;
}

const samples = readdirSync('samples').filter((name) => statSync(join('samples', name)).isDirectory());

test('there are at least five samples', () => assert.ok(samples.length >= 5));

for (const name of samples) {
  describe(`samples/${name}`, () => {
    const expected = JSON.parse(readFileSync(join('samples', name, 'expected.json'), 'utf8')) as Expected;

    test('check gives exactly what is expected', () => {
      withSample(name, (folder) => {
        const report = checkJson(folder);
        assert.deepEqual(report.problems.map(shown), expected.problems);
        assert.deepEqual(
          report.connections.map(({ id, required, open }) => ({ id, required, open })),
          expected.connections,
        );
        assert.deepEqual(report.summary, expected.summary);
        assert.equal(report.code, expected.exit);
      });
    });

    test('fix leaves nothing it could mend, and a second fix changes no byte', () => {
      withSample(name, (folder) => {
        runCommand(['fix'], { cwd: folder });
        const once = readAll(folder);
        const { code, out } = runCommand(['check', '--format', 'json'], { cwd: folder });
        const left = (JSON.parse(out) as ReportJson).problems;
        const mendable = left.filter(
          ({ severity, accepted, fixes }) =>
            !accepted && (severity === 'error' || severity === 'warning') && fixes.some(({ preferred }) => preferred),
        );
        assert.deepEqual(mendable, []);
        assert.equal(code, expected.fixedExit);
        runCommand(['fix'], { cwd: folder });
        assert.deepEqual(readAll(folder), once);
      });
    });
  });
}

function shown({ rule, severity, file, range, scopes, accepted }: ReportJson['problems'][number]) {
  return {
    rule,
    severity,
    file,
    line: range.start.line + 1,
    character: range.start.character + 1,
    scopes,
    ...(accepted ? { accepted: true } : {}),
  };
}

function readAll(folder: string): Map<string, string> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}
