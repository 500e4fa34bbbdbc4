/** What a call puts into a name that it is given by `out`: it has the type that the method declares. */
import type { Evaluate } from './evaluate';
import { type Binding, methodKey, nameIn } from './model';
import { childOf, partsOf } from './node';
import { resolveMember, resolveName } from './resolve';
import type { World } from './world';

/** The type of what a name was handed; undefined where the method is none of the project's, or its overloads differ. */
export function handedType({ handed }: Binding, evaluate: Evaluate, world: World): string | undefined {
  if (!handed) return undefined;
  const { call, index, scope } = handed;
  const { holder, member } = partsOf(childOf(call, 'function'));
  const key = methodKey(nameIn(scope.file, member?.type === 'generic_name' ? member.children[0] : member));
  const on = holder && evaluate(holder, scope);
  const method = holder ? on?.kind === 'class' && resolveMember(on.owner, key, scope.file, world) : resolveName(scope, key, world);
  if (!method) return undefined;
  const types = new Set(method.parameters?.map((overload) => overload[index]));
  return types.size === 1 ? [...types][0] : undefined;
}
