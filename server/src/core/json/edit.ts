/** Edits lists of strings in JSON, keeping layout, comments, commas and line ends as their author wrote them. */
import { createScanner } from 'jsonc-parser';
import { endOfLine, indentAt, type Span, type TextEdit } from '../text';

/**
 * Adds strings at the end of a list that is not empty.
 * @param items where the present strings stand, quotes included, in order.
 */
export function addToArray(text: string, array: Span, items: readonly Span[], values: readonly string[]): TextEdit[] {
  const last = items.at(-1);
  if (!last || values.length === 0) return [];
  const comma = commaAfter(text, last.end, array.end);
  const quoted = values.map((value) => JSON.stringify(value));
  if (!startsLine(text, last.start)) {
    return [{ start: last.end, end: last.end, text: quoted.map((value) => `, ${value}`).join('') }];
  }
  const separator = endOfLine(text) + indentAt(text, last.start);
  const lineEnd = endOfItemLine(text, comma ? comma.end : last.end, array.end);
  const added = quoted.map((value, index) => separator + value + (comma || index < quoted.length - 1 ? ',' : '')).join('');
  if (comma || lineEnd === last.end) return [{ start: lineEnd, end: lineEnd, text: comma ? added : `,${added}` }];
  return [
    { start: last.end, end: last.end, text: ',' },
    { start: lineEnd, end: lineEnd, text: added },
  ];
}

/** Removes one string from a list, with the comma that belongs to it. */
export function removeFromArray(text: string, array: Span, items: readonly Span[], index: number): TextEdit[] {
  const item = items[index];
  if (!item) return [];
  const own = startsLine(text, item.start) ? startOfLineBreak(text, item.start) : item.start;
  const comma = commaAfter(text, item.end, array.end);
  if (comma) return [{ start: own, end: own === item.start ? skipBlanks(text, comma.end) : comma.end, text: '' }];
  const previous = items[index - 1];
  const before = previous && commaAfter(text, previous.end, item.start);
  if (!before) return [{ start: own, end: item.end, text: '' }];
  if (text.slice(before.end, item.start).trim() === '') return [{ start: before.start, end: item.end, text: '' }];
  return [
    { start: before.start, end: before.end, text: '' },
    { start: own, end: item.end, text: '' },
  ];
}

/** The scanner's code of a comma: its enum exists for the compiler only. */
const commaToken = 5;

/** Finds the comma between two entries, comments aside. */
function commaAfter(text: string, from: number, to: number): Span | undefined {
  const scanner = createScanner(text.slice(from, to), true);
  if (scanner.scan() !== commaToken) return undefined;
  const start = from + scanner.getTokenOffset();
  return { start, end: start + 1 };
}

/** True when only white space stands before the offset on its line. */
function startsLine(text: string, offset: number): boolean {
  const breakAt = startOfLineBreak(text, offset);
  return breakAt < offset && /^[\r\n]/.test(text[breakAt] ?? '');
}

/** Walks back over white space to the line break before the offset. */
function startOfLineBreak(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  if (at > 0 && text[at - 1] === '\n') at--;
  if (at > 0 && text[at - 1] === '\r') at--;
  return at;
}

function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the line of an entry ends, its comment included; the entry's own end where more follows on the line. */
function endOfItemLine(text: string, from: number, arrayEnd: number): number {
  const comment = /^[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)[ \t]*(?=\r|\n)/.exec(text.slice(from, arrayEnd));
  return comment ? from + comment[0].length : from;
}
