/** Positions, edits and line ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, collide, endOfLine, indentAt, lineStarts, offsetAt, positionAt } from '../../server/src/core/text';

test('lines end with LF, CRLF or CR', () => assert.deepEqual(lineStarts('a\nb\r\nc\rd'), [0, 2, 5, 7]));

test('positions and offsets are each other’s inverse, in UTF-16 units', () => {
  const text = 'ab\r\n📧x\n';
  const lines = lineStarts(text);
  for (let offset = 0; offset <= text.length; offset++) assert.equal(offsetAt(lines, text.length, positionAt(lines, offset)), offset);
  assert.deepEqual(positionAt(lines, text.indexOf('x')), { line: 1, character: 2 });
});

test('a position outside the text is held inside it', () => {
  assert.equal(offsetAt([0, 3], 5, { line: 9, character: 0 }), 5);
  assert.equal(offsetAt([0, 3], 5, { line: 1, character: 99 }), 5);
});

test('edits apply in any order, insertions at one place in theirs', () => {
  assert.equal(
    applyEdits('abcd', [
      { start: 3, end: 4, text: 'X' },
      { start: 0, end: 1, text: '' },
    ]),
    'bcX',
  );
  assert.equal(
    applyEdits('ab', [
      { start: 1, end: 1, text: '1' },
      { start: 1, end: 1, text: '2' },
    ]),
    'a12b',
  );
});

test('edits collide when they share a character or a place', () => {
  assert.ok(collide({ start: 1, end: 1 }, { start: 1, end: 1 }));
  assert.ok(collide({ start: 0, end: 3 }, { start: 2, end: 5 }));
  assert.ok(!collide({ start: 0, end: 2 }, { start: 2, end: 5 }));
});

test('line end and indentation are those of the text', () => {
  assert.deepEqual(['x', 'a\nb', 'a\r\nb', 'a\rb'].map(endOfLine), ['\n', '\n', '\r\n', '\r']);
  assert.equal(indentAt('a\n\t  b', 5), '\t  ');
});
