/** Works out what lists hold of the service, and what is taken out of them. */
import type { Evaluate } from './evaluate';
import { isDictionary, listMethod, writtenElements } from './lists';
import type { Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf } from './node';
import { elementOf, type Value } from './value';

/** What an expression gives that gives any of several values. */
export type Either = (values: readonly (Value | undefined)[], node: CsNode, scope: Scope) => Value | undefined;

/** A list of something; undefined where it is a list of nothing of ours. */
export function manyOf(of: Value | undefined): Value | undefined {
  return of && { kind: 'many', of };
}

/** A list, or a dictionary, by the name of its type. */
export function listOf(of: Value | undefined, type: string): Value | undefined {
  return of && { kind: 'many', of, ...(isDictionary(type) ? { isKeyed: true } : {}) };
}

/** `list[0]` is one of it, `list[1..]` is more of the same. */
export function itemValue(list: Value | undefined, index: CsNode | undefined): Value | undefined {
  return index?.children.some(({ children }) => children.some(({ type }) => type === 'range_expression'))
    ? list
    : list?.kind === 'many'
      ? list.of
      : undefined;
}

/** A list whose elements are written down. */
export function writtenValue(node: CsNode, scope: Scope, evaluate: Evaluate, either: Either): Value | undefined {
  const values = writtenElements(node).map((written) => {
    const value = evaluate(written.node, scope);
    return written.isSpread ? elementOf(value) : value;
  });
  return values.length === 0 ? undefined : manyOf(either(values, node, scope));
}

interface ListCall {
  readonly name: string;
  readonly call: CsNode;
  readonly scope: Scope;
  readonly evaluate: Evaluate;
  /** The type between its angle brackets, where it is one of ours: `OfType<IFile>()`. */
  readonly type: string | undefined;
}

/** What a method of a list gives, such as `First()` or `Where(…)`. */
export function fromList(list: Value & { kind: 'many' }, { name, call, scope, evaluate, type }: ListCall): Value | undefined {
  if (list.isKeyed) return name === 'GetValueOrDefault' ? list.of : undefined;
  const way = listMethod(name);
  if (way === 'one') return list.of;
  if (way === 'same') return type !== undefined && list.of.kind === 'object' ? manyOf({ ...list.of, type }) : list;
  const [first] = childrenOf(childOf(call, 'arguments'), 'argument');
  const made = first && lastOf(first);
  if (way === undefined || made?.type !== 'lambda_expression') return undefined;
  const value = resultOf(made, scope, evaluate);
  return way === 'each' ? manyOf(value) : value?.kind === 'many' ? value : undefined;
}

/** Whether a call gives, sooner or later, what it is given or what a function gives. */
export function isTask(name: string, holder: string): boolean {
  return (name === 'Run' || name === 'FromResult') && /(?:^|\.)(?:Value)?Task$/.test(holder);
}

/** What a function gives that is written down in one expression; any other expression gives itself. */
export function resultOf(node: CsNode | undefined, scope: Scope, evaluate: Evaluate): Value | undefined {
  if (node?.type !== 'lambda_expression') return evaluate(node, scope);
  const body = childOf(node, 'body');
  return body?.type === 'block' ? undefined : evaluate(body, scope.file.scopes.get(node) ?? scope);
}
