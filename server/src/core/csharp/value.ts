/** What an expression of a coded workflow stands for, as far as the Office 365 service is concerned. */
import { identityOf } from '../project/connection-reference';
import type { ConnectionReference } from '../project/model';
import type { CsClass } from './model';

export type Value =
  /** The `office365` service itself. */
  | { readonly kind: 'root' }
  /** One of its parts on one connection, such as `office365.Mail(…)`; `type` is its interface. */
  | { readonly kind: 'service'; readonly type: string; readonly reference: ConnectionReference }
  /** What one of those returned, such as a mail. */
  | { readonly kind: 'object'; readonly type: string; readonly reference: ConnectionReference }
  /** A list, or anything else that is gone through. */
  | { readonly kind: 'many'; readonly of: Value; readonly isKeyed?: boolean }
  | { readonly kind: 'connection'; readonly reference: ConnectionReference }
  | { readonly kind: 'text'; readonly text: string }
  /** A class, or an object of it. */
  | { readonly kind: 'class'; readonly owner: CsClass }
  /** `null`. */
  | { readonly kind: 'nothing' };

/**
 * A connection that only the run knows.
 * @param text how people call it: what stands in its place
 * @param key what tells it apart from others that are called the same
 */
export function unknownReference(text: string, key: string): ConnectionReference {
  return { text, isExpression: true, key };
}

/** Each of what a value holds; undefined where it holds nothing of ours, or pairs. */
export function elementOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'many' && !value.isKeyed ? value.of : undefined;
}

/**
 * What a name holds that may hold any of several values.
 * @param reference the connection where nobody knows which
 */
export function either(values: readonly (Value | undefined)[], reference: () => ConnectionReference): Value | undefined {
  const some = values.filter((value) => value?.kind !== 'nothing');
  const [first] = some;
  if (some.length === 0) return values.length > 0 ? { kind: 'nothing' } : undefined;
  if (some.every((value) => isSame(value, first))) return first;
  const known = some.filter((value) => value !== undefined);
  const [one] = known;
  if (!one || !known.every((value) => value.kind === one.kind)) return undefined;
  if (one.kind === 'connection') return { kind: 'connection', reference: reference() };
  if (one.kind === 'many') {
    const of = either(
      some.map((value) => (value?.kind === 'many' ? value.of : undefined)),
      reference,
    );
    return of && { ...one, of };
  }
  if (one.kind !== 'service' && one.kind !== 'object') return undefined;
  if (!known.every((value) => 'type' in value && value.type === one.type)) return undefined;
  return { ...one, reference: reference() };
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return a === b;
  if (a.kind === 'many' && b.kind === 'many') return isSame(a.of, b.of);
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'class' && b.kind === 'class') return a.owner === b.owner;
  if ('type' in a && 'type' in b && a.type !== b.type) return false;
  if (!('reference' in a) || !('reference' in b)) return true;
  return identityOf(a.reference) === identityOf(b.reference);
}
