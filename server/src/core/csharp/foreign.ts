/** Tells what is plainly nothing of the Office 365 service: a method of it may have the name of one of ours. */
import type { Evaluate } from './evaluate';
import { elementTypeOf } from './lists';
import { type Binding, methodKey, nameIn, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, partsOf } from './node';
import { resolveName } from './resolve';
import { typeIn } from './usings';
import type { World } from './world';

interface Known {
  readonly world: World;
  readonly evaluate: Evaluate;
}

/** Longer chains of names than anybody writes are not followed. */
const furthest = 40;

const literals = /literal|^interpolated_string|^typeof_expression$|^sizeof_expression$|^array_creation|^implicit_array/;

/** Types that anything may be in. */
const anything = /^(?:object|dynamic|T|T[A-Z]\w*|var|\?)$/;

/** Whether what an expression gives cannot be an object of the service; the evaluator says nothing of it. */
export function isForeign(node: CsNode | undefined, scope: Scope, known: Known, hops = 0): boolean {
  if (!node || hops > furthest) return false;
  const value = known.evaluate(node, scope);
  // A class of the project, a text, a connection: none of them is a mail or a file.
  if (value !== undefined) return value.kind !== 'object' && value.kind !== 'many';
  const next = (inner: CsNode | undefined, at: Scope = scope) => isForeign(inner, at, known, hops + 1);
  if (literals.test(node.type)) return true;
  switch (node.type) {
    case 'identifier': {
      const binding = resolveName(scope, nameIn(scope.file, node), known.world);
      // What no file of the project declares is a class, or a service of another package.
      return binding ? isForeignName(binding, known, next) : true;
    }
    case 'this':
    case 'base':
    case 'predefined_type':
      return true;
    case 'object_creation_expression':
      return isForeignType(typeIn(scope.file, childOf(node, 'type')), known);
    case 'cast_expression':
      return isForeignType(typeIn(scope.file, childOf(node, 'type')), known);
    case 'as_expression':
      return isForeignType(typeIn(scope.file, childOf(node, 'right')), known);
    case 'parenthesized_expression':
    case 'await_expression':
    case 'postfix_unary_expression':
      return next(node.children[0]);
    case 'conditional_expression':
      return next(childOf(node, 'consequence')) && next(childOf(node, 'alternative'));
    case 'binary_expression':
      return childOf(node, 'operator')?.type !== '??' || (next(childOf(node, 'left')) && next(childOf(node, 'right')));
    case 'member_access_expression':
    case 'conditional_access_expression':
    case 'element_access_expression': {
      const holder = childOf(node, 'expression') ?? childOf(node, 'condition');
      // What a mail holds beside its methods is data.
      return known.evaluate(holder, scope)?.kind === 'object' || (next(holder) && known.evaluate(holder, scope)?.kind !== 'class');
    }
    case 'invocation_expression':
      return isForeignCall(node, scope, known, next);
    default:
      return false;
  }
}

type Next = (node: CsNode | undefined, scope?: Scope) => boolean;

function isForeignName({ type, values, isOpen }: Binding, known: Known, next: Next): boolean {
  if (type !== undefined) return isForeignType(type, known);
  return !isOpen && values.length > 0 && values.every((value) => next(value.node, value.scope));
}

function isForeignType(type: string | undefined, known: Known): boolean {
  if (type === undefined) return false;
  const element = elementTypeOf(type);
  if (element !== undefined) return isForeignType(element, known);
  return /^\w+$/.test(type) && !anything.test(type) && !known.world.types.has(type);
}

/** A method gives nothing of ours where neither what it is called on nor what it gets is. */
function isForeignCall(call: CsNode, scope: Scope, known: Known, next: Next): boolean {
  const { holder, member } = partsOf(childOf(call, 'function'));
  if (!member) return false;
  const own = holder ? undefined : resolveName(scope, methodKey(nameIn(scope.file, member)), known.world);
  if (own) return isForeignName(own, known, next);
  const on = holder && known.evaluate(holder, scope);
  // What a method of ours gives that has no methods of its own: a text, a table, a stream.
  if (on?.kind === 'service' || on?.kind === 'object')
    return known.world.types.get(on.type)?.methods.has(nameIn(scope.file, member)) === true;
  if (on?.kind === 'class' || (holder && !next(holder))) return false;
  const given = childrenOf(childOf(call, 'arguments'), 'argument').map(lastOf);
  return !given.some((node) => mayGiveOurs(node, scope, known.evaluate));
}

function mayGiveOurs(node: CsNode | undefined, scope: Scope, evaluate: Evaluate): boolean {
  if (node?.type !== 'lambda_expression') return /^(?:object|many|service)$/.test(evaluate(node, scope)?.kind ?? '');
  const body = childOf(node, 'body');
  return body?.type === 'block' || mayGiveOurs(body, scope.file.scopes.get(node) ?? scope, evaluate);
}
