/** JSON: parsing, and edits that leave everything else as it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToArray, removeFromArray } from '../../server/src/core/json/edit';
import { itemsOf, parseJson, propertiesOf, propertyOf, spanOf, toData } from '../../server/src/core/json/parse';
import { applyEdits } from '../../server/src/core/text';

function listOf(text: string) {
  const { root } = parseJson(text);
  if (!root) throw new Error('no list');
  return { array: spanOf(root), items: itemsOf(root).map(spanOf) };
}

const add = (text: string, ...values: string[]) => applyEdits(text, addToArray(text, listOf(text).array, listOf(text).items, values));
const remove = (text: string, index: number) => {
  const { array, items } = listOf(text);
  const item = items[index];
  if (!item) throw new Error('no item');
  return applyEdits(text, removeFromArray(text, array, item, items[index - 1]));
};

const additions: readonly [string, string][] = [
  ['["a"]', '["a", "x"]'],
  ['["a", ]', '["a", "x", ]'],
  ['[\n  "a"\n]', '[\n  "a",\n  "x"\n]'],
  ['[\n  "a",\n]', '[\n  "a",\n  "x",\n]'],
  ['[\r\n\t"a"\r\n]', '[\r\n\t"a",\r\n\t"x"\r\n]'],
  ['[\n  "a" // why\n]', '[\n  "a", // why\n  "x"\n]'],
  ['[\n  "a", // why\n]', '[\n  "a", // why\n  "x",\n]'],
  ['[\n  "a" /* why */\n]', '[\n  "a", /* why */\n  "x"\n]'],
  ['[\n  "a"]', '[\n  "a",\n  "x"]'],
  ['[\n  /* old */ "a"\n]', '[\n  /* old */ "a",\n  "x"\n]'],
];

for (const [before, after] of additions) test(`adding to ${JSON.stringify(before)}`, () => assert.equal(add(before, 'x'), after));

test('several values are added in order', () => assert.equal(add('[\n  "a"\n]', 'x', 'y'), '[\n  "a",\n  "x",\n  "y"\n]'));

const removals: readonly [string, number, string][] = [
  ['["a", "b"]', 0, '["b"]'],
  ['["a", "b"]', 1, '["a"]'],
  ['["a"]', 0, '[]'],
  ['["a", ]', 0, '[]'],
  ['["a", "b", ]', 1, '["a", ]'],
  ['[\n  "a",\n  "b",\n  "c"\n]', 1, '[\n  "a",\n  "c"\n]'],
  ['[\n  "a",\n  "b"\n]', 1, '[\n  "a"\n]'],
  ['[\n  "a", // first\n  "b"\n]', 1, '[\n  "a" // first\n]'],
  ['[\n  "a", // first\n  "b", // second\n  "c"\n]', 1, '[\n  "a", // first\n  // second\n  "c"\n]'],
  ['[\n  "a",\n  "b" // last\n]', 1, '[\n  "a"\n  // last\n]'],
  ['[\n  /* old */ "a"\n]', 0, '[\n  /* old */\n]'],
  ['[\n  "b",\n  /* old */ "a"\n]', 1, '[\n  "b"\n  /* old */\n]'],
  ['[ "a" ]', 0, '[ ]'],
  ['[\r\n  "a",\r\n  "b"\r\n]', 0, '[\r\n  "b"\r\n]'],
];

for (const [before, index, after] of removals)
  test(`removing ${index} of ${JSON.stringify(before)}`, () => assert.equal(remove(before, index), after));

test('comments and trailing commas are well formed, and the first fault is told at its place', () => {
  assert.equal(parseJson('{ "a": [1, 2,], // x\n }').fault, undefined);
  const { fault } = parseJson('{ "a": 1 "b": 2 }');
  assert.deepEqual([fault?.start, fault?.message.includes('comma')], [9, true]);
  assert.ok(parseJson('').fault?.message.includes('empty'));
});

test('depth is capped before the parser recurses', () => {
  assert.ok(parseJson('['.repeat(100_000)).limit?.message.includes('256'));
  assert.equal(parseJson(`${'['.repeat(256)}${']'.repeat(256)}`).limit, undefined);
  assert.equal(parseJson(`{"a": "${'['.repeat(1000)}"} // ${'{'.repeat(1000)}`).limit, undefined);
});

test('keys such as __proto__ are data and nothing else', () => {
  const { root } = parseJson('{ "__proto__": { "polluted": 1 }, "constructor": 2 }');
  const data = root && (toData(root) as Record<string, unknown>);
  assert.deepEqual(data && Object.keys(data), ['__proto__', 'constructor']);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.equal((data as { polluted?: unknown }).polluted, undefined);
  assert.equal(propertiesOf(root).length, 2);
  assert.equal(propertyOf(root, 'hasOwnProperty'), undefined);
});
