/** Tells where a mail, a file or several of them go to code that nobody reads here: what that calls on them is not known. */
import { isTask } from './list-values';
import { elementTypeOf, goesThroughArgument, isDictionary } from './lists';
import { methodKey, nameIn, type Scope } from './model';
import { type CsNode, childOf, partsOf } from './node';
import { resolveMember, resolveName } from './resolve';
import { typeIn } from './usings';
import type { Value } from './value';
import type { World } from './world';

interface Known {
  readonly world: World;
  readonly evaluate: (node: CsNode | undefined, scope: Scope) => Value | undefined;
}

/** A node with those around it. */
export interface Place {
  readonly node: CsNode;
  readonly up: Place | undefined;
  readonly scope: Scope;
}

/** They look at what they get, or keep it for whoever asks for it again. */
const harmless =
  /^(?:Log\w*|Write\w*|Trace|Debug|Info|Warn|Error|Print|Format|Concat|Join|Equals|ReferenceEquals|Is\w*|Contains\w*|(?:Try)?Add\w*|Append\w*|Insert|Push|Enqueue|Remove\w*|IndexOf|Serialize\w*|Assert\w*|Verify\w*|Throw\w*|nameof)$/;

/** Whether an object of the service, where it stands, is given to something that is no part of the project. */
export function leavesProject({ node, up, scope }: Place, known: Known): boolean {
  const around = up?.up;
  switch (up?.node.type) {
    case 'argument':
      return around?.node.type === 'argument_list' && around.up !== undefined && isForStrangers(around.up, known);
    case 'initializer_expression':
      return known.evaluate(up.node, scope)?.kind !== 'many';
    case 'assignment_expression':
      return (
        node.field === 'right' && around?.node.type === 'initializer_expression' && around.up !== undefined && !isOwn(around.up, known)
      );
    default:
      return false;
  }
}

/** Whether what is called, or made, is neither of the project, nor of the service, nor a list. */
function isForStrangers(place: Place, known: Known): boolean {
  const { node, scope } = place;
  if (node.type === 'object_creation_expression') return !isOwn(place, known);
  if (node.type !== 'invocation_expression') return false;
  const { holder, member } = partsOf(childOf(node, 'function'));
  const name = nameIn(scope.file, member?.type === 'generic_name' ? member.children[0] : member);
  if (harmless.test(name)) return false;
  if (!holder) return resolveName(scope, methodKey(name), known.world) === undefined;
  const words = nameIn(scope.file, holder);
  if (isTask(name, words) || goesThroughArgument(words)) return false;
  const on = known.evaluate(holder, scope);
  if (on?.kind === 'class') return resolveMember(on.owner, methodKey(name), scope.file, known.world) === undefined;
  return on === undefined || on.kind === 'text';
}

/** Whether it makes a list, a request for the service, or something of a class of the project. */
function isOwn({ node, scope }: Place, { world }: Known): boolean {
  const type = typeIn(scope.file, childOf(node, 'type'));
  if (node.type !== 'object_creation_expression' || type === undefined) return true;
  if (isDictionary(type)) return false;
  return elementTypeOf(type) !== undefined || type.endsWith('Request') || world.findClass(type, scope.file) !== undefined;
}
