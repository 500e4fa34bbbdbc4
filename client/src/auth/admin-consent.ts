/** Makes the address at which an administrator consents for everyone, and says what it lacks. */
import { authorityOf } from '../../../server/src/identity/clouds';
import type { WorkspaceApp } from '../../../server/src/lsp/protocol';
import { unique } from './granted';
import { everythingGranted, isSignInOnly, type SignInApp, withAddress } from './provider';

export type AdminConsent =
  | { readonly url: string; readonly names: readonly string[]; readonly redirectUri: string }
  | { readonly lacks: 'redirect-uri' | 'scopes' | 'tenant' };

/**
 * The address for everything that an app's lists ask for. It is not opened here: an administrator opens it.
 * @param state comes back with the answer, so that whoever runs the redirect address can tell it is theirs
 */
export function adminConsentOf(app: SignInApp, state: string): AdminConsent {
  const tenant = adminTenantOf(app);
  if (tenant === undefined) return { lacks: 'tenant' };
  const names = namesFor(app);
  if (names.length === 0) return { lacks: 'scopes' };
  const redirectUri = firstRedirectUri(app);
  if (redirectUri === undefined) return { lacks: 'redirect-uri' };
  const url = new URL(`${authorityOf(app.environment, tenant)}/v2.0/adminconsent`);
  const scope = withAddress(app.environment, names).join(' ');
  for (const [key, value] of Object.entries({ client_id: app.clientId, scope, redirect_uri: redirectUri, state }))
    url.searchParams.set(key, value);
  // Entra reads a plus as a plus in some of its pages.
  return { url: url.href.replace(/\+/g, '%20'), names, redirectUri };
}

/** A GUID, a domain or organizations; personal accounts have no administrator. */
function adminTenantOf({ tenant, isPersonal }: Pick<WorkspaceApp, 'tenant' | 'isPersonal'>): string | undefined {
  const named = tenant?.toLowerCase();
  if (named === 'consumers' || (tenant === undefined && isPersonal)) return undefined;
  return named === undefined || named === 'common' ? 'organizations' : tenant;
}

/** Exact names; where the app signs in as itself too, everything that it registered: the two cannot be mixed. */
function namesFor({ lists }: WorkspaceApp): string[] {
  if (lists.some(({ kind }) => kind === 'application')) return [everythingGranted];
  return unique(lists.flatMap(({ scopes }) => scopes)).filter((name) => !isSignInOnly(name));
}

/** The page of a web address can show an answer; the ones for a device cannot be opened from a link. */
function firstRedirectUri({ redirectUris }: WorkspaceApp): string | undefined {
  const all = [...(redirectUris?.web ?? []), ...(redirectUris?.publicClient ?? [])];
  return all.find((uri) => /^https?:\/\/[^\s]+$/i.test(uri));
}
