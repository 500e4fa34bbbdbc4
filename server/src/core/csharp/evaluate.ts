/** Works out what expressions stand for: by their form, by what was put into their names, and by declared types. */
import { keyOf } from './expression-key';
import { handedType } from './handed-out';
import { type Either, fromList, isTask, itemValue, manyOf, resultOf, writtenValue } from './list-values';
import { isNothing, stringOf } from './literals';
import { type Binding, type CsClass, givenAs, methodKey, nameIn, ownerOf, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, partsOf, wordsOf } from './node';
import { resolveMember, resolveName } from './resolve';
import { firstTypeArgument } from './type-name';
import { classValue, createTyped, type UnknownAt } from './typed';
import { typeIn } from './usings';
import { either as eitherOf, elementOf, unknownReference, type Value } from './value';
import { connectionsClass, factoryOf, noConnections, rootInterface, type World } from './world';

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

  const unknownAt: UnknownAt = (node, scope, declaration) =>
    unknownReference(wordsOf(scope.file.text, node), declaration?.place ?? keyOf(node, scope, world));

  const either: Either = (values, node, scope) => eitherOf(values, () => unknownAt(node, scope));

  const { madeValue, narrowed, returned, typedValue } = createTyped({ world, evaluate, either, unknownAt });

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
        return lastOf(node)?.type === 'element_binding_expression'
          ? itemValue(evaluate(childOf(node, 'condition'), scope), lastOf(node))
          : memberValue(node, childOf(node, 'condition'), childOf(lastOf(node), 'name'), scope);
      case 'element_access_expression':
        return itemValue(evaluate(childOf(node, 'expression'), scope), childOf(node, 'subscript'));
      case 'query_expression':
        return manyOf(evaluate(lastOf(node)?.type === 'select_clause' ? lastOf(lastOf(node) as CsNode) : undefined, scope));
      case 'array_creation_expression':
      case 'implicit_array_creation_expression':
      case 'initializer_expression':
      case 'collection_expression':
        return writtenValue(node, scope, evaluate, either) ?? typedValue(typeIn(scope.file, childOf(node, 'type')), node, scope);
      case 'invocation_expression':
        return callValue(node, scope);
      case 'object_creation_expression':
        return madeValue(node, typeIn(scope.file, childOf(node, 'type')), scope);
      case 'cast_expression':
        return (
          narrowed(evaluate(childOf(node, 'value') ?? lastOf(node), scope), typeIn(scope.file, childOf(node, 'type'))) ??
          typedValue(typeIn(scope.file, childOf(node, 'type')), node, scope)
        );
      case 'as_expression':
        return (
          narrowed(evaluate(childOf(node, 'left'), scope), typeIn(scope.file, childOf(node, 'right'))) ??
          typedValue(typeIn(scope.file, childOf(node, 'right')), node, scope)
        );
      case 'assignment_expression':
        return evaluate(childOf(node, 'right'), scope);
      case 'conditional_expression':
        return either([evaluate(childOf(node, 'consequence'), scope), evaluate(childOf(node, 'alternative'), scope)], node, scope);
      case 'switch_expression':
        return either(
          childrenOf(node, 'switch_expression_arm').map((arm) => evaluate(lastOf(arm), scope.file.scopes.get(arm) ?? scope)),
          node,
          scope,
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
    if (operator === '??') return either([left, right], node, scope);
    return left?.kind === 'text' && right?.kind === 'text' ? { kind: 'text', text: left.text + right.text } : undefined;
  };

  const nameValue = (name: string, scope: Scope, node: CsNode): Value | undefined => {
    const binding = resolveName(scope, name, world);
    if (binding) return bindingValue(binding, node, scope);
    return serviceName(name, scope) ?? classValue(world.findClass(scope.file.usings.aliases.get(name) ?? name, scope.file));
  };

  /** The two properties that every coded workflow has. */
  const serviceName = (name: string, { file }: Scope): Value | undefined => {
    if (name === 'office365') return { kind: 'root' };
    return name === 'connections' ? classValue(world.findClass(connectionsClass, file) ?? noConnections) : undefined;
  };

  const factoryClass = (name: string, { file }: Scope): CsClass | undefined =>
    world.findClass(name, file) ?? (world.bound.has(name) ? { ...noConnections, name } : undefined);

  const memberValue = (node: CsNode, holder: CsNode | undefined, member: CsNode | undefined, scope: Scope): Value | undefined => {
    if (!holder || !member) return undefined;
    const name = nameIn(scope.file, member);
    const isOwn = holder.type === 'this' || holder.type === 'base';
    const value = evaluate(holder, scope);
    if (value?.kind === 'class') {
      const binding = resolveMember(value.owner, name, scope.file, world);
      const found = binding && bindingValue(binding, node, scope);
      if (found) return found;
      // Studio names the part after its factory; the class that ties the two, or the factory, may not be there.
      if (value.owner.name === connectionsClass) return classValue(factoryClass(factoryOf(name), scope));
      const id = value.owner.isGenerated ? world.bound.get(value.owner.name)?.get(name) : undefined;
      if (id) return { kind: 'connection', reference: { text: id, isExpression: false } };
      if (binding) return undefined;
      // A class within a class.
      return isOwn ? serviceName(name, scope) : classValue(world.findClass(name, scope.file));
    }
    if (isOwn) return serviceName(name, scope);
    if (value?.kind === 'many') {
      if (value.isKeyed) return name === 'Values' ? manyOf(value.of) : undefined;
      return name === 'Value' ? value.of : undefined;
    }
    if (value?.kind === 'service' || value?.kind === 'object') {
      const type = world.types.get(value.type)?.properties.get(name);
      return type === undefined ? undefined : returned(type, value.reference);
    }
    // A class with its namespace before it.
    return value === undefined && /^[\w.]+$/.test(nameIn(scope.file, holder)) ? classValue(world.findClass(name, scope.file)) : undefined;
  };

  const bindingValue = (binding: Binding, node: CsNode, scope: Scope): Value | undefined => {
    // What is put into a name out of itself adds nothing.
    if (busy.has(binding)) return { kind: 'nothing' };
    if (!held.has(binding)) {
      busy.add(binding);
      const values: (Value | undefined)[] = binding.values.map((place) => {
        if (place.node.type === 'lambda_expression') return manyOf(resultOf(place.node, place.scope, evaluate));
        if (place.isElement) return elementOf(evaluate(place.node, place.scope));
        if (place.node.type === 'implicit_object_creation_expression') return madeValue(place.node, binding.type, place.scope);
        return evaluate(place.node, place.scope);
      });
      busy.delete(binding);
      const reference = () => unknownReference(binding.name.replace('()', ''), binding.place);
      held.set(binding, eitherOf(binding.isOpen ? [...values, undefined] : values, reference));
    }
    return (
      narrowed(held.get(binding), binding.type) ?? typedValue(binding.type ?? handedType(binding, evaluate, world), node, scope, binding)
    );
  };

  const callValue = (node: CsNode, scope: Scope): Value | undefined => {
    const called = childOf(node, 'function');
    const { holder, member } = partsOf(called);
    if (!member) return undefined;
    const isGeneric = member.type === 'generic_name';
    const type = isGeneric ? typeIn(scope.file, firstTypeArgument(member)) : undefined;
    if (type === rootInterface) return { kind: 'root' };
    const name = nameIn(scope.file, isGeneric ? member.children[0] : member);
    if (!holder) {
      const binding = resolveName(scope, methodKey(name), world);
      return binding ? bindingValue(binding, node, scope) : elementOf(nameValue(name, scope, node));
    }
    const value = evaluate(holder, scope);
    switch (value?.kind) {
      case 'root':
        return serviceValue(node, name, scope);
      case 'service':
      case 'object': {
        const returns = world.types.get(value.type)?.methods.get(name)?.returns;
        return returns === undefined ? undefined : returned(returns, value.reference);
      }
      case 'many':
        return fromList(value, { name, call: node, scope, evaluate, type: type !== undefined && world.types.has(type) ? type : undefined });
      case 'class': {
        const binding = resolveMember(value.owner, methodKey(name), scope.file, world);
        return binding && bindingValue(binding, node, scope);
      }
      default:
        if (isTask(name, nameIn(scope.file, holder))) return resultOf(givenAs('function', node, scope.file), scope, evaluate);
        // A cast of a list that holds anything.
        return /^(?:Cast|OfType)$/.test(name) && type !== undefined ? manyOf(typedValue(type, node, scope)) : undefined;
    }
  };

  const serviceValue = (call: CsNode, name: string, scope: Scope): Value | undefined => {
    const service = world.services.get(name);
    if (!service) return undefined;
    const given = givenAs('connection', call, scope.file);
    const isImplicit = given?.type === 'implicit_object_creation_expression';
    const connection = isImplicit ? madeValue(given, service.connectionClass, scope) : evaluate(given, scope);
    const reference = connection?.kind === 'connection' ? connection.reference : unknownAt(given ?? call, scope);
    return { kind: 'service', type: service.interface, reference };
  };

  return evaluate;
}
