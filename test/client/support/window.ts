/** One window of an editor with the extension's sign-in: a server that compares by name, a store of secrets, notes, and Entra. */
import { createSignIn } from '../../../client/src/auth/commands';
import { signInApps } from '../../../client/src/auth/pick';
import { isSameTarget, type Target, targetOf } from '../../../client/src/auth/state';
import { appsRequest, type SignedInGrants, type WorkspaceApp } from '../../../server/src/lsp/protocol';
import { type FakeEntra, startFakeEntra } from './entra';
import { clearDesk, secretsChanged } from './vscode';

export interface FakeWindow {
  readonly entra: FakeEntra;
  /** The apps of the workspace; undefined: no server runs. */
  apps: readonly WorkspaceApp[] | undefined;
  readonly secrets: Map<string, string>;
  readonly notes: Map<string, unknown>;
  /** Everything that was told to the server. */
  readonly told: SignedInGrants[];
  /** What the server holds now. */
  readonly held: () => readonly string[];
  /** Holds the server's answers about grants back. */
  slow: Promise<unknown> | undefined;
  /** Makes the store refuse. */
  broken: 'store' | 'delete' | 'get' | undefined;
  readonly close: () => void;
}

export const clientId = 'aaaaaaaa-0000-4000-8000-000000000001';
export const uipathId = 'f2f43f65-16a6-4319-91b6-d2a342a88744';

/** An app of the workspace, with a list of each kind that is named. */
export function app(
  rest: Partial<WorkspaceApp> & { readonly delegated?: readonly string[]; readonly application?: readonly string[] } = {},
) {
  const { delegated, application, ...given } = rest;
  return {
    clientId,
    name: 'intake',
    owner: 'own',
    tenant: 'contoso.com',
    signInTenant: 'contoso.com',
    isPersonal: false,
    environment: 'office365',
    redirectUris: { publicClient: [], web: ['https://a.example/cb'] },
    lists: [
      ...(delegated ? [{ label: 'mail', kind: 'delegated' as const, scopes: delegated }] : []),
      ...(application ? [{ label: 'night', kind: 'application' as const, scopes: application, proof: 'secret' as const }] : []),
    ],
    ...given,
  } satisfies WorkspaceApp;
}

/** Opens one. */
export function openWindow(apps: readonly WorkspaceApp[]): FakeWindow {
  clearDesk();
  const [secrets, notes] = [new Map<string, string>(), new Map<string, unknown>()];
  const held = new Map<string, SignedInGrants>();
  const fails = (what: FakeWindow['broken']) => {
    if (opened.broken === what) throw new Error('keyring locked: /home/ada');
  };
  const store = {
    get: async (key: string) => {
      fails('get');
      return secrets.get(key);
    },
    store: async (key: string, value: string) => {
      fails('store');
      secrets.set(key, value);
      secretsChanged.fire({ key });
    },
    delete: async (key: string) => {
      fails('delete');
      secrets.delete(key);
      secretsChanged.fire({ key });
    },
    keys: async () => [...secrets.keys()],
    onDidChange: secretsChanged.event,
  };
  const memento = {
    get: <T>(key: string, fallback?: T) => (notes.get(key) as T | undefined) ?? (fallback as T),
    update: async (key: string, value: unknown) => void notes.set(key, value),
    keys: () => [...notes.keys()],
    setKeysForSync: () => {},
  };
  const ask = async <T>(method: string, params: object): Promise<T | undefined> => {
    if (!opened.apps) return undefined;
    if (method === appsRequest) return opened.apps as T;
    const answer = compare(params as SignedInGrants);
    // The request is under way already, so its answer alone is late.
    if (answer.compared > 0) await opened.slow;
    return answer as T;
  };
  const compare = (told: SignedInGrants) => {
    opened.told.push(told);
    const key = [told.kind, told.clientId, told.tenant, told.environment].join(' ');
    if (told.names === null && told.account === undefined) held.delete(key);
    else held.set(key, told);
    const meant = signInApps(opened.apps ?? []).filter((one) => isSameTarget(targetOf(one), told as Target));
    const lists = meant.flatMap((one) => one.lists.filter(({ kind }) => kind === told.kind));
    if (!told.names) return { compared: 0, missing: [] };
    const missing = lists.flatMap(({ scopes }) => scopes.filter((scope) => !told.names?.includes(scope)));
    return { compared: lists.length, missing };
  };
  const entra = startFakeEntra();
  const opened: FakeWindow = {
    entra,
    apps,
    secrets,
    notes,
    told: [],
    held: () => [...held.values()].map(({ kind, names }) => `${kind} ${names?.join() ?? '?'}`),
    slow: undefined,
    broken: undefined,
    close: () => {
      signIn.dispose();
      entra.restore();
    },
  };
  const signIn = createSignIn(ask, { secrets: store, globalState: memento });
  return opened;
}
