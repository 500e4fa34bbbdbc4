/** Turns the bytes of a file into text, or says why it is none. */

/** A text and whether a byte order mark stood before it; the mark is no part of the text. */
export interface DecodedText {
  readonly text: string;
  readonly hasMark: boolean;
}

/** Characters that a binary file has among its first ones. */
const probeLength = 8192;

/**
 * Decodes UTF-8.
 * @returns the text, or the reason why the bytes are not text that Studio would write.
 */
export function decodeText(bytes: Uint8Array): DecodedText | { readonly reason: string } {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { reason: 'This file is UTF-16. Studio writes UTF-8: save it as UTF-8 to have it checked.' };
  }
  if (bytes.subarray(0, probeLength).includes(0)) return { reason: 'This file is binary, not text: it was probably renamed or damaged.' };
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(hasMark ? bytes.subarray(3) : bytes), hasMark };
  } catch {
    return { reason: 'This file is not valid UTF-8: save it as UTF-8 to have it checked.' };
  }
}
