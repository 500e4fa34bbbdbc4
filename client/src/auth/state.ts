/** What is known of who signed in, by app and kind of permission: in memory only, names and an account's label, never a token. */
import type { AccountKind } from '../../../server/src/core/permissions/grants';
import type { SignedInGrants } from '../../../server/src/lsp/protocol';

/** VS Code's own sign-in, a code for any browser, or the app as itself. */
export type WayId = 'editor' | 'code' | 'app';

/** Whose permissions a sign-in shows. */
export type Kind = SignedInGrants['kind'];

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
  readonly clientId: string;
  readonly kind: Kind;
  readonly signedIn: SignedIn;
}

export type SignInState = ReturnType<typeof createState>;

/** A person has delegated permissions, an app its own. */
export function kindOf(way: WayId): Kind {
  return way === 'app' ? 'application' : 'delegated';
}

/** Nobody is signed in at first. */
export function createState() {
  const entries = new Map<string, Entry>();
  const asksAgain = new Set<string>();
  const keyOf = (clientId: string, kind: Kind) => `${kind} ${clientId}`;
  return {
    get: (clientId: string, kind: Kind): SignedIn | undefined => entries.get(keyOf(clientId, kind))?.signedIn,
    of: (clientId: string): Entry[] => [...entries.values()].filter((entry) => entry.clientId === clientId),
    all: (): Entry[] => [...entries.values()],

    set(clientId: string, signedIn: SignedIn): void {
      const kind = kindOf(signedIn.way);
      entries.set(keyOf(clientId, kind), { clientId, kind, signedIn });
      if (kind === 'delegated') asksAgain.delete(clientId);
    },

    /** Forgets a sign-in; with `isChosen` the account is asked for the next time. */
    forget(clientId: string, kind: Kind, isChosen = false): void {
      entries.delete(keyOf(clientId, kind));
      if (isChosen && kind === 'delegated') asksAgain.add(clientId);
    },

    /** Whether who signs in next has to choose an account. */
    asksAgain: (clientId: string): boolean => asksAgain.has(clientId),
  };
}
