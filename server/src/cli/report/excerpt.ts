/** Shows the line a finding stands on, with a caret under the place, however long the line is. */
import { type LineStarts, maskSpans, type Position, type Span } from '../../core/text';

/** Columns of a terminal that the line may take. */
const width = 110;

/** What is read of a file to show a line of it. */
export interface ExcerptSource {
  readonly text: string;
  readonly lines: LineStarts;
  /** Where secrets stand: they are never shown. */
  readonly secrets: readonly Span[];
}

/** The line with its number, and below it the carets. Lines of real workflows reach 964,000 characters: only the place is shown. */
export function excerpt({ text, lines, secrets }: ExcerptSource, start: Position, end: Position): [string, string] {
  const from = lines[start.line] ?? 0;
  const to = lines[start.line + 1] ?? text.length;
  const line = masked(text, { start: from, end: to }, secrets).replace(/[\r\n]+$/, '');
  const last = end.line === start.line ? end.character : line.length;
  const length = Math.max(1, Math.min(last, line.length) - start.character);
  const cut = window(line, start.character, length);
  const number = `${start.line + 1} | `;
  const shown = printable(cut.text);
  const carets = ' '.repeat(cut.caret) + '^'.repeat(Math.max(1, Math.min(length, shown.length - cut.caret)));
  return [number + shown, ' '.repeat(number.length) + carets];
}

function window(line: string, at: number, length: number): { text: string; caret: number } {
  const indent = line.length - line.trimStart().length;
  const fits = Math.max(at + length, 1) - indent <= width;
  const start = fits ? Math.min(indent, at) : Math.max(0, at - 20);
  const end = Math.min(line.length, start + width);
  const before = start > indent ? '…' : '';
  const after = end < line.length ? '…' : '';
  return { text: before + line.slice(start, end) + after, caret: at - start + before.length };
}

function masked(text: string, line: Span, secrets: readonly Span[]): string {
  const inside = secrets.map(({ start, end }) => ({
    start: Math.max(start, line.start) - line.start,
    end: Math.min(end, line.end) - line.start,
  }));
  return maskSpans(
    text.slice(line.start, line.end),
    inside.filter(({ start, end }) => start < end),
  );
}

/** Keeps the columns, and keeps control characters from reaching the terminal. */
function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
