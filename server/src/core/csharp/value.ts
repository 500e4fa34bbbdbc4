/** What an expression of a coded workflow stands for, as far as the Office 365 service is concerned. */
import type { ConnectionReference } from '../project/model';
import type { CsClass } from './model';

export type Value =
  /** The `office365` service itself. */
  | { readonly kind: 'root' }
  /** One of its parts on one connection, such as `office365.Mail(…)`. */
  | { readonly kind: 'service'; readonly service: string; readonly reference: ConnectionReference }
  | { readonly kind: 'connection'; readonly reference: ConnectionReference }
  | { readonly kind: 'text'; readonly text: string }
  /** A class, or an object of it. */
  | { readonly kind: 'class'; readonly owner: CsClass }
  /** `null`. */
  | { readonly kind: 'nothing' };

/** A connection that only the run knows, called by what stands in its place. */
export function unknownReference(words: string): ConnectionReference {
  return { text: words, isExpression: true };
}

/**
 * What a name holds that may hold any of several values.
 * @param words how it is called where nobody knows which
 */
export function either(values: readonly (Value | undefined)[], words: string): Value | undefined {
  const some = values.filter((value) => value?.kind !== 'nothing');
  const [first] = some;
  if (some.length === 0) return values.length > 0 ? { kind: 'nothing' } : undefined;
  if (some.every((value) => isSame(value, first))) return first;
  const known = some.filter((value) => value !== undefined);
  const [one] = known;
  const isOneKind = known.every((value) => value.kind === one?.kind);
  if (one?.kind === 'connection' && isOneKind) return { kind: 'connection', reference: unknownReference(words) };
  if (one?.kind !== 'service' || !known.every((value) => value.kind === 'service' && value.service === one.service)) return undefined;
  return { ...one, reference: unknownReference(words) };
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return a === b;
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'class' && b.kind === 'class') return a.owner === b.owner;
  if (a.kind === 'service' && b.kind === 'service' && a.service !== b.service) return false;
  if (!('reference' in a) || !('reference' in b)) return true;
  return a.reference.isExpression === b.reference.isExpression && a.reference.text.toLowerCase() === b.reference.text.toLowerCase();
}
