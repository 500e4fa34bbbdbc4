/** Base64 and texts out of bytes, against Node's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64, decodeBytes } from '../../server/src/core/bytes';
import { makeRandom } from '../support/random';

const texts = ['', 'a', 'ab', 'abc', '{"Scopes":["Mail.Read"]}', 'ä€😀', 'x'.repeat(20_000), `${'é'.repeat(8191)}😀`, '\u0000', 'zażółć 𝄞'];

test('base64 is decoded as Node does', () => {
  for (const text of texts) {
    const bytes = Buffer.from(text, 'utf8');
    const base64 = bytes.toString('base64');
    for (const written of [base64, base64.replaceAll('=', ''), base64.replaceAll(/(.{4})/g, '$1\r\n ')])
      assert.deepEqual(Buffer.from(decodeBase64(written) ?? []), bytes);
  }
});

test('what is no base64 is none', () => {
  for (const text of ['a-b_', 'ab=c', '====a', 'ä', '{"a":1}', 'YWJj!']) assert.equal(decodeBase64(text), undefined, text);
});

test('text is read from UTF-8 and UTF-16, with and without a byte order mark', () => {
  for (const text of texts.filter((known) => /^[\x20-\x7f]/.test(known))) {
    const [utf8, little] = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
    const big = Buffer.from(little).swap16();
    const mark = (...bytes: number[]) => Buffer.from(bytes);
    for (const bytes of [
      utf8,
      Buffer.concat([mark(0xef, 0xbb, 0xbf), utf8]),
      little,
      Buffer.concat([mark(0xff, 0xfe), little]),
      big,
      Buffer.concat([mark(0xfe, 0xff), big]),
    ])
      assert.equal(decodeBytes(bytes), text);
  }
});

test('bytes that are no text become replacement characters, as in every decoder', () => {
  const next = makeRandom(7);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let round = 0; round < 2000; round++) {
    const lead = Uint8Array.from([0x41, ...Array.from({ length: 8 }, () => Math.floor(next() * 256))]);
    // The number of replacement characters for a broken sequence differs between decoders: what is well formed does not.
    const plain = (text: string) => text.replaceAll(/\uFFFD+/g, '\uFFFD');
    if (lead[1] === 0) continue;
    assert.equal(plain(decodeBytes(lead)), plain(decoder.decode(lead)), [...lead].join());
  }
});
