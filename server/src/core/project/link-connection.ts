/** Links the connections of manifests with the uses that name them, and finds the connections that no manifest declares. */

import type { Catalog } from '../catalog/types';
import { requestOfUser } from '../permissions/signed-in-user';
import { isBroken } from './broken';
import type { UndeclaredConnection, UnknownUse } from './connection-model';
import { identityOf } from './connection-reference';
import type { LinkOptions } from './link';
import type { ConnectionReference, Declaration, Document, ManifestConnection, ManifestDocument, Project, Use } from './model';
import { kindOfType, signInOfConnection } from './sign-in';
import type { ManifestApp } from './sign-in-model';

/** What relies on connections in the files that one manifest governs. */
export interface ConnectionUses {
  /** By what they name, in lower case. */
  readonly byName: ReadonlyMap<string, readonly Use[]>;
  /** Uses whose connection only the run knows. */
  readonly nameless: readonly Use[];
  /** Connections that something relies on whose need is not known. */
  readonly unknown: readonly UnknownUse[];
  /** Some file's uses are not all known. */
  readonly hasUnread: boolean;
}

/** Sorts what relies on connections for one manifest. */
export function usesFor(
  manifest: ManifestDocument,
  connected: readonly Use[],
  unknown: readonly UnknownUse[],
  unread: readonly Document[],
  governs: LinkOptions['governs'],
): ConnectionUses {
  const byName = new Map<string, Use[]>();
  const nameless: Use[] = [];
  for (const use of connected) {
    if (!use.connection || !isGoverned(manifest, use.document, governs)) continue;
    if (use.connection.isExpression) nameless.push(use);
    else addTo(byName, use.connection.text.toLowerCase(), use);
  }
  return {
    byName,
    nameless,
    unknown: unknown.filter(({ document }) => isGoverned(manifest, document, governs)),
    hasUnread: unread.some((document) => governs(manifest, document.path)),
  };
}

/** What the links of connections look things up in. */
export interface ConnectionSources {
  readonly catalog: Catalog;
  readonly factsOf: Project['factsOf'];
}

/** Key of the connector that a use works with; undefined where any will do. */
export function connectorOf({ activity, connector }: Use): string | undefined {
  return activity?.connector ?? connector;
}

/** Makes a declaration of a connection. */
export function linkConnection(
  manifest: ManifestDocument,
  connection: ManifestConnection,
  found: ConnectionUses,
  { catalog, factsOf, apps }: ConnectionSources & { readonly apps: ReadonlyMap<string, ManifestApp> },
): Declaration {
  const { key, keyRange, scopesRange, form, scopes, ids } = connection;
  const connector = connection.connector ?? factsOf(ids).connector;
  const signIn = signInOfConnection(manifest, connection, apps, catalog);
  const uses = [...new Set([key.toLowerCase(), ...ids])].flatMap((name) => found.byName.get(name) ?? []);
  const region = form?.kind === 'json-array' ? form.array : keyRange;
  const kind = kindOfType(signIn.type);
  // What it needs once it names a user, nobody knows: its permissions are not called unused until then.
  const isUserless = kind === 'application' && uses.some((use) => requestOfUser(use) !== undefined);
  return {
    document: manifest,
    label: key,
    connection: key,
    connector,
    kind,
    range: scopesRange ?? keyRange,
    nameRange: keyRange,
    form,
    scopes,
    open: isBroken(manifest, region) ? 'broken' : connection.open,
    effective: true,
    uses,
    hasOpenUse: isUserless || uses.some((use) => use.open) || mayHaveMore(connection, connector, found),
    signIn,
    element: undefined,
    entry: connection,
  };
}

/** Whether something that is not known may rely on a connection: then nothing of it is called unused. */
function mayHaveMore(
  connection: ManifestConnection,
  connector: string | undefined,
  { nameless, unknown, hasUnread }: ConnectionUses,
): boolean {
  const fits = (other: string | undefined) => connector === undefined || other === undefined || other === connector;
  return (
    nameless.some((use) => fits(connectorOf(use))) ||
    unknown.some((use) => (use.connection.isExpression ? fits(use.connector) : isNamed(connection, use.connection))) ||
    hasUnread
  );
}

function isGoverned(manifest: ManifestDocument, document: Document, governs: LinkOptions['governs']): boolean {
  return document.kind === 'manifest' ? document === manifest : governs(manifest, document.path);
}

function isNamed({ key, ids }: ManifestConnection, { text }: ConnectionReference): boolean {
  return text.toLowerCase() === key.toLowerCase() || ids.includes(text.toLowerCase());
}

/** Connections that are used and that no governing manifest declares, in the order they are met. */
export function undeclaredConnections(
  connected: readonly Use[],
  manifests: readonly ManifestDocument[],
  { governs, factsOf }: Pick<LinkOptions, 'governs'> & Pick<Project, 'factsOf'>,
): UndeclaredConnection[] {
  const declared = manifests.map((manifest) => ({
    manifest,
    names: new Set(manifest.connections.flatMap(({ key, ids }) => [key.toLowerCase(), ...ids])),
  }));
  const found = new Map<string, Use[]>();
  for (const use of connected) {
    const reference = use.connection;
    if (!reference) continue;
    const isDeclared =
      !reference.isExpression &&
      declared.some(({ manifest, names }) => names.has(reference.text.toLowerCase()) && isGoverned(manifest, use.document, governs));
    if (!isDeclared) addTo(found, identityOf(reference), use);
  }
  return [...found.values()].map((uses) => {
    const { text: id, isExpression } = uses[0]?.connection ?? { text: '', isExpression: false };
    const { connector, name } = isExpression ? { connector: undefined, name: undefined } : factsOf([id]);
    return { id, isExpression, connector: connector ?? uses.map(connectorOf).find((key) => key !== undefined), name, uses };
  });
}

function addTo(map: Map<string, Use[]>, key: string, use: Use): void {
  const list = map.get(key);
  if (list) list.push(use);
  else map.set(key, [use]);
}
