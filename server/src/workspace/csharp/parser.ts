/** Parses C# with tree-sitter: a bundle of its own, loaded when the first coded workflow is met. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { CsNode, ParseCsharp } from '../../core/csharp/node';
import { limits } from '../../core/limits';

/** Tokens without a name of their own that carry meaning. */
const tokens = new Set(['this', 'base', 'ref', 'out']);

/** What says nothing of what a workflow calls. */
const passedOver = new Set(['comment', 'using_directive', 'attribute_list', 'string_literal_content', 'raw_string_content']);

export interface LoadedParser {
  readonly parse: ParseCsharp;
  /** The parser broke down, and has to be loaded anew. */
  readonly isBroken: () => boolean;
}

/** Loads the parser; its files lie in `folder`. */
export async function load(folder: string): Promise<LoadedParser> {
  const [runtime, grammar] = await Promise.all(['tree-sitter.wasm', 'c-sharp.wasm'].map((name) => readFile(join(folder, name))));
  await Parser.init({ wasmBinary: runtime as Uint8Array<ArrayBuffer>, printErr: () => undefined });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar as Uint8Array));
  let isBroken = false;
  return {
    isBroken: () => isBroken,
    parse: (text) => {
      if (isBroken || nestsTooDeep(text)) return undefined;
      try {
        const tree = parseWithin(parser, text);
        try {
          return tree ? toNode(tree) : undefined;
        } finally {
          tree?.delete();
        }
      } catch {
        // It ran out of memory: nothing of it can be trusted any more.
        isBroken = true;
        return undefined;
      }
    },
  };
}

/** Type arguments in type arguments cost memory that grows with the square of their depth: such a text is refused by its look. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 60) depth++;
    else if (code === 62) depth = Math.max(0, depth - 1);
    else if (code === 59 || code === 123 || code === 125) depth = 0;
    if (depth > limits.codedDepth) return true;
  }
  return false;
}

/** Ordinary code takes one step, of a hundred operations, for every forty characters; ten times as many are granted. Counted, not timed: the answer is the same on every machine. */
function parseWithin(parser: Parser, text: string): Tree | null {
  let left = 10_000 + text.length / 4;
  const tree = parser.parse(text, null, { progressCallback: () => --left < 0 });
  if (!tree) parser.reset();
  return tree;
}

interface Open {
  readonly type: string;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: CsNode[];
}

/** Turns the tree into plain data, so that nothing of the parser outlives the call; undefined where it is too deep. */
function toNode(tree: Tree): CsNode | undefined {
  const cursor = tree.walk();
  try {
    const stack: Open[] = [open(cursor)];
    for (let isUp = false; ; ) {
      const top = stack.at(-1) as Open;
      if (!isUp && !passedOver.has(top.type) && cursor.gotoFirstChild()) {
        stack.push(open(cursor));
        if (stack.length > limits.codedDepth) return undefined;
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (!parent) return top;
      if (isKept(cursor, top)) parent.children.push(top);
      isUp = !cursor.gotoNextSibling();
      if (isUp) cursor.gotoParent();
      else stack.push(open(cursor));
    }
  } finally {
    cursor.delete();
  }
}

function open(cursor: TreeCursor): Open {
  const name = cursor.nodeIsMissing ? 'MISSING' : cursor.nodeType;
  // What is passed over may be where the damage is.
  const type = passedOver.has(name) && cursor.currentNode.hasError ? 'ERROR' : name;
  return { type, field: cursor.currentFieldName ?? undefined, start: cursor.startIndex, end: cursor.endIndex, children: [] };
}

function isKept(cursor: TreeCursor, { type, field }: Open): boolean {
  if (passedOver.has(type)) return false;
  return cursor.nodeIsNamed || cursor.nodeIsMissing || field !== undefined || tokens.has(type);
}
