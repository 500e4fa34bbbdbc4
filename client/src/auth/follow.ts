/** Follows what happens to sign-ins elsewhere: VS Code ends a session, another window signs out. */
import { authentication, type Disposable, type SecretStorage } from 'vscode';
import type { Ask } from '../common/manifest';
import { appsOf, type Ways } from './choose';
import type { Held } from './held';
import { secretNameOf } from './kept';
import type { Life } from './life';
import { isSameTarget, type SignInState, targetOf } from './state';

export interface FollowParts {
  readonly ask: Ask;
  readonly state: SignInState;
  readonly held: Held;
  readonly ways: Ways;
  readonly life: Life;
  readonly secrets: Pick<SecretStorage, 'onDidChange' | 'get'>;
}

/** A provider that tells of its own answers would go round for ever. */
const mostPasses = 3;

/** Makes the follower; it listens once told to, from the first sign-in on. */
export function createFollower({ ask, state, held, ways, life, secrets }: FollowParts) {
  const disposables: Disposable[] = [];
  let busy = 0;
  let isStale = false;

  /** Asks silently again for everybody that VS Code signed in; who is not signed in any more is forgotten. */
  async function lookAgain(signal: AbortSignal): Promise<void> {
    const apps = await appsOf(ask);
    if (!apps) return;
    for (const { target, kind, signedIn } of state.all()) {
      if (signedIn.way !== 'editor') continue;
      const app = apps.find((candidate) => isSameTarget(targetOf(candidate), target));
      // What fails is no sign-out: the network may be down.
      const read =
        app &&
        (await ways.editor
          .read(app, signedIn)
          .then((reading) => ({ reading }))
          .catch(() => 'unknown' as const));
      if (signal.aborted) return;
      // Somebody else may have signed in meanwhile: then this was about who is gone.
      if (read === 'unknown' || state.get(target, kind) !== signedIn) continue;
      if (read?.reading) await held.remember(target, ways.editor, read.reading);
      else await held.forget({ target, kind }, false);
    }
  }

  async function recheck(): Promise<void> {
    busy++;
    try {
      for (let pass = 0; isStale && pass < mostPasses; pass++) {
        isStale = false;
        await lookAgain(life.signal());
      }
    } catch {
      // Nobody asked for it, and what is held stays as it is.
    } finally {
      busy--;
      isStale = false;
    }
  }

  /** What another window took away is gone here too; what it only renewed is read when it is needed. */
  async function secretChanged(name: string): Promise<void> {
    for (const { target, kind, signedIn } of state.all()) {
      if (signedIn.way === 'editor' || secretNameOf(signedIn.way, target) !== name) continue;
      if ((await secrets.get(name)) === undefined) await held.forget({ target, kind }, true);
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
          if (busy === 0) void recheck();
        }),
        secrets.onDidChange(({ key }) => void secretChanged(key).catch(() => undefined)),
      );
    },

    /**
     * Runs a command; what changes meanwhile is looked at after it.
     * @param body gets what is aborted once somebody signs out: then it must keep nothing
     */
    async during<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
      busy++;
      try {
        return await body(life.signal());
      } finally {
        busy--;
        if (isStale && busy === 0) void recheck();
      }
    },
  };
}
