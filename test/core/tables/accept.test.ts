/** Exceptions of a manifest: which finding each silences, until when, and what is said of those that silence nothing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'jsonc-parser';
import { analyzeTexts, type Files } from '../../support/analyze';
import { applyFix, checkForm, findingsOf } from '../../support/fixed-findings';
import { activity, files, ids, manifest, projectJson, scope, workflow } from '../../support/workflow-builder';

type Entry = Readonly<Record<string, string>>;

/** Four findings: two unused scopes of a connection, one unused scope in a workflow, and an unused connection. */
function withEntries(entries: readonly Entry[], content: readonly string[] = usual): Files {
  return files({
    'Main.xaml': workflow(content),
    'project.json': projectJson(),
    'm365-automation.json': manifest({
      connections: {
        mail: { connector: 'uipath-microsoft-outlook365', id: ids.mail, scopes: ['Mail.Read', 'Files.Read.All', 'Calendars.Read'] },
        spare: { connector: 'uipath-microsoft-onedrive', id: ids.files },
      },
      accept: entries.map((entry) => ({ reason: 'the pilot needs it', ...entry })),
    }),
  });
}

const usual = [
  activity('Mail.GetNewestEmail', { ConnectionId: ids.mail }),
  scope(['Mail.Read', 'Tasks.Read'], {}, activity('Mail.GetMail', { MarkAsRead: 'False' })),
];

const unused = { rule: 'unused-scope' };
const filesScope = { ...unused, scope: 'Files.Read.All', connection: 'mail' };
const [expired, nothing] = ['accept-expired warning', 'accept-unused warning'];

/** The rules whose findings are counted. */
const counted = ['accept-expired', 'accept-unused', 'unused-scope', 'unused-connection'];

/** Entries; the number of unused scopes (of three) and unused connections (of one) that are left; what is said of the entries. */
const cells: readonly (readonly [string, readonly Entry[], number, number, ...(readonly string[])])[] = [
  ['no entry', [], 3, 1],
  ['one that matches', [filesScope], 2, 1],
  ['until tomorrow', [{ ...filesScope, until: '2026-11-25' }], 2, 1],
  ['until today', [{ ...filesScope, until: '2026-11-24' }], 2, 1],
  ['until next year', [{ ...filesScope, until: '2027-01-01' }], 2, 1],
  ['until yesterday', [{ ...filesScope, until: '2026-11-23' }], 3, 1, expired],
  ['until last year', [{ ...filesScope, until: '2025-12-31' }], 3, 1, expired],
  ['expired, and matching nothing', [{ rule: 'duplicate-scope', until: '2026-11-23' }], 3, 1, expired],
  ['in date, and matching nothing', [{ rule: 'duplicate-scope', until: '2026-11-24' }], 3, 1, nothing],
  ['expired, and one that holds', [{ ...filesScope, until: '2026-11-23' }, filesScope], 2, 1, expired],
  ['one that holds, and expired', [filesScope, { ...filesScope, until: '2026-11-23' }], 2, 1, expired],
  [
    'two expired',
    [
      { ...unused, until: '2026-01-01' },
      { ...unused, until: '2026-02-01' },
    ],
    3,
    1,
    expired,
    expired,
  ],
  ['expired, and one that matches nothing', [{ ...unused, until: '2026-01-01' }, { rule: 'limit' }], 3, 1, expired, nothing],

  ['a scope in lower case', [{ ...filesScope, scope: 'files.read.all' }], 2, 1],
  ['another scope', [{ ...filesScope, scope: 'Sites.Read.All' }], 3, 1, nothing],
  ['a scope of the workflow', [{ ...unused, scope: 'Tasks.Read', file: 'Main.xaml' }], 2, 1],
  ['a scope of the workflow, as of the connection', [{ ...unused, scope: 'Tasks.Read', connection: 'mail' }], 3, 1, nothing],
  ['a scope of the connection, as of the workflow', [{ ...filesScope, file: 'Main.xaml' }], 3, 1, nothing],
  ['another connection', [{ ...filesScope, connection: 'spare' }], 3, 1, nothing],
  ['no such connection', [{ ...filesScope, connection: 'gone' }], 3, 1, nothing],
  ['another rule', [{ ...filesScope, rule: 'missing-scope' }], 3, 1, nothing],
  ['no such rule', [{ ...filesScope, rule: 'unsed-scope' }], 3, 1, nothing],
  ['another file', [{ ...unused, file: 'Other.xaml' }], 3, 1, nothing],
  ['a file in a folder', [{ ...unused, file: 'Sub/Main.xaml' }], 3, 1, nothing],
  ['a file in another letter case', [{ ...unused, file: 'main.XAML' }], 2, 1],
  ['the manifest as the file', [{ ...unused, file: 'm365-automation.json' }], 2, 1],
  ['an unused connection', [{ rule: 'unused-connection', connection: 'spare' }], 3, 0],
  ['a connection that is used', [{ rule: 'unused-connection', connection: 'mail' }], 3, 1, nothing],

  ['the rule alone, once', [unused], 2, 1],
  ['the rule alone, twice', [unused, unused], 1, 1],
  ['the rule alone, three times', [unused, unused, unused], 0, 1],
  ['the rule alone, four times', [unused, unused, unused, unused], 0, 1, nothing],
  ['the same finding twice', [filesScope, filesScope], 2, 1, nothing],
  ['the same finding three times', [filesScope, filesScope, filesScope], 2, 1, nothing, nothing],
  ['each finding once', [filesScope, { ...filesScope, scope: 'Calendars.Read' }, { ...unused, file: 'Main.xaml' }], 0, 1],

  ['accept-unused', [{ rule: 'accept-unused' }], 3, 1, nothing],
  ['accept-expired', [{ rule: 'accept-expired' }], 3, 1, nothing],
  ['accept-expired beside an expired one', [{ ...filesScope, until: '2026-11-23' }, { rule: 'accept-expired' }], 3, 1, expired, nothing],
  ['accept-unused beside an unused one', [{ rule: 'limit' }, { rule: 'accept-unused' }], 3, 1, nothing, nothing],
  ['accept-unused, expired', [{ rule: 'accept-unused', until: '2026-11-23' }], 3, 1, expired],
];

