/** Follows assignments: what a name may hold besides what it was declared with. */
import { type Binding, findBinding, ownerOf, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, wordOf } from './node';

/** Takes in an assignment, or an argument that is handed out by `ref` or `out`. */
export function assign(node: CsNode, scope: Scope): void {
  if (node.type === 'argument') {
    open(lastOf(node), scope);
    return;
  }
  put(childOf(node, 'left'), childOf(node, 'right'), childOf(node, 'operator')?.type, scope);
}

function put(target: CsNode | undefined, value: CsNode | undefined, operator: string | undefined, scope: Scope): void {
  const parts = partsOfTuple(target);
  const values = partsOfTuple(value);
  // (a, b) = (c, d) is two assignments.
  if (parts && parts.length === values?.length) {
    for (const [index, part] of parts.entries()) put(part, values[index], operator, scope);
    return;
  }
  const binding = target && targetOf(target, scope);
  if (!binding) open(target, scope);
  else if (value && (operator === '=' || operator === '??=')) {
    binding.values.push({ node: value, scope });
    // A name that is declared right here holds what it gets here.
    if (target.type === 'declaration_expression') binding.isOpen = false;
  } else binding.isOpen = true;
}

/** Where a name, or `this.name`, or `Class.name` of the same file, stands for. */
export function targetOf(target: CsNode, scope: Scope): Binding | undefined {
  const { text, classes } = scope.file;
  const word = (node: CsNode | undefined) => wordOf(text, node);
  if (target.type === 'declaration_expression') return findBinding(scope, word(childOf(target, 'name')));
  if (target.type === 'identifier') return findBinding(scope, word(target));
  if (target.type !== 'member_access_expression') return undefined;
  const holder = childOf(target, 'expression');
  const owner = holder?.type === 'this' ? ownerOf(scope) : classes.get(word(holder));
  return owner?.members.get(word(childOf(target, 'name')));
}

/** What stands between the brackets of a tuple. */
export function partsOfTuple(node: CsNode | undefined): readonly (CsNode | undefined)[] | undefined {
  return node?.type === 'tuple_expression' ? childrenOf(node, 'argument').map(lastOf) : undefined;
}

/** Every name in a target that is taken apart, such as a tuple, may hold anything from now on. */
function open(target: CsNode | undefined, scope: Scope): void {
  if (!target) return;
  const binding = targetOf(target, scope);
  if (binding) binding.isOpen = true;
  else if (target.type === 'tuple_expression' || target.type === 'argument') for (const child of target.children) open(child, scope);
}
