/** Tells the user how a sign-in went, with a button for the next step. Nothing that a provider threw is repeated but its code. */
import { commands, env, window } from 'vscode';
import { type AppReference, adminConsentCommand, type GrantsAnswer, requestConsentCommand } from '../../../server/src/lsp/protocol';
import { failureOf } from './consent';
import type { SignInApp } from './provider';
import { redirectUrisFor } from './redirect-uris';
import type { SignedIn } from './state';
import { words } from './words';

interface Button {
  readonly title: string;
  readonly run: () => PromiseLike<unknown>;
}

/** Shows a message; waits for nobody to click it. */
function say(show: typeof window.showInformationMessage, message: string, buttons: readonly Button[] = []): void {
  void show(message, ...buttons.map(({ title }) => title)).then((chosen) => buttons.find(({ title }) => title === chosen)?.run());
}

const run = (title: string, command: string, clientId: string): Button => {
  const argument: AppReference = { clientId };
  return { title, run: () => commands.executeCommand(command, argument) };
};

/** Something that the user can do nothing about here, or has done. */
export const inform = (message: string): void => say(window.showInformationMessage, message);
export const warn = (message: string, buttons: readonly Button[] = []): void => say(window.showWarningMessage, message, buttons);

/** What is missing, or that nothing is. */
export function tellGrants(app: SignInApp, { account, names }: SignedIn, { compared, missing }: GrantsAnswer): void {
  if (names === null) warn(words.unknown(app.name));
  else if (compared === 0) inform(words.nothingCompared(app.name));
  else if (missing.length === 0) inform(words.all(app.name, account.label));
  else
    warn(words.missing(app.name, account.label, words.someMissing(missing)), [
      run(words.request(), requestConsentCommand, app.clientId),
      run(words.copyLink(), adminConsentCommand, app.clientId),
    ]);
}

/** Why it failed, and what helps. */
export function tellFailure(app: SignInApp, error: unknown): void {
  const { explanation, mayLackRedirectUri, needsAdministrator } = failureOf(error);
  const code = explanation.code.startsWith('AADSTS') ? ` (${explanation.code})` : '';
  const uris = redirectUrisFor(app.clientId);
  const hint = mayLackRedirectUri ? ` ${words.redirect(uris.join(', '))}` : '';
  warn(`${words.failed(explanation.sentence)}${code}${hint}`, [
    ...(mayLackRedirectUri ? [{ title: words.copyUris(), run: () => env.clipboard.writeText(uris.join('\n')) }] : []),
    ...(needsAdministrator ? [run(words.copyLink(), adminConsentCommand, app.clientId)] : []),
  ]);
}
