/** Turns a use that a manifest states by hand into one like those that are found in workflows. */
import type { Activity, Catalog } from '../catalog/types';
import { needsOf, type PropertyReader } from '../permissions/needs';
import { needsOfDynamic, needsOfRequest } from '../permissions/request-needs';
import type { Value } from '../xaml/values';
import type { ManifestDocument, ManifestUse, Use } from './model';

/** Links one entry of `activities`. What an unknown name, or an operation that the table does not know, needs is open. */
export function toStatedUse(
  manifest: ManifestDocument,
  { activity: name, operation, connection, range, properties }: ManifestUse,
  catalog: Catalog,
): Use {
  const activity = name === undefined ? undefined : findActivity(catalog, name);
  const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };
  const read: PropertyReader = (property) => properties.get(property) ?? properties.get(property.split('.').at(-1) ?? '') ?? nothing;
  const request = activity
    ? needsOfDynamic(catalog, activity, read)
    : operation === undefined
      ? undefined
      : needsOfRequest(catalog, operation);
  const own = activity && { delegated: needsOf(activity, 'delegated', read), application: needsOf(activity, 'application', read) };
  return {
    activity,
    id: activity?.id ?? name ?? operation ?? '',
    displayName: activity?.displayName ?? name ?? operation ?? '',
    document: manifest,
    range,
    needs: request?.needs ?? own ?? { delegated: [], application: [] },
    open: request === undefined && (activity === undefined || activity.dynamic !== undefined),
    connection: connection === undefined ? undefined : { text: connection, isExpression: false },
    operations: request?.operations ?? activity?.operations ?? [],
    read,
    container: undefined,
    isInCard: false,
    isUnknown: unknownPart(catalog, activity, name, operation),
  };
}

/** Neither an activity nor an operation: the schema, or nobody, misses it. */
function unknownPart(
  catalog: Catalog,
  activity: Activity | undefined,
  name: string | undefined,
  operation: string | undefined,
): Use['isUnknown'] {
  if (activity) return undefined;
  if (name !== undefined) return 'activity';
  return operation !== undefined && catalog.operations().find(operation) === undefined ? 'operation' : undefined;
}

/** Finds an activity by CLR type or short name. */
export function findActivity(catalog: Catalog, name: string): Activity | undefined {
  const exact = catalog.activities.get(name);
  if (exact) return exact;
  const ending = `.${name}`.toLowerCase();
  return [...catalog.activities.values()].find(({ id }) => id.toLowerCase().endsWith(ending));
}
