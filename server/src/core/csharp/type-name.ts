/** Names of types as C# writes them, down to what tells them apart here. */
import { type CsNode, childOf, lastOf } from './node';

/** What is awaited is what comes out. */
const awaited = new Set(['Task', 'ValueTask']);

/**
 * The name of a type without namespace; undefined for `var`, and a name that nothing has for tuples and the like.
 * What a list holds stays in its name: `List<IMail>`, `IMail[]`.
 */
export function typeNameOf(text: string, node: CsNode | undefined): string | undefined {
  switch (node?.type) {
    case undefined:
    case 'implicit_type':
      return undefined;
    case 'identifier':
    case 'predefined_type':
      return text.slice(node.start, node.end);
    case 'nullable_type':
    case 'primary_constructor_base_type':
      return typeNameOf(text, node.children[0]);
    case 'array_type':
      return `${typeNameOf(text, node.children[0]) ?? ''}[]`;
    case 'qualified_name':
    case 'alias_qualified_name':
      return typeNameOf(text, childOf(node, 'name') ?? lastOf(node));
    case 'generic_name': {
      const name = typeNameOf(text, node.children[0]) ?? '';
      const [first, ...others] = node.children.find(({ type }) => type === 'type_argument_list')?.children ?? [];
      // Of a dictionary the values count.
      const held = others.length === 0 ? first : /Dictionary$/.test(name) ? others.at(-1) : undefined;
      const inner = held ? (typeNameOf(text, held) ?? '') : '';
      return awaited.has(name) ? inner : `${name}<${inner}>`;
    }
    default:
      return '?';
  }
}

/** The first type between the angle brackets of a name. */
export function firstTypeArgument(node: CsNode): CsNode | undefined {
  return node.children.find(({ type }) => type === 'type_argument_list')?.children[0];
}
