/** Asks the user what only they know: which app, and which account. */
import { authentication, type QuickPickItem, window } from 'vscode';
import type { WorkspaceApp } from '../../../server/src/lsp/protocol';
import { plain } from './plain';
import type { SignInApp } from './provider';
import type { Account } from './state';
import { words } from './words';

/** Apps that can be signed in to. Whoever wrote the workspace gave them their names. */
export function signInApps(apps: readonly WorkspaceApp[]): SignInApp[] {
  return apps.filter((app): app is SignInApp => app.clientId !== undefined).map((app) => ({ ...app, name: plain(app.name) }));
}

/**
 * The app that is meant: an own one where there is no other; UiPath's only where the user picks it, told what that means.
 * @param isPicked the user picked one already, and it is asked only which of several tenants
 */
export async function pickApp(apps: readonly SignInApp[], isPicked = false): Promise<SignInApp | undefined> {
  const [only, ...others] = apps;
  if (only && others.length === 0 && (isPicked || only.owner === 'own')) return only;
  return (await window.showQuickPick(apps.map(toItem), { title: words.whichApp() }))?.app;
}

function toItem(app: SignInApp): QuickPickItem & { readonly app: SignInApp } {
  const isUipath = app.owner === 'uipath';
  return {
    label: isUipath ? words.uipath() : app.name,
    description: words.lists(app.lists.length),
    detail: isUipath ? words.uipathDetail() : [app.clientId, app.signInTenant, app.environment].join(' · '),
    app,
  };
}

/** An account that VS Code knows; 'other' for one that it does not; undefined where the user closed the list. */
export async function pickAccount(provider: string): Promise<Account | 'other' | undefined> {
  const known = await authentication.getAccounts(provider);
  if (known.length === 0) return 'other';
  const items = [
    ...known.map((account) => ({ label: account.label, account: account as Account | 'other' })),
    { label: words.otherAccount(), account: 'other' as const },
  ];
  return (await window.showQuickPick(items, { title: words.whichAccount() }))?.account;
}
