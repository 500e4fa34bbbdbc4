/** Tells why a sign-in did not work, from what the server answered and what msal threw. */
import { explainSignInError } from './aadsts';
import type { Network, ServerError, Trouble } from './network';
import type { FailureReason, SignInFailure } from './types';

/** Errors of the protocol, and of msal, that stand for a reason. */
const reasons: Readonly<Record<string, FailureReason>> = {
  access_denied: 'declined',
  authorization_declined: 'declined',
  expired_token: 'expired',
  code_expired: 'expired',
  device_code_expired: 'expired',
  user_timeout_reached: 'expired',
  consent_required: 'consent',
  interaction_required: 'sign-in-needed',
  login_required: 'sign-in-needed',
  invalid_grant: 'sign-in-needed',
  no_tokens_found: 'sign-in-needed',
  no_account_found: 'sign-in-needed',
  refresh_token_expired: 'sign-in-needed',
  bad_token: 'sign-in-needed',
};

/** Codes that mean consent, whatever the protocol's word beside them. */
const consentCodes: ReadonlySet<string> = new Set(['AADSTS65001', 'AADSTS65004', 'AADSTS90094', 'AADSTS90093', 'AADSTS90008']);

/** The secret is wrong or has ended, or the certificate is not one of the app's. Others of `invalid_client` say nothing about it. */
const proofCodes: ReadonlySet<string> = new Set(['AADSTS7000215', 'AADSTS7000222', 'AADSTS700027', 'AADSTS700030']);

const ownSentences: Readonly<Partial<Record<FailureReason, string>>> = {
  cancelled: 'The sign-in was cancelled.',
  declined: 'The sign-in was declined. Sign in again, and accept what the app asks for.',
  expired: 'Nobody signed in before the code ran out. Start again, and enter the code sooner.',
};

/** The failure that keeps no sign-in. */
export const notSignedIn: SignInFailure = { ok: false, reason: 'sign-in-needed', sentence: 'Nobody is signed in. Sign in first.' };

/** Makes a failure of whatever was thrown. */
export function toFailure(thrown: unknown, network: Network, signal: AbortSignal | undefined): SignInFailure {
  if (signal?.aborted) return own('cancelled');
  const trouble = network.trouble();
  if (trouble) return { ok: false, reason: 'offline', sentence: troubleSentence(trouble) };
  const server = network.lastError() ?? {};
  const thrownCode = textOf(thrown, 'errorCode');
  const claims = server.claims ?? textOf(thrown, 'claims');
  const explained = explainSignInError({ ...server, ...(server.error ? {} : { error: thrownCode }), claims });
  const { sentence } = explained;
  // Other names say no more than the reason does.
  const code = explained.code !== undefined && /^AADSTS\d+$/.test(explained.code) ? explained.code : undefined;
  const reason = reasonOf(server, thrownCode, code);
  return {
    ok: false,
    reason,
    sentence: code === undefined ? (ownSentence(reason, server) ?? sentence) : sentence,
    ...(code === undefined ? {} : { code }),
    ...(claims === undefined ? {} : { claims }),
  };
}

function troubleSentence({ kind, host }: Trouble): string {
  return kind === 'unreachable'
    ? `${host} cannot be reached. Check the network and the proxy; without a sign-in everything works offline.`
    : `${host} answered with something else than a sign-in: a proxy may stand in between, or it is in trouble. Try again later.`;
}

function own(reason: 'cancelled'): SignInFailure {
  return { ok: false, reason, sentence: ownSentences[reason] ?? '' };
}

/** A sign-in that was kept and is refused now is said to have ended: asking again in silence would be refused again. */
function ownSentence(reason: FailureReason, { error }: ServerError): string | undefined {
  if (reason !== 'sign-in-needed') return ownSentences[reason];
  return error === undefined ? notSignedIn.sentence : 'The sign-in is no longer valid: it was revoked, or it ran out. Sign in again.';
}

function reasonOf({ error, suberror }: ServerError, thrownCode: string | undefined, code: string | undefined): FailureReason {
  if (code !== undefined && consentCodes.has(code)) return 'consent';
  if (code === undefined ? error === 'invalid_client' : proofCodes.has(code)) return 'proof';
  return reasons[suberror ?? ''] ?? reasons[error ?? ''] ?? reasons[thrownCode ?? ''] ?? 'refused';
}

function textOf(thrown: unknown, name: string): string | undefined {
  const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
