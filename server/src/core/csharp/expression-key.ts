/** Tells apart expressions that are written alike: two declarations of one name are two, and one declaration is one however it is reached. */
import { type Binding, nameIn, type Scope } from './model';
import { type CsNode, childOf } from './node';
import { resolveMember, resolveName } from './resolve';
import { connectionsClass, type World } from './world';

/**
 * What an expression stands for: its text, with the place of its declaration for each name that the project declares. What no file declares is
 * of the file it stands in, but for a name in Studio's table of connections, which is the same wherever it is read.
 */
export function keyOf(node: CsNode, scope: Scope, world: World): string {
  const { file } = scope;
  const whole = declarationOf(node, scope, world);
  if (whole) return whole.place;
  const table = /^(?:this\.)?(connections(?:\.\w+){2})$/.exec(nameIn(file, node).replace(/\s+/g, ''))?.[1];
  if (table !== undefined && (resolveName(scope, 'connections', world)?.type ?? connectionsClass) === connectionsClass) return table;
  let [key, from] = ['', node.start];
  const visit = (at: CsNode): void => {
    if (at.type !== 'identifier') {
      for (const child of at.children) visit(child);
      return;
    }
    const isOfAnother = at.field === 'name' && isMemberOfAnother(file.text, at.start);
    const binding = isOfAnother ? undefined : resolveName(scope, nameIn(file, at), world);
    if (!binding) return;
    key += `${file.text.slice(from, at.start)}{${binding.place}}`;
    from = at.end;
  };
  visit(node);
  return `${file.path}|${(key + file.text.slice(from, node.end)).replace(/\s+/g, '')}`;
}

/** The declaration that an expression names as a whole: `name`, `this.name`, or `Class.name`. */
function declarationOf(node: CsNode, scope: Scope, world: World): Binding | undefined {
  const { file } = scope;
  if (node.type === 'identifier') return resolveName(scope, nameIn(file, node), world);
  if (node.type !== 'member_access_expression') return undefined;
  const holder = childOf(node, 'expression');
  const name = nameIn(file, childOf(node, 'name'));
  if (holder?.type === 'this' || holder?.type === 'base') return resolveName(scope, name, world);
  if (holder?.type !== 'identifier' || nameIn(file, holder) === connectionsClass) return undefined;
  const isValue = resolveName(scope, nameIn(file, holder), world) !== undefined;
  return isValue ? undefined : resolveMember(world.findClass(nameIn(file, holder), file), name, file, world);
}

/** `b` of `a.b` is no name of this file; that of `this.b` is. */
function isMemberOfAnother(text: string, start: number): boolean {
  return /(?<!\bthis\s*)\.\s*$/.test(text.slice(Math.max(0, start - 40), start));
}
