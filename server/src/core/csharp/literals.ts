/** Reads the constants of C# that can name a connection or switch an argument. */
import type { CsNode } from './node';

/** The text of a string literal; undefined where it is none, or holds escapes that no id has. */
export function stringOf(source: string, node: CsNode): string | undefined {
  const raw = source.slice(node.start, node.end);
  switch (node.type) {
    case 'string_literal': {
      const content = /^"([^"\\]*)"$/.exec(raw)?.[1];
      return content;
    }
    case 'verbatim_string_literal':
      return /^@"([^"]*)"$/.exec(raw)?.[1];
    case 'raw_string_literal':
      return /^(?<quotes>"{3,})(?<text>[^"\r\n]*)\k<quotes>$/.exec(raw)?.groups?.text;
    default:
      return undefined;
  }
}

/** Whether a node stands for no value at all: `null`, `default`, `default(T)`, `throw`. */
export function isNothing({ type }: CsNode): boolean {
  return type === 'null_literal' || type === 'default_expression' || type === 'throw_expression';
}
