/** Tells the user how a sign-in went, with a button for the next step. Nothing that a provider threw is repeated but its code. */
import { commands, env, window } from 'vscode';
import { adminConsentCommand, type GrantsAnswer, requestConsentCommand } from '../../../server/src/lsp/protocol';
import type { Failure } from './consent';
import { plain } from './plain';
import type { SignInApp } from './provider';
import { redirectUrisFor } from './redirect-uris';
import { type SignedIn, type Target, targetOf, type WayId } from './state';
import { commandOf } from './way';
import { words } from './words';

/** The next step. */
export interface Button {
  readonly title: string;
  readonly run: () => PromiseLike<unknown>;
}

/** Shows a message; waits for nobody to click it. */
function say(show: typeof window.showInformationMessage, message: string, buttons: readonly Button[] = []): void {
  void show(message, ...buttons.map(({ title }) => title)).then((chosen) => buttons.find(({ title }) => title === chosen)?.run());
}

/** A button that runs a command of ours for an app. */
export const run = (title: string, command: string, target: Target): Button => ({
  title,
  run: () => commands.executeCommand(command, target),
});

/** Something that the user can do nothing about here, or has done. */
export const inform = (message: string): void => say(window.showInformationMessage, message);
export const warn = (message: string, buttons: readonly Button[] = []): void => say(window.showWarningMessage, message, buttons);

/** What is missing, or that nothing is. */
export function tellGrants(app: SignInApp, signedIn: SignedIn, { compared, missing }: GrantsAnswer): void {
  const { names, way } = signedIn;
  const isApp = way === 'app';
  const who = whoOf(signedIn);
  if (names === null) warn(isApp ? words.unknownOfApp(app.name) : words.unknown(app.name));
  else if (compared === 0) inform(isApp ? words.nothingComparedOfApp(app.name) : words.nothingCompared(app.name));
  else if (missing.length === 0) inform(isApp ? words.allOfApp(app.name) : words.all(app.name, who));
  else {
    const list = words.someMissing(missing);
    warn(isApp ? words.missingOfApp(app.name, list) : words.missing(app.name, who, list), [
      ...(isApp ? [] : [run(words.request(), requestConsentCommand, targetOf(app))]),
      ...linkFor(app),
    ]);
  }
}

/** Nobody but UiPath has a page that an administrator's answer about its app could go to. */
function linkFor(app: SignInApp): Button[] {
  return app.owner === 'own' ? [run(words.copyLink(), adminConsentCommand, targetOf(app))] : [];
}

function whoOf({ label, person }: SignedIn): string {
  const who = plain(label);
  if (person === 'guest') return words.guest(who);
  return person === 'personal' ? words.personal(who) : who;
}

/** Why it failed, and what helps. */
export function tellFailure(app: SignInApp, way: WayId, failure: Failure): void {
  const { explanation, mayLackRedirectUri, needsAdministrator, needsSignIn } = failure;
  const { code, sentence } = explanation;
  const target = targetOf(app);
  const suffix = code.startsWith('AADSTS') && !sentence.includes(code) ? ` (${code})` : '';
  const uris = redirectUrisFor(app.clientId);
  const hint = mayLackRedirectUri ? ` ${words.redirect(uris.join(', '))}` : '';
  warn(`${words.failed(sentence)}${suffix}${hint}`, [
    ...(needsSignIn ? [run(words.signIn(), commandOf[way], target)] : []),
    ...(mayLackRedirectUri ? [{ title: words.copyUris(), run: () => env.clipboard.writeText(uris.join('\n')) }] : []),
    // A code needs none of these addresses.
    ...(mayLackRedirectUri || failure.isBarred ? [run(words.signInWithCode(), commandOf.code, target)] : []),
    ...(needsAdministrator ? linkFor(app) : []),
  ]);
}
