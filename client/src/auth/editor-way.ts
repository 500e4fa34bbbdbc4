/** Signs in with VS Code's own provider: the first way, because it keeps the tokens and knows the accounts. */
import { readGranted, requestConsent } from './consent';
import { unique } from './granted';
import { accountKindOf } from './person';
import { pickAccount } from './pick';
import { requestScopes, type SignInApp, sovereignSetting } from './provider';
import { findProvider, isThere, sessionsOf, signIn, signInAnew } from './sessions';
import { type Account, type SignInState, targetOf } from './state';
import { type Obstacle, type Reading, SignInRefused, type Way } from './way';
import { words } from './words';

/** The least that a sign-in asks for: every Microsoft 365 Scope has it. */
const signInNames = ['User.Read'];

/** Makes the way. */
export function createEditorWay(state: Pick<SignInState, 'asksAgain'>): Way {
  const obstacle = (app: SignInApp): Obstacle | undefined => {
    const provider = findProvider(app);
    if (provider === 'unknown-cloud') return { message: words.unknownCloud() };
    return 'setting' in provider ? { message: words.notConfigured(provider.setting), setting: sovereignSetting } : undefined;
  };
  /** Editors made from VS Code may lack its Microsoft provider; asking one that is not there waits for ever. */
  const providerFor = async (app: SignInApp): Promise<string> => {
    const provider = findProvider(app);
    const id = typeof provider === 'object' && 'id' in provider ? provider.id : undefined;
    if (id !== undefined && (await isThere(id))) return id;
    const sentence = obstacle(app)?.message ?? words.noProvider();
    throw new SignInRefused({ ok: false, reason: 'refused', sentence }, true);
  };
  const detailFor = (app: SignInApp) => words.why(app.name, app.clientId, app.signInTenant);

  const read = async (app: SignInApp, account: Account | undefined): Promise<Reading | undefined> => {
    // Whoever signed out chooses an account before anything is read again.
    if (!account && state.asksAgain(targetOf(app))) return undefined;
    const provider = await providerFor(app);
    // VS Code may know an account from before; it is not asked for.
    const known = account ?? (await sessionsOf(provider, undefined, '').silently(requestScopes(app, signInNames)))?.account;
    if (!known) return undefined;
    const declared = unique(app.lists.flatMap(({ kind, scopes }) => (kind === 'delegated' ? scopes : [])));
    const granted = await readGranted(sessionsOf(provider, known, ''), app, declared);
    return granted && { granted, label: known.label, account: known, provider, person: accountKindOf(known.id, granted.tenant) };
  };

  return {
    id: 'editor',
    obstacle,
    // VS Code knows.
    isKept: () => false,
    signIn: async (app, isAnew) => {
      const provider = await providerFor(app);
      const scopes = requestScopes(app, signInNames);
      const chosen = isAnew ? await pickAccount(provider) : 'any';
      if (chosen === undefined) return undefined;
      const session =
        chosen === 'other'
          ? await signInAnew(provider, scopes, detailFor(app))
          : await signIn(provider, scopes, detailFor(app), {
              ...(chosen === 'any' ? {} : { account: chosen }),
              clears: chosen !== 'any' || state.asksAgain(targetOf(app)),
            });
      const reading = await read(app, session.account);
      if (!reading) throw new SignInRefused({ ok: false, reason: 'sign-in-needed', sentence: words.nobody(app.name) });
      return reading;
    },
    read: (app, signedIn) => read(app, signedIn?.account),
    request: async (app, missing, account) => {
      const detail = words.whyConsent(app.name, missing.join(', '));
      const asked = await requestConsent(sessionsOf(await providerFor(app), account, detail), app, missing);
      const reading = await read(app, account);
      // What was consented to a moment ago may not be in what VS Code holds.
      return reading && { ...reading, granted: { ...reading.granted, names: unique([...reading.granted.names, ...asked.names]) } };
    },
  };
}
