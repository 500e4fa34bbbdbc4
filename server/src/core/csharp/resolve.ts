/** Finds what a name stands for: around it, in the other parts of its class, in what the class derives from, in classes that need no name. */
import { type Binding, type CsClass, type CsFile, findBinding, findMember, ownerOf, type Scope } from './model';
import type { World } from './world';

/** What a name means in a scope; undefined where no file of the project declares it. */
export function resolveName(scope: Scope, name: string, world: World): Binding | undefined {
  const { file } = scope;
  const found = inAllParts(scope, name, world) ?? findBinding(scope, name) ?? resolveMember(ownerOf(scope), name, file, world);
  if (found) return found;
  for (const known of file.usings.statics) {
    const member = world.findClass(known, file)?.members.get(name);
    if (member) return member;
  }
  return undefined;
}

/** A member of a class, of another part of it, or of what it derives from. */
export function resolveMember(owner: CsClass | undefined, name: string, file: CsFile, world: World): Binding | undefined {
  if (!owner) return undefined;
  const whole = owner.isPartial ? (world.findClass(owner.name, file) ?? owner) : owner;
  return findMember(whole, name, (base) => world.findClass(base, file));
}

/** A member of a class around that other files hold parts of: they may set it too. */
function inAllParts(scope: Scope, name: string, world: World): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.names.has(name)) return undefined;
    if (at.owner?.members.has(name)) return at.owner.isPartial ? world.findClass(at.owner.name, at.file)?.members.get(name) : undefined;
  }
  return undefined;
}

/** One class out of the parts that several files hold; what another part may set is open. */
export function mergeParts(parts: readonly CsClass[]): CsClass | undefined {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first;
  const members = new Map<string, Binding>();
  for (const { members: own } of parts)
    for (const [key, binding] of own) {
      const before = members.get(key);
      const isOpen = binding.isOpen || !binding.isFixed || before?.isOpen === true;
      members.set(key, before ? { ...before, values: [...before.values, ...binding.values], isOpen } : { ...binding, isOpen });
    }
  const bases = [...new Set(parts.flatMap((part) => part.bases))];
  return { name: first.name, members, bases, isPartial: true, isGenerated: parts.every(({ isGenerated }) => isGenerated) };
}
