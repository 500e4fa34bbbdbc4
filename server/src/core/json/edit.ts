/** Edits lists of strings in JSON, keeping layout, comments, commas and line ends as their author wrote them. */
import { createScanner } from 'jsonc-parser';
import { endOfLine, indentAt, type Span, type TextEdit } from '../text';

/**
 * Adds strings at the end of a list that is not empty.
 * @param items where the present strings stand, quotes included, in order.
 */
export function addToArray(text: string, array: Span, items: readonly Span[], values: readonly string[]): TextEdit[] {
  return insertIn(
    text,
    array,
    items,
    values.map((value) => JSON.stringify(value)),
  );
}

/**
 * Adds entries, already written as JSON, at the end of a list or object that is not empty.
 * @param items where the present entries stand, in order.
 */
export function insertIn(text: string, array: Span, items: readonly Span[], entries: readonly string[]): TextEdit[] {
  const last = items.at(-1);
  if (!last || entries.length === 0) return [];
  const comma = commaAfter(text, last.end, array.end);
  if (!/[\r\n]/.test(text.slice(array.start, last.start))) {
    return [{ start: last.end, end: last.end, text: entries.map((entry) => `, ${entry}`).join('') }];
  }
  const separator = endOfLine(text) + indentAt(text, last.start);
  const lineEnd = endOfItemLine(text, comma ? comma.end : last.end, array.end);
  const added = entries.map((entry, index) => separator + entry + (comma || index < entries.length - 1 ? ',' : '')).join('');
  if (comma || lineEnd === last.end) return [{ start: lineEnd, end: lineEnd, text: comma ? added : `,${added}` }];
  return [
    { start: last.end, end: last.end, text: ',' },
    { start: lineEnd, end: lineEnd, text: added },
  ];
}

/** Removes one string from a list, with the comma that belongs to it. A comment beside it stays, on a line of its own. */
export function removeFromArray(text: string, array: Span, item: Span, previous: Span | undefined): TextEdit[] {
  const comma = commaAfter(text, item.end, array.end);
  const end = comma ? comma.end : item.end;
  const keepsLine = skipBlanks(text, end) < array.end - 1 && /[/]/.test(text[skipBlanks(text, end)] ?? '');
  const own = placeOf(text, item, end, keepsLine);
  const before = comma || !previous ? undefined : commaAfter(text, previous.end, item.start);
  if (!before) return [own];
  if (text.slice(before.end, own.start).trim() === '' && !keepsLine) return [{ start: before.start, end: own.end, text: '' }];
  return [{ start: before.start, end: before.end, text: '' }, own];
}

/** What goes with an entry: its line where it stands alone on it, the blanks around it otherwise. */
function placeOf(text: string, item: Span, end: number, keepsLine: boolean): TextEdit {
  if (keepsLine) return { start: item.start, end: skipBlanks(text, end), text: '' };
  if (startsLine(text, item.start)) return { start: startOfLineBreak(text, item.start), end, text: '' };
  const after = skipBlanks(text, end);
  const isLineEnd = /[\r\n]/.test(text[after] ?? '');
  return isLineEnd ? { start: skipBlanksBack(text, item.start), end, text: '' } : { start: item.start, end: after, text: '' };
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

function skipBlanksBack(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
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
