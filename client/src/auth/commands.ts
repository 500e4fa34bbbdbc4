/** The commands of signing in. Nothing runs before one of them does; grants are names in memory, told to the server. */
import { randomUUID } from 'node:crypto';
import { authentication, commands, type Disposable, env } from 'vscode';
import {
  adminConsentCommand,
  appsRequest,
  type GrantsAnswer,
  grantsRequest,
  requestConsentCommand,
  type SignedInGrants,
  type WorkspaceApp,
} from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import { adminConsentOf } from './admin-consent';
import { readGranted, requestConsent } from './consent';
import { type Granted, unique } from './granted';
import { pickAccount, pickApp, signInApps } from './pick';
import { requestScopes, type SignInApp, tenantOf } from './provider';
import { inform, tellFailure, tellGrants, warn } from './say';
import { findProvider, sessionsOf, signIn, signInAnew } from './sessions';
import { createState, type SignedIn } from './state';
import { words } from './words';

/** Set while somebody is signed in. */
const signedInKey = 'm365Scopes.signedIn';
/** The least that a sign-in asks for: every Microsoft 365 Scope has it. */
const signInNames = ['User.Read'];

/** Registers the commands. `resend` tells a new server what the last one knew. */
export function createSignIn(ask: Ask): Disposable & { readonly resend: () => Promise<void> } {
  const state = createState();
  const disposables: Disposable[] = [];
  let isListening = false;
  let isBusy = false;
  let isStale = false;

  const tell = (clientId: string, names: readonly string[] | null) => {
    const told: SignedInGrants = { clientId, names };
    return ask<GrantsAnswer>(grantsRequest, told);
  };

  const remember = async (app: SignInApp, signedIn: SignedIn): Promise<GrantsAnswer> => {
    state.set(app.clientId, signedIn);
    await commands.executeCommand('setContext', signedInKey, true);
    listen();
    return (await tell(app.clientId, signedIn.names)) ?? { compared: 0, missing: [] };
  };

  const forget = async (clientId: string, isChosen: boolean): Promise<void> => {
    state.forget(clientId, isChosen);
    await tell(clientId, null);
    await commands.executeCommand('setContext', signedInKey, state.all().length > 0);
  };

  /** The app that a command is about, with its provider; undefined where there is none, which the user is told. */
  const choose = async (argument: unknown, isSignedIn = false): Promise<{ app: SignInApp; provider: string } | undefined> => {
    const found = await ask<WorkspaceApp[]>(appsRequest, {});
    if (!found) return void warn(words.noServer());
    const apps = signInApps(found);
    const named = apps.find(({ clientId }) => clientId === clientIdIn(argument));
    const candidates = isSignedIn ? apps.filter(({ clientId }) => state.get(clientId)) : apps;
    if (apps.length === 0) return void warn(words.noApp());
    const app = named ?? (isSignedIn && candidates.length === 1 ? candidates[0] : await pickApp(candidates.length > 0 ? candidates : apps));
    if (!app) return undefined;
    const provider = findProvider(app);
    if (provider === 'unknown-cloud') return void warn(words.unknownCloud());
    if ('id' in provider) return { app, provider: provider.id };
    const open = () => commands.executeCommand('workbench.action.openSettings', 'microsoft-sovereign-cloud.environment');
    return void warn(words.notConfigured(provider.setting), [{ title: words.openSetting(), run: open }]);
  };

  /** What is granted now, asked silently, with what is known to have been granted just before. */
  const check = async (
    app: SignInApp,
    provider: string,
    account: SignedIn['account'],
    before?: Granted,
  ): Promise<GrantsAnswer | undefined> => {
    const declared = unique(app.lists.flatMap(({ kind, scopes }) => (kind === 'delegated' ? scopes : [])));
    const granted = await readGranted(sessionsOf(provider, account, ''), app, declared);
    if (!granted) return undefined;
    const names = granted.isComplete ? unique([...granted.names, ...(before?.names ?? [])]) : null;
    return remember(app, { account, provider, names });
  };

  const report = async (app: SignInApp, provider: string, account: SignedIn['account'], before?: Granted): Promise<void> => {
    const answer = await check(app, provider, account, before);
    const signedIn = state.get(app.clientId);
    if (answer && signedIn) {
      tellGrants(app, signedIn, answer);
      return;
    }
    await forget(app.clientId, false);
    warn(words.nobody(app.name), [
      { title: words.signIn(), run: () => commands.executeCommand('m365Scopes.signIn', { clientId: app.clientId }) },
    ]);
  };

  const detailFor = (app: SignInApp) => words.why(app.name, app.clientId, tenantOf(app));

  const doSignIn = async (argument: unknown): Promise<void> => {
    const chosen = await choose(argument);
    if (!chosen) return;
    const { app, provider } = chosen;
    const scopes = requestScopes(app, signInNames);
    await attempt(app, async () => {
      const session = await signIn(provider, scopes, detailFor(app), { clears: state.asksAgain(app.clientId) });
      await report(app, provider, session.account);
    });
  };

  const doSwitch = async (argument: unknown): Promise<void> => {
    const chosen = await choose(argument, true);
    const account = chosen && (await pickAccount(chosen.provider));
    if (!chosen || !account) return;
    const { app, provider } = chosen;
    const scopes = requestScopes(app, signInNames);
    await attempt(app, async () => {
      const session = await (account === 'other'
        ? signInAnew(provider, scopes, detailFor(app))
        : signIn(provider, scopes, detailFor(app), { account, clears: true }));
      await report(app, provider, session.account);
    });
  };

  const doCheck = async (argument: unknown): Promise<void> => {
    const chosen = await choose(argument, true);
    if (!chosen) return;
    const { app, provider } = chosen;
    const account = state.get(app.clientId)?.account;
    await attempt(app, async () => {
      if (account) return report(app, provider, account);
      // VS Code may know the account from before; it is not asked for.
      const known = await sessionsOf(provider, undefined, '').silently(requestScopes(app, signInNames));
      if (known) return report(app, provider, known.account);
      warn(words.nobody(app.name), [{ title: words.signIn(), run: () => doSignIn({ clientId: app.clientId }) }]);
    });
  };

  const doRequest = async (argument: unknown): Promise<void> => {
    const chosen = await choose(argument, true);
    if (!chosen) return;
    const { app, provider } = chosen;
    const account = state.get(app.clientId)?.account;
    if (!account) return doSignIn({ clientId: app.clientId });
    await attempt(app, async () => {
      const answer = await check(app, provider, account);
      const signedIn = state.get(app.clientId);
      if (!answer || !signedIn || answer.missing.length === 0) return report(app, provider, account);
      const detail = words.whyConsent(app.name, answer.missing.join(', '));
      const asked = await requestConsent(sessionsOf(provider, account, detail), app, answer.missing);
      await report(app, provider, account, asked);
    });
  };

  const doSignOut = async (): Promise<void> => {
    const all = state.all();
    for (const [clientId] of all) await forget(clientId, true);
    inform(all.length === 0 ? words.notSignedIn() : words.signedOut());
  };

  const doCopyLink = async (argument: unknown): Promise<string | undefined> => {
    const apps = signInApps((await ask<WorkspaceApp[]>(appsRequest, {})) ?? []).filter(({ owner }) => owner === 'own');
    const app = apps.find(({ clientId }) => clientId === clientIdIn(argument)) ?? (apps.length === 0 ? undefined : await pickApp(apps));
    if (!app) return void (apps.length === 0 && warn(words.noApp()));
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

  /** One at a time; what a provider throws is explained, and goes nowhere else. */
  async function attempt(app: SignInApp, body: () => Promise<void>): Promise<void> {
    isBusy = true;
    try {
      await body();
    } catch (error) {
      tellFailure(app, error);
    } finally {
      isBusy = false;
      if (isStale) void recheck();
    }
  }

  /** Listens from the first sign-in on: VS Code may end a session, or switch it. */
  function listen(): void {
    if (isListening) return;
    isListening = true;
    disposables.push(
      authentication.onDidChangeSessions(({ provider }) => {
        if (!state.all().some(([, signedIn]) => signedIn.provider === provider.id)) return;
        isStale = true;
        if (!isBusy) void recheck();
      }),
    );
  }

  /** Asks silently again for every app; one that nobody is signed in to any more is forgotten. */
  async function recheck(): Promise<void> {
    isBusy = true;
    isStale = false;
    try {
      const apps = signInApps((await ask<WorkspaceApp[]>(appsRequest, {})) ?? []);
      for (const [clientId, { account, provider }] of state.all()) {
        const app = apps.find((candidate) => candidate.clientId === clientId);
        const answer = app && (await check(app, provider, account).catch(() => undefined));
        if (!answer) await forget(clientId, false);
      }
    } finally {
      isBusy = false;
      // A provider that tells of its own answers would go round for ever.
      isStale = false;
    }
  }

  disposables.push(
    commands.registerCommand('m365Scopes.signIn', doSignIn),
    commands.registerCommand('m365Scopes.signOut', doSignOut),
    commands.registerCommand('m365Scopes.switchAccount', doSwitch),
    commands.registerCommand('m365Scopes.checkConsent', doCheck),
    commands.registerCommand(requestConsentCommand, doRequest),
    commands.registerCommand(adminConsentCommand, doCopyLink),
  );

  return {
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
    },
    resend: async () => {
      for (const [clientId, { names }] of state.all()) await tell(clientId, names);
    },
  };
}

function clientIdIn(argument: unknown): string | undefined {
  const given: unknown = typeof argument === 'object' && argument !== null && 'clientId' in argument ? argument.clientId : undefined;
  return typeof given === 'string' ? given.toLowerCase() : undefined;
}
