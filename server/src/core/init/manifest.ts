/** Makes the first manifest of a project from what its workflows say, or tells why there is none to make. */
import type { Catalog } from '../catalog/types';
import { fromManifest } from '../project/from-manifest';
import { type LinkOptions, link } from '../project/link';
import type { Project } from '../project/model';
import { appMembers, hiddenAppNotes } from './apps';
import { connectionMembers, expressionNotes, namedConnections } from './connections';
import { type Block, writeJsonc } from './jsonc';

export interface InitOptions extends LinkOptions {
  /** Where the manifest goes. */
  readonly newManifest: string;
  /** The way from a manifest to a file, with slashes. */
  readonly pathFrom: (manifestPath: string, path: string) => string;
}

/** The manifest, or the reason why there is none, as a sentence. */
export type Init = Made | { readonly kind: 'refused'; readonly reason: string };

interface Made {
  readonly kind: 'made';
  readonly text: string;
  readonly connections: number;
  readonly apps: number;
}

/** What a manifest would be written about. */
export interface InitPlan {
  /** Connections whose id stands in a workflow. */
  readonly connections: number;
  /** Why no manifest can be made, as a sentence. */
  readonly refused: string | undefined;
}

/** Says whether there is a manifest to make, without making it. */
export function planManifest(project: Project, catalog: Catalog): InitPlan {
  return { connections: namedConnections(project).length, refused: refusal(project, catalog) };
}

/**
 * Makes the text of the manifest. It holds what is known and no more: how a connection signs in, and what was granted, is asked for in comments.
 * The same project gives the same text, wherever it stands.
 */
export function initManifest(project: Project, catalog: Catalog, options: InitOptions): Init {
  const reason = refusal(project, catalog);
  if (reason !== undefined) return { kind: 'refused', reason };
  const path = options.newManifest;
  const plain = makeText(project, catalog, options, new Set());
  // The new manifest is read like any other: that tells which connections may have uses nobody can see.
  const { declarations } = link([...project.documents, fromManifest(path, plain.text)], catalog, options);
  const mayHaveMore = declarations.flatMap(({ connection, hasOpenUse }) => (connection !== undefined && hasOpenUse ? [connection] : []));
  return makeText(project, catalog, options, new Set(mayHaveMore));
}

function makeText(project: Project, catalog: Catalog, options: InitOptions, mayHaveMore: ReadonlySet<string>): Made {
  const wayTo = (path: string) => options.pathFrom(options.newManifest, path);
  const connections = connectionMembers(project, catalog, wayTo, mayHaveMore);
  const apps = appMembers(project, catalog, wayTo);
  const ofApps = hiddenAppNotes(
    project,
    apps.map(({ key }) => key),
    wayTo,
  );
  const ofConnections = expressionNotes(project, wayTo);
  const root: Block = {
    head: [headNote, ...(connections.length > 0 ? [connectionsNote] : [])],
    members: [
      ...(apps.length > 0 ? [{ key: 'apps', value: { members: apps, tail: ofApps } }] : []),
      ...(connections.length > 0 ? [{ key: 'connections', value: { members: connections, tail: ofConnections } }] : []),
    ],
    tail: [...(apps.length > 0 ? [] : ofApps), ...(connections.length > 0 ? [] : ofConnections)],
  };
  return { kind: 'made', text: writeJsonc(root), connections: connections.length, apps: apps.length };
}

const headNote =
  'Made from what the workflows say. What they do not say is for you to add; what is left out is unknown, and nothing is said about it.';
const connectionsNote =
  '"scopes" is the least that the activities need with a user signed in: write what the connection really has in its place. "app" is a key of "apps", where it signs in with an app of your own.';

function refusal(project: Project, catalog: Catalog): string | undefined {
  const [manifest] = project.manifests;
  if (manifest)
    return `There is a manifest already: ${fileName(manifest.path)}. A manifest that is there is never changed by this; add to it, or take it away first.`;
  if (project.undeclared.length > 0) return undefined;
  const wayTo = (path: string) => path;
  if (appMembers(project, catalog, wayTo).length > 0 || hiddenAppNotes(project, [], wayTo).length > 0) return undefined;
  const isUsed = project.uses.length + project.connectorUses.length + project.declarations.length > 0;
  if (isUsed)
    return 'There is nothing to write a manifest about: no activity uses a connection, and no Microsoft 365 Scope names an app of your own.';
  if (project.documents.some((document) => document.kind === 'coded' && document.usesService))
    return 'There is nothing to write a manifest about: only coded workflows name Microsoft 365 here, and no call on a connection was found in them.';
  return project.unread.size > 0
    ? 'There is nothing to write a manifest about: no activity of Microsoft 365 is used here, as far as the files could be read.'
    : 'There is nothing to write a manifest about: no activity of Microsoft 365 is used here.';
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
