/** Turns an error of signing in into one sentence with the next step. Nothing of the error but its code is repeated: a description holds ids, names and addresses. */
import { claimsCause, type SignInCause, signInCauses } from './aadsts-table';

/** What Entra, msal, VS Code or the network said; every member may be absent. */
export interface SignInError {
  /** `AADSTS65001`, `65001`, or the code of msal or of the network, such as `ENOTFOUND`. */
  readonly code?: string | number | undefined;
  /** OAuth's `error`. */
  readonly error?: string | undefined;
  /** OAuth's `error_description`, or any message. */
  readonly description?: string | undefined;
  readonly suberror?: string | undefined;
  /** A claims challenge. */
  readonly claims?: string | undefined;
}

export interface SignInExplanation {
  readonly kind: 'error';
  /** As Entra writes it, such as `AADSTS65001`, or a name; empty where nothing tells. */
  readonly code: string;
  readonly sentence: string;
  /** The page that it was read on. */
  readonly source: string;
  /** False: the code is none of those in the table. */
  readonly isKnown: boolean;
}

const byCode = new Map(signInCauses.flatMap((cause) => (cause.codes ?? []).map((code): [string, SignInCause] => [String(code), cause])));
const byName = new Map(signInCauses.flatMap((cause) => (cause.names ?? []).map((name): [string, SignInCause] => [name, cause])));

/** Names that tell the cause also beside a code that is not known here; the others stand for many. */
const exactNames = new Set([
  ...['consent_required', 'interaction_required', 'access_denied', 'temporarily_unavailable'],
  ...['authorization_declined', 'expired_token'],
]);

/** Where Microsoft explains every code. */
const lookUp = 'https://login.microsoftonline.com/error';

/** Explains an error. The code of Entra tells most, then a suberror, then the name of the error, then a claims challenge. */
export function explainSignInError({ code, error, description, suberror, claims }: SignInError): SignInExplanation {
  const texts = [code === undefined ? undefined : String(code), description, error].filter((text) => text !== undefined);
  const numbers = texts.flatMap(codesIn);
  for (const number of numbers) {
    const cause = byCode.get(number);
    if (cause) return toExplanation(`AADSTS${number}`, cause);
  }
  const [first] = numbers;
  const usable = (name: string) => first === undefined || exactNames.has(name);
  for (const name of [suberror, String(code ?? ''), error, ...namesIn(description)]) {
    const key = name?.trim().toLowerCase() ?? '';
    const cause = byName.get(key);
    // An error that only says that somebody has to act is told better by the claims that it carries.
    if (cause && usable(key) && !(key === 'interaction_required' && claims)) return toExplanation(name?.trim() ?? '', cause);
  }
  const known = first === undefined ? '' : `AADSTS${first}`;
  if (claims) return toExplanation(known || 'claims', claimsCause);
  const sentence =
    first === undefined
      ? 'Signing in failed for a reason that is not known here: try again, and look at the sign-in logs of the tenant if it fails again.'
      : `Signing in failed with ${known}, which is not known here: look it up at ${lookUp}?code=${first}.`;
  return { kind: 'error', code: known, sentence, source: first === undefined ? lookUp : `${lookUp}?code=${first}`, isKnown: false };
}

/** Whether a text asks about an error of signing in: a code, a name of the table, or a whole message with a code in it. */
export function isSignInError(text: string): boolean {
  return codesIn(text).length > 0 || byName.has(text.trim().toLowerCase());
}

function toExplanation(code: string, { sentence, source }: SignInCause): SignInExplanation {
  return { kind: 'error', code, sentence, source, isKnown: true };
}

/** A number alone is a code as well; inside a text it could be anything. */
function codesIn(text: string): string[] {
  const alone = /^\s*(\d{5,8})\s*$/.exec(text)?.[1];
  return alone === undefined ? [...text.matchAll(/AADSTS(\d{5,8})/gi)].flatMap(([, digits]) => digits ?? []) : [alone];
}

/** Errors of the network come in a message, such as `getaddrinfo ENOTFOUND login.microsoftonline.com`. */
function namesIn(description: string | undefined): string[] {
  return description?.match(/\b[A-Z][A-Z0-9_]{5,40}\b/g) ?? [];
}
