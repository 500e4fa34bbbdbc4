/** Finds the calls of the Office 365 service, and of what it returned, in a C# file, and where it, or a connection, goes out of sight. */
import type { CodedMethod } from '../catalog/coded';
import type { ConnectionReference } from '../project/model';
import type { Span } from '../text';
import { targetOf } from './assign';
import type { Evaluate } from './evaluate';
import { isForeign } from './foreign';
import { leavesProject, type Place } from './handed-on';
import { type CsFile, findBinding, methodKey, nameIn, ownerOf, type Scope } from './model';
import { type CsNode, childOf, partsOf } from './node';
import { unknownReference, type Value } from './value';
import type { World } from './world';

/** A method of the service, or of what it returned, that is called, or handed on to be called. */
export interface CodedCall {
  readonly method: CodedMethod;
  readonly reference: ConnectionReference;
  /** The name of the method. */
  readonly range: Span;
  /** Undefined: only its name is handed on. */
  readonly call: CsNode | undefined;
  readonly scope: Scope;
}

export interface CodedCalls {
  readonly calls: readonly CodedCall[];
  /** Connections that something relies on whose need is not known. */
  readonly open: readonly ConnectionReference[];
  /** Services whose objects something of their methods' names is called on, which may be one of them. */
  readonly maybe: ReadonlySet<string>;
}

interface Walk {
  readonly evaluate: Evaluate;
  readonly world: World;
  readonly calls: CodedCall[];
  readonly open: ConnectionReference[];
  readonly maybe: Set<string>;
}

/** Types and declarations: names in them are no values. */
const passedOver = new Set(['base_list', 'type_argument_list', 'type_parameter_list', 'type_parameter_constraints_clause']);
const nameFields = new Set(['name', 'type', 'returns', 'qualifier']);

/** What a value goes through unchanged. */
const passing = new Set([
  ...['parenthesized_expression', 'await_expression', 'postfix_unary_expression', 'checked_expression', 'cast_expression'],
  ...['as_expression', 'conditional_expression', 'binary_expression', 'switch_expression_arm'],
]);

/** Finds the calls, in the order of the text. */
export function findCalls(file: CsFile, evaluate: Evaluate, world: World): CodedCalls {
  const walk: Walk = { evaluate, world, calls: [], open: [], maybe: new Set() };
  const scope = file.scopes.get(file.root);
  if (scope) visit(walk, { node: file.root, up: undefined, scope });
  return { calls: walk.calls.sort((a, b) => a.range.start - b.range.start), open: walk.open, maybe: walk.maybe };
}

function visit(walk: Walk, place: Place): void {
  const { node, scope } = place;
  const value = walk.evaluate(node, scope);
  if (value && isOurs(value) && !isHarmless(walk, place, value)) walk.open.push(referenceOf(value));
  if (value?.kind === 'object' && isMember(place.up) && !isFollowed(walk, place.up, value)) walk.open.push(value.reference);
  const one = value?.kind === 'many' ? value.of : value;
  if (one?.kind === 'object' && leavesProject(place, walk)) walk.open.push(one.reference);
  if (node.type === 'invocation_expression') {
    // It gives a text: what stands in it is named, not called.
    if (nameIn(scope.file, childOf(node, 'function')) === 'nameof') return;
    lookAtUnknown(walk, node, scope);
  }
  for (const child of node.children) {
    const isName = child.field !== undefined && nameFields.has(child.field);
    const isTarget = child.field === 'left' && (node.type === 'assignment_expression' || node.type === 'foreach_statement');
    if (isName || isTarget || passedOver.has(child.type)) continue;
    visit(walk, { node: child, up: place, scope: scope.file.scopes.get(child) ?? scope });
  }
}

function isMember(access: Place | undefined): access is Place {
  return access?.node.type === 'member_access_expression' || access?.node.type === 'conditional_access_expression';
}

/** A call on something that nobody knows may be one on a mail or a file: by its name. */
function lookAtUnknown({ world, evaluate, maybe }: Walk, call: CsNode, scope: Scope): void {
  const { holder, member } = partsOf(childOf(call, 'function'));
  const methods = world.objectMethods.get(nameIn(scope.file, member));
  if (!methods || !holder || evaluate(holder, scope) !== undefined || isForeign(holder, scope, { world, evaluate })) return;
  for (const { service } of methods) maybe.add(service);
}

