/** Works out values from types: what is made of a type, declared with one, or returned as one. */
import type { ConnectionReference } from '../project/model';
import type { Evaluate } from './evaluate';
import { type Either, listOf, manyOf, resultOf, writtenValue } from './list-values';
import { elementTypeOf, isDictionary } from './lists';
import { type Binding, type CsClass, givenAs, type Scope } from './model';
import type { CsNode } from './node';
import type { Value } from './value';
import { rootInterface, type World } from './world';

interface Ground {
  readonly world: World;
  readonly evaluate: Evaluate;
  readonly either: Either;
  readonly unknownAt: UnknownAt;
}

/** The connection that only the run knows of an expression, or of the name that it stands for. */
export type UnknownAt = (node: CsNode, scope: Scope, declaration?: Binding) => ConnectionReference;

/** A class, or an object of it. */
export function classValue(owner: CsClass | undefined): Value | undefined {
  return owner && { kind: 'class', owner };
}

/** Makes the part of an evaluator that looks at types. */
export function createTyped({ world, evaluate, either, unknownAt }: Ground) {
  /** A file among files and folders has more methods than each of those. */
  const narrowed = (value: Value | undefined, type: string | undefined): Value | undefined =>
    value?.kind === 'object' && type !== undefined && world.types.get(type)?.kind === 'object' ? { ...value, type } : value;

  /** All that is known of it is its type. */
  const typedValue = (type: string | undefined, node: CsNode, scope: Scope, declaration?: Binding): Value | undefined => {
    if (type === undefined) return undefined;
    if (type === rootInterface) return { kind: 'root' };
    const element = elementTypeOf(type);
    if (element !== undefined) return listOf(typedValue(element, node, scope, declaration), type);
    const known = world.types.get(type);
    if (known) return { kind: known.kind, type, reference: unknownAt(node, scope, declaration) };
    if (world.connections.has(type)) return { kind: 'connection', reference: unknownAt(node, scope, declaration) };
    return classValue(world.findClass(type, scope.file));
  };

  /** What a method or a property of the service, or of what it returned, gives. */
  const returned = (type: string, reference: ConnectionReference): Value | undefined => {
    const element = elementTypeOf(type);
    if (element !== undefined) return manyOf(returned(element, reference));
    return { kind: world.types.get(type)?.kind ?? 'object', type, reference };
  };

  const madeValue = (node: CsNode, type: string | undefined, scope: Scope): Value | undefined => {
    if (type === undefined) return undefined;
    // A list that is made of another one.
    if (isDictionary(type)) return typedValue(type, node, scope);
    if (elementTypeOf(type) !== undefined) {
      const given = givenAs(type.startsWith('Lazy<') ? 'valueFactory' : 'collection', node, scope.file);
      const from = given?.type === 'lambda_expression' ? manyOf(resultOf(given, scope, evaluate)) : evaluate(given, scope);
      return from?.kind === 'many' ? from : (writtenValue(node, scope, evaluate, either) ?? typedValue(type, node, scope));
    }
    if (!world.connections.has(type)) return classValue(world.findClass(type, scope.file));
    const id = evaluate(givenAs('connectionId', node, scope.file), scope);
    const isKnown = id?.kind === 'text' && id.text.trim() !== '';
    return {
      kind: 'connection',
      reference: isKnown ? { text: id.text.trim(), isExpression: false } : unknownAt(node, scope),
    };
  };

  return { madeValue, narrowed, returned, typedValue };
}
