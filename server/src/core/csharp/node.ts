/** The syntax tree of a C# file, as core sees it: plain data that any parser can make. */
import type { Span } from '../text';

/** A node of the tree: all that the grammar names, and the few tokens that carry meaning (`this`, `base`, `ref`, `out`). Offsets are UTF-16 code units. */
export interface CsNode extends Span {
  /** The grammar's name for it, such as `invocation_expression`; `ERROR` and `MISSING` where the text is damaged. */
  readonly type: string;
  /** What it is to its parent, such as `name`. */
  readonly field: string | undefined;
  readonly children: readonly CsNode[];
}

/** Parses a text; undefined where it nests too deep, or would take too much work. Never throws. */
export type ParseCsharp = (text: string) => CsNode | undefined;

/** The child that is something to its parent. */
export function childOf(node: CsNode | undefined, field: string): CsNode | undefined {
  return node?.children.find((child) => child.field === field);
}

/** The last child, which is the operand of most wrappers. */
export function lastOf({ children }: CsNode): CsNode | undefined {
  return children.at(-1);
}

/** The children of one kind. */
export function childrenOf(node: CsNode | undefined, type: string): readonly CsNode[] {
  return node?.children.filter((child) => child.type === type) ?? [];
}

/** The text of a name; an at sign only says that it is one. */
export function wordOf(text: string, node: Span | undefined): string {
  const word = node ? text.slice(node.start, node.end) : '';
  return /^@[\p{L}_]/u.test(word) ? word.slice(1) : word;
}

/** The text of a node on one line, cut where it grows long: how an expression is called. */
export function wordsOf(text: string, { start, end }: Span): string {
  const words = text.slice(start, Math.min(end, start + 400)).replace(/\s+/g, ' ');
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

/** Whose member is called, and which: of `a.b`, `a?.b` and `b`. */
export function partsOf(called: CsNode | undefined): { readonly holder?: CsNode | undefined; readonly member?: CsNode | undefined } {
  switch (called?.type) {
    case 'member_access_expression':
      return { holder: childOf(called, 'expression'), member: childOf(called, 'name') };
    case 'conditional_access_expression':
      return { holder: childOf(called, 'condition'), member: childOf(lastOf(called), 'name') };
    case 'identifier':
    case 'generic_name':
      return { member: called };
    default:
      return {};
  }
}
