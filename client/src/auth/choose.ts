/** Finds out which app a command is about, and which way to sign in to it; asks only where the workspace leaves it open. */
import { commands, type QuickPickItem, window } from 'vscode';
import { appsRequest, type WorkspaceApp } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import { pickApp, signInApps } from './pick';
import type { SignInApp } from './provider';
import { type Button, run, warn } from './say';
import type { WayId } from './state';
import { commandOf, type Way } from './way';
import { words } from './words';

/** The client id that a lens, an action or a button named. */
export function clientIdIn(argument: unknown): string | undefined {
  const given: unknown = typeof argument === 'object' && argument !== null && 'clientId' in argument ? argument.clientId : undefined;
  return typeof given === 'string' ? given.toLowerCase() : undefined;
}

/** Every app that can be signed in to; undefined, and told, where no server runs. */
export async function appsHere(ask: Ask): Promise<SignInApp[] | undefined> {
  const found = await ask<WorkspaceApp[]>(appsRequest, {});
  if (!found) return void warn(words.noServer());
  return signInApps(found);
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
  const apps = (await appsHere(ask))?.filter(fits);
  if (!apps) return undefined;
  if (apps.length === 0) return void warn(words.noApp());
  const named = apps.find(({ clientId }) => clientId === clientIdIn(argument));
  if (named) return named;
  const preferred = apps.filter(prefers);
  const [only, ...others] = preferred;
  return only && others.length === 0 ? only : pickApp(preferred.length > 0 ? preferred : apps);
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
    ...(way.id === 'editor' ? [run(words.signInWithCode(), commandOf.code, app.clientId)] : []),
  ];
  warn(message, buttons);
  return false;
}

/** The ways by their id. */
export type Ways = Readonly<Record<WayId, Way>>;
