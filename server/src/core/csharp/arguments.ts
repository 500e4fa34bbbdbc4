/** Reads the arguments of a call that switch what it needs, by name, by place, or on a request that is built for it. */
import type { CodedWhen } from '../catalog/coded';
import type { Value } from '../xaml/values';
import type { Evaluate } from './evaluate';
import { isNothing } from './literals';
import { findBinding, nameIn, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, partsOf, wordsOf } from './node';

/** A call, with the names around it. */
export interface CallSource {
  /** Undefined: only the method's name is handed on, and no argument is known. */
  readonly call: CsNode | undefined;
  readonly scope: Scope;
  readonly evaluate: Evaluate;
}

const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };

/** What an argument holds that a condition asks for. */
export function argumentValue(source: CallSource, when: CodedWhen): Value {
  const { call, scope } = source;
  const given = childrenOf(childOf(call, 'arguments'), 'argument');
  const nameOf = (argument: CsNode) => nameIn(scope.file, childOf(argument, 'name'));
  const named = given.find((argument) => nameOf(argument) === when.argument);
  if (!named && when.position === undefined && given.some((argument) => nameOf(argument) === '' && isTrue(source, lastOf(argument))))
    return { ...nothing, kind: 'expression', text: when.argument };
  const placed = when.position === undefined ? undefined : given[when.position];
  const argument = named ?? (placed && nameOf(placed) === '' ? placed : undefined);
  if (argument) return toValue(source, lastOf(argument));
  const { request } = when;
  // The overload with a request takes nothing after it.
  if (!request || given.length !== request.position + 1) return nothing;
  return requestValue(source, lastOf(given[request.position] as CsNode), request.method) ?? nothing;
}

/** Nobody wrote down which argument it is: any that is true may be it. */
function isTrue({ scope }: CallSource, node: CsNode | undefined): boolean {
  if (node?.type === 'boolean_literal') return nameIn(scope.file, node) === 'true';
  return node?.type === 'identifier' && typeOf(node, scope) === 'bool';
}

/**
 * What a call is about, where a condition asks for a text in it, such as the address of a SharePoint site: the argument that holds the text,
 * else one that only the run knows.
 */
export function targetValue(source: CallSource, text: string): Value {
  const { holder: object } = partsOf(childOf(source.call, 'function'));
  const isObject = source.evaluate(object, source.scope)?.kind === 'object';
  const nodes = childrenOf(childOf(source.call, 'arguments'), 'argument').map(lastOf);
  const given = (isObject ? [...nodes, object] : nodes).map((node) => toValue(source, node));
  const holder = given.find((value) => value.text.toLowerCase().includes(text.toLowerCase()));
  // A call around the literal, such as GetFolder("https://…"), is about the same place.
  if (holder) return { ...holder, kind: 'literal' };
  return given.find(({ kind }) => kind === 'expression') ?? nothing;
}

function toValue({ scope, evaluate }: CallSource, node: CsNode | undefined): Value {
  if (!node || isNothing(node)) return nothing;
  const { start, end } = node;
  const value = evaluate(node, scope);
  if (value?.kind === 'nothing') return nothing;
  if (value?.kind === 'text') return { kind: value.text === '' ? 'empty' : 'literal', text: value.text, start, end };
  const kind = node.type === 'boolean_literal' ? 'literal' : 'expression';
  return { kind, text: wordsOf(scope.file.text, node), start, end };
}

/** What a method set on a request; undefined where what stands here is no request, or the method was not called on it. */
function requestValue(source: CallSource, node: CsNode | undefined, method: string, hops = 0): Value | undefined {
  const { scope } = source;
  const isMentioned = scope.file.text.includes(method);
  let at = node;
  while (at?.type === 'invocation_expression') {
    const { holder, member } = partsOf(childOf(at, 'function'));
    if (nameIn(scope.file, member) === method) {
      const [first] = childrenOf(childOf(at, 'arguments'), 'argument');
      return first ? toValue(source, lastOf(first)) : { kind: 'literal', text: 'true', start: at.start, end: at.end };
    }
    at = holder;
  }
  if (!at || at.type === 'object_creation_expression') return undefined;
  const maybe: Value = { kind: 'expression', text: wordsOf(scope.file.text, at), start: at.start, end: at.end };
  const binding = at.type === 'identifier' ? findBinding(scope, nameIn(scope.file, at)) : undefined;
  const [only, ...others] = binding?.values ?? [];
  const isRequest = binding?.type?.endsWith('Request') === true;
  if (!binding || binding.isOpen || !only || others.length > 0 || hops > 8)
    return isRequest || (isMentioned && !isText(source, at)) ? maybe : undefined;
  const set = requestValue({ ...source, scope: only.scope }, only.node, method, hops + 1);
  // It may be set in a statement of its own, later.
  return set ?? (isMentioned && !isText({ ...source, scope: only.scope }, only.node) ? maybe : undefined);
}

function isText({ scope, evaluate }: CallSource, node: CsNode): boolean {
  return (
    /string/.test(node.type) || evaluate(node, scope)?.kind === 'text' || (node.type === 'identifier' && typeOf(node, scope) === 'string')
  );
}

function typeOf(node: CsNode, scope: Scope): string | undefined {
  return findBinding(scope, nameIn(scope.file, node))?.type;
}
