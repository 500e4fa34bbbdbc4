/** Tells apart expressions that are written alike: two variables of one name are two, and one variable is one however it is reached. */
import { targetOf } from './assign';
import { findBinding, nameIn, type Scope } from './model';
import type { CsNode } from './node';

/** What an expression stands for: its text, with the place of their declaration for the names that this file declares. */
export function keyOf(node: CsNode, scope: Scope): string {
  const { file } = scope;
  const whole = targetOf(node, scope);
  if (whole) return whole.place;
  let [key, from] = ['', node.start];
  const visit = (at: CsNode): void => {
    if (at.type !== 'identifier') {
      for (const child of at.children) visit(child);
      return;
    }
    const isOfAnother = at.field === 'name' && isMemberOfAnother(file.text, at.start);
    const binding = isOfAnother ? undefined : findBinding(scope, nameIn(file, at));
    if (!binding) return;
    key += `${file.text.slice(from, at.start)}{${binding.place}}`;
    from = at.end;
  };
  visit(node);
  return (key + file.text.slice(from, node.end)).replace(/\s+/g, '');
}

/** `b` of `a.b` is no name of this file; that of `this.b` is. */
function isMemberOfAnother(text: string, start: number): boolean {
  return /(?<!\bthis\s*)\.\s*$/.test(text.slice(Math.max(0, start - 40), start));
}
