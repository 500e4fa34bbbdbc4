/** Signs a person in with a code that they enter in any browser: for apps, clouds and machines where VS Code's own provider cannot. */
import { checkConsent } from '../../../server/src/identity/consent';
import { createDelegatedClient, type DeviceCodeRequest } from '../../../server/src/identity/delegated';
import { grantedNames } from '../../../server/src/identity/grants';
import { memoryCache } from '../../../server/src/identity/token-cache';
import type { SignedIn as Answer, AuthorityOverride, IdentitySettings, TokenCache } from '../../../server/src/identity/types';
import type { Kept } from './kept';
import type { SignInApp } from './provider';
import { targetOf } from './state';
import { type Reading, SignInRefused, type Way } from './way';

/** What the user sees and may stop. */
export type Prompt = Pick<DeviceCodeRequest, 'onCode'> & { readonly signal: AbortSignal };

export interface CodeWayParts {
  readonly kept: Kept;
  /** Shows the code while the body waits. */
  readonly withPrompt: <T>(app: SignInApp, body: (prompt: Prompt) => Promise<T>) => Promise<T>;
  /** How the person is called: the answer's account is not shown. */
  readonly labelFor: (app: SignInApp) => string;
  /** The tests' own server. */
  readonly override?: AuthorityOverride;
}

/** Makes the way; msal is loaded when somebody goes it. */
export function createCodeWay({ kept, withPrompt, labelFor, override }: CodeWayParts): Way {
  const drawerOf = (app: SignInApp) => kept.of('code', targetOf(app));
  const clientOf = (app: SignInApp, cache: TokenCache) => createDelegatedClient(settingsOf(app, override), cache);
  const toReading = (app: SignInApp, answer: Answer): Reading => readingOf(answer, labelFor(app));

  /** Undefined where the user gave up: that is no failure. */
  const ask = async (app: SignInApp, cache: TokenCache, wanted: readonly string[]): Promise<Reading | undefined> => {
    const client = await clientOf(app, cache);
    const outcome = await withPrompt(app, (prompt) => checkConsent(client, { ...prompt, wanted }));
    const failure = outcome.ok ? outcome.notGranted : outcome;
    if (failure?.reason === 'cancelled') return outcome.ok ? toReading(app, outcome) : undefined;
    if (failure) throw new SignInRefused(failure);
    return outcome.ok ? toReading(app, outcome) : undefined;
  };

  /** Whoever gives up is signed in as before. */
  const askAnew = async (app: SignInApp): Promise<Reading | undefined> => {
    const [drawer, cache] = [drawerOf(app), memoryCache()];
    const reading = await ask(app, cache, []);
    const text = await cache.read();
    if (reading && text !== undefined) await drawer.write(text);
    return reading;
  };

  return {
    id: 'code',
    obstacle: () => undefined,
    isKept: (app) => drawerOf(app).isFull(),
    signIn: (app, isAnew) => (isAnew ? askAnew(app) : ask(app, drawerOf(app), [])),
    read: async (app) => {
      const drawer = drawerOf(app);
      if (!drawer.isFull()) return undefined;
      const outcome = await (await clientOf(app, drawer)).granted();
      if (outcome.ok) return toReading(app, outcome);
      // Somebody is signed in, and consented to nothing.
      if (outcome.reason === 'consent') return { granted: { names: [], isComplete: true }, label: labelFor(app) };
      throw new SignInRefused(outcome);
    },
    request: (app, missing) => ask(app, drawerOf(app), missing),
  };
}

/** Where to sign in, for msal. */
export function settingsOf(app: SignInApp, override?: AuthorityOverride): IdentitySettings {
  return { ...targetOf(app), override };
}

/** What an answer of msal showed. */
export function readingOf(answer: Answer, label: string): Reading {
  const names = grantedNames(answer);
  return { granted: { names: names ?? [], isComplete: names !== undefined }, label, person: answer.account };
}
