/** What every way of signing in can do; the commands know no more of them. */
import type { SignInFailure } from '../../../server/src/identity/types';
import { type Granted, unique } from './granted';
import type { SignInApp } from './provider';
import type { Account, SignedIn, WayId } from './state';

/** What a sign-in showed. */
export interface Reading extends Pick<SignedIn, 'label' | 'person' | 'account' | 'provider'> {
  readonly granted: Granted;
}

/** Why a way cannot be gone for an app, and what helps. */
export interface Obstacle {
  readonly message: string;
  /** A setting that opens the way. */
  readonly setting?: string;
}

export interface Way {
  readonly id: WayId;
  readonly obstacle: (app: SignInApp) => Obstacle | undefined;
  /** Whether something of an earlier sign-in is kept, so that reading needs no question. */
  readonly isKept: (app: SignInApp) => boolean;
  /**
   * Signs in; may ask the user. Undefined: the user gave up. Rejects with what went wrong.
   * @param isAnew as somebody else than before
   */
  readonly signIn: (app: SignInApp, isAnew: boolean) => Promise<Reading | undefined>;
  /** What is granted now; asks nobody. Undefined: nobody is signed in. Rejects with what went wrong. */
  readonly read: (app: SignInApp, signedIn: SignedIn | undefined) => Promise<Reading | undefined>;
  /** Asks the user to consent to names; absent where only an administrator can. */
  readonly request?: (app: SignInApp, missing: readonly string[], account: Account | undefined) => Promise<Reading | undefined>;
}

/** The commands that sign in, by way. */
export const commandOf: Readonly<Record<WayId, string>> = {
  editor: 'm365Scopes.signIn',
  code: 'm365Scopes.signInWithCode',
  app: 'm365Scopes.signInAsApp',
};

/** A sign-in that was refused, as an error; its sentence is ours. */
export class SignInRefused extends Error {
  /** @param isBarred the way itself is closed here, and a code may be the way around */
  constructor(
    readonly failure: SignInFailure,
    readonly isBarred = false,
  ) {
    super(failure.sentence);
    this.name = 'SignInRefused';
  }
}

/** What is known to be granted: null where it cannot be told. */
export function knownNames({ granted: { names, isComplete } }: Reading): readonly string[] | null {
  return isComplete ? unique(names) : null;
}
