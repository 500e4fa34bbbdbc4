/** Reduces an answer of msal to what may leave this folder: names of scopes, the tenant, the kind of account. Never a token. */
import type { AuthenticationResult } from '@azure/msal-node';
import type { PermissionKind } from '../core/catalog/types';
import type { AccountKind } from '../core/permissions/grants';
import { personalTenant } from './clouds';
import type { SignedIn, TokenNames } from './types';

/** The parts of an answer that are looked at. */
export type Answer = Pick<AuthenticationResult, 'accessToken' | 'scopes' | 'tenantId' | 'account' | 'idTokenClaims'>;

/** Makes plain data of an answer. */
export function toSignedIn(answer: Answer, kind: PermissionKind, graph: string): SignedIn {
  const claims = claimsOf(answer.accessToken);
  const idClaims: Readonly<Record<string, unknown>> = { ...answer.idTokenClaims };
  const tenant = text(idClaims.tid) ?? text(claims?.tid) ?? text(answer.tenantId);
  return {
    ok: true,
    kind,
    account: kind === 'application' || claims?.idtyp === 'app' ? undefined : accountKind(answer, tenant, idClaims),
    tenant,
    scopes: plainScopes(answer.scopes, graph),
    token: claims && tokenNames(claims, graph),
  };
}

/** Somebody whose home is another tenant is a guest; the answer names the home where it can. */
function accountKind({ account }: Answer, tenant: string | undefined, claims: Readonly<Record<string, unknown>>): AccountKind | undefined {
  if (tenant === personalTenant || text(claims.iss)?.includes(personalTenant)) return 'personal';
  const home = account?.homeAccountId.split('.')[1] ?? text(claims.home_tid);
  if (home !== undefined && tenant !== undefined && home.toLowerCase() !== tenant.toLowerCase()) return 'guest';
  if (typeof claims.idp === 'string' && tenant !== undefined && !claims.idp.includes(tenant)) return 'guest';
  return home !== undefined && tenant !== undefined ? 'work' : undefined;
}

/** Names of Graph scopes: the answer may put the address of Graph before them, and repeats `.default` where it was asked for. */
export function plainScopes(scopes: readonly string[], graph: string): string[] {
  const prefix = `${graph}/`.toLowerCase();
  const plain = scopes
    .flatMap((scope) => scope.split(/\s+/))
    .map((scope) => (scope.toLowerCase().startsWith(prefix) ? scope.slice(prefix.length) : scope))
    .filter((scope) => scope !== '' && scope !== '.default' && !/^[a-z]+:\/\//i.test(scope));
  return [...new Set(plain)];
}

function tokenNames(claims: Readonly<Record<string, unknown>>, graph: string): TokenNames {
  const list = (value: unknown) => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);
  return { scopes: plainScopes([text(claims.scp) ?? ''], graph), roles: list(claims.roles) };
}

/** Reads the claims of a token that happens to be a JWT. Nothing is verified: it is evidence for a report, not for access. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