/** The service, its parts and its connections, and Studio's own table of those. */
function isOurs(value: Value): boolean {
  return value.kind === 'class' ? value.owner.isGenerated : /^(root|service|connection)$/.test(value.kind);
}

function referenceOf(value: Value): ConnectionReference {
  return 'reference' in value ? value.reference : unknownReference('office365', 'office365');
}

/** Whether it is plain what becomes of a value where it stands; calls are noted on the way. */
function isHarmless(walk: Walk, place: Place, value: Value): boolean {
  const { node, up } = place;
  const parent = up?.node;
  switch (parent?.type) {
    case 'member_access_expression':
    case 'conditional_access_expression':
      return isFollowed(walk, up as Place, value);
    case 'argument':
      return isTaken(walk, up as Place, value);
    case 'variable_declarator':
    case 'property_declaration':
    case 'arrow_expression_clause':
    case 'return_statement':
      return isKept(up as Place);
    case 'assignment_expression': {
      const target = childOf(parent, 'left');
      const binding = target && up?.up?.node.type !== 'initializer_expression' ? targetOf(target, place.scope) : undefined;
      return binding !== undefined && !binding.isShared && !binding.goesOut;
    }
    case 'expression_statement':
      return true;
    case 'is_pattern_expression':
      return /^(constant|negated|declaration|recursive|var)_pattern$/.test(childOf(parent, 'pattern')?.type ?? '');
    default: {
      if (!parent || !passing.has(parent.type)) return false;
      if (/^[!=]=$/.test(childOf(parent, 'operator')?.type ?? '')) return true;
      const whole = parent.type === 'switch_expression_arm' ? up?.up : up;
      const passed = whole && node.field !== 'condition' && walk.evaluate(whole.node, whole.scope);
      return Boolean(passed && isOurs(passed));
    }
  }
}

/** A member of it is named: a call of a part of the service is what is looked for. */
function isFollowed(walk: Walk, access: Place, value: Value): boolean {
  const { node, up, scope } = access;
  const { member } = partsOf(node);
  const call = up?.node.type === 'invocation_expression' && node.field === 'function' ? up : undefined;
  if (value.kind === 'class') return true;
  if (value.kind === 'root') return call !== undefined && walk.evaluate(call.node, call.scope)?.kind === 'service';
  if ((value.kind !== 'service' && value.kind !== 'object') || !member) return false;
  const name = nameIn(scope.file, member.type === 'generic_name' ? member.children[0] : member);
  const method = walk.world.types.get(value.type)?.methods.get(name);
  // A property of it, such as SystemFolders, calls nothing; nor does what every object has.
  if (!method) return call === undefined || /^(?:ToString|Equals|GetHashCode|GetType)$/.test(name);
  const range = { start: member.start, end: member.end };
  walk.calls.push({ method, reference: value.reference, range, call: call?.node, scope });
  return true;
}

/** A connection that makes a part of the service is accounted for there. */
function isTaken(walk: Walk, argument: Place, value: Value): boolean {
  const call = argument.up?.up;
  if (!call) return false;
  return value.kind === 'connection' && walk.evaluate(call.node, call.scope)?.kind === 'service';
}

/** It goes into a name, or is the result of a method, that nothing outside of this file can reach. */
function isKept(place: Place): boolean {
  for (let at: Place | undefined = place; at; at = at.up) {
    const { node, up, scope } = at;
    const name = nameIn(scope.file, childOf(node, 'name'));
    switch (node.type) {
      case 'variable_declarator':
        return up?.up?.node.type !== 'field_declaration' || isPrivate(scope, name);
      case 'property_declaration':
        return isPrivate(scope, name);
      case 'method_declaration':
        return isPrivate(scope, methodKey(name));
      case 'local_function_statement':
        return true;
      case 'lambda_expression':
      case 'anonymous_method_expression':
      case 'indexer_declaration':
        return false;
      default:
    }
  }
  return false;
}

function isPrivate(scope: Scope, key: string): boolean {
  const binding = ownerOf(scope)?.members.get(key) ?? findBinding(scope, key);
  return binding?.isShared === false;
}
