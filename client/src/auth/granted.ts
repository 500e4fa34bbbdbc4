/** Reads which permissions a session has. VS Code's provider repeats what was asked for, so the names inside the token tell most, where it can be read. */
import { everythingGranted, isSignInOnly } from './provider';

/** What is read of a session of VS Code. */
export interface ReadSession {
  readonly accessToken: string;
  readonly scopes: readonly string[];
}

/** Names that are granted. */
export interface Granted {
  readonly names: readonly string[];
  /** False: there may be more, so nothing may be called not granted. */
  readonly isComplete: boolean;
  /** The id of the tenant, where a token that can be read names it. */
  readonly tenant?: string;
}

/** A token longer than this is none of Entra's. */
const longestToken = 200_000;

/**
 * What a session proves.
 * @param asked the names that it was asked for, without the address of Graph
 */
export function grantedBy({ accessToken, scopes }: ReadSession, asked: readonly string[]): Granted {
  const listed = scopes.flatMap((scope) => plainName(scope) ?? []);
  const claims = claimsOf(accessToken);
  const inToken = namesIn(claims);
  const known = new Set(asked.map((name) => name.toLowerCase()));
  const more = listed.filter((name) => !known.has(name.toLowerCase()));
  // Where the token can be read, an echo of what was asked for proves nothing beside it.
  const names = unique([...(inToken ?? listed), ...more]);
  const { tid } = claims;
  return { names, isComplete: inToken !== undefined || more.length > 0, ...(typeof tid === 'string' ? { tenant: tid } : {}) };
}

/** The names of `scp`; undefined where a token cannot be read: those of personal accounts are opaque. */
function namesIn({ scp }: Readonly<Record<string, unknown>>): string[] | undefined {
  return typeof scp === 'string' ? scp.split(/\s+/).flatMap((name) => plainName(name) ?? []) : undefined;
}

/** The claims of a token that happens to be a JWT; none of any other. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload, ...rest] = token.length > longestToken ? [] : token.split('.');
  if (payload === undefined || rest.length !== 1) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

/** A name without the address of its resource; undefined for what names no permission of Graph. */
function plainName(scope: string): string | undefined {
  if (/^VSCODE_/.test(scope)) return undefined;
  const name = scope.replace(/^https:\/\/[^/]+\/+/i, '');
  // What is sent on is a name, never anything that only looks like one.
  return name !== everythingGranted && !isSignInOnly(name) && /^[a-z][\w.-]{0,99}$/i.test(name) ? name : undefined;
}

/** Each name once, in the spelling that came first. */
export function unique(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names) if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name);
  return [...seen.values()];
}

/** Names of a list that are not among others: exact names, for a broader one does not stop the prompt for a narrower one. */
export function without(names: readonly string[], others: readonly string[]): string[] {
  const has = new Set(others.map((name) => name.toLowerCase()));
  return unique(names).filter((name) => !has.has(name.toLowerCase()) && !isSignInOnly(name));
}
