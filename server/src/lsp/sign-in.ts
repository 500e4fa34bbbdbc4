/** What a client that signs in asks for and tells: the apps of the workspace, and names that were granted. They are held in memory only. */
import { type Connection, ErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { Grants } from '../core/permissions/grants';
import type { WorkspaceSession } from '../workspace/session';
import { type compareGrants, readSignedInGrants, toGrants, type workspaceApps } from './apps';
import type { ServerContext } from './context';
import { guard } from './guard';
import { appsRequest, type GrantsAnswer, grantsRequest, type SignedInGrants, type WorkspaceApp } from './protocol';

export type HeldGrants = ReturnType<typeof createHeldGrants>;

/** Holds the grants of each app for as long as the server lives. */
export function createHeldGrants(session: Pick<WorkspaceSession, 'setGrants'>, changed: () => void) {
  const held = new Map<string, Grants>();
  return {
    all: (): Grants[] => [...held.values()],

    /** Takes or forgets what a person, or the app itself, was granted. */
    take(told: SignedInGrants): void {
      const key = [told.kind, told.clientId, told.tenant, told.environment].join(' ');
      const isForgotten = told.names === null && told.account === undefined;
      if (isForgotten && !held.has(key)) return;
      if (isForgotten) held.delete(key);
      else held.set(key, toGrants(told));
      session.setGrants([...held.values()]);
      changed();
    },
  };
}

export interface SignInListener {
  readonly connection: Connection;
  readonly context: ServerContext;
  readonly feature: { readonly workspaceApps: typeof workspaceApps; readonly compareGrants: typeof compareGrants };
  readonly grants: HeldGrants;
  readonly log: (message: string) => void;
}

/** Starts to listen. */
export function listenToSignIn({ connection, context, feature, grants, log }: SignInListener): void {
  connection.onRequest(new RequestType<object, WorkspaceApp[], void>(appsRequest), (_, token) =>
    guard<WorkspaceApp[]>({ name: 'apps of the workspace', token, log, fallback: [] }, () => feature.workspaceApps(context)),
  );
  connection.onRequest(new RequestType<unknown, GrantsAnswer, void>(grantsRequest), (sent, token) =>
    guard<GrantsAnswer>({ name: 'grants', token, log, fallback: { compared: 0, missing: [] } }, () => {
      const read = readSignedInGrants(sent);
      // Nothing of what was sent is repeated.
      if (!read)
        throw new ResponseError(ErrorCodes.InvalidParams, `${grantsRequest} takes { "clientId": a GUID, "names": names or null }.`);
      grants.take(read);
      return feature.compareGrants(context, read);
    }),
  );
}
