/** What signing in says: one place, so that it can be translated. */
import { l10n } from 'vscode';

export const words = {
  noServer: () => l10n.t('The language server does not run: no workflow and no manifest is here, or it has stopped.'),
  noApp: () =>
    l10n.t('No automation here names an app to sign in to: give the app of a connection its clientId in m365-automation.json, under apps.'),
  whichApp: () => l10n.t('Which app?'),
  uipath: () => l10n.t("UiPath's public app"),
  uipathDetail: () => l10n.t('Consent is recorded for UiPath’s app in your tenant, not for an app of yours.'),
  lists: (count: number) => (count === 1 ? l10n.t('1 list of scopes') : l10n.t('{0} lists of scopes', count)),
  whichAccount: () => l10n.t('Sign in with which account?'),
  otherAccount: () => l10n.t('Another account…'),
  why: (app: string, clientId: string, tenant: string) =>
    l10n.t(
      'It reads which permissions the app "{0}" ({1}) was granted in {2}. The workspace names this app: only go on where you know it.',
      app,
      clientId,
      tenant,
    ),
  whyConsent: (app: string, names: string) => l10n.t('It asks for consent of the app "{0}" to {1}.', app, names),
  unknownCloud: () => l10n.t('VS Code itself cannot sign in to the DoD cloud (us-gov-l5). A code that you enter in any browser can.'),
  noProvider: () =>
    l10n.t(
      'This editor has no Microsoft sign-in of its own, or it has not started yet. Try again, or use a code that you enter in any browser.',
    ),
  waitsForProvider: () => l10n.t('Waiting for the Microsoft sign-in of VS Code'),
  appIsGone: () => l10n.t('No list of scopes here signs in to that app any more, or only UiPath can do this for it.'),
  notConfigured: (environment: string) =>
    l10n.t('VS Code signs in to this cloud only once the setting microsoft-sovereign-cloud.environment is "{0}".', environment),
  openSetting: () => l10n.t('Open Setting'),
  nobody: (app: string) => l10n.t('Nobody is signed in to the app "{0}", or it cannot be reached.', app),
  signIn: () => l10n.t('Sign In'),
  unknown: (app: string) =>
    l10n.t(
      'What was granted to the app "{0}" cannot be told from this sign-in: names of a personal account, for one, are not shown. Nothing is reported.',
      app,
    ),
  all: (app: string, account: string) => l10n.t('Everything that is declared was granted to the app "{0}" for {1}.', app, account),
  nothingCompared: (app: string) => l10n.t('The app "{0}" has no list of delegated scopes here to compare with.', app),
  missing: (app: string, account: string, names: string) => l10n.t('The app "{0}" was not granted {2} for {1}.', app, account, names),
  request: () => l10n.t('Request Missing Consent'),
  copyLink: () => l10n.t('Copy Admin Consent Link'),
  notSignedIn: () => l10n.t('Nobody is signed in.'),
  signedOut: () =>
    l10n.t(
      'What was granted is forgotten, with codes and secrets that were kept; until this window closes, the account is asked for next time. A session of VS Code belongs to VS Code: sign out of it in the Accounts menu.',
    ),
  notForgotten: () =>
    l10n.t(
      'What was granted is forgotten, but VS Code’s secret storage did not let go of all that was kept. Unlock it, then sign out once more.',
    ),
  notKept: () => l10n.t('VS Code’s secret storage cannot be used: nothing is kept, and the next sign-in asks again.'),
  failed: (sentence: string) => l10n.t('Signing in failed. {0}', sentence),
  redirect: (uris: string) =>
    l10n.t(
      'If the browser showed AADSTS50011: under "Mobile and desktop applications", VS Code needs these redirect URIs of the app: {0}',
      uris,
    ),
  signInWithCode: () => l10n.t('Sign In With a Code'),
  whichWay: (app: string) => l10n.t('Sign in to the app "{0}" as whom?', app),
  asPerson: () => l10n.t('As a person'),
  asPersonDetail: () => l10n.t('Shows the delegated permissions that you, or your tenant, granted.'),
  asApp: () => l10n.t('As the app itself'),
  asAppDetail: () => l10n.t('Shows its application permissions. Needs its secret or certificate.'),
  signingIn: (app: string, clientId: string, tenant: string) => l10n.t('Signing in to the app "{0}" ({1}) in {2}', app, clientId, tenant),
  enterCode: (address: string, code: string, minutes: number) =>
    l10n.t(
      'open {0} and enter the code {1} within {2} minutes. The workspace names this app: only go on where you know it.',
      address,
      code,
      minutes,
    ),
  code: (code: string) => l10n.t('The code for the sign-in is {0}.', code),
  copyAndOpen: () => l10n.t('Copy Code and Open Browser'),
  copyCode: () => l10n.t('Copy Code'),
  codeIsOver: () => l10n.t('That sign-in is over. Begin another one for a new code.'),
  somebody: () => l10n.t('the one who signed in with a code'),
  guest: (account: string) => l10n.t('{0} (a guest of this tenant)', account),
  personal: (account: string) => l10n.t('{0} (a personal account)', account),
  missingOfApp: (app: string, names: string) => l10n.t('No administrator granted the app "{0}" {1} for itself.', app, names),
  allOfApp: (app: string) => l10n.t('Everything that is declared for the app "{0}" itself was granted.', app),
  nothingComparedOfApp: (app: string) => l10n.t('The app "{0}" has no list of application permissions here to compare with.', app),
  unknownOfApp: (app: string) =>
    l10n.t('The token of the app "{0}" cannot be read: what was granted is not known, and nothing is reported.', app),
  notUipath: () => l10n.t("Only UiPath can sign in as UiPath's public app."),
  needsTenant: (app: string) =>
    l10n.t('Signing in as the app "{0}" needs its tenant: write its id or domain into m365-automation.json, at tenant of the app.', app),
  whichProof: (app: string) => l10n.t('What does the app "{0}" prove itself with?', app),
  aSecret: () => l10n.t('A client secret'),
  aCertificate: () => l10n.t('A certificate (PEM file)'),
  secretTitle: (app: string) => l10n.t('Client secret of the app "{0}"', app),
  secretPrompt: (clientId: string, tenant: string) =>
    l10n.t(
      'Client id {0}, tenant {1}. It is sent to Microsoft Entra only, and kept where VS Code keeps secrets, until you sign out. The workspace names this app: only go on where you know it.',
      clientId,
      tenant,
    ),
  secretIsId: () => l10n.t('This looks like the id of the secret. Its value is needed, which the portal shows once, when it is made.'),
  certificateTitle: () => l10n.t('The certificate with its private key'),
  certificateInWorkspace: () => l10n.t('The private key is in the project: keep it outside, on this machine, and choose it there.'),
  badCertificate: (sentence: string) => l10n.t('The certificate cannot be used. {0}', sentence),
  noCertificate: () => l10n.t('The file of the certificate cannot be read. Sign in again, and choose it anew.'),
  copyUris: () => l10n.t('Copy Redirect URIs'),
  linkCopied: (app: string, clientId: string, names: string, redirectUri: string) =>
    l10n.t(
      'Copied the link for an administrator: consent of the app "{0}" ({1}) to {2}. The answer goes to {3}.',
      app,
      clientId,
      names,
      redirectUri,
    ),
  everythingRegistered: () => l10n.t('all that the app registered'),
  lacksRedirectUri: (app: string) =>
    l10n.t(
      'An admin consent link needs a registered redirect URI: write it into m365-automation.json, at redirectUris of the app "{0}".',
      app,
    ),
  lacksScopes: (app: string) => l10n.t('No list of the app "{0}" says which scopes it asks for.', app),
  lacksTenant: () => l10n.t('Personal accounts have no administrator: each person consents at a sign-in.'),
  someMissing: (names: readonly string[]) =>
    names.length > 6 ? l10n.t('{0} and {1} more', names.slice(0, 6).join(', '), names.length - 6) : names.join(', '),
};
