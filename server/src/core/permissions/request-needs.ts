/** What a Graph request needs, by the operations table: for activities that make a request of their own, and for operations stated in a manifest. */
import type { Activity, Catalog, Group } from '../catalog/types';
import type { Need, Use } from '../project/model';
import type { PropertyReader } from './needs';
import { verbOf } from './rank';

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

/** Any permission of the group will do. A request may read bodies, so a basic permission is never proposed, and never makes a full one superfluous. */
function toNeeds(matched: string, alternatives: Group): Need[] {
  if (alternatives.length === 0) return [];
  const full = alternatives.filter((scope) => verbOf(scope) > 0);
  const common = { condition: matched, operations: [matched], by: undefined, guess: false, neverReducible: false };
  const any = { ...common, alternatives, recommended: full.length > 0 ? full.slice(0, 1) : undefined, certain: true };
  return full.length === 0 || full.length === alternatives.length
    ? [any]
    : [any, { ...common, alternatives: full, recommended: undefined, certain: false }];
}
