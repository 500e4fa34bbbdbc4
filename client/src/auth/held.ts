/** Holds what sign-ins showed, tells it to the server as names, and lets VS Code know whether anybody is signed in. */
import { commands } from 'vscode';
import { type GrantsAnswer, grantsRequest, type SignedInGrants } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import type { Kept } from './kept';
import type { Entry, SignInState, Target } from './state';
import { knownNames, type Reading, type Way } from './way';

/** Set while somebody is signed in, or something is kept from when they were. */
const signedInKey = 'm365Scopes.signedIn';

export type Held = ReturnType<typeof createHeld>;

/** Makes the holder; nobody is signed in at first. */
export function createHeld(ask: Ask, state: SignInState, kept: Pick<Kept, 'hasAny'>) {
  const tell = (told: SignedInGrants) => ask<GrantsAnswer>(grantsRequest, told);
  const toTold = ({ target, kind, signedIn: { names, person } }: Entry): SignedInGrants => ({
    ...target,
    kind,
    names,
    ...(person ? { account: person } : {}),
  });

  const showContext = () => commands.executeCommand('setContext', signedInKey, state.all().length > 0 || kept.hasAny());
  return {
    showContext,

    /** Takes what a way showed, and answers what is missing. */
    async remember(
      target: Target,
      way: Pick<Way, 'id'>,
      reading: Reading,
    ): Promise<{ readonly entry: Entry; readonly answer: GrantsAnswer }> {
      const { label, person, account, provider } = reading;
      const entry = state.set(target, { way: way.id, label, person, account, provider, names: knownNames(reading) });
      // At once: what a sign-out tells must reach the server after this.
      const [answer] = await Promise.all([tell(toTold(entry)), showContext()]);
      return { entry, answer: answer ?? { compared: 0, missing: [] } };
    },

    async forget({ target, kind }: Pick<Entry, 'target' | 'kind'>, isChosen: boolean): Promise<void> {
      state.forget(target, kind, isChosen);
      await tell({ ...target, kind, names: null });
      await showContext();
    },

    /** Tells a new server what the last one knew. */
    async resend(): Promise<void> {
      await Promise.all(state.all().map((entry) => tell(toTold(entry))));
    },
  };
}
