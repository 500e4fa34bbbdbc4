/** Errors of signing in as Entra, msal and the network answer with them: each becomes one sentence with the next step, and repeats nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainSignInError, isSignInError, type SignInError } from '../../server/src/identity/aadsts';
import { signInCauses } from '../../server/src/identity/aadsts-table';
import { answer, canary, claims, recorded } from './support/recorded-errors';

for (const [code, error, expected] of recorded) {
  test(`AADSTS${code} becomes a sentence`, () => {
    const found = explainSignInError(error);
    assert.equal(found.code, `AADSTS${code}`);
    assert.match(found.sentence, expected);
    for (const asked of [{ code }, { code: String(code) }, { code: `AADSTS${code}` }, { error: `${error.description}` }])
      assert.deepEqual(explainSignInError(asked), found, 'however the code comes');
    assert.ok(!JSON.stringify(found).includes(canary), 'nothing of the answer is repeated');
  });
}

const named: readonly [string, SignInError, RegExp][] = [
  ['consent_required', { error: 'invalid_grant', suberror: 'consent_required' }, /Nobody consented/],
  ['consent_required', { error: 'consent_required' }, /Nobody consented/],
  ['access_denied', { error: 'access_denied', description: `The user ${canary} cancelled` }, /declined/],
  ['user_cancelled', { code: 'user_cancelled' }, /closed the window/],
  ['authorization_declined', { error: 'authorization_declined' }, /declined/],
  ['interaction_required', { error: 'interaction_required' }, /second factor/],
  ['claims', { error: 'interaction_required', claims }, /policy of the tenant/],
  ['claims', { claims }, /policy of the tenant/],
  ['invalid_grant', { error: 'invalid_grant' }, /not valid any more/],
  ['invalid_client', { error: 'invalid_client' }, /secret or certificate/],
  ['expired_token', { error: 'expired_token' }, /new code/],
  ['ENOTFOUND', { code: 'ENOTFOUND' }, /cannot be reached/],
  ['ENOTFOUND', { error: 'network_failure', description: `getaddrinfo ENOTFOUND login.${canary}.com` }, /cannot be reached/],
  ['ECONNREFUSED', { description: `connect ECONNREFUSED 127.0.0.1:443` }, /cannot be reached/],
  ['ETIMEDOUT', { code: 'ETIMEDOUT' }, /cannot be reached/],
  ['EAI_AGAIN', { code: 'EAI_AGAIN' }, /cannot be reached/],
  ['network_error', { code: 'network_error', description: canary }, /cannot be reached/],
  ['request_timeout', { code: 'request_timeout' }, /took too long/],
  ['SELF_SIGNED_CERT_IN_CHAIN', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /NODE_EXTRA_CA_CERTS/],
];

for (const [index, [code, error, expected]] of named.entries()) {
  test(`${code} becomes a sentence (${index})`, () => {
    const found = explainSignInError(error);
    assert.deepEqual([found.code, found.isKnown], [code, true]);
    assert.match(found.sentence, expected);
    assert.ok(!JSON.stringify(found).includes(canary));
  });
}

test('the code of Entra tells more than the name of the error', () => {
  assert.match(
    explainSignInError({ error: 'invalid_grant', suberror: 'consent_required', description: 'AADSTS50173: …' }).sentence,
    /revoked/,
  );
  assert.match(explainSignInError({ code: 'invalid_grant', description: 'post_request_failed: AADSTS7000215: …' }).sentence, /secret/);
});

test('a code that is not known is looked up, never guessed by a name that stands for many', () => {
  const found = explainSignInError(answer('invalid_grant', 399284, canary));
  assert.equal(found.isKnown, false);
  assert.equal(
    found.sentence,
    'Signing in failed with AADSTS399284, which is not known here: look it up at https://login.microsoftonline.com/error?code=399284.',
  );
  assert.match(explainSignInError(answer('invalid_grant', 399284, canary, { suberror: 'consent_required' })).sentence, /Nobody consented/);
  assert.match(explainSignInError(answer('invalid_grant', 399284, canary, { claims })).sentence, /policy/);
  for (const error of [{}, { description: canary }, { error: canary, suberror: canary }, { code: '' }]) {
    const unknown = explainSignInError(error);
    assert.deepEqual([unknown.code, unknown.isKnown], ['', false]);
    assert.ok(!JSON.stringify(unknown).includes(canary));
  }
});

test('which texts ask about an error', () => {
  for (const text of [
    'AADSTS65001',
    'aadsts65001',
    '65001',
    ' 65001 ',
    'Error: AADSTS50076: Due to …',
    'access_denied',
    'ENOTFOUND',
    'enotfound',
  ])
    assert.ok(isSignInError(text), text);
  for (const text of ['Mail.Send', 'SendMail', 'GET /me/messages/65001', '650', 'Main.xaml:65001', ''])
    assert.ok(!isSignInError(text), text);
});

test('the table: every sentence says what to do, every page is public, no code stands twice', () => {
  for (const { sentence, source, codes = [], names = [] } of signInCauses) {
    assert.match(sentence, /^[A-Z].*\.$/s);
    assert.match(sentence, /:|;|\. /, 'what is wrong, then what to do');
    assert.ok(sentence.length <= 330, sentence);
    assert.match(source, /^https:\/\/(learn\.microsoft\.com|nodejs\.org)\//);
    assert.ok(codes.length + names.length > 0);
    for (const name of names) assert.equal(name, name.toLowerCase());
  }
  const all = signInCauses.flatMap(({ codes = [], names = [] }) => [...codes, ...names]);
  assert.deepEqual(
    all.filter((code, index) => all.indexOf(code) !== index),
    [],
  );
});
