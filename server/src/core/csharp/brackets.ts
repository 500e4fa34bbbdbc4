/** Finds the bracket, text or comment that no C# of any version leaves open: it needs no grammar, so it is certain where a grammar is not. */
import type { Span } from '../text';

/** What is wrong with a bracket, a text or a comment, and where. */
export interface Unbalanced extends Span {
  readonly kind: 'open' | 'unopened' | 'crossed' | 'text' | 'comment';
}

/** A text with expressions in it, such as `$"{x}"`, while one of those is read. */
interface Hole {
  readonly quotes: number;
  /** How many braces open and close an expression of it. */
  readonly braces: number;
  readonly isVerbatim: boolean;
}

interface Opened {
  readonly start: number;
  readonly closing: string;
  readonly hole?: Hole;
}

const closings: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const character = /'(?:[^'\\\n]|\\[^\n]{1,9}?)'/y;
const directive = /[ \t]*#[ \t]*(\w*)[^\n]*/y;
const branch = /^(?:if|elif|else|endif)$/;

/** The first of them; undefined where everything is closed, or where it cannot be told. */
export function findUnbalanced(text: string): Unbalanced | undefined {
  const open: Opened[] = [];
  let isLineStart = true;
  for (let at = 0; at < text.length; ) {
    if (isLineStart) {
      directive.lastIndex = at;
      const found = directive.exec(text);
      // Which of two halves counts is decided when it is built.
      if (found && branch.test(found[1] ?? '')) return undefined;
      if (found) at = directive.lastIndex;
    }
    const sign = text[at] ?? '';
    isLineStart = sign === '\n';
    if (text.startsWith('//', at)) at = endOr(text, text.indexOf('\n', at));
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return { kind: 'comment', start: at, end: at + 2 };
      at = end + 2;
    } else if (sign === "'") {
      character.lastIndex = at;
      if (!character.test(text)) return undefined;
      at = character.lastIndex;
    } else if (sign === '"') {
      const end = readText(text, at + quotesAt(text, at), openedText(text, at), open);
      if (end === undefined) return { kind: 'text', start: at, end: endOr(text, text.indexOf('\n', at)) };
      at = end;
    } else if (closings[sign] !== undefined) {
      open.push({ start: at, closing: closings[sign] });
      at++;
    } else if (/[)\]}]/.test(sign)) {
      if (!open.some(({ closing }) => closing === sign)) return { kind: 'unopened', start: at, end: at + 1 };
      const last = open.pop() as Opened;
      if (last.closing !== sign) return { kind: 'crossed', start: last.start, end: last.start + 1 };
      const end = last.hole ? readText(text, at + last.hole.braces, last.hole, open) : at + 1;
      if (end === undefined) return { kind: 'text', start: last.start, end: last.start + 1 };
      at = end;
    } else at++;
  }
  const end = text.trimEnd().length;
  return open.length > 0 ? { kind: 'open', start: Math.max(0, end - 1), end } : undefined;
}

function endOr(text: string, found: number): number {
  return found < 0 ? text.length : found;
}

/** How many quotes open a text: one, or three and more for a raw one. */
function quotesAt(text: string, at: number): number {
  const count = runOf(text, at, '"');
  return count < 3 || /@\$?$/.test(text.slice(Math.max(0, at - 2), at)) ? 1 : count;
}

function runOf(text: string, at: number, sign: string): number {
  let end = at;
  while (text[end] === sign) end++;
  return end - at;
}

function openedText(text: string, at: number): Hole {
  const prefix = /[$@]*$/.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  return { quotes: quotesAt(text, at), braces: prefix.split('$').length - 1, isVerbatim: prefix.includes('@') };
}

/** Reads on in a text; gives where it ends, or where an expression in it begins, which is noted as open; undefined where it ends nowhere. */
function readText(text: string, from: number, hole: Hole, open: Opened[]): number | undefined {
  const { quotes, braces, isVerbatim } = hole;
  const isRaw = quotes > 1;
  for (let at = from; at < text.length; ) {
    const sign = text[at];
    if (sign === '"') {
      const run = runOf(text, at, '"');
      if (isVerbatim && run > 1) at += 2;
      else if (run >= quotes) return at + (isRaw ? run : 1);
      else at += run;
    } else if (sign === '{' && braces > 0) {
      const run = runOf(text, at, '{');
      const isHole = isRaw ? run >= braces : run % 2 === 1;
      at += run;
      if (!isHole) continue;
      open.push({ start: at - 1, closing: '}', hole });
      return at;
    } else if (sign === '\\' && !isRaw && !isVerbatim) at += 2;
    else if (sign === '\n' && !isRaw && !isVerbatim) return undefined;
    else at++;
  }
  return undefined;
}
