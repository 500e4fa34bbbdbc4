/** Links the connections of manifests with the uses that name them, and finds the connections that no manifest declares. */

import { isBroken } from './broken';
import type { LinkOptions } from './link';
import type { ConnectionReference, Declaration, Document, ManifestConnection, ManifestDocument, UndeclaredConnection, Use } from './model';

const applicationTypes = new Set(['client-secret', 'client-certificate', 'oauth-client-credentials', 'oauth-client-certificate']);

/** Makes a declaration of a connection. `unread` are the files whose uses are not all known. */
export function linkConnection(
  manifest: ManifestDocument,
  connection: ManifestConnection,
  connected: readonly Use[],
  unread: readonly Document[],
  governs: LinkOptions['governs'],
): Declaration {
  const uses = connected.filter((use) => isGoverned(manifest, use, governs) && names(connection, use.connection));
  return {
    document: manifest,
    label: connection.key,
    connection: connection.key,
    connector: connection.connector,
    kind: applicationTypes.has(connection.authentication ?? '') ? 'application' : 'delegated',
    range: connection.scopesRange ?? connection.keyRange,
    nameRange: connection.keyRange,
    form: connection.form,
    scopes: connection.scopes,
    open: isBroken(manifest, connection.form?.kind === 'json-array' ? connection.form.array : connection.keyRange)
      ? 'broken'
      : connection.open,
    effective: true,
    uses,
    hasOpenUse:
      unread.some((document) => governs(manifest, document.path) && mayUse(document, connection)) ||
      uses.some((use) => use.open) ||
      hasNamelessUse(manifest, connection, connected, governs),
  };
}

/** Files with uses that are not read: coded workflows, files that are damaged, and activities of other packages. */
export function hasUnreadUses(document: Document): boolean {
  if (document.kind === 'unreadable' || document.kind === 'coded') return true;
  return document.kind === 'xaml' && (document.fault !== undefined || document.limit !== undefined || document.otherConnections.length > 0);
}

/** Whether what is not read of a file may rely on a connection. */
function mayUse(document: Document, { ids, key }: ManifestConnection): boolean {
  if (document.kind !== 'xaml') return document.kind === 'unreadable' || (document.kind === 'coded' && document.usesService);
  if (document.fault || document.limit) return true;
  return document.otherConnections.some((id) => id.kind === 'expression' || id.text === key || ids.includes(id.text.toLowerCase()));
}

/** An expression may name any connection of its activity's connector: while one exists, nothing of that connector is unused. */
function hasNamelessUse(
  manifest: ManifestDocument,
  { connector }: ManifestConnection,
  connected: readonly Use[],
  governs: LinkOptions['governs'],
): boolean {
  return connected.some(
    (use) =>
      use.connection?.isExpression === true &&
      isGoverned(manifest, use, governs) &&
      (connector === undefined || use.activity?.connector === undefined || use.activity.connector === connector),
  );
}

function isGoverned(manifest: ManifestDocument, use: Use, governs: LinkOptions['governs']): boolean {
  return use.document.kind === 'manifest' ? use.document === manifest : governs(manifest, use.document.path);
}

function names(connection: ManifestConnection, reference: ConnectionReference | undefined): boolean {
  if (!reference || reference.isExpression) return false;
  return reference.text === connection.key || connection.ids.includes(reference.text.toLowerCase());
}

/** Connections that are used and that no governing manifest declares, in the order they are met. */
export function undeclaredConnections(
  connected: readonly Use[],
  manifests: readonly ManifestDocument[],
  governs: LinkOptions['governs'],
): UndeclaredConnection[] {
  const found = new Map<string, UndeclaredConnection>();
  for (const use of connected) {
    const reference = use.connection;
    if (
      !reference ||
      manifests.some(
        (manifest) => isGoverned(manifest, use, governs) && manifest.connections.some((connection) => names(connection, reference)),
      )
    )
      continue;
    const key = reference.isExpression ? reference.text : reference.text.toLowerCase();
    const before = found.get(key);
    found.set(key, {
      id: reference.text,
      isExpression: reference.isExpression,
      connector: before?.connector ?? use.activity?.connector,
      uses: [...(before?.uses ?? []), use],
    });
  }
  return [...found.values()];
}
