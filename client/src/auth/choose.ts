/** Finds out which app a command is about, and which way to sign in to it; asks only where the workspace leaves it open. */
import { commands, type QuickPickItem, window } from 'vscode';
import { type AppReference, appsRequest, type WorkspaceApp } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import { pickApp, signInApps } from './pick';
import type { SignInApp } from './provider';
import { type Button, run, warn } from './say';
import { targetOf, type WayId } from './state';
import { commandOf, type Way } from './way';
import { words } from './words';

/** The app that a lens, an action or a button named, in lower case; undefined where nothing did. */
export function referenceIn(argument: unknown): Partial<Record<keyof AppReference, string>> | undefined {
  if (typeof argument !== 'object' || argument === null || !('clientId' in argument)) return undefined;
  const given: Readonly<Record<string, unknown>> = { ...argument };
  const texts = (['clientId', 'tenant', 'environment'] as const).flatMap((key) => {
    const value = given[key];
    return typeof value === 'string' ? [[key, value.toLowerCase()] as const] : [];
  });
  return Object.fromEntries(texts);
}

function isNamed(app: SignInApp, named: Partial<Record<keyof AppReference, string>>): boolean {
  const target = targetOf(app);
  return (['clientId', 'tenant', 'environment'] as const).every(
    (key) => (named[key] ?? target[key].toLowerCase()) === target[key].toLowerCase(),
  );
}

/** Every app that can be signed in to; undefined where no server runs. */
export async function appsOf(ask: Ask): Promise<SignInApp[] | undefined> {
  const found = await ask<WorkspaceApp[]>(appsRequest, {});
  return found && signInApps(found);
}

/**
 * The app that is meant; undefined where there is none, which the user is told, or they gave up.
 * @param prefers apps that are taken before the others, without a question where it is one
 */
export async function chooseApp(
  ask: Ask,
  argument: unknown,
  { fits = () => true, prefers = () => false }: { fits?: (app: SignInApp) => boolean; prefers?: (app: SignInApp) => boolean } = {},
): Promise<SignInApp | undefined> {
  const found = await appsOf(ask);
  if (!found) return void warn(words.noServer());
  const apps = found.filter(fits);
  const reference = referenceIn(argument);
  const named = reference && apps.filter((app) => isNamed(app, reference));
  // Another app than the one that was named is never taken in its place.
  if (named) return named.length > 0 ? pickApp(named, true) : void warn(words.appIsGone());
  if (apps.length === 0) return void warn(words.noApp());
  const preferred = apps.filter(prefers);
  const isOwn = ({ owner }: SignInApp) => owner === 'own';
  return pickApp(preferred.some(isOwn) ? preferred : apps);
}

/** As a person where there are delegated lists, or none at all; as the app itself where there are only its own; asked where both are. */
export async function chooseKind({ lists, name }: SignInApp): Promise<'person' | 'app' | undefined> {
  const kinds = new Set(lists.map(({ kind }) => kind));
  if (kinds.size < 2) return kinds.has('application') ? 'app' : 'person';
  const items: (QuickPickItem & { readonly as: 'person' | 'app' })[] = [
    { label: words.asPerson(), detail: words.asPersonDetail(), as: 'person' },
    { label: words.asApp(), detail: words.asAppDetail(), as: 'app' },
  ];
  return (await window.showQuickPick(items, { title: words.whichWay(name) }))?.as;
}

/** Whether a way is open for an app; where it is not, the user is told what helps. */
export function isOpen(way: Way, app: SignInApp): boolean {
  const obstacle = way.obstacle(app);
  if (!obstacle) return true;
  const { message, setting } = obstacle;
  const open = () => commands.executeCommand('workbench.action.openSettings', setting);
  const buttons: Button[] = [
    ...(setting === undefined ? [] : [{ title: words.openSetting(), run: open }]),
    ...(way.id === 'editor' ? [run(words.signInWithCode(), commandOf.code, targetOf(app))] : []),
  ];
  warn(message, buttons);
  return false;
}

/** The ways by their id. */
export type Ways = Readonly<Record<WayId, Way>>;
