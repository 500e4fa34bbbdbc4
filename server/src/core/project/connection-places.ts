/** Finds every place of an automation that names a connection, once each: an activity in a scope or card that signs in names none itself. */
import type { Catalog } from '../catalog/types';
import type { Span } from '../text';
import { readProperty } from '../xaml/values';
import { connectorOf } from './link-connection';
import { ownConnection } from './link-workflow';
import type { ConnectionReference, Document, Project, Use, XamlDocument } from './model';

/** A place that names a connection. */
export interface ConnectionPlace {
  readonly document: Document;
  readonly connection: ConnectionReference;
  /** Key of its connector; undefined where any will do. */
  readonly connector: string | undefined;
  /** The activity there; undefined where all that is known is that something names the connection. */
  readonly activity: (Span & { readonly id: string; readonly displayName: string }) | undefined;
}

/** Lists the places, those in workflows first. */
export function connectionPlaces(project: Project, catalog: Catalog): ConnectionPlace[] {
  const { documents, uses, connectorUses, unknownUses } = project;
  return [
    ...documents.flatMap((document) => (document.kind === 'xaml' ? placesIn(document, catalog) : [])),
    ...[...uses.filter(({ document }) => document.kind !== 'xaml'), ...connectorUses].flatMap(placeOfUse),
    ...unknownUses.map(({ document, connection, connector }) => ({ document, connection, connector, activity: undefined })),
  ];
}

function placesIn(document: XamlDocument, catalog: Catalog): ConnectionPlace[] {
  return document.candidates.flatMap((candidate) => {
    const activity = candidate.disabled ? undefined : catalog.activities.get(candidate.id);
    const connection = activity && ownConnection(document, candidate, activity);
    if (!connection) return [];
    const { id, range, element } = candidate;
    const display = readProperty(document, element, 'DisplayName');
    const displayName = display.kind === 'literal' ? display.text : activity.displayName;
    return [{ document, connection, connector: activity.connector, activity: { id, displayName, start: range.start, end: range.end } }];
  });
}

function placeOfUse(use: Use): ConnectionPlace[] {
  const { document, connection, id, displayName, range } = use;
  if (!connection) return [];
  return [{ document, connection, connector: connectorOf(use), activity: { id, displayName, start: range.start, end: range.end } }];
}
