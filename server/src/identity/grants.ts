/** Makes what a sign-in tells into the plain lists that the analysis compares. */
import type { Grants } from '../core/project/grants';
import type { SignedIn } from './types';

/** What a sign-in proves. An app whose token cannot be read leaves its list unknown: that is no proof of anything. */
export function grantsOf({ kind, scopes, token }: SignedIn, connection?: string): Grants {
  const of = connection === undefined ? {} : { connection };
  if (kind === 'application') return { ...of, ...(token && { application: [...token.roles].sort() }) };
  // Whether an administrator consented for everyone is not in a person's token.
  const names = [...new Set([...scopes, ...(token?.scopes ?? [])])].sort();
  return { ...of, delegated: names.map((scope) => ({ scope, forEveryone: false })) };
}
