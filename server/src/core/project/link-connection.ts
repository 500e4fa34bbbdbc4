/** Links the connections of manifests with the uses that name them, and finds the connections that no manifest declares. */
import type { Catalog } from '../catalog/types';
import { isBroken } from './broken';
import type { LinkOptions } from './link';
import type { ConnectionReference, Declaration, Document, ManifestConnection, ManifestDocument, UndeclaredConnection, Use } from './model';
import { kindOfType, signInOfConnection } from './sign-in';

/** What relies on connections in the files that one manifest governs. */
export interface ConnectionUses {
  /** By what they name, in lower case. */
  readonly byName: ReadonlyMap<string, readonly Use[]>;
  /** Uses whose connection only the run knows. */
  readonly nameless: readonly Use[];
  /** Connections that something relies on whose need is not known. */
  readonly unknown: readonly ConnectionReference[];
  /** Some file's uses are not all known. */
  readonly hasUnread: boolean;
}

/** Sorts what relies on connections for one manifest. */
export function usesFor(
  manifest: ManifestDocument,
  connected: readonly Use[],
  unknown: readonly Located[],
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
    unknown: unknown.filter(({ document }) => isGoverned(manifest, document, governs)).map(({ connection }) => connection),
    hasUnread: unread.some((document) => governs(manifest, document.path)),
  };
}

/** A connection that something unknown relies on, and the file that says so. */
export interface Located {
  readonly document: Document;
  readonly connection: ConnectionReference;
}

/** Makes a declaration of a connection. */
export function linkConnection(
  manifest: ManifestDocument,
  connection: ManifestConnection,
  found: ConnectionUses,
  catalog: Catalog,
): Declaration {
  const { key, keyRange, connector, scopesRange, form, scopes, ids } = connection;
  const signIn = signInOfConnection(manifest, connection, catalog);
  const uses = [...new Set([key.toLowerCase(), ...ids])].flatMap((name) => found.byName.get(name) ?? []);
  const region = form?.kind === 'json-array' ? form.array : keyRange;
  return {
    document: manifest,
    label: key,
    connection: key,
    connector,
    kind: kindOfType(signIn.type),
    range: scopesRange ?? keyRange,
    nameRange: keyRange,
    form,
    scopes,
    open: isBroken(manifest, region) ? 'broken' : connection.open,
    effective: true,
    uses,
    hasOpenUse: uses.some((use) => use.open) || mayHaveMore(connection, found),
    signIn,
    element: undefined,
    entry: connection,
  };
}

/** Whether something that is not known may rely on a connection: then nothing of it is called unused. */
function mayHaveMore(connection: ManifestConnection, { nameless, unknown, hasUnread }: ConnectionUses): boolean {
  const { connector } = connection;
  const fits = (use: Use) => connector === undefined || use.activity?.connector === undefined || use.activity.connector === connector;
  return nameless.some(fits) || unknown.some((reference) => reference.isExpression || isNamed(connection, reference)) || hasUnread;
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
  governs: LinkOptions['governs'],
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
    if (!isDeclared) addTo(found, reference.isExpression ? reference.text : reference.text.toLowerCase(), use);
  }
  return [...found.values()].map((uses) => ({
    id: uses[0]?.connection?.text ?? '',
    isExpression: uses[0]?.connection?.isExpression === true,
    connector: uses.find(({ activity }) => activity?.connector !== undefined)?.activity?.connector,
    uses,
  }));
}

function addTo(map: Map<string, Use[]>, key: string, use: Use): void {
  const list = map.get(key);
  if (list) list.push(use);
  else map.set(key, [use]);
}
