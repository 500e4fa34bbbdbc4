/** Reads which connection an element of a workflow names, and whether it uses it. */
import type { XmlElement } from '../xaml/tree';
import { readProperty, type Value, type XamlSource } from '../xaml/values';
import type { ConnectionReference } from './model';

/** The connection that `ConnectionId` names; undefined where it names none. */
export function namedConnection(source: XamlSource, element: XmlElement): ConnectionReference | undefined {
  const id = readProperty(source, element, 'ConnectionId');
  return id.kind === 'empty' ? undefined : { text: id.text, isExpression: id.kind === 'expression' };
}

/** The same, unless the element says that it does not use it (`UseConnectionService` is False). */
export function usedConnection(source: XamlSource, element: XmlElement): ConnectionReference | undefined {
  return isLiteral(readProperty(source, element, 'UseConnectionService'), 'false') ? undefined : namedConnection(source, element);
}

/** What tells a connection from all others: one that only the run knows is what its declaration or its expression says. */
export function identityOf({ text, isExpression, key = text }: ConnectionReference): string {
  return isExpression ? `[${key}]` : text.toLowerCase();
}

/** True when a value is a literal of this text, whatever its letter case. */
export function isLiteral({ kind, text }: Value, word: string): boolean {
  return kind === 'literal' && text.toLowerCase() === word.toLowerCase();
}
