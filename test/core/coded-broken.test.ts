/** Code that is damaged, deep, large or no code at all: nothing throws, nothing hangs, and what is not read is said or kept open. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { analyze } from '../../server/src/core/index';
import { limits } from '../../server/src/core/limits';
import type { Tools } from '../../server/src/core/tools';
import { currentParser, loadParser } from '../../server/src/workspace/csharp/load';
import { openText, options } from '../support/analyze';
import { catalog } from '../support/catalog';
import {
  analyzeCoded,
  coded,
  inProject,
  manifestOf,
  projectJson,
  studioFiles,
  toldCalls,
  toldOpen,
  useParser,
} from '../support/coded-builder';
import { makeRandom, pick } from '../support/random';

useParser();

const mail = 'var mail = office365.Mail(connections.O365Mail.Robot);';
const text = coded(
  `${mail} mail.SendEmail("a", "b", "c", asDraft: true); foreach (var m in mail.GetEmails()) { mail.DeleteEmail(m); }\n office365.OneDrive(new OneDriveConnection(Id, serviceContainer)).UploadFile($"{in_Address}");`,
  'private const string Id = "0f6d3ab1-58a3-4bb0-9d3a-4f7e8a1c2b03";',
);
const all = ['robot', 'team', 'drive', 'sheet'];

/** What holds whatever the text is. */
function check(damaged: string): void {
  const started = performance.now();
  const { project, problems } = analyzeCoded(damaged);
  for (const { range, document } of project.uses.filter((use) => use.document.kind === 'coded')) {
    assert.ok(0 <= range.start && range.start < range.end && range.end <= document.text.length);
    assert.match(document.text.slice(range.start, range.end), /^\w+$/);
  }
  for (const { severity, range, file } of problems.filter(({ rule }) => rule === 'syntax')) {
    assert.notEqual(severity, 'error');
    assert.equal(file, '/project/Main.cs');
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= damaged.length);
  }
  assert.ok(performance.now() - started < 20_000, 'it takes seconds at most');
}

test('cut off anywhere', () => {
  for (let end = 0; end < text.length; end += 7) check(text.slice(0, end));
});

test('with stretches taken out, doubled or swapped', () => {
  const random = makeRandom(20261124);
  const below = (count: number) => Math.floor(random() * count);
  for (let round = 0; round < 200; round++) {
    const [a, b] = [below(text.length), below(text.length)].sort((x, y) => x - y) as [number, number];
    const kind = below(3);
    if (kind === 0) check(text.slice(0, a) + text.slice(b));
    else if (kind === 1) check(text.slice(0, b) + text.slice(a));
    else check(text.slice(0, a) + [...text.slice(a, b)].reverse().join('') + text.slice(b));
  }
});

test('made of the words of the language in any order', () => {
  const random = makeRandom(365);
  const words =
    'class { } ( ) < > office365 . Mail ; = => var x "s" $"{ if else new async await where [ ] ? ?? in is switch case : from select let /* // \n #if @" connections IMailService ! ref out this base => null default return get set \u0000 \ud83d 😀 += (('.split(
      ' ',
    );
  for (let round = 0; round < 60; round++) check(Array.from({ length: 400 }, () => pick(random, words)).join(round % 2 === 0 ? ' ' : ''));
});

