/** Every failure that users of Microsoft 365 automations meet, by name: each has one sentence of its own, and each is gone through with msal and as VS Code's provider throws it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { failureOf } from '../../client/src/auth/consent';
import { explainSignInError } from '../../server/src/identity/aadsts';
import { signInCauses } from '../../server/src/identity/aadsts-table';
import type { Outcome, SignInFailure } from '../../server/src/identity/types';
import { runChild } from './support/child';
import { assertClean } from './support/drive';
import { tenant } from './support/identity-server';
import { canary, recorded } from './support/recorded-errors';
import { type Answer, pending, type RecordedServer, refusal, startRecordedServer } from './support/recorded-server';
import type { Step } from './support/sign-in.child';

/** Those that have a number. */
const codes = [
  ...[65001, 65002, 65004, 90094, 50059, 9001023, 50011, 50020, 50194, 50076, 53003, 700016],
  ...[7000215, 7000218, 70011, 650053, 90002, 900144],
];
const app: Step = { do: 'app', proof: { clientSecret: 'canary-secret' } };

/** Those that have none, or more than one: how each comes, and what it says. */
const others: Readonly<Record<string, { answers: Answer[]; step: Step; reason: SignInFailure['reason']; says: RegExp }>> = {
  'consent declined': {
    answers: [refusal(70000, 'authorization_declined')],
    step: { do: 'consent' },
    reason: 'declined',
    says: /declined.*sign in again/i,
  },
  'time-out': {
    answers: [pending, refusal(70019, 'expired_token')],
    step: { do: 'consent' },
    reason: 'expired',
    says: /not entered in time.*start the sign-in again/,
  },
  offline: { answers: [], step: app, reason: 'offline', says: /cannot be reached\. Check the network and the proxy/ },
  'clock skew': { answers: [refusal(700024, 'invalid_client')], step: app, reason: 'refused', says: /set the clock of this machine/ },
};

let server: RecordedServer;
before(async () => {
  server = await startRecordedServer();
});
after(() => server.stop());

/** Goes through steps at the server, or at one that is not there. */
async function drive(answers: readonly Answer[], steps: readonly Step[], authority = server.authority): Promise<SignInFailure[]> {
  server.answers.splice(0, server.answers.length, ...answers);
  const override = { authority, knownAuthorities: [new URL(authority).host] };
  const clientId = '44444444-4444-4444-8444-444444444444';
  const plan = JSON.stringify({ settings: { clientId, tenant, environment: 'office365', override }, steps });
  const ran = await runChild({ script: 'sign-in', args: [plan], authorityPem: server.authorityPem });
  assert.equal(ran.code, 0, ran.err);
  assertClean(ran.out + ran.err);
  const outcomes = ran.out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { outcome?: Outcome }).outcome);
  const failures = outcomes.flatMap((outcome) => (outcome && !outcome.ok ? [outcome] : []));
  // The claims of a challenge are for Entra alone: they are sent back, and shown to nobody.
  const shown = failures.map(({ claims: _claims, ...failure }) => failure);
  assert.ok(!JSON.stringify(shown).includes(canary) && !ran.err.includes(canary), 'nothing of the answer is repeated');
  return shown;
}

/** The whole answer as Entra sends it. */
function answerOf(code: number): Answer {
  const error = recorded.find(([known]) => known === code)?.[1];
  assert.ok(error, `no answer with AADSTS${code} was recorded`);
  const { description, error: name = '', ...more } = error;
  return {
    status: name === 'invalid_client' ? 401 : 400,
    body: { error: name, error_description: description, error_codes: [code], ...more },
  };
}

describe('every failure', { concurrency: false }, () => {
  test('each code has one cause, whose sentence says what to do next', () => {
    for (const code of codes) {
      const causes = signInCauses.filter((cause) => cause.codes?.includes(code));
      assert.equal(causes.length, 1, `AADSTS${code}`);
      assert.match(causes[0]?.sentence ?? '', /^[A-Z].+(:|;|\. ).+\.$/s);
      assert.equal(explainSignInError({ code }).isKnown, true);
    }
    const sentences = codes.map((code) => explainSignInError({ code }).sentence);
    assert.equal(new Set(sentences).size, codes.length, 'no two are told the same');
  });

  test('a code that nobody wrote down is noticed', () => {
    assert.throws(() => answerOf(399284), /no answer with AADSTS399284/);
    assert.equal(explainSignInError({ code: 399284 }).isKnown, false);
  });

  test('each code, as msal comes upon it', async () => {
    // A challenge is answered once before it fails.
    const answers = codes.map(answerOf).flatMap((one) => (JSON.stringify(one.body).includes('"claims"') ? [one, one] : [one]));
    const failures = await drive(
      answers,
      codes.map(() => app),
    );
    assert.deepEqual(
      failures.map(({ code, sentence }) => [code, sentence]),
      codes.map((code) => [`AADSTS${code}`, explainSignInError({ code }).sentence]),
    );
    for (const [index, code] of codes.entries())
      assert.match(failures[index]?.sentence ?? '', recorded.find(([known]) => known === code)?.[2] ?? /never/);
  });

  test("each code, as VS Code's provider throws it", () => {
    for (const code of codes) {
      const error = recorded.find(([known]) => known === code)?.[1];
      const { explanation } = failureOf(new Error(`ServerError: ${error?.error}: ${error?.description}`));
      assert.deepEqual([explanation.code, explanation.sentence], [`AADSTS${code}`, explainSignInError({ code }).sentence]);
      assert.ok(!JSON.stringify(explanation).includes(canary));
    }
  });

  for (const [name, { answers, step, reason, says }] of Object.entries(others))
    test(name, async () => {
      const [failure, ...more] = await drive(answers, [step], name === 'offline' ? `https://localhost:1/${tenant}` : undefined);
      assert.deepEqual([failure?.reason, more], [reason, []]);
      assert.match(failure?.sentence ?? '', says);
    });
});
