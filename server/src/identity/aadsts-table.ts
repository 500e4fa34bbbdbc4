/** What goes wrong when somebody signs in to Microsoft Entra, as data: codes, one sentence that says what is wrong and what to do next, and the page it was read on. */

/** One cause. Codes are those of Entra without `AADSTS`; names are OAuth errors, suberrors, and errors of the network or of msal. */
export interface SignInCause {
  readonly codes?: readonly number[];
  readonly names?: readonly string[];
  readonly sentence: string;
  readonly source: string;
}

const learn = 'https://learn.microsoft.com';
const reference = `${learn}/entra/identity-platform/reference-error-codes`;
const codeFlow = `${learn}/entra/identity-platform/v2-oauth2-auth-code-flow`;
const deviceFlow = `${learn}/entra/identity-platform/v2-oauth2-device-code`;
const nodeErrors = 'https://nodejs.org/api/errors.html#common-system-errors';

/** The first cause that has the code, or else the name, is meant. */
export const signInCauses: readonly SignInCause[] = [
  {
    codes: [65001, 90008],
    names: ['consent_required'],
    sentence:
      'Nobody consented to all that is asked for: sign in where you can be asked and consent, or have an administrator do so. Consent goes by the exact name: a broader scope that was granted does not count.',
    source: reference,
  },
  {
    codes: [65002],
    sentence:
      "The client id is that of an app of Microsoft's own, which may not ask for this: register an app of your own and name its client id in the manifest.",
    source: reference,
  },
  {
    codes: [65004],
    names: ['access_denied', 'authorization_declined', 'user_cancelled', 'user_canceled'],
    sentence: 'Whoever signed in declined, or closed the window: sign in again and accept, or have an administrator consent for everyone.',
    source: reference,
  },
  {
    codes: [90094, 90093, 90095],
    sentence:
      'One of the scopes needs the consent of an administrator, and one fails the whole list: send the list to an administrator (rule admin-consent names those scopes), or ask for the others alone.',
    source: `${learn}/entra/identity/enterprise-apps/application-sign-in-unexpected-user-consent-error`,
  },
  {
    codes: [50059, 50128, 90019],
    sentence: 'Nothing says which tenant is meant: set the tenant to its GUID or to one of its domains.',
    source: reference,
  },
  {
    codes: [9001023, 90124, 90130],
    sentence:
      'This way to sign in does not work with the tenant common or consumers: set the tenant to its GUID, to one of its domains, or to organizations.',
    source: reference,
  },
  {
    codes: [50011, 500113, 900971],
    sentence:
      'The redirect URI is not registered at the app, or not for this platform: add http://localhost (Interactive Token on Windows, and VS Code together with https://vscode.dev/redirect) under Mobile and desktop applications, the …/provisioning_/callback of a connection under Web.',
    source: `${learn}/troubleshoot/azure/active-directory/error-code-aadsts50011-reply-url-mismatch`,
  },
  {
    codes: [50020, 50034, 51004, 16000],
    sentence:
      'The account is not in this tenant: sign in with an account of the tenant, have this one invited as a guest, or correct the tenant.',
    source: `${learn}/troubleshoot/azure/active-directory/error-code-aadsts50020-user-account-identity-provider-does-not-exist`,
  },
  {
    codes: [50194],
    sentence:
      'The app is for one tenant only and was used by way of common: set the tenant to its GUID or domain, or make the app multi-tenant.',
    source: reference,
  },
  {
    codes: [50076, 50074, 50078, 50158],
    names: ['interaction_required'],
    sentence:
      'A second factor is required: sign in where you can be asked. A background process and Username and Password cannot be: use a connection that a person makes, or application sign-in.',
    source: reference,
  },
  {
    codes: [50079, 50072, 53004],
    sentence: 'The account has to set up a second factor first: sign in to a browser with it once and register one, then try again.',
    source: reference,
  },
  {
    codes: [53003, 53000, 53001, 530032],
    sentence:
      'A Conditional Access policy of the tenant blocks this sign-in: ask an administrator which one (the sign-in logs name it), and sign in from a device or place that it lets pass.',
    source: `${learn}/entra/identity/conditional-access/troubleshoot-conditional-access`,
  },
  {
    codes: [700016, 700011, 70001],
    names: ['unauthorized_client'],
    sentence:
      'This tenant does not know the app: check client id and tenant. An app of another tenant comes in when an administrator of this one consents to it.',
    source: reference,
  },
  {
    codes: [7000215, 70002],
    sentence:
      'The client secret is wrong: use the value of the secret, not its id. The value is shown once only; where it is lost, make a new secret.',
    source: `${learn}/azure/developer/java/sdk/troubleshooting-authentication-service-principal`,
  },
  {
    names: ['invalid_client'],
    sentence: 'The app could not prove who it is: check that its secret or certificate is the one that is registered and has not expired.',
    source: reference,
  },
  {
    codes: [50126, 50056],
    sentence:
      'User name or password is wrong: correct it where it is held; an account that signs in by another provider cannot be used this way.',
    source: reference,
  },
  {
    codes: [50105],
    sentence: 'The app lets in only those who are assigned to it: have an administrator assign this account, or sign in with one that is.',
    source: reference,
  },
  {
    codes: [7000222],
    sentence: 'The client secret has expired: make a new one at the app and put it where the old one is held.',
    source: reference,
  },
  {
    codes: [700027, 700030],
    sentence:
      'Entra does not take the certificate: upload it at the app under Certificates & secrets, or sign with the one that is there. Client id and tenant decide at which app it is looked for.',
    source: `${learn}/answers/questions/5915574/aadsts700027-error`,
  },
  {
    codes: [7000218],
    sentence:
      'Entra expects a secret or certificate from this app: for device code and for Username and Password turn on "Allow public client flows" at the app; for Interactive Token register the redirect URI under Mobile and desktop applications, not under Web.',
    source: `${learn}/troubleshoot/entra/entra-id/app-integration/confidential-client-application-authentication-error-aadsts7000218`,
  },
  {
    codes: [70011, 28002, 700022],
    names: ['invalid_scope'],
    sentence:
      'The list of scopes is not written as Entra takes it: look for commas, a wrong resource, two resources at once, or .default beside names (rule scope-syntax finds them).',
    source: reference,
  },
  {
    codes: [650053],
    sentence:
      'A scope is not among the delegated ones of Microsoft Graph: correct its name (rule unknown-scope), or leave it out. An application permission cannot be asked for where a user signs in.',
    source: `${learn}/answers/questions/1353813/the-application-asked-for-scope-that-doesnt-exist`,
  },
  {
    codes: [90002],
    sentence:
      'There is no such tenant in this cloud: check its GUID or domain, and whether the environment is the right one (US Government and China have their own).',
    source: reference,
  },
  {
    codes: [900144, 90014],
    names: ['invalid_request'],
    sentence:
      'The request lacks something it needs, most often the client id, the scopes or the user name: fill in what the way to sign in requires (rule auth-missing-field).',
    source: reference,
  },
  {
    codes: [700024],
    sentence:
      'The signed assertion is too old or from the future: set the clock of this machine (time synchronisation) and try again. A token of a CI run lives for minutes only: fetch it right before it is used.',
    source: `${learn}/entra/identity-platform/certificate-credentials`,
  },
  {
    codes: [500133],
    sentence:
      'The token that was handed on has expired, or the clock of this machine is wrong: set the clock (time synchronisation), then sign in again.',
    source: reference,
  },
  {
    codes: [50173, 50132, 50133],
    sentence:
      'What the sign-in was remembered by was revoked, by a new password or by an administrator: sign in again, and make the connection anew where it is one.',
    source: reference,
  },
  {
    codes: [70008, 700082, 70043, 700084],
    sentence:
      'What the sign-in was remembered by has expired, as it was not used for long or a policy limits it: sign in again, and make the connection anew where it is one.',
    source: reference,
  },
  {
    names: ['invalid_grant', 'bad_token', 'token_expired', 'refresh_token_expired', 'no_tokens_found', 'login_required'],
    sentence: 'What the sign-in was remembered by is not valid any more: sign in again, and make the connection anew where it is one.',
    source: codeFlow,
  },
  {
    codes: [70019, 70018],
    names: ['expired_token', 'device_code_expired', 'bad_verification_code', 'code_expired'],
    sentence: 'The code was not entered in time, or not rightly: start the sign-in again and enter the new code at once.',
    source: deviceFlow,
  },
  {
    codes: [90012],
    names: ['timeout', 'request_timeout', 'user_timeout_reached', 'esockettimedout', 'aborterror', 'timeouterror'],
    sentence: 'The sign-in took too long: nobody finished it in the browser, or the answer did not come in time. Try again.',
    source: reference,
  },
  {
    codes: [90006, 90024, 90033, 50033],
    names: ['temporarily_unavailable', 'server_error'],
    sentence: 'Microsoft Entra is too busy, or a part of it is down: wait a minute and try again.',
    source: reference,
  },
  {
    names: [
      'enotfound',
      'eai_again',
      'econnrefused',
      'etimedout',
      'econnreset',
      'enetunreach',
      'ehostunreach',
      'network_error',
      'no_network_connectivity',
    ],
    sentence:
      'Microsoft Entra cannot be reached: check the network and the proxy, then try again. Everything else works offline; --granted FILE compares without a network.',
    source: nodeErrors,
  },
  {
    names: [
      'self_signed_cert_in_chain',
      'unable_to_verify_leaf_signature',
      'unable_to_get_issuer_cert_locally',
      'depth_zero_self_signed_cert',
    ],
    sentence:
      'The certificate on the way to Microsoft Entra is not trusted, as a proxy puts its own in: name its authority in NODE_EXTRA_CA_CERTS and start again.',
    source: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
  },
];

/** Conditional Access asks for more than the sign-in gave, and sends along what. */
export const claimsCause: SignInCause = {
  sentence: 'A policy of the tenant asks for more than this sign-in gave, such as a second factor: sign in again where you can be asked.',
  source: `${learn}/entra/identity-platform/claims-challenge`,
};
