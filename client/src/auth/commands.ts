/** The commands of signing in. Nothing runs before one of them does; what sign-ins show is names, which are told to the server. */
import { randomUUID } from 'node:crypto';
import { commands, type Disposable, type ExtensionContext, env } from 'vscode';
import { adminConsentCommand, checkConsentCommand, requestConsentCommand } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import { adminConsentOf } from './admin-consent';
import { createAppWay } from './app-way';
import { chooseApp, chooseKind, isOpen, type Ways } from './choose';
import { createCodePrompt } from './code-prompt';
import { createCodeWay } from './code-way';
import { failureOf } from './consent';
import { createEditorWay } from './editor-way';
import { createFollower } from './follow';
import { createHeld } from './held';
import { createKept } from './kept';
import { createLife } from './life';
import { plain } from './plain';
import { askProof } from './proof-prompt';
import type { SignInApp } from './provider';
import { inform, run, tellFailure, tellGrants, warn } from './say';
import { createState, type Kind, kindOf, type SignedIn, targetOf } from './state';
import { commandOf, type Reading, type Way } from './way';
import { words } from './words';

/** What a command does with a way; it keeps nothing once the signal is aborted. */
type Body = (signal: AbortSignal) => Promise<Reading | undefined>;

/** Registers the commands. `resend` tells a new server what the last one knew; `showContext` lets VS Code offer Sign Out. */
export function createSignIn(ask: Ask, { secrets, globalState }: Pick<ExtensionContext, 'secrets' | 'globalState'>) {
  const state = createState();
  const life = createLife();
  const kept = createKept(secrets, globalState, () => warn(words.notKept()));
  const held = createHeld(ask, state, kept);
  const ways: Ways = {
    editor: createEditorWay(state),
    code: createCodeWay({ kept, withPrompt: createCodePrompt(life), labelFor: () => words.somebody() }),
    app: createAppWay({ kept, askProof, now: () => new Date(), words }),
  };
  const follower = createFollower({ ask, state, held, ways, life, secrets });
  const isSignedIn = (app: SignInApp) => state.of(targetOf(app)).length > 0;

  /** Tells what a way showed, or that nobody is signed in; what it throws is explained, and goes nowhere else. */
  const attempt = (app: SignInApp, way: Way, body: Body, { isAsked = false, isAnew = false } = {}): Promise<void> =>
    follower.during(async (signal) => {
      const [target, kind] = [targetOf(app), kindOf(way.id)];
      try {
        const reading = await body(signal);
        if (signal.aborted) return;
        if (reading) {
          follower.listen();
          const { entry, answer } = await held.remember(target, way, reading);
          if (!signal.aborted) tellGrants(app, entry.signedIn, answer);
          return;
        }
        if (isAsked) return;
        await held.forget({ target, kind }, false);
        tellNobody(app);
      } catch (error) {
        if (signal.aborted) return;
        const failure = failureOf(error);
        if (failure.hasEnded && !isAnew && state.get(target, kind)?.way === way.id) await held.forget({ target, kind }, false);
        await held.showContext();
        tellFailure(app, way.id, failure);
      }
    });

  const enter = async (app: SignInApp, way: Way, isAnew = false): Promise<void> => {
    if (isOpen(way, app)) await attempt(app, way, () => way.signIn(app, isAnew), { isAsked: true, isAnew });
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

  /** The way that the person went, or could go on without a question. */
  const personWay = (app: SignInApp): Way =>
    ways[state.get(targetOf(app), 'delegated')?.way ?? (ways.code.isKept(app) ? 'code' : 'editor')];

  const doSwitch = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    const hasApp = state.get(targetOf(app), 'application') !== undefined || ways.app.isKept(app);
    const kind = hasApp ? await chooseKind(app) : 'person';
    if (kind) await enter(app, kind === 'app' ? ways.app : personWay(app), true);
  };

  /** Looks whether somebody is known from before by the first of some ways; a sign-in that ended is told of. */
  const look = async (app: SignInApp, choices: readonly Way[], signal: AbortSignal): Promise<boolean> => {
    for (const way of choices) {
      if (signal.aborted || way.obstacle(app)) continue;
      const read = await follower.during(() => settled(way.read(app, undefined)));
      if (read.isEmpty || signal.aborted) continue;
      await attempt(app, way, read.again);
      return true;
    }
    return false;
  };

  const doCheck = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    // One check asks several times: a sign-out between two of them ends the others as well.
    const signal = life.signal();
    const entries = state.of(targetOf(app));
    for (const { signedIn } of entries) {
      if (signal.aborted) return;
      const way = ways[signedIn.way];
      if (isOpen(way, app)) await attempt(app, way, () => way.read(app, signedIn));
    }
    const kinds = new Set(app.lists.map(({ kind }) => kind));
    if (kinds.size + entries.length === 0) kinds.add('delegated');
    const isNew = (kind: Kind) => kinds.has(kind) && !entries.some((entry) => entry.kind === kind);
    const found = [
      isNew('delegated') && (await look(app, [ways.code, ways.editor], signal)),
      isNew('application') && (await look(app, [ways.app], signal)),
    ];
    if (entries.length === 0 && !found.includes(true) && !signal.aborted) tellNobody(app);
  };

  const doRequest = async (argument: unknown): Promise<void> => {
    const app = await chooseApp(ask, argument, { prefers: isSignedIn });
    if (!app) return;
    const signedIn = state.get(targetOf(app), 'delegated');
    if (signedIn || ways.code.isKept(app)) return requestAs(app, personWay(app), signedIn);
    // The app's own permissions have no other consent than that of an administrator.
    if (state.get(targetOf(app), 'application')) return void (await doCopyLink(targetOf(app)));
    return doSignIn(targetOf(app));
  };

  const requestAs = async (app: SignInApp, way: Way, signedIn: SignedIn | undefined): Promise<void> => {
    if (!isOpen(way, app)) return;
    await attempt(app, way, async (signal) => {
      const before = await way.read(app, signedIn);
      if (!before || signal.aborted) return undefined;
      const { entry, answer } = await held.remember(targetOf(app), way, before);
      if (answer.missing.length === 0 || signal.aborted) return before;
      // Who gives up is told what is missing still.
      return (await way.request?.(app, answer.missing, entry.signedIn.account)) ?? before;
    });
  };

  const doSignOut = async (): Promise<void> => {
    const entries = state.all();
    const hadKept = kept.hasAny();
    life.end();
    const forgotten = kept.forgetAll();
    for (const entry of entries) await held.forget(entry, true);
    const isDone = await forgotten;
    await held.showContext();
    if (!isDone) warn(words.notForgotten());
    else inform(entries.length === 0 && !hadKept ? words.notSignedIn() : words.signedOut());
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
    inform(words.linkCopied(app.name, app.clientId, what, plain(made.redirectUri, 200)));
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
      life.end();
      for (const disposable of [...registered, follower]) disposable.dispose();
    },
    resend: held.resend,
    showContext: held.showContext,
  };
}

function tellNobody(app: SignInApp): void {
  warn(words.nobody(app.name), [run(words.signIn(), commandOf.editor, targetOf(app))]);
}

/** What came of a question, to be gone through again. */
async function settled(asked: Promise<Reading | undefined>): Promise<{ isEmpty: boolean; again: () => Promise<Reading | undefined> }> {
  return asked.then(
    (reading) => ({ isEmpty: reading === undefined, again: async () => reading }),
    (error) => ({ isEmpty: false, again: () => Promise.reject(error) }),
  );
}
