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
  unknownCloud: () =>
    l10n.t('VS Code cannot sign in to the DoD cloud (us-gov-l5). Check there with the command instead: m365-scopes check --granted FILE.'),
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
      'What was granted is forgotten, and the account is asked for next time. The session belongs to VS Code: sign out of it in the Accounts menu.',
    ),
  failed: (sentence: string) => l10n.t('Signing in failed. {0}', sentence),
  redirect: (uris: string) =>
    l10n.t(
      'If the browser showed AADSTS50011: under "Mobile and desktop applications", VS Code needs these redirect URIs of the app: {0}',
      uris,
    ),
  copyUris: () => l10n.t('Copy Redirect URIs'),
  linkCopied: (names: string, redirectUri: string) =>
    l10n.t('Copied the link for an administrator: consent to {0}. The answer goes to {1}.', names, redirectUri),
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