describe('deep', () => {
  const n = 30_000;
  const forms: Readonly<Record<string, string>> = {
    brackets: `var x = ${'('.repeat(n)}1${')'.repeat(n)};`,
    'brackets that stay open': `var x = ${'('.repeat(n)}`,
    blocks: `${'{'.repeat(n)}${'}'.repeat(n)}`,
    calls: `a${'.B()'.repeat(n)};`,
    'calls of the service': `office365.Mail(c)${'.SendEmail()'.repeat(n)};`,
    sums: `var x = ${'"a" + '.repeat(n)}"b";`,
    'type arguments': `${'A<'.repeat(n)}B${'>'.repeat(n)} x;`,
    'type arguments that stay open': `${'a<'.repeat(n)}`,
    lambdas: `Run(${'x => '.repeat(n)}1);`,
    conditions: `var x = ${'a ? '.repeat(n)}1${' : 2'.repeat(n)};`,
    casts: `var x = ${'(A)'.repeat(n)}b;`,
    interpolations: `var x = ${'$"{'.repeat(n)}`,
    classes: `} ${'class A { '.repeat(n)}`,
  };
  for (const [name, body] of Object.entries(forms))
    test(name, () => {
      const deep = coded(`${mail} ${body}`);
      check(deep);
      // Whoever does not know all of a file calls nothing unused.
      const analysis = analyzeCoded(deep);
      const limit = analysis.problems.filter(({ rule }) => rule === 'limit');
      if (limit.length > 0 || name.includes('open')) assert.deepEqual(toldOpen(analysis), all);
      for (const { message } of limit) assert.match(message, /^This C# file nests deeper than 1000 levels, .*\.$/);
    });

  test('below the cap it is read', () => {
    const analysis = analyzeCoded(coded(`${mail} var x = ${'"a" + '.repeat(300)}"b"; mail.GetEmails();`));
    assert.deepEqual([toldCalls(analysis), toldOpen(analysis)], [['Mail.GetEmails robot'], []]);
  });

  test('long chains of names end somewhere', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `var m${i + 1} = m${i};`).join('\n');
    check(coded(`var m0 = office365.Mail(connections.O365Mail.Robot);\n${chain}\nm3000.GetEmails(); m5.GetEmails();`));
    const circle = 'IMailService a = null; IMailService b = null; a = b; b = a; a.GetEmails();';
    check(coded(circle));
    check(coded('office365.Mail(C).GetEmails();', 'private MailConnection C => D; private MailConnection D => C;'));
    check(coded('office365.Mail(X).GetEmails();', '', 'public class Main : Main'));
  });
});

test('larger than the cap: said, and kept open', () => {
  const analysis = analyzeCoded(`${text}\n//${' '.repeat(limits.codedLength)}`);
  assert.deepEqual(
    analysis.problems.flatMap(({ rule, message }) => (rule === 'limit' ? [message] : [])),
    [
      'This file (513 kB) is over the limit of 512 kB and was not analysed. Split it into smaller classes, or leave the file out of the scan.',
    ],
  );
  assert.deepEqual([toldCalls(analysis), toldOpen(analysis)], [[], all]);
});

test('large, below the cap: a few seconds', () => {
  const method = (name: number) => `private void Run${name}() { ${mail} if (in_Flag) { mail.SendEmail("a", "b", "c"); } }\n`;
  const large = coded('', Array.from({ length: 3000 }, (_, i) => method(i)).join(''));
  const started = performance.now();
  assert.equal(analyzeCoded(large).project.uses.length, 3000);
  assert.ok(performance.now() - started < 20_000);
});

test('a megabyte of one bracket, and a parser that would work without end', () => {
  for (const part of ['{', '[', '<', '"', '$"{', '/*', '#if\n', 'a?b:', '@', "'"])
    check(`office365.Mail(x);${part.repeat(200_000 / part.length)}`);
});

test('without a parser everything is open, and nothing is missed', () => {
  const files = inProject({ 'project.json': projectJson, 'm365-automation.json': manifestOf(), ...studioFiles(), 'Main.cs': text });
  const documents = [...files].map(([path, content]) => openText(path, content));
  const tools: Tools = { gunzip: () => undefined };
  const without = analyze(documents, catalog, { ...options, tools });
  assert.deepEqual([toldCalls(without), toldOpen(without)], [[], all]);
  const later = analyze(documents, catalog, options);
  assert.deepEqual(toldOpen(later), []);
  assert.equal(later.project.uses.length, 4);
});

test('a parser is loaded once, and gives the offsets of the text', async () => {
  const before = currentParser();
  await loadParser(resolve('dist'));
  assert.equal(currentParser(), before);
  const root = before?.('class A { string s = "😀"; int x; }');
  assert.equal(root?.end, 35);
  await assert.rejects(loadFromNowhere());
});

/** The loader of another process, so to say: its bundle is not there. */
async function loadFromNowhere(): Promise<void> {
  const { load } = await import('../../server/src/workspace/csharp/parser');
  await load('no/such/folder');
}
