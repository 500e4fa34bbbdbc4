/** Turns base64 into bytes and bytes into text, with what Node and browsers both have: the core's own types know the language alone. */

declare function atob(text: string): string;
declare const TextDecoder: new (
  encoding: 'utf-8' | 'utf-16le',
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

/** Decodes base64, white space left out; undefined where it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    const decoded = atob(text);
    return Uint8Array.from({ length: decoded.length }, (_, index) => decoded.charCodeAt(index));
  } catch {
    return undefined;
  }
}

/** Reads bytes as text: UTF-8, or UTF-16 where a byte order mark or the zero bytes of plain letters say so. */
export function decodeBytes(bytes: Uint8Array): string {
  const [first = 1, second = 1, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes.subarray(2));
  if (first === 0xfe && second === 0xff) return decodeUtf16(swapped(bytes.subarray(2)));
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeUtf8(bytes.subarray(3));
  if (second === 0) return decodeUtf16(bytes);
  return first === 0 ? decodeUtf16(swapped(bytes)) : decodeUtf8(bytes);
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Half a code unit at the end is no text. */
function decodeUtf16(bytes: Uint8Array): string {
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes.subarray(0, bytes.length & ~1));
}

/** Not every build of Node knows the other order of bytes. */
function swapped(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, index) => bytes[index ^ 1] ?? 0);
}
