/** Finds where a C# file could not be read: damaged, or written in a way that the grammar does not know, which is no fault of the file. */
import { explainFault } from '../conflict';
import type { Span } from '../text';
import { findUnbalanced, type Unbalanced } from './brackets';
import type { CsNode } from './node';

/** A place from which on something of a file may not have been read. */
export interface Damage extends Span {
  readonly message: string;
  /** The file itself is broken: no C# of any version looks like this. */
  readonly isCertain: boolean;
}

const consequence = 'Calls may be missing from what its connections need, so nothing of them is called unused.';

/** The first place that could not be read; undefined where all of a file was. */
export function findDamage(text: string, root: CsNode): Damage | undefined {
  const first = firstFault(root);
  if (!first) return undefined;
  const mark = explainFault(text, { ...first, message: '' });
  if (mark?.message && !isInText(root, mark.start)) return { ...mark, isCertain: true };
  const unbalanced = findUnbalanced(text);
  if (unbalanced) return { start: unbalanced.start, end: unbalanced.end, isCertain: true, message: messageOf(unbalanced, text) };
  return {
    ...onOneLine(text, first),
    isCertain: false,
    message: `Something here could not be read: this C# file is damaged, or written in a way that is not known here yet. ${consequence} If Studio compiles it, nothing is wrong with it; else mend what Studio names.`,
  };
}

function messageOf({ kind, start }: Unbalanced, text: string): string {
  switch (kind) {
    case 'open':
      return `This C# file ends before every bracket is closed: it looks cut off. ${consequence} Bring back the rest of it, or close them.`;
    case 'unopened':
      return `This ${text[start]} closes nothing: the C# file is damaged. ${consequence} Remove it, or bring back what it closed.`;
    case 'crossed':
      return `This ${text[start]} is not closed before what stands around it is: the C# file is damaged. ${consequence} Close it.`;
    case 'text':
      return `This text has no end: the C# file is damaged, or cut off. ${consequence} Close the text.`;
    case 'comment':
      return `This comment has no end: the C# file is cut off, or the end of the comment is missing. ${consequence} Close it with */.`;
  }
}

/** Where the parser stumbled first: of faults within each other the innermost, which says most about the place. */
function firstFault(node: CsNode): Span | undefined {
  for (const child of node.children) {
    const found = firstFault(child);
    if (found) return found;
  }
  return node.type === 'ERROR' || node.type === 'MISSING' ? node : undefined;
}

/** A fault that runs over many lines is shown on its first. */
function onOneLine(text: string, { start, end }: Span): Span {
  const line = text.indexOf('\n', start);
  return { start, end: Math.max(start, Math.min(end, line < 0 ? end : line)) };
}

/** Whether a place stands in a text or a comment, where it means nothing. */
function isInText({ type, start, end, children }: CsNode, place: number): boolean {
  if (place < start || place >= end) return false;
  return /string|comment/.test(type) || children.some((child) => isInText(child, place));
}