describe('exceptions', () => {
  for (const [name, entries, scopes, connections, ...told] of cells) {
    test(name, () => {
      const input = withEntries(entries);
      const found = analyzeTexts(input).problems.filter((problem) => counted.includes(problem.rule) && !problem.accepted);
      const expected = [...told, ...Array(scopes).fill('unused-scope warning'), ...Array(connections).fill('unused-connection warning')];
      assert.deepEqual(found.map(({ rule, severity }) => `${rule} ${severity}`).sort(), expected.sort());
      for (const problem of found.filter(({ rule }) => rule.startsWith('accept-'))) {
        checkForm(input, problem);
        assert.equal(problem.file, '/project/m365-automation.json');
      }
    });
  }
});

test('two equal findings need two entries', () => {
  const wrong = activity('Mail.GetMail', { DisplayName: 'Get Mail' });
  const entry = { rule: 'activity-outside-scope', file: 'Main.xaml' };
  for (const [entries, left, told] of [
    [0, 2, 0],
    [1, 1, 0],
    [2, 0, 0],
    [3, 0, 1],
  ] as const) {
    const input = withEntries(Array(entries).fill(entry), [wrong, wrong]);
    assert.equal(findingsOf('activity-outside-scope', input).length, left, `${entries} entries`);
    assert.equal(findingsOf('accept-unused', input).length, told, `${entries} entries`);
  }
});

test('a manifest that holds nothing but exceptions is held to them', () => {
  const entry = { rule: 'unused-scope', file: 'Main.xaml', reason: 'the pilot needs it' };
  const input = (accept: readonly object[]) => files({ 'Main.xaml': workflow(usual), 'm365-automation.json': manifest({ accept }) });
  assert.equal(findingsOf('accept-unused', input([entry])).length, 0);
  assert.equal(findingsOf('accept-unused', input([entry, entry])).length, 1);
});

const past = { ...filesScope, until: '2026-11-23' };
const other = { rule: 'limit' };

/** Entries of which one is to go, the rule that says so, and its place. */
const removals: readonly (readonly [string, readonly Entry[], string, number])[] = [
  ['the only one, expired', [past], 'accept-expired', 0],
  ['the only one, unused', [other], 'accept-unused', 0],
  ['the first', [past, filesScope], 'accept-expired', 0],
  ['the last', [filesScope, other], 'accept-unused', 1],
  ['the one between', [filesScope, past, { ...filesScope, scope: 'Calendars.Read' }], 'accept-expired', 1],
  ['the one between, unused', [filesScope, other, { ...filesScope, scope: 'Calendars.Read' }], 'accept-unused', 1],
  ['one of two alike', [filesScope, filesScope], 'accept-unused', 1],
];

describe('the fix removes the entry and nothing else', () => {
  for (const [name, entries, rule, place] of removals) {
    test(name, () => {
      const input = withEntries(entries);
      const [problem] = findingsOf(rule, input);
      const fix = problem?.fixes[0];
      assert.ok(fix && !fix.preferred, 'a fix that is offered');
      const path = '/project/m365-automation.json';
      const before = parse(input.get(path) ?? '');
      const after = applyFix(input, fix);
      const { accept = [], ...rest } = JSON.parse(after.get(path) ?? '');
      assert.deepEqual(accept, before.accept.toSpliced(place, 1));
      assert.deepEqual(rest, { connections: before.connections });
      assert.equal(findingsOf(rule, after).length, 0);
    });
  }
});
