/** Turns base64 into bytes and bytes into text: the core has no platform to ask. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]));

/** Decodes base64, white space left out; undefined where it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const plain = /\s/.test(text) ? text.replaceAll(/\s+/g, '') : text;
  const end = plain.endsWith('==') ? plain.length - 2 : plain.endsWith('=') ? plain.length - 1 : plain.length;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let [buffer, bits, at] = [0, 0, 0];
  for (let index = 0; index < end; index++) {
    const value = codes.get(plain.charCodeAt(index));
    if (value === undefined) return undefined;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (buffer >> bits) & 0xff;
  }
  return bytes;
}

/** Reads bytes as text: UTF-8, or UTF-16 where a byte order mark or the zero bytes of plain letters say so. */
export function decodeBytes(bytes: Uint8Array): string {
  const [first = 1, second = 1, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, 2, 0);
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, 2, 1);
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeUtf8(bytes, 3);
  if (second === 0) return decodeUtf16(bytes, 0, 0);
  return first === 0 ? decodeUtf16(bytes, 0, 1) : decodeUtf8(bytes, 0);
}

/** Code units at a time that become text: an argument list has an end. */
const chunk = 8192;

function toText(length: number, unitAt: (index: number) => number): string {
  const parts: string[] = [];
  for (let from = 0; from < length; from += chunk) {
    const units = Array.from({ length: Math.min(chunk, length - from) }, (_, index) => unitAt(from + index));
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

/** @param low 0 where the low byte of a code unit stands first, 1 where it stands second. */
function decodeUtf16(bytes: Uint8Array, start: number, low: 0 | 1): string {
  const at = (index: number) => bytes[index] ?? 0;
  return toText((bytes.length - start) >> 1, (index) => {
    const place = start + index * 2;
    return at(place + low) | (at(place + 1 - low) << 8);
  });
}

function decodeUtf8(bytes: Uint8Array, start: number): string {
  const units: number[] = [];
  for (let at = start; at < bytes.length; ) {
    const { point, length } = readPoint(bytes, at);
    if (point < 0x10000) units.push(point);
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    at += length;
  }
  return toText(units.length, (index) => units[index] ?? 0);
}

/** One character; a byte that begins none stands for the replacement character. */
function readPoint(bytes: Uint8Array, at: number): { readonly point: number; readonly length: number } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { point: lead, length: 1 };
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
  let point = lead & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const next = bytes[at + index] ?? 0;
    if (next >> 6 !== 2) return { point: 0xfffd, length: 1 };
    point = (point << 6) | (next & 0x3f);
  }
  const isShort = length === 1 || (length === 3 && point < 0x800) || (length === 4 && (point < 0x10000 || point > 0x10ffff));
  return isShort || point >> 11 === 27 ? { point: 0xfffd, length: 1 } : { point, length };
}
