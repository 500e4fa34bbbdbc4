/** Errors of signing in as Entra, msal and the network answer with them: each becomes one sentence with the next step, and repeats nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainSignInError, isSignInError, type SignInError } from '../../server/src/identity/aadsts';
import { signInCauses } from '../../server/src/identity/aadsts-table';

const canary = 'CANARY-8f14e45f';
const trailer = `\r\nTrace ID: ${canary}-0000-4000-8000-000000000000\r\nCorrelation ID: 0c7a6b1e-${canary}\r\nTimestamp: 2026-11-24 08:00:00Z`;
/** The body of an answer, as it was recorded: ids and names are made up. */
const answer = (error: string, code: number, text: string, rest: SignInError = {}): SignInError => ({
  error,
  description: `AADSTS${code}: ${text}${trailer}`,
  ...rest,
});
const claims = `{"access_token":{"capolids":{"essential":true,"values":["${canary}"]}}}`;

const recorded: readonly [number, SignInError, RegExp][] = [
  [
    65001,
    answer(
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${canary}' named 'Intake'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    ),
    /consent.*exact name/,
  ],
  [
    65002,
    answer(
      'invalid_client',
      65002,
      `Consent between first party application '${canary}' and first party resource '00000003-0000-0000-c000-000000000000' must be configured via preauthorization.`,
    ),
    /register an app of your own/,
  ],
  [65004, answer('access_denied', 65004, 'User declined to consent to access the app.'), /declined.*sign in again/],
  [
    90094,
    answer('access_denied', 90094, `${canary} needs permission to access resources in your organization that only an admin can grant.`),
    /administrator.*one fails the whole list/,
  ],
  [
    50059,
    answer(
      'invalid_request',
      50059,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    ),
    /set the tenant/,
  ],
  [
    9001023,
    answer(
      'invalid_request',
      9001023,
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    ),
    /organizations/,
  ],
  [
    50011,
    answer(
      'invalid_request',
      50011,
      `The redirect URI 'http://${canary}' specified in the request does not match the redirect URIs configured for the application.`,
    ),
    /redirect URI.*http:\/\/localhost.*vscode\.dev\/redirect/,
  ],
  [
    50020,
    answer(
      'invalid_request',
      50020,
      `User account '${canary}@contoso.com' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application.`,
    ),
    /not in this tenant.*guest/,
  ],
  [
    50194,
    answer(
      'unauthorized_client',
      50194,
      `Application '${canary}'(Intake) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'.`,
    ),
    /one tenant only.*multi-tenant/,
  ],
  [
    50076,
    answer(
      'interaction_required',
      50076,
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access.',
      { suberror: 'basic_action', claims },
    ),
    /second factor/,
  ],
  [
    50079,
    answer(
      'interaction_required',
      50079,
      'Due to a configuration change made by your administrator, you must enroll in multi-factor authentication to access.',
      { suberror: 'basic_action', claims },
    ),
    /set up a second factor/,
  ],
  [
    53003,
    answer(
      'interaction_required',
      53003,
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      { suberror: 'message_only', claims },
    ),
    /Conditional Access.*administrator/,
  ],
  [
    700016,
    answer('unauthorized_client', 700016, `Application with identifier '${canary}' was not found in the directory 'Contoso'.`),
    /check client id and tenant/,
  ],
  [
    7000215,
    answer(
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${canary}'.`,
    ),
    /value of the secret, not its id/,
  ],
  [
    7000218,
    answer('invalid_client', 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    /Allow public client flows/,
  ],
  [
    7000222,
    answer('invalid_client', 7000222, `The provided client secret keys for app '${canary}' are expired.`),
    /expired: make a new one/,
  ],
  [
    70011,
    answer('invalid_scope', 70011, `The provided value for the input parameter 'scope' is not valid. The scope ${canary} is not valid.`),
    /scope-syntax/,
  ],
  [
    650053,
    answer(
      'invalid_client',
      650053,
      `The application 'Intake' asked for scope '${canary}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.`,
    ),
    /unknown-scope/,
  ],
  [
    90002,
    answer(
      'invalid_request',
      90002,
      `Tenant '${canary}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    ),
    /no such tenant in this cloud/,
  ],
  [900144, answer('invalid_request', 900144, "The request body must contain the following parameter: 'client_id'."), /lacks something/],
  [
    700024,
    answer(
      'invalid_client',
      700024,
      'Client assertion is not within its valid time range. Current time: 2026-11-24T08:00:00Z, assertion valid from 2026-11-24T07:00:00Z, expiry time of assertion 2026-11-24T07:10:00Z.',
    ),
    /clock/,
  ],
  [
    500133,
    answer(
      'invalid_grant',
      500133,
      'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion.',
    ),
    /clock/,
  ],
  [
    50173,
    answer(
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
      { suberror: 'bad_token' },
    ),
    /revoked.*sign in again/,
  ],
  [
    70008,
    answer(
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
    /expired.*sign in again/,
  ],
  [
    700082,
    answer(
      'invalid_grant',
      700082,
      'The refresh token has expired due to inactivity. The token was issued on 2026-01-01T00:00:00Z and was inactive for 90.00:00:00.',
    ),
    /expired.*sign in again/,
  ],
  [50126, answer('invalid_grant', 50126, 'Error validating credentials due to invalid username or password.'), /User name or password/],
  [90012, answer('temporarily_unavailable', 90012, 'The request has timed out.'), /took too long/],
];

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
