/** Code that cannot be read completely: told where and what next, certain only where no C# looks like that, and silent where all of it was read. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findUnbalanced } from '../../server/src/core/csharp/brackets';
import { analyzeCoded, coded, toldOpen, useParser } from '../support/coded-builder';

useParser();

const all = ['robot', 'team', 'drive', 'sheet'];
const sound = coded(
  'var mail = office365.Mail(connections.O365Mail.Robot);\n            mail.SendEmail("a", "b", "c");\n            Log("x");',
);
const upTo = (text: string) => sound.slice(0, sound.indexOf(text));
const instead = (text: string) => sound.replace('Log("x");', () => text);

/** What is told of a file: how sure, the text that is underlined, and the message. */
function told(text: string) {
  const analysis = analyzeCoded(text);
  const found = analysis.problems.filter(({ rule }) => rule === 'syntax');
  return { found: found.map(({ severity, range, message }) => [severity, text.slice(range.start, range.end), message] as const), analysis };
}

describe('damaged for certain: a warning', () => {
  const rows: Readonly<Record<string, readonly [text: string, place: string, message: RegExp]>> = {
    'cut off after a statement': [upTo('Log('), ';', /ends before every bracket is closed/],
    'cut off in a call': [`${upTo('Log(')}Log(a`, 'a', /ends before every bracket is closed/],
    'cut off before the last bracket': [sound.slice(0, sound.lastIndexOf('}')), '}', /ends before every bracket is closed/],
    'cut off in a text': [upTo('", "b"'), '"a', /This text has no end/],
    'cut off in a raw text': [instead('Log("""x'), '"', /This text has no end/],
    'cut off in an expression of a text': [`${upTo('Log(')}Log($"{a`, 'a', /ends before every bracket is closed/],
    'cut off in a comment': [`${upTo('Log(')}/* x`, '/*', /This comment has no end/],
    'a bracket too many': [`${sound}}`, '}', /This \} closes nothing/],
    'a bracket too many in a statement': [instead('Log("x")];'), ']', /This \] closes nothing/],
    'a bracket too few': [sound.replace('"c");', '"c";'), '(', /This \( is not closed before what stands around it is/],
    'an attribute without its end': [sound.replace('[Workflow]', '[Workflow'), '[', /This \[ is not closed before/],
    'an attribute without its beginning': [sound.replace('[Workflow]', 'Workflow]'), ']', /This \] closes nothing/],
    'the marks of a merge': [
      instead('\n<<<<<<< HEAD\nLog("x");\n=======\nLog("y");\n>>>>>>> it\'s\n'),
      '<<<<<<< HEAD',
      /A merge conflict was left in this file/,
    ],
  };
  for (const [name, [text, place, message]] of Object.entries(rows))
    test(name, () => {
      const { found, analysis } = told(text);
      assert.deepEqual(
        found.map(([severity, where]) => [severity, where.split('\n')[0]?.slice(0, place.length)]),
        [['warning', place]],
      );
      assert.match(found[0]?.[2] ?? '', message);
      assert.deepEqual(toldOpen(analysis), all);
    });
});

describe('damaged, or newer than the grammar: information', () => {
  const rows: Readonly<Record<string, string>> = {
    'a value that is not there': instead('var x = ;'),
    'words in a row': instead('this is not code;'),
    'an assignment behind a question mark, C# 14': instead('mail?.Name = "x";'),
    'an operator that assigns, C# 14': sound.replace('[Workflow]', 'public void operator +=(int x) { }\n[Workflow]'),
    'an extension block, C# 14': `${sound}static class E { extension(string s) { public int L => s.Length; } }`,
    'a constraint, C# 13': `${sound}class A<T> where T : allows ref struct { }`,
    'a branch that opens what another opens too': instead('\n#if A\n if (a) {\n#else\n if (b) {\n#endif\n Log("x"); }\n'),
    'a mark of a merge in a text beside it': instead('var s = @"\n<<<<<<< HEAD\n"; var x = ;'),
    'brackets in texts beside it': instead(`Log("{"); Log('{'); Log($"{{{a}"); Log(@"\\{"); var x = ;`),
  };
  for (const [name, text] of Object.entries(rows))
    test(name, () => {
      const { found, analysis } = told(text);
      assert.deepEqual(
        found.map(([severity]) => severity),
        ['information'],
      );
      assert.match(
        found[0]?.[2] ?? '',
        /this C# file is damaged, or written in a way that is not known here yet\. .* If Studio compiles it, nothing is wrong with it/,
      );
      assert.doesNotMatch(found[0]?.[1] ?? '', /\n/);
      assert.deepEqual(toldOpen(analysis), all);
    });
});

/** What the grammar knows, and what could be taken for damage. */
const texts: Readonly<Record<string, string>> = {
  'brackets in texts': 'Log("{ ( ["); Log(@"c:\\{""("); Log("\\"{"); Log("");',
  'brackets in characters': `Log('{'); Log('\\''); Log('"'); Log('\\u007B');`,
  'brackets in comments': '// {\n/* ( */ Log("x"); /// [',
  'brackets in raw texts': 'Log("""{ "quoted" ( """); Log(""""a """ {"""");',
  'expressions in texts': 'Log($"{(a ? "}" : "{")} {{ {d["k"]:0.0}"); Log($@"c:\\{x}""{y}"); Log(@$"{x}");',
  'texts in texts': 'Log($"{Join($"{a}{"{"}", "}")}");',
  'expressions in raw texts': 'Log($$"""{ {{a}} "x" """); Log($"""{a} {d["k"]}""");',
  'a name like a directive': 'Log("x"); // #if {',
  'a region with an apostrophe': '\n#region what isn\'t {\nLog("x");\n#endregion\n',
  'new forms': 'int[] a = [1, .. b]; if (a is [1, .., var z]) { } var f = (int x = 1) => x; var u = "a"u8; var e = "\\e[0m";',
  'a switch, a record and patterns': 'var x = a switch { > 1 and < 5 => b with { C = 1 }, { D: not null } => c, _ => throw new E() };',
};

describe('all of it was read: silent', () => {
  for (const [name, body] of Object.entries(texts))
    test(name, () => assert.deepEqual([told(instead(body)).found, findUnbalanced(instead(body))], [[], undefined]));

  test("other code that is damaged is nobody's business", () => {
    const { found, analysis } = told(sound);
    assert.deepEqual([found, toldOpen(analysis)], [[], []]);
    const beside = analyzeCoded(sound, { 'Helper.cs': 'class Helper { void Delete( { x.Delete(); }' });
    assert.deepEqual(
      beside.problems.filter(({ rule }) => rule === 'syntax'),
      [],
    );
    assert.deepEqual(toldOpen(beside), ['robot'], 'the mail may be what it deletes');
  });
});
