/** Signs a person in with a code that they enter in any browser: for apps, clouds and machines where VS Code's own provider cannot. */
import { checkConsent } from '../../../server/src/identity/consent';
import { createDelegatedClient, type DeviceCodeRequest } from '../../../server/src/identity/delegated';
import { grantedNames } from '../../../server/src/identity/grants';
import type { SignedIn as Answer, AuthorityOverride, IdentitySettings } from '../../../server/src/identity/types';
import { cacheOf, type Kept, type Owner } from './kept';
import { type SignInApp, tenantOf } from './provider';
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
  const clientOf = (app: SignInApp) => createDelegatedClient(settingsOf(app, override), cacheOf(kept, ownerOf(app)));
  const toReading = (app: SignInApp, answer: Answer): Reading => readingOf(answer, labelFor(app));

  /** Undefined where the user gave up: that is no failure. */
  const ask = async (app: SignInApp, wanted: readonly string[]): Promise<Reading | undefined> => {
    const client = await clientOf(app);
    const outcome = await withPrompt(app, (prompt) => checkConsent(client, { ...prompt, wanted }));
    const failure = outcome.ok ? outcome.notGranted : outcome;
    if (failure?.reason === 'cancelled') return outcome.ok ? toReading(app, outcome) : undefined;
    if (failure) throw new SignInRefused(failure);
    return outcome.ok ? toReading(app, outcome) : undefined;
  };

  return {
    id: 'code',
    obstacle: () => undefined,
    signIn: async (app, isAnew) => {
      if (isAnew) await kept.forget(ownerOf(app));
      return ask(app, []);
    },
    read: async (app) => {
      if (!kept.has(ownerOf(app))) return undefined;
      const outcome = await (await clientOf(app)).granted();
      if (outcome.ok) return toReading(app, outcome);
      // Somebody is signed in, and consented to nothing.
      if (outcome.reason === 'consent') return { granted: { names: [], isComplete: true }, label: labelFor(app) };
      throw new SignInRefused(outcome);
    },
    request: (app, missing) => ask(app, missing),
    forget: ({ clientId }) => kept.forget({ way: 'code', clientId }),
  };
}

/** Whose tokens they are. */
export function ownerOf(app: SignInApp): Owner {
  return { way: 'code', clientId: app.clientId, tenant: tenantOf(app), environment: app.environment };
}

/** Where to sign in, for msal. */
export function settingsOf(app: SignInApp, override?: AuthorityOverride): IdentitySettings {
  return { clientId: app.clientId, tenant: tenantOf(app), environment: app.environment, override };
}

/** What an answer of msal showed. */
export function readingOf(answer: Answer, label: string): Reading {
  const names = grantedNames(answer);
  return { granted: { names: names ?? [], isComplete: names !== undefined }, label, person: answer.account };
}
