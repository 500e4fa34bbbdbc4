/** What a Graph request needs, by the operations table: for activities that make a request of their own, and for operations stated in a manifest. */
import type { Activity, Catalog, Group } from '../catalog/types';
import type { Need, Use } from '../project/model';
import type { PropertyReader } from './needs';
import { partsOf, verbOf } from './rank';

export type RequestNeeds = Pick<Use, 'needs' | 'operations'>;

/** The needs of a request such as `GET /me/messages`; undefined where the table does not know it. */
export function needsOfRequest(catalog: Catalog, request: string): RequestNeeds | undefined {
  const operation = catalog.operations().find(request);
  if (!operation) return undefined;
  const { matched, delegatedWork, application, together = {} } = operation;
  const needs = (groups: readonly Group[]) => groups.flatMap((group) => toNeeds(matched, group));
  return {
    needs: {
      delegated: needs(together.delegatedWork ?? [delegatedWork]),
      application: needs(together.application ?? [application]),
    },
    operations: [[matched]],
  };
}

/** The needs of an activity that makes a request: undefined where a value is an expression, or the table does not know the request. */
export function needsOfDynamic(catalog: Catalog, { dynamic }: Activity, read: PropertyReader): RequestNeeds | undefined {
  if (!dynamic) return undefined;
  const [method, url] = [read(dynamic.method), read(dynamic.url)];
  if (method.kind !== 'literal' || url.kind !== 'literal') return undefined;
  return needsOfRequest(catalog, `${method.text} ${url.text}`);
}

/**
 * Any permission of the group will do. A request may read bodies, so a basic permission is never proposed where the same family has a full
 * one, and never makes that superfluous: that one is proposed, and not the next in the row, which may be of another product. Where the family
 * has none, as with Team.ReadBasic.All, there is no more to read.
 */
function toNeeds(matched: string, alternatives: Group): Need[] {
  if (alternatives.length === 0) return [];
  const families = new Set(alternatives.flatMap((scope) => (verbOf(scope) > 0 ? partsOf(scope).family : [])));
  const full = alternatives.filter((scope) => verbOf(scope) > 0 || !families.has(partsOf(scope).family));
  const family = partsOf(alternatives[0] ?? '').family;
  const proposed = full.find((scope) => partsOf(scope).family === family) ?? full[0];
  const common = { condition: matched, operations: [matched], by: undefined, guess: false, neverReducible: false };
  const any = { ...common, alternatives, recommended: proposed === undefined ? undefined : [proposed], certain: true };
  return full.length === 0 || full.length === alternatives.length
    ? [any]
    : [any, { ...common, alternatives: full, recommended: undefined, certain: false }];
}
