/** Errors of Entra in the shape in which it answers, with the words that our sentence must have; ids and names are made up. */
import type { SignInError } from '../../../server/src/identity/aadsts';

/** Stands wherever Entra names people, apps or requests. */
export const canary = 'CANARY-8f14e45f';
const trailer = `\r\nTrace ID: ${canary}-0000-4000-8000-000000000000\r\nCorrelation ID: 0c7a6b1e-${canary}\r\nTimestamp: 2026-11-24 08:00:00Z`;
/** The body of an answer, as it was recorded: ids and names are made up. */
export const answer = (error: string, code: number, text: string, rest: SignInError = {}): SignInError => ({
  error,
  description: `AADSTS${code}: ${text}${trailer}`,
  ...rest,
});
export const claims = `{"access_token":{"capolids":{"essential":true,"values":["${canary}"]}}}`;

export const recorded: readonly [number, SignInError, RegExp][] = [
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
  [500113, answer('invalid_request', 500113, 'No reply address is registered for the application.'), /redirect URI.*http:\/\/localhost/],
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
    700027,
    answer(
      'invalid_client',
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${canary}']`,
    ),
    /upload it.*Certificates & secrets/,
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
