/** What is known of who signed in, by app: in memory only, names and an account's label, never a token. */

/** An account of VS Code. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

export interface SignedIn {
  readonly account: Account;
  readonly provider: string;
  /** What is known to be granted; null: it cannot be told. */
  readonly names: readonly string[] | null;
}

export type SignInState = ReturnType<typeof createState>;

/** Nobody is signed in at first. */
export function createState() {
  const signedIn = new Map<string, SignedIn>();
  const asksAgain = new Set<string>();
  return {
    get: (clientId: string): SignedIn | undefined => signedIn.get(clientId),
    all: (): [string, SignedIn][] => [...signedIn],

    set(clientId: string, value: SignedIn): void {
      signedIn.set(clientId, value);
      asksAgain.delete(clientId);
    },

    /** Forgets an app; with `isChosen` the account is asked for the next time. */
    forget(clientId: string, isChosen = false): void {
      signedIn.delete(clientId);
      if (isChosen) asksAgain.add(clientId);
    },

    /** Whether who signs in next has to choose an account. */
    asksAgain: (clientId: string): boolean => asksAgain.has(clientId),
  };
}
