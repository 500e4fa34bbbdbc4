/** Makes the names that a C# file declares, and notes who else may put something into them. */
import type { Binding, CsFile, Located, Scope } from './model';
import { type CsNode, childOf, childrenOf, wordOf } from './node';
import { typeIn } from './usings';

/** A name that gets its value here, and nowhere else. */
export function fill(binding: Binding, value: Located): undefined {
  binding.values.push(value);
  binding.isOpen = false;
}

/** A property of a record, which whoever makes one sets. */
export function openMember(parameter: CsNode, { file }: Scope): Binding {
  const type = typeIn(file, childOf(parameter, 'type'));
  return { name: nameOf(file.text, parameter), place: placeOf(file, parameter), type, values: [], isOpen: true, isShared: true };
}

function placeOf({ path }: CsFile, { start }: CsNode): string {
  return `${path}:${start}`;
}

/** `var (a, b) = (c, d)` is two declarations; out of anything else anything may come. */
export function takeApart(pattern: CsNode, values: readonly (CsNode | undefined)[] | undefined, scope: Scope): void {
  receiveAll(pattern, scope);
  if (values?.length !== pattern.children.length) return;
  for (const [index, part] of pattern.children.entries()) {
    const binding = part.type === 'identifier' ? scope.names.get(wordOf(scope.file.text, part)) : undefined;
    const node = values[index];
    if (binding && node) fill(binding, { node, scope });
  }
}

/** Names that are taken apart out of something, which may hold anything. */
export function receiveAll(pattern: CsNode, scope: Scope): undefined {
  for (const part of pattern.children)
    if (part.type === 'identifier') receive(scope, wordOf(scope.file.text, part), undefined, part);
    else receiveAll(part, scope);
}

/** Notes the types of the parameters of a method, one list an overload. */
export function withParameters(method: Binding | undefined, node: CsNode, { file }: Scope): Binding | undefined {
  const list = childrenOf(childOf(node, 'parameters'), 'parameter');
  method?.parameters?.push(list.map((parameter) => typeIn(file, childOf(parameter, 'type'))));
  return method;
}

/** Whether what is put into a parameter goes to whoever called. */
export function isPassedBack(parameter: CsNode, text: string): boolean {
  return /^(?:(?:scoped|this)\s+)?(?:out|ref)\b/.test(text.slice(parameter.start, parameter.end).replace(/^(?:\[[^\]]*\]\s*)+/, ''));
}

/** A member that other files can set is one that anything may be in. */
export function addMember(
  scope: Scope,
  node: CsNode,
  name: string,
  type: string | undefined,
  isSettable: boolean,
  at: CsNode = node,
): Binding | undefined {
  const { owner, file } = scope;
  if (!owner) return undefined;
  const isVisible = !file.isGenerated && modifiersOf(file.text, node).some((word) => /^(public|protected|internal)$/.test(word));
  const before = owner.members.get(name);
  // Overloads of a method: any of them may be meant.
  if (before) return before;
  const isShared = isVisible || owner.isPartial;
  const place = placeOf(file, at);
  const binding = { name, place, type, values: [], isOpen: isVisible && isSettable, isShared, isFixed: !isSettable, parameters: [] };
  owner.members.set(name, binding);
  return binding;
}

type More = Pick<Binding, 'goesOut' | 'handed'>;

/** A name of a scope; one that is there already is the same. */
export function add(scope: Scope, name: string, type: string | undefined, at: CsNode, more: More = {}): Binding {
  const place = placeOf(scope.file, at);
  const binding = scope.names.get(name) ?? { name, place, type, values: [], isOpen: false, isShared: false, parameters: [], ...more };
  scope.names.set(name, binding);
  return binding;
}

/** A name that gets its value from somewhere else. */
export function receive(scope: Scope, name: string, type: string | undefined, at: CsNode, more: More = {}): undefined {
  const binding = add(scope, name, type, at, more);
  // A list may have given it its elements.
  binding.isOpen = binding.values.length === 0;
}

/** The name that a node has. */
export function nameOf(text: string, node: CsNode, field = 'name'): string {
  return wordOf(text, childOf(node, field));
}

/** Words such as `private` before a declaration. */
export function modifiersOf(text: string, node: CsNode): string[] {
  return childrenOf(node, 'modifier').map(({ start, end }) => text.slice(start, end));
}
