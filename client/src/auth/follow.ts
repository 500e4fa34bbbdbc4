/** Follows what happens to sign-ins elsewhere: VS Code ends a session, another window signs out. */
import { authentication, type Disposable, type SecretStorage } from 'vscode';
import type { Ask } from '../common/manifest';
import { appsHere, type Ways } from './choose';
import type { Held } from './held';
import type { Kept } from './kept';
import { tenantOf } from './provider';
import type { SignInState } from './state';

export interface FollowParts {
  readonly ask: Ask;
  readonly state: SignInState;
  readonly held: Held;
  readonly ways: Ways;
  readonly kept: Kept;
  readonly secrets: Pick<SecretStorage, 'onDidChange' | 'get'>;
}

/** Makes the follower; it listens once told to, from the first sign-in on. */
export function createFollower({ ask, state, held, ways, kept, secrets }: FollowParts) {
  const disposables: Disposable[] = [];
  let isBusy = false;
  let isStale = false;

  /** Asks silently again for everybody that VS Code signed in; who is not signed in any more is forgotten. */
  async function recheck(): Promise<void> {
    isBusy = true;
    isStale = false;
    try {
      const apps = (await appsHere(ask)) ?? [];
      for (const { clientId, kind, signedIn } of state.all()) {
        if (signedIn.way !== 'editor') continue;
        const app = apps.find((candidate) => candidate.clientId === clientId);
        const reading = app && (await ways.editor.read(app, signedIn).catch(() => undefined));
        if (reading) await held.remember(clientId, ways.editor, reading);
        else await held.forget({ clientId, kind }, false);
      }
    } finally {
      isBusy = false;
      // A provider that tells of its own answers would go round for ever.
      isStale = false;
    }
  }

  /** What another window took away is gone here too; what it only renewed is read when it is needed. */
  async function secretChanged(name: string): Promise<void> {
    const apps = state.all().some(({ signedIn }) => signedIn.way !== 'editor') ? ((await appsHere(ask)) ?? []) : [];
    for (const { clientId, kind, signedIn } of state.all()) {
      const { way } = signedIn;
      const app = apps.find((candidate) => candidate.clientId === clientId);
      if (way === 'editor' || !app) continue;
      const owner = { way, clientId, tenant: tenantOf(app), environment: app.environment };
      if (kept.isNameOf(name, owner) && (await secrets.get(name)) === undefined) await held.forget({ clientId, kind }, true);
    }
  }

  return {
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
    },

    /** Begins to listen; more than once is once. */
    listen(): void {
      if (disposables.length > 0) return;
      const isOurs = (id: string) => state.all().some(({ signedIn }) => signedIn.provider === id);
      disposables.push(
        authentication.onDidChangeSessions(({ provider }) => {
          if (!isOurs(provider.id)) return;
          isStale = true;
          if (!isBusy) void recheck();
        }),
        secrets.onDidChange(({ key }) => void secretChanged(key)),
      );
    },

    /** Runs a command; what changes meanwhile is looked at after it. */
    async during<T>(body: () => Promise<T>): Promise<T> {
      isBusy = true;
      try {
        return await body();
      } finally {
        isBusy = false;
        if (isStale) void recheck();
      }
    },
  };
}
