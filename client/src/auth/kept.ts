/** Keeps what msal remembers, and the secrets of apps, in VS Code's SecretStorage; where they are is written down apart, so that all can be forgotten. */
import type { TokenCache } from '../../../server/src/identity/types';
import type { WayId } from './state';

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

/** Whose secret it is: one app in one tenant of one cloud. */
export interface Owner {
  readonly way: WayId;
  readonly clientId: string;
  readonly tenant: string;
  readonly environment: string;
}

export type Kept = ReturnType<typeof createKept>;

const notesKey = 'm365Scopes.kept';

/** The name of a secret in the store. */
function nameOf({ way, clientId, tenant, environment }: Owner): string {
  return `m365Scopes/${[way, environment, tenant.toLowerCase(), clientId].join('/')}`;
}

/** Makes the keeper; nothing is read before it is asked. */
export function createKept(secrets: SecretStore, notes: Notes) {
  const names = () => notes.get<readonly string[]>(notesKey, []);
  const drop = async (dropped: readonly string[]): Promise<void> => {
    for (const name of dropped) await secrets.delete(name);
    const left = names().filter((name) => !dropped.includes(name));
    if (left.length < names().length) await notes.update(notesKey, left);
  };
  return {
    /** Whether anything is kept; asks no store. */
    hasAny: (): boolean => names().length > 0,
    has: (owner: Owner): boolean => names().includes(nameOf(owner)),
    /** Whether a name of the store is that of an owner. */
    isNameOf: (name: string, owner: Owner): boolean => name === nameOf(owner),
    read: async (owner: Owner): Promise<string | undefined> => secrets.get(nameOf(owner)),

    async write(owner: Owner, text: string): Promise<void> {
      const name = nameOf(owner);
      // First the note: a secret without one could not be forgotten, should the editor end in between.
      if (!names().includes(name)) await notes.update(notesKey, [...names(), name]);
      await secrets.store(name, text);
    },

    /** Forgets what is kept for a way of one app, in every tenant. */
    forget: ({ way, clientId }: Pick<Owner, 'way' | 'clientId'>): Promise<void> =>
      drop(names().filter((name) => name.startsWith(`m365Scopes/${way}/`) && name.endsWith(`/${clientId}`))),
    forgetAll: (): Promise<void> => drop(names()),
  };
}

/** What msal remembers of one owner. */
export function cacheOf(kept: Kept, owner: Owner): TokenCache {
  return { read: () => kept.read(owner), write: (text) => kept.write(owner, text) };
}
