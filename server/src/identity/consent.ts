/** Asks what is granted without a prompt first, signs in only where that needs a person, and then asks for the missing names alone. */
import type { DelegatedClient, DeviceCodeRequest } from './delegated';
import type { Outcome, SignedIn, SignInFailure } from './types';

/** What to find out. */
export interface ConsentRequest extends Omit<DeviceCodeRequest, 'scopes' | 'claims'> {
  /** Names to ask consent for where they are missing; none: only read what is granted. */
  readonly wanted?: readonly string[];
}

/** What is granted, and why the missing names were not. */
export type Consent = (SignedIn & { readonly notGranted?: SignInFailure }) | SignInFailure;

/** Names that every sign-in has. */
const always: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Reads what is granted. At most two prompts: to sign in, and to consent to what is missing. */
export async function checkConsent(client: DelegatedClient, { wanted = [], ...prompt }: ConsentRequest): Promise<Consent> {
  const granted = await grantedNow(client, prompt);
  if (!granted.ok) return granted;
  const missing = missingOf(wanted, granted.scopes);
  if (missing.length === 0) return granted;
  const asked = await client.signIn({ ...prompt, scopes: missing });
  if (!asked.ok) return { ...granted, notGranted: asked };
  const now = await client.granted();
  return now.ok ? now : asked;
}

async function grantedNow(client: DelegatedClient, prompt: Omit<DeviceCodeRequest, 'scopes' | 'claims'>): Promise<Outcome> {
  const silent = await client.granted();
  if (silent.ok || (silent.reason !== 'sign-in-needed' && silent.reason !== 'consent')) return silent;
  const signed = await client.signIn({ ...prompt, claims: silent.claims });
  if (!signed.ok) return signed;
  const granted = await client.granted();
  // Nothing is consented to: then what the sign-in itself got is all there is.
  return granted.ok || granted.reason !== 'consent' ? granted : signed;
}

/** Names of a list that are not granted: exact names, for a broader one does not stop the prompt for a narrower one. */
function missingOf(wanted: readonly string[], granted: readonly string[]): string[] {
  const has = new Set(granted.map((name) => name.toLowerCase()));
  return [...new Set(wanted)].filter((name) => !always.has(name.toLowerCase()) && !has.has(name.toLowerCase()));
}
