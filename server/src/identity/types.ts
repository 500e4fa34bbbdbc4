/** What signing in takes and gives: plain data, in which no token ever stands. */
import type { PermissionKind } from '../core/catalog/types';
import type { AccountKind } from '../core/permissions/grants';
import type { Environment } from '../core/project/sign-in-model';

/** Whom to sign in as, and where. */
export interface IdentitySettings {
  readonly clientId: string;
  /** A GUID, a domain, common, organizations or consumers. */
  readonly tenant: string;
  readonly environment: Environment;
  /** Where the tests' own server stands in for Entra. No setting and no option of the command leads here. */
  readonly override?: AuthorityOverride | undefined;
}

/** Another place to sign in at. */
export interface AuthorityOverride {
  readonly authority: string;
  readonly protocolMode?: 'AAD' | 'OIDC';
  readonly knownAuthorities?: readonly string[];
}

/** A sign-in that worked. */
export interface SignedIn {
  readonly ok: true;
  readonly kind: PermissionKind;
  /** Undefined where nobody signed in (an application), or it cannot be told. */
  readonly account: AccountKind | undefined;
  /** The id of the tenant, where the answer names it. */
  readonly tenant: string | undefined;
  /** Scopes that the answer says were granted, without the address of Graph. */
  readonly scopes: readonly string[];
  /** What the token itself says, as best effort: undefined where it cannot be read, which says nothing about what is granted. */
  readonly token: TokenNames | undefined;
}

/** The names in a token that can be read. */
export interface TokenNames {
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** Why a sign-in did not work. */
export type FailureReason =
  | 'cancelled'
  | 'declined'
  | 'expired'
  | 'offline'
  /** Nothing was consented to, or not what was asked for. */
  | 'consent'
  /** Only a person can go on: no sign-in is kept, or it is no longer valid. */
  | 'sign-in-needed'
  /** The secret or certificate of the app is wrong, has ended, or is not its own. */
  | 'proof'
  | 'refused';

/** A sign-in that did not work: one sentence or two, with the next step. */
export interface SignInFailure {
  readonly ok: false;
  readonly reason: FailureReason;
  readonly sentence: string;
  /** Such as AADSTS65001. */
  readonly code?: string;
  /** What Entra wants proved with the next request. */
  readonly claims?: string;
}

export type Outcome = SignedIn | SignInFailure;

/** Keeps what msal remembers, as text: in memory, or where the caller keeps secrets. */
export interface TokenCache {
  readonly read: () => string | undefined | Promise<string | undefined>;
  readonly write: (text: string) => void | Promise<void>;
}
