/** What is known of who signed in, by app, tenant, cloud and kind of permission: in memory only, names and an account's label, never a token. */
import type { AccountKind } from '../../../server/src/core/permissions/grants';
import type { AppReference, SignedInGrants } from '../../../server/src/lsp/protocol';
import type { SignInApp } from './provider';

/** VS Code's own sign-in, a code for any browser, or the app as itself. */
export type WayId = 'editor' | 'code' | 'app';

/** Whose permissions a sign-in shows. */
export type Kind = SignedInGrants['kind'];

/** What somebody signed in to. */
export type Target = Required<AppReference>;

/** An account of VS Code. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

export interface SignedIn {
  readonly way: WayId;
  /** Whom the user sees: an account's name, or the app's. */
  readonly label: string;
  /** What the person is in the tenant, where it can be told. */
  readonly person?: AccountKind | undefined;
  /** Of VS Code, with its provider. */
  readonly account?: Account | undefined;
  readonly provider?: string | undefined;
  /** What is known to be granted; null: it cannot be told. */
  readonly names: readonly string[] | null;
}

/** One sign-in to one app. */
export interface Entry {
  readonly target: Target;
  readonly kind: Kind;
  readonly signedIn: SignedIn;
}

export type SignInState = ReturnType<typeof createState>;

/** A person has delegated permissions, an app its own. */
export function kindOf(way: WayId): Kind {
  return way === 'app' ? 'application' : 'delegated';
}

/** Where one signs in to an app. */
export function targetOf({ clientId, signInTenant, environment }: SignInApp): Target {
  return { clientId, tenant: signInTenant, environment };
}

/** Whether two are the same app, in the same tenant of the same cloud. */
export function isSameTarget(a: Target, b: Target): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ clientId, tenant, environment }: Target): string {
  return [environment, tenant, clientId].join('/').toLowerCase();
}

/** Nobody is signed in at first. */
export function createState() {
  const entries = new Map<string, Entry>();
  const asksAgain = new Set<string>();
  const entryKey = (target: Target, kind: Kind) => `${kind} ${keyOf(target)}`;
  return {
    get: (target: Target, kind: Kind): SignedIn | undefined => entries.get(entryKey(target, kind))?.signedIn,
    of: (target: Target): Entry[] => [...entries.values()].filter((entry) => isSameTarget(entry.target, target)),
    all: (): Entry[] => [...entries.values()],

    set(target: Target, signedIn: SignedIn): Entry {
      const kind = kindOf(signedIn.way);
      const entry = { target, kind, signedIn };
      entries.set(entryKey(target, kind), entry);
      if (kind === 'delegated') asksAgain.delete(keyOf(target));
      return entry;
    },

    /** Forgets a sign-in; with `isChosen` the account is asked for the next time. */
    forget(target: Target, kind: Kind, isChosen = false): void {
      entries.delete(entryKey(target, kind));
      if (isChosen && kind === 'delegated') asksAgain.add(keyOf(target));
    },

    /** Whether who signs in next has to choose an account. */
    asksAgain: (target: Target): boolean => asksAgain.has(keyOf(target)),
  };
}
