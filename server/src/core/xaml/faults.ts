/** Checks the character data of an XML file: a bare `&` or `<` stops every XML reader, Studio's included. */
import type { Span } from '../text';

/** Something that is not well formed. */
export interface Fault extends Span {
  readonly message: string;
}

const validReference = /^&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);/;

/** Finds the first fault in an attribute's raw value. */
export function checkAttributeValue(text: string, start: number, end: number): Fault | undefined {
  const value = text.slice(start, end);
  const less = value.indexOf('<');
  if (less >= 0)
    return {
      start: start + less,
      end: start + less + 1,
      message: 'An attribute value holds a bare "<": write &lt;. A closing quote may be missing.',
    };
  return bareAmpersand(value, start);
}

/** Finds the first fault in the text between two tags. */
export function checkText(text: string, start: number, end: number): Fault | undefined {
  const value = text.slice(start, end);
  const less = value.indexOf('<');
  if (less >= 0) return { start: start + less, end: start + less + 1, message: 'There is a bare "<" in the text: write &lt;.' };
  return bareAmpersand(value, start);
}

function bareAmpersand(value: string, start: number): Fault | undefined {
  for (let at = value.indexOf('&'); at >= 0; at = value.indexOf('&', at + 1)) {
    if (validReference.test(value.slice(at, at + 12))) continue;
    return {
      start: start + at,
      end: start + at + 1,
      message: 'There is a bare "&": write &amp;. Only the references of XML itself are known here.',
    };
  }
  return undefined;
}
