/** Makes what a sign-in tells into the evidence that the analysis compares, as if it had been read from a file. */
import type { Evidence } from './grants-json';
import type { SignedIn } from './types';

/** The names that a sign-in proves to be granted; undefined for an app whose token cannot be read: that is no proof of anything. */
export function grantedNames({ kind, scopes, token }: SignedIn): readonly string[] | undefined {
  if (kind === 'application') return token && [...token.roles].sort();
  return [...new Set([...scopes, ...(token?.scopes ?? [])])].sort();
}

/** The same as evidence. Whether an administrator consented for everyone is not in a person's token, and not said. */
export function evidenceOf(signedIn: SignedIn): Evidence {
  const { kind, account } = signedIn;
  const names = grantedNames(signedIn);
  return {
    grants: names ? [{ kind, resource: 'graph', names, roleIds: [], isForOneUser: false }] : [],
    extents: names ? [{ kind, from: 'token' }] : [],
    holders: [],
    notices: [],
    isOfApp: true,
    ...(account ? { account } : {}),
  };
}
