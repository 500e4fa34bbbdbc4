/** Offsets, positions and edits of one text: everything above core speaks through these. */

/** A stretch of text: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A zero-based line and a zero-based character in UTF-16 code units, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A replacement of `start`..`end` by `text`; an insertion where both are equal. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Where each line of a text starts; a line ends with `\n`, `\r\n` or `\r`. */
export type LineStarts = readonly number[];

/**
 * Finds where the lines of `text` start.
 * @returns offsets in UTF-16 code units, the first one 0.
 */
export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    starts.push(i + 1);
  }
  return starts;
}

/**
 * Turns an offset into a position.
 * @param offset UTF-16 code units from the start of the text; one past the end is allowed.
 */
export function positionAt(starts: LineStarts, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

/** Turns a position into an offset, held inside the text. */
export function offsetAt(starts: LineStarts, length: number, position: Position): number {
  const start = starts[position.line];
  if (start === undefined) return length;
  const next = starts[position.line + 1] ?? length;
  return Math.min(start + position.character, next);
}

/** True when the two spans share a character, or when both insert at the same place. */
export function collide(a: Span, b: Span): boolean {
  if (a.start === b.start) return true;
  return a.start < b.end && b.start < a.end;
}

/**
 * Applies edits that do not overlap.
 * @param edits in any order; those at one place apply in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Blacks out stretches of a text; its length stays. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  return applyEdits(
    text,
    spans.map(({ start, end }) => ({ start, end, text: '•'.repeat(end - start) })),
  );
}

/** The line end that a text uses: that of its first line, `\n` where it has but one line. */
export function endOfLine(text: string): string {
  const at = text.search(/\r|\n/);
  if (at < 0) return '\n';
  if (text[at] === '\n') return '\n';
  return text[at + 1] === '\n' ? '\r\n' : '\r';
}

/** The white space a line starts with, for the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  let end = start;
  while (end < offset && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(start, end);
}
