/** Works out what expressions stand for: by their form, by what was put into their names, and by declared types. */
import { isNothing, stringOf } from './literals';
import { type Binding, type CsClass, findBinding, methodKey, nameIn, ownerOf, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, wordsOf } from './node';
import { firstTypeArgument, typeNameOf } from './type-name';
import { either, unknownReference, type Value } from './value';
import { connectionsClass, noConnections, rootInterface, type World } from './world';

/** Works out one expression; undefined where it is nothing of ours, or not known. */
export type Evaluate = (node: CsNode | undefined, scope: Scope) => Value | undefined;

/** Deeper than any chain of names that a person writes: what is beyond is not known. */
const deepest = 400;

/** Wrappers that leave a value what it is. */
const wrappers = new Set(['parenthesized_expression', 'await_expression', 'postfix_unary_expression', 'checked_expression']);

/** Makes an evaluator for the files of one project; it remembers what it worked out. */
export function createEvaluator(world: World): Evaluate {
  const known = new Map<CsNode, Value | undefined>();
  const held = new Map<Binding, Value | undefined>();
  const busy = new Set<Binding>();
  let depth = 0;

  const evaluate: Evaluate = (node, scope) => {
    if (!node || depth > deepest) return undefined;
    if (known.has(node)) return known.get(node);
    // What refers to itself is met again here, and is not known.
    known.set(node, undefined);
    depth++;
    const value = evaluateNode(node, scope);
    depth--;
    known.set(node, value);
    return value;
  };

  const words = (node: CsNode, { file }: Scope) => wordsOf(file.text, node);

  const evaluateNode = (node: CsNode, scope: Scope): Value | undefined => {
    const { text } = scope.file;
    if (wrappers.has(node.type)) return evaluate(node.children[0], scope);
    if (isNothing(node)) return { kind: 'nothing' };
    switch (node.type) {
      case 'identifier':
        return nameValue(nameIn(scope.file, node), scope, node);
      case 'this':
      case 'base': {
        const owner = ownerOf(scope);
        return owner && { kind: 'class', owner };
      }
      case 'member_access_expression':
        return memberValue(node, childOf(node, 'expression'), childOf(node, 'name'), scope);
      case 'conditional_access_expression':
        return memberValue(node, childOf(node, 'condition'), childOf(lastOf(node), 'name'), scope);
      case 'invocation_expression':
        return callValue(node, scope);
      case 'object_creation_expression':
        return madeValue(node, typeNameOf(text, childOf(node, 'type')), scope);
      case 'cast_expression':
        return evaluate(childOf(node, 'value') ?? lastOf(node), scope) ?? typedValue(typeNameOf(text, childOf(node, 'type')), node, scope);
      case 'as_expression':
        return evaluate(childOf(node, 'left'), scope) ?? typedValue(typeNameOf(text, childOf(node, 'right')), node, scope);
      case 'assignment_expression':
        return evaluate(childOf(node, 'right'), scope);
      case 'conditional_expression':
        return either([evaluate(childOf(node, 'consequence'), scope), evaluate(childOf(node, 'alternative'), scope)], words(node, scope));
      case 'switch_expression':
        return either(
          childrenOf(node, 'switch_expression_arm').map((arm) => evaluate(lastOf(arm), scope.file.scopes.get(arm) ?? scope)),
          words(node, scope),
        );
      case 'binary_expression':
        return operatorValue(node, scope);
      default: {
        const string = stringOf(text, node);
        return string === undefined ? undefined : { kind: 'text', text: string };
      }
    }
  };

  const operatorValue = (node: CsNode, scope: Scope): Value | undefined => {
    const operator = childOf(node, 'operator')?.type;
    if (operator !== '??' && operator !== '+') return undefined;
    const [left, right] = [evaluate(childOf(node, 'left'), scope), evaluate(childOf(node, 'right'), scope)];
    if (operator === '??') return either([left, right], words(node, scope));
    return left?.kind === 'text' && right?.kind === 'text' ? { kind: 'text', text: left.text + right.text } : undefined;
  };

  const nameValue = (name: string, scope: Scope, node: CsNode): Value | undefined => {
    const binding = findBinding(scope, name) ?? inherited(ownerOf(scope), name, scope);
    if (binding) return bindingValue(binding, node, scope);
    return serviceName(name, scope) ?? classValue(world.findClass(name, scope.file));
  };

  /** The two properties that every coded workflow has. */
  const serviceName = (name: string, { file }: Scope): Value | undefined => {
    if (name === 'office365') return { kind: 'root' };
    return name === 'connections' ? classValue(world.findClass(connectionsClass, file) ?? noConnections) : undefined;
  };

  const classValue = (owner: CsClass | undefined): Value | undefined => owner && { kind: 'class', owner };

  /** A member of a class or of what it derives from. */
  const inherited = (owner: CsClass | undefined, name: string, scope: Scope): Binding | undefined => {
    const seen = new Set<CsClass>();
    for (let [at, queue] = [owner, [] as CsClass[]]; at; at = queue.shift()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const found = at.members.get(name);
      if (found) return found;
      queue.push(...at.bases.flatMap((base) => world.findClass(base, scope.file) ?? []));
    }
    return undefined;
  };

  const memberValue = (node: CsNode, holder: CsNode | undefined, member: CsNode | undefined, scope: Scope): Value | undefined => {
    if (!holder || !member) return undefined;
    const name = nameIn(scope.file, member);
    const isOwn = holder.type === 'this' || holder.type === 'base';
    const value = evaluate(holder, scope);
    if (value?.kind === 'class') {
      const binding = inherited(value.owner, name, scope);
      return binding ? bindingValue(binding, node, scope) : isOwn ? serviceName(name, scope) : undefined;
    }
    if (isOwn) return serviceName(name, scope);
    // A class with its namespace before it.
    return value === undefined && /^[\w.]+$/.test(nameIn(scope.file, holder)) ? classValue(world.findClass(name, scope.file)) : undefined;
  };

  const bindingValue = (binding: Binding, node: CsNode, scope: Scope): Value | undefined => {
    // What is put into a name out of itself adds nothing.
    if (busy.has(binding)) return { kind: 'nothing' };
    if (!held.has(binding)) {
      busy.add(binding);
      const values: (Value | undefined)[] = binding.values.map((place) =>
        place.node.type === 'implicit_object_creation_expression'
          ? madeValue(place.node, binding.type, place.scope)
          : evaluate(place.node, place.scope),
      );
      busy.delete(binding);
      held.set(binding, either(binding.isOpen ? [...values, undefined] : values, binding.name));
    }
    return held.get(binding) ?? typedValue(binding.type, node, scope);
  };

  /** All that is known of it is its type. */
  const typedValue = (type: string | undefined, node: CsNode, scope: Scope): Value | undefined => {
    if (type === undefined) return undefined;
    const service = world.interfaces.get(type);
    if (type === rootInterface) return { kind: 'root' };
    if (service !== undefined) return { kind: 'service', service, reference: unknownReference(words(node, scope)) };
    if (world.connections.has(type)) return { kind: 'connection', reference: unknownReference(words(node, scope)) };
    return classValue(world.findClass(type, scope.file));
  };

  const madeValue = (node: CsNode, type: string | undefined, scope: Scope): Value | undefined => {
    if (type === undefined || !world.connections.has(type))
      return classValue(type === undefined ? undefined : world.findClass(type, scope.file));
    const id = evaluate(argument(node, 'connectionId', scope), scope);
    const isKnown = id?.kind === 'text' && id.text.trim() !== '';
    return {
      kind: 'connection',
      reference: isKnown ? { text: id.text.trim(), isExpression: false } : unknownReference(words(node, scope)),
    };
  };

  /** The argument of a name, else the first one. */
  const argument = (call: CsNode, name: string, scope: Scope): CsNode | undefined => {
    const list = childrenOf(
      call.children.find(({ type }) => type === 'argument_list'),
      'argument',
    );
    const named = list.find((one) => nameIn(scope.file, childOf(one, 'name')) === name);
    const chosen = named ?? list.find((one) => !childOf(one, 'name'));
    return chosen && lastOf(chosen);
  };

  const callValue = (node: CsNode, scope: Scope): Value | undefined => {
    const called = childOf(node, 'function');
    const { holder, member } = partsOf(called);
    if (!member) return undefined;
    if (member.type === 'generic_name' && typeNameOf(scope.file.text, firstTypeArgument(member)) === rootInterface) return { kind: 'root' };
    const name = nameIn(scope.file, member);
    if (!holder) {
      const binding = findBinding(scope, methodKey(name)) ?? inherited(ownerOf(scope), methodKey(name), scope);
      return binding && bindingValue(binding, node, scope);
    }
    const value = evaluate(holder, scope);
    if (value?.kind === 'root') {
      const wanted = world.services.get(name);
      if (wanted === undefined) return undefined;
      const given = argument(node, 'connection', scope);
      const isImplicit = given?.type === 'implicit_object_creation_expression';
      const connection = isImplicit ? madeValue(given, wanted, scope) : evaluate(given, scope);
      const reference = connection?.kind === 'connection' ? connection.reference : unknownReference(words(given ?? node, scope));
      return { kind: 'service', service: name, reference };
    }
    const binding = value?.kind === 'class' ? inherited(value.owner, methodKey(name), scope) : undefined;
    return binding && bindingValue(binding, node, scope);
  };

  return evaluate;
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
