/** Finds out what is granted, and asks for what is missing: the order of the questions, apart from VS Code and from the server. */
import { explainSignInError, type SignInExplanation } from '../../../server/src/identity/aadsts';
import type { SignInFailure } from '../../../server/src/identity/types';
import { type Granted, grantedBy, type ReadSession, unique, without } from './granted';
import { everythingGranted, requestScopes, type SignInApp } from './provider';
import { SignInRefused } from './way';

/** VS Code's sessions of one account. */
export interface Sessions<Session extends ReadSession = ReadSession> {
  /** Never asks the user; undefined where that would take a question, or nobody can be reached. */
  readonly silently: (scopes: readonly string[]) => Promise<Session | undefined>;
  /** May ask the user. Rejects where it fails, or the user declines. */
  readonly asking: (scopes: readonly string[]) => Promise<Session>;
}

/** Questions about names, where a list fails as a whole: each may take a request of VS Code. */
const mostQuestions = 40;

/**
 * What is granted to the one who signed in; undefined where nobody did. No question is asked.
 * @param declared names that matter: those that seem to be missing are asked for by name, for what VS Code holds may be older than a consent
 */
export async function readGranted(sessions: Sessions, app: SignInApp, declared: readonly string[]): Promise<Granted | undefined> {
  const session = await sessions.silently(requestScopes(app, [everythingGranted]));
  if (!session) return undefined;
  const { names, isComplete, ...more } = grantedBy(session, []);
  const doubtful = without(declared, names);
  const confirmed = await confirm(sessions, app, doubtful);
  const all = unique([...names, ...confirmed]);
  return { ...more, names: all, isComplete: isComplete || without(declared, all).length === 0 };
}

/** What the sessions prove that can be had for some names: one name that is not granted fails the whole list, so that each half is asked for then. */
async function confirm(sessions: Sessions, app: SignInApp, names: readonly string[]): Promise<string[]> {
  let left = mostQuestions;
  const ask = async (some: readonly string[]): Promise<string[]> => {
    if (some.length === 0 || left === 0) return [];
    left--;
    const session = await sessions.silently(requestScopes(app, some));
    if (session) return [...grantedBy(session, some).names];
    if (some.length === 1) return [];
    const middle = Math.ceil(some.length / 2);
    return [...(await ask(some.slice(0, middle))), ...(await ask(some.slice(middle)))];
  };
  return ask(names);
}

/** Asks for consent to names, and for nothing else. Rejects where it fails. */
export async function requestConsent(sessions: Sessions, app: SignInApp, missing: readonly string[]): Promise<Granted> {
  return grantedBy(await sessions.asking(requestScopes(app, missing)), missing);
}

/** What went wrong, and what helps beside the sentence. */
export interface Failure {
  readonly explanation: Pick<SignInExplanation, 'code' | 'sentence'>;
  /** The app may lack redirect URIs: Entra shows that in the browser, and VS Code only hears that nobody came back. */
  readonly mayLackRedirectUri: boolean;
  readonly needsAdministrator: boolean;
  /** Somebody who signs in again gets further. */
  readonly needsSignIn: boolean;
  /** What was known of this sign-in counts no more: it ended, or the app's secret or certificate was refused. */
  readonly hasEnded: boolean;
  /** VS Code's own sign-in is not there; another way is. */
  readonly isBarred?: true;
}

const administratorCodes = new Set(['AADSTS90094', 'AADSTS90093', 'AADSTS90095', 'AADSTS65001', 'AADSTS90008']);

/** The next sign-in of the same kind would be refused as well. */
const policyCodes = new Set(['AADSTS53000', 'AADSTS53001', 'AADSTS53003', 'AADSTS53011']);

/** Entra knows no address to answer to. */
const addressCodes = new Set(['AADSTS50011', 'AADSTS500113', 'AADSTS900971']);

/** Explains what a provider, or msal, threw; nothing of its text but a code is kept. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SignInRefused) return { ...ofMsal(error.failure), ...(error.isBarred ? { isBarred: true } : {}) };
  const description = error instanceof Error ? error.message : String(error);
  const told = explainSignInError({ description });
  // A network that is down times out as well, and says so by a code of its own.
  const isGivenUp = !told.isKnown && !told.code && /cancell?ed|timed? ?out|did not consent/i.test(description);
  const explanation = isGivenUp ? explainSignInError({ error: 'user_cancelled' }) : told;
  return {
    explanation,
    mayLackRedirectUri: isGivenUp || addressCodes.has(explanation.code),
    needsAdministrator: administratorCodes.has(explanation.code),
    needsSignIn: false,
    hasEnded: false,
  };
}

/** Its sentence is ours already. No redirect URI is needed for a code, and none for an app as itself. */
function ofMsal({ code = '', reason, sentence }: SignInFailure): Failure {
  const needsAdministrator = reason === 'consent' || administratorCodes.has(code);
  const hasEnded = reason === 'sign-in-needed' || reason === 'proof';
  const needsSignIn = (hasEnded || reason === 'expired') && !policyCodes.has(code);
  return { explanation: { code, sentence }, mayLackRedirectUri: false, needsAdministrator, needsSignIn, hasEnded };
}
