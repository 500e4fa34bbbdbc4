/** Answers a question about one permission, one activity or one Graph request from the catalogue. */

import { activityOf, type CodedMethod, findCodedMethods, titleOfMethod } from '../catalog/coded';
import type { Activity, Catalog, Permission } from '../catalog/types';
import { isGuid } from '../guid';
import { nearest } from '../permissions/nearest';
import { findPermission } from '../permissions/satisfy';
import { explainOperation, type OperationExplanation, otherMethods } from './operation';
import { explainPermission, type PermissionExplanation } from './permission';

export interface ActivityExplanation {
  readonly kind: 'activity';
  readonly activity: Activity;
  /** The method of a coded workflow that was asked for, where it was one. */
  readonly coded?: CodedMethod;
}

/** Nothing, or more than one thing, is meant: `names` may be. */
export interface NoExplanation {
  readonly kind: 'none';
  readonly reason: string;
  readonly names: readonly string[];
}

export type Explanation = OperationExplanation | PermissionExplanation | ActivityExplanation;

/**
 * Explains what a text names: a request has a method and a path; a permission any letter case and resource prefix, or its GUID in a
 * registration; an activity its type, the last part of it, or the name that Studio shows; a method of a coded workflow the service and its name.
 */
export function explain(catalog: Catalog, text: string): Explanation | NoExplanation {
  const asked = text.trim();
  if (/^[A-Za-z]+\s+(?:\/|https?:|me\/|users\/|\$batch)/i.test(asked))
    return explainOperation(catalog, asked) ?? noOperation(catalog, asked);
  const permission = findPermission(catalog, asked) ?? catalog.permissions.get(`exchange/${asked.toLowerCase()}`) ?? byId(catalog, asked);
  if (permission) return explainPermission(catalog, permission);
  const activities = findActivities(catalog, asked);
  const [activity] = activities;
  if (activity && activities.length === 1) return { kind: 'activity', activity };
  if (activity) return { kind: 'none', reason: `"${asked}" names several activities.`, names: activities.map(({ id }) => id) };
  const coded = explainCoded(catalog, asked);
  if (coded) return coded;
  return { kind: 'none', reason: `The catalogue of ${catalog.date} knows no "${asked}".`, names: nearNames(catalog, asked) };
}

/** As `requiredResourceAccess` names permissions; every other id is nobody's. */
function byId({ permissions }: Catalog, text: string): Permission | undefined {
  const id = text.toLowerCase();
  if (!isGuid(id)) return undefined;
  return [...permissions.values()].find(({ delegatedId, applicationId }) =>
    [delegatedId, applicationId].some((own) => own?.toLowerCase() === id),
  );
}

/** The first way of naming that meets something decides. */
function findActivities({ activities }: Catalog, text: string): readonly Activity[] {
  const lower = text.toLowerCase();
  const ways: readonly ((activity: Activity) => string)[] = [({ id }) => id, ({ id }) => shortName(id), ({ displayName }) => displayName];
  for (const name of ways) {
    const found = [...activities.values()].filter((activity) => name(activity).toLowerCase() === lower);
    if (found.length > 0) return found;
  }
  return [];
}

function explainCoded(catalog: Catalog, asked: string): ActivityExplanation | NoExplanation | undefined {
  const methods = findCodedMethods(catalog, asked);
  const [coded] = methods;
  if (!coded) return undefined;
  const names = methods.map(titleOfMethod);
  if (methods.length > 1) return { kind: 'none', reason: `"${asked}" names several methods of coded workflows.`, names };
  const activity = activityOf(catalog, coded);
  return activity
    ? { kind: 'activity', activity, coded }
    : { kind: 'none', reason: `${names[0]} calls nothing: it needs no scope.`, names: [] };
}

function nearNames({ permissions, activities }: Catalog, text: string): readonly string[] {
  const ids = [...activities.keys()];
  return nearest(text, [...[...permissions.values()].map(({ value }) => value), ...ids, ...ids.map(shortName)]);
}

function shortName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

function noOperation(catalog: Catalog, asked: string): NoExplanation {
  if (/\/?\$batch(?:[?#]|$)/i.test(asked))
    return { kind: 'none', reason: 'A batch needs what the requests in it need: explain each of them.', names: [] };
  const methods = otherMethods(catalog, asked);
  const reason = `The catalogue of ${catalog.date} knows no "${asked}".`;
  return { kind: 'none', reason: methods.length > 0 ? `${reason} That path has ${methods.join(', ')}.` : reason, names: [] };
}
