/** The XAML parser: exact offsets, recovery, caps, hostile input. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../server/src/core/limits';
import { contentText, decode, encode } from '../../server/src/core/xaml/decode';
import { parseXaml } from '../../server/src/core/xaml/parse';
import { namespaceOf, type XmlElement } from '../../server/src/core/xaml/tree';
import { makeRandom, pick } from '../support/random';

const fault = (text: string) => parseXaml(text).fault;

test('start, name, content and end stand where they are', () => {
  const text = '<a x="1"><b>text</b><c/></a>';
  const { root } = parseXaml(text);
  const part = (element: XmlElement | undefined) =>
    element && [text.slice(element.start, element.end), text.slice(element.openEnd, element.closeStart)];
  assert.deepEqual(part(root), [text, '<b>text</b><c/>']);
  assert.deepEqual(part(root?.children[0]), ['<b>text</b>', 'text']);
  assert.deepEqual(part(root?.children[1]), ['<c/>', '']);
  const attribute = root?.attributes[0];
  assert.equal(attribute && text.slice(attribute.valueStart, attribute.valueEnd), '1');
});

test('comments, CDATA and instructions are passed over', () => {
  assert.equal(fault('<?xml version="1.0"?><!-- < & --><a><![CDATA[ < & ]]><!-- x --></a><!-- end -->'), undefined);
});

test('a namespace is resolved in its scope, and its CLR parts are taken apart', () => {
  const { root } = parseXaml(
    '<a xmlns:p="clr-namespace:N.M;assembly=A.B, Version=1.0"><p:b/><c xmlns:p="clr-namespace:Other"><p:d/></c></a>',
  );
  const [b, c] = root?.children ?? [];
  assert.deepEqual(b && namespaceOf(b), { uri: 'clr-namespace:N.M;assembly=A.B, Version=1.0', clrNamespace: 'N.M', assembly: 'A.B' });
  const d = c?.children[0];
  assert.equal(d && namespaceOf(d)?.clrNamespace, 'Other');
});

const faults: readonly [string, string, number][] = [
  ['', 'empty', 0],
  ['   \n', 'empty', 0],
  ['<a>', 'never closed', 0],
  ['<a><b></a>', 'never closed', 3],
  ['<a></b></a>', 'closes nothing', 3],
  ['<a', 'cut off', 0],
  ['<a><b c="', 'cut off', 3],
  ['<a/>text', 'outside the root', 4],
  ['<a/><b/>', 'second root', 4],
  ['<a b="1" b="2"/>', 'twice', 9],
  ['<a b/>', 'no quoted value', 3],
  ['<a b=c/>', 'no quoted value', 3],
  ['<a b="x"c="y"/>', 'White space', 8],
  ['<a b="<"/>', 'bare "<"', 6],
  ['<a>1 < 2</a>', 'bare "<"', 5],
  ['<a>&nbsp;</a>', 'bare "&"', 3],
  ['<a b="&"/>', 'bare "&"', 6],
  ['<p:a/>', 'xmlns:p', 1],
  ['<a p:b="1"/>', 'xmlns:p', 3],
  ['<!DOCTYPE a><a/>', 'document type', 0],
  ['<a><!-- x', 'comment is never closed', 3],
  ['<a><![CDATA[ x', 'CDATA section is never closed', 3],
  ['just text', 'outside the root', 0],
  ['<1a/>', 'not a name', 1],
];

for (const [text, message, start] of faults) {
  test(`the first fault of ${JSON.stringify(text)} is told at ${start}`, () => {
    const found = fault(text);
    assert.ok(found?.message.includes(message), found?.message);
    assert.equal(found?.start, start);
  });
}

test('what is readable of a damaged file is there', () => {
  const { root } = parseXaml('<a><b c="1"/><d><e/></a>');
  assert.deepEqual(
    root?.children.map(({ name }) => name),
    ['b', 'd'],
  );
});

test('depth is capped, and the cap is told', () => {
  const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
  assert.equal(parseXaml(deep(limits.xamlDepth)).limit, undefined);
  const { limit, root } = parseXaml(deep(limits.xamlDepth + 1));
  assert.ok(limit?.message.includes('256') && root === undefined);
});

test('length is capped without reading the text', () => {
  const { limit } = parseXaml('x'.repeat(limits.fileLength + 1));
  assert.ok(limit?.message.includes('16 MB'));
});

test('hostile input takes time in proportion to its length', () => {
  const time = (text: string) => {
    const started = process.hrtime.bigint();
    parseXaml(text);
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  const shapes: ((size: number) => string)[] = [
    (size) => `<a ${Array.from({ length: size }, (_, i) => `b${i}="1"`).join(' ')}/>`,
    (size) => `<a>${'<b xmlns:p="u"/>'.repeat(size)}</a>`,
    (size) => `<a>${'&amp;'.repeat(size)}</a>`,
    (size) => '<a>'.repeat(size),
    (size) => `<!DOCTYPE a [${'<!ENTITY x "y">'.repeat(size)}]><a/>`,
  ];
  for (const shape of shapes) assert.ok(time(shape(50_000)) < 1500, 'within 1.5 seconds');
});

test('references are decoded once, unknown ones kept', () => {
  assert.equal(decode('&lt;&#65;&#x42;&quot;&nope;&amp;lt;'), '<AB"&nope;&lt;');
  assert.equal(decode('&#0;&#x110000;'), '&#0;&#x110000;');
  assert.equal(decode(encode('<a & "b">')), '<a & "b">');
  assert.equal(contentText('a<!-- x -->b<![CDATA[<c>]]>&amp;'), 'ab<c>&');
});

test('20,000 mutated texts: no throw, ranges inside the text', () => {
  const random = makeRandom(7);
  const seed = '<a xmlns:p="clr-namespace:N;assembly=A"><p:b c="&quot;1" d=\'2\'><!-- x --><![CDATA[y]]></p:b>text</a>';
  const bits = [
    '<',
    '>',
    '/',
    '"',
    "'",
    '&',
    '=',
    ' ',
    '!--',
    '-->',
    '<![CDATA[',
    ']]>',
    'p:',
    '\u0000',
    '\uD83D',
    'xmlns:p=""',
    '<!DOCTYPE',
    '?>',
  ];
  for (let round = 0; round < 20_000; round++) {
    let text = seed;
    for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) {
      const at = Math.floor(random() * text.length);
      text =
        random() < 0.5
          ? text.slice(0, at) + pick(random, bits) + text.slice(at)
          : text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 5));
    }
    const { root, fault: found } = parseXaml(text);
    if (found) assert.ok(found.start >= 0 && found.start <= found.end && found.end <= text.length, JSON.stringify(text));
    const check = (element: XmlElement): void => {
      assert.ok(
        element.start < element.openEnd &&
          element.openEnd <= element.closeStart &&
          element.closeStart <= element.end &&
          element.end <= text.length,
        JSON.stringify(text),
      );
      for (const child of element.children) check(child);
    };
    if (root) check(root);
  }
});
