/** Holds what sign-ins showed, tells it to the server as names, and lets VS Code know whether anybody is signed in. */
import { commands } from 'vscode';
import { type GrantsAnswer, grantsRequest, type SignedInGrants } from '../../../server/src/lsp/protocol';
import type { Ask } from '../common/manifest';
import type { Kept } from './kept';
import type { Entry, SignInState } from './state';
import { kindOf } from './state';
import { knownNames, type Reading, type Way } from './way';

/** Set while somebody is signed in, or something is kept from when they were. */
const signedInKey = 'm365Scopes.signedIn';

export type Held = ReturnType<typeof createHeld>;

/** Makes the holder; nobody is signed in at first. */
export function createHeld(ask: Ask, state: SignInState, kept: Pick<Kept, 'hasAny'>) {
  const tell = (told: SignedInGrants) => ask<GrantsAnswer>(grantsRequest, told);
  const toTold = ({ clientId, kind, signedIn: { names, person } }: Entry): SignedInGrants => ({
    clientId,
    kind,
    names,
    ...(person ? { account: person } : {}),
  });

  const showContext = () => commands.executeCommand('setContext', signedInKey, state.all().length > 0 || kept.hasAny());
  return {
    showContext,

    /** Takes what a way showed, and answers what is missing. */
    async remember(clientId: string, way: Way, reading: Reading): Promise<GrantsAnswer> {
      const { label, person, account, provider } = reading;
      state.set(clientId, { way: way.id, label, person, account, provider, names: knownNames(reading) });
      await showContext();
      const kind = kindOf(way.id);
      const entry = state.of(clientId).find((one) => one.kind === kind);
      return (entry && (await tell(toTold(entry)))) ?? { compared: 0, missing: [] };
    },

    async forget({ clientId, kind }: Pick<Entry, 'clientId' | 'kind'>, isChosen: boolean): Promise<void> {
      state.forget(clientId, kind, isChosen);
      await tell({ clientId, kind, names: null });
      await showContext();
    },

    /** Tells a new server what the last one knew. */
    async resend(): Promise<void> {
      for (const entry of state.all()) await tell(toTold(entry));
    },
  };
}
