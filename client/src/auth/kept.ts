/** Keeps what msal remembers, and the secrets of apps, in VS Code's SecretStorage; where they are is written down apart, so that all can be forgotten. */
import type { TokenCache } from '../../../server/src/identity/types';
import type { Target, WayId } from './state';

/** The part of VS Code's SecretStorage that is used. */
export interface SecretStore {
  readonly get: (key: string) => PromiseLike<string | undefined>;
  readonly store: (key: string, value: string) => PromiseLike<void>;
  readonly delete: (key: string) => PromiseLike<void>;
}

/** The part of VS Code's Memento that is used. */
export interface Notes {
  readonly get: <T>(key: string, fallback: T) => T;
  readonly update: (key: string, value: unknown) => PromiseLike<void>;
}

/** The secret of one way to sign in to one app. Nothing here rejects. */
export interface Drawer extends TokenCache {
  /** Whether anything is in it; asks no store. */
  readonly isFull: () => boolean;
  readonly read: () => Promise<string | undefined>;
  /** Keeps a text, unless everything was forgotten since the drawer was opened. */
  readonly write: (text: string) => Promise<void>;
  readonly forget: () => Promise<void>;
}

export type Kept = ReturnType<typeof createKept>;

const notesKey = 'm365Scopes.kept';

/** The name of a secret in the store. */
export function secretNameOf(way: WayId, { environment, tenant, clientId }: Target): string {
  return `m365Scopes/${[way, environment, tenant.toLowerCase(), clientId].join('/')}`;
}

/**
 * Makes the keeper; nothing is read before it is asked.
 * @param onTrouble the store, or the notes, cannot be written
 */
export function createKept(secrets: SecretStore, notes: Notes, onTrouble: () => void) {
  let era = 0;
  let last: Promise<unknown> = Promise.resolve();
  const names = () => notes.get<readonly string[]>(notesKey, []);

  /** One after the other: what is written must not outlive a forgetting that came later. */
  const inTurn = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    const mine = last.then(work).catch(() => {
      onTrouble();
      return otherwise;
    });
    last = mine;
    return mine;
  };
  const note = async (changed: readonly string[]): Promise<void> => {
    if (changed.length !== names().length) await notes.update(notesKey, changed);
  };

  /** Deletes secrets; the names of those that cannot be deleted are left, for another try. */
  const drop = async (dropped: readonly string[]): Promise<boolean> => {
    const stay = new Set<string>();
    for (const name of dropped) await Promise.resolve(secrets.delete(name)).catch(() => stay.add(name));
    await note(names().filter((name) => stay.has(name) || !dropped.includes(name)));
    return stay.size === 0;
  };

  return {
    /** Whether anything is kept; asks no store. */
    hasAny: (): boolean => names().length > 0,

    /** Opens the drawer of a way to an app. */
    of(way: WayId, target: Target): Drawer {
      const name = secretNameOf(way, target);
      const opened = era;
      return {
        isFull: () => names().includes(name),
        read: () => inTurn(async () => secrets.get(name), undefined),
        write: (text) =>
          inTurn(async () => {
            if (opened !== era) return;
            // A note without a secret is harmless; a secret without a note is never forgotten.
            if (!names().includes(name)) await notes.update(notesKey, [...names(), name]);
            await secrets.store(name, text);
          }, undefined),
        forget: () => inTurn(async () => void (await drop([name])), undefined),
      };
    },

    /** Forgets everything, also what is about to be kept. False: the store did not let go of all of it. */
    forgetAll(): Promise<boolean> {
      era++;
      return inTurn(() => drop(names()), false);
    },
  };
}
