/** The commands of signing in. Nothing runs before one of them does; what sign-ins show is names, which are told to the server. */
import { randomUUID } from 'node:crypto';
import { commands, type Disposable, type ExtensionContext, env } from 'vscode';
import { adminConsentCommand, checkConsentCommand, requestConsentCommand } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import { adminConsentOf } from './admin-consent';
import { createAppWay } from './app-way';
import { chooseApp, chooseKind, isOpen, type Ways } from './choose';
import { withCodePrompt } from './code-prompt';
import { createCodeWay } from './code-way';
import { createEditorWay } from './editor-way';
import { createFollower } from './follow';
import { createHeld } from './held';
import { createKept } from './kept';
import { askProof } from './proof-prompt';
import type { SignInApp } from './provider';
import { inform, run, tellFailure, tellGrants, warn } from './say';
import { createState, kindOf, type SignedIn } from './state';
import { commandOf, type Reading, type Way } from './way';
import { words } from './words';

/** Registers the commands. `resend` tells a new server what the last one knew; `showContext` lets VS Code offer Sign Out. */
export function createSignIn(ask: Ask, { secrets, globalState }: Pick<ExtensionContext, 'secrets' | 'globalState'>) {
  const state = createState();
  const kept = createKept(secrets, globalState);
  const held = createHeld(ask, state, kept);
  const ways: Ways = {
    editor: createEditorWay(state),
    code: createCodeWay({ kept, withPrompt: withCodePrompt, labelFor: () => words.somebody() }),
    app: createAppWay({ kept, askProof, now: () => new Date(), words }),
  };
  const follower = createFollower({ ask, state, held, ways, kept, secrets });
  const isSignedIn = ({ clientId }: SignInApp) => state.of(clientId).length > 0;

  /** Tells what a way showed, or that nobody is signed in; what it throws is explained, and goes nowhere else. */
  const attempt = (app: SignInApp, way: Way, body: () => Promise<Reading | undefined>, isAsked: boolean): Promise<void> =>
    follower.during(async () => {
      try {
        const reading = await body();
        if (reading) {
          const answer = await held.remember(app.clientId, way, reading);
          follower.listen();
          const signedIn = state.get(app.clientId, kindOf(way.id));
          if (signedIn) tellGrants(app, signedIn, answer);
          return;
        }
        if (isAsked) return;
        await held.forget({ clientId: app.clientId, kind: kindOf(way.id) }, false);
        tellNobody(app);
      } catch (error) {
        await held.showContext();
        tellFailure(app, way.id, error);
      }
    });

  const enter = async (app: SignInApp, way: Way, isAnew = false): Promise<void> => {
    if (isOpen(way, app)) await attempt(app, way, () => way.signIn(app, isAnew), true);
  };

  const doSignIn = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument);
    const kind = app && (await chooseKind(app));
    if (app && kind) await enter(app, kind === 'app' ? ways.app : ways.editor);
  };

  const doSignInBy = async (way: Way, argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: ({ lists }) => lists.some(({ kind }) => kind === kindOf(way.id)) });
    if (app) await enter(app, way);
  };

  const doSwitch = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    const [entry, ...others] = state.of(app.clientId);
    const kind = others.length > 0 ? await chooseKind(app) : entry?.kind === 'application' ? 'app' : 'person';
    if (!kind) return;
    const person = state.get(app.clientId, 'delegated')?.way ?? 'editor';
    await enter(app, ways[kind === 'app' ? 'app' : person], true);
  };

  /** Looks whether somebody is known from before by the first of some ways; a sign-in that ended is told of. */
  const look = async (app: SignInApp, choices: readonly Way[]): Promise<boolean> => {
    for (const way of choices) {
      if (way.obstacle(app)) continue;
      const read = await follower.during(() => settled(way.read(app, undefined)));
      if (read.isEmpty) continue;
      await attempt(app, way, read.again, false);
      return true;
    }
    return false;
  };

  const doCheck = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    const entries = state.of(app.clientId);
    for (const { signedIn } of entries) {
      const way = ways[signedIn.way];
      await attempt(app, way, () => way.read(app, signedIn), false);
    }
    if (entries.length > 0) return;
    const found = [await look(app, [ways.code, ways.editor]), await look(app, [ways.app])];
    if (!found.includes(true)) tellNobody(app);
  };

  const doRequest = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    const signedIn = state.get(app.clientId, 'delegated');
    if (signedIn) return requestAs(app, ways[signedIn.way], signedIn);
    // The app's own permissions have no other consent than that of an administrator.
    if (state.get(app.clientId, 'application')) return void (await doCopyLink({ clientId: app.clientId }));
    return doSignIn({ clientId: app.clientId });
  };

  const requestAs = (app: SignInApp, way: Way, signedIn: SignedIn): Promise<void> => {
    const body = async (): Promise<Reading | undefined> => {
      const before = await way.read(app, signedIn);
      if (!before) return undefined;
      const { missing } = await held.remember(app.clientId, way, before);
      if (missing.length === 0) return before;
      // Who gives up is told what is missing still.
      return (await way.request?.(app, missing, state.get(app.clientId, 'delegated') ?? signedIn)) ?? before;
    };
    return attempt(app, way, body, false);
  };

  const doSignOut = async (): Promise<void> => {
    const entries = state.all();
    const hadKept = kept.hasAny();
    await kept.forgetAll();
    for (const entry of entries) await held.forget(entry, true);
    await held.showContext();
    inform(entries.length === 0 && !hadKept ? words.notSignedIn() : words.signedOut());
  };

  const doCopyLink = async (argument: unknown): Promise<string | undefined> => {
    const app = await chooseApp(ask, argument, { fits: ({ owner }) => owner === 'own' });
    if (!app) return undefined;
    const made = adminConsentOf(app, randomUUID());
    if ('lacks' in made) {
      const lacks = { 'redirect-uri': words.lacksRedirectUri, scopes: words.lacksScopes, tenant: words.lacksTenant }[made.lacks];
      return void warn(lacks(app.name));
    }
    await env.clipboard.writeText(made.url);
    const what = made.names.includes('.default') ? words.everythingRegistered() : words.someMissing(made.names);
    inform(words.linkCopied(what, made.redirectUri));
    return made.url;
  };

  const registered: Disposable[] = [
    commands.registerCommand(commandOf.editor, doSignIn),
    commands.registerCommand(commandOf.code, (argument) => doSignInBy(ways.code, argument)),
    commands.registerCommand(commandOf.app, (argument) => doSignInBy(ways.app, argument)),
    commands.registerCommand('m365Scopes.signOut', doSignOut),
    commands.registerCommand('m365Scopes.switchAccount', doSwitch),
    commands.registerCommand(checkConsentCommand, doCheck),
    commands.registerCommand(requestConsentCommand, doRequest),
    commands.registerCommand(adminConsentCommand, doCopyLink),
  ];

  return {
    dispose: () => {
      for (const disposable of [...registered, follower]) disposable.dispose();
    },
    resend: held.resend,
    showContext: held.showContext,
  };
}

function tellNobody(app: SignInApp): void {
  warn(words.nobody(app.name), [run(words.signIn(), commandOf.editor, app.clientId)]);
}

/** What came of a question, to be gone through again. */
async function settled(asked: Promise<Reading | undefined>): Promise<{ isEmpty: boolean; again: () => Promise<Reading | undefined> }> {
  return asked.then(
    (reading) => ({ isEmpty: reading === undefined, again: async () => reading }),
    (error) => ({ isEmpty: false, again: () => Promise.reject(error) }),
  );
}
