/** Follows assignments: what a name may hold besides what it was declared with. */
import { type Binding, findBinding, ownerOf, type Scope } from './model';
import { type CsNode, childOf, lastOf } from './node';

/** Takes in an assignment, or an argument that is handed out by `ref` or `out`. */
export function assign(node: CsNode, scope: Scope): void {
  if (node.type === 'argument') {
    open(lastOf(node), scope);
    return;
  }
  const target = childOf(node, 'left');
  const value = childOf(node, 'right');
  const operator = childOf(node, 'operator')?.type;
  const binding = target && targetOf(target, scope);
  if (!binding) open(target, scope);
  else if (value && (operator === '=' || operator === '??=')) binding.values.push({ node: value, scope });
  else binding.isOpen = true;
}

/** Where a name, or `this.name`, or `Class.name` of the same file, stands for. */
export function targetOf(target: CsNode, scope: Scope): Binding | undefined {
  const { text, classes } = scope.file;
  const word = (node: CsNode | undefined) => (node ? text.slice(node.start, node.end) : '');
  if (target.type === 'identifier') return findBinding(scope, word(target));
  if (target.type !== 'member_access_expression') return undefined;
  const holder = childOf(target, 'expression');
  const owner = holder?.type === 'this' ? ownerOf(scope) : classes.get(word(holder));
  return owner?.members.get(word(childOf(target, 'name')));
}

/** Every name in a target that is taken apart, such as a tuple, may hold anything from now on. */
function open(target: CsNode | undefined, scope: Scope): void {
  if (!target) return;
  const binding = targetOf(target, scope);
  if (binding) binding.isOpen = true;
  else if (target.type === 'tuple_expression' || target.type === 'argument') for (const child of target.children) open(child, scope);
}
