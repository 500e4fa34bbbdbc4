/** An explanation as text, for a person at a terminal. */

import { type CodedCondition, titleOfMethod } from '../../core/catalog/coded';
import { stateOf } from '../../core/catalog/load';
import type { NationalCloud } from '../../core/catalog/notices';
import type { ConditionalRequirement, Group, PermissionKind } from '../../core/catalog/types';
import type { ActivityExplanation, Explanation } from '../../core/explain/explain';
import type { OperationExplanation } from '../../core/explain/operation';
import type { Cover, PermissionExplanation } from '../../core/explain/permission';
import { labelOf } from '../../core/permissions/label';
import type { Style } from './style';

/** How many operations or activities are named before the rest is counted. */
const most = 12;

const clouds: Readonly<Record<NationalCloud, string>> = {
  'us-gov-l4': 'US Government L4 (GCC High)',
  'us-gov-l5': 'US Government L5 (DoD)',
  china: 'China (21Vianet)',
};

/** Writes an explanation; ends with a line break. */
export function explanationToText(found: Explanation, style: Style): string {
  if (found.kind === 'operation') return operationText(found, style);
  return found.kind === 'activity' ? activityText(found, style) : permissionText(found, style);
}

function operationText(
  { matched, delegatedWork, delegatedPersonal, application, least, missingClouds, together = {} }: OperationExplanation,
  style: Style,
): string {
  const row = (scopes: readonly string[], first: string | undefined, groups: readonly Group[] = []) => {
    if (scopes.length === 0) return style.faint('not possible');
    if (groups.length > 1) return `one of each of ${groupsText(groups)}`;
    return `any one of ${(groups[0] ?? scopes).map((scope) => (scope === first ? `${style.strong(scope)} (least)` : scope)).join(', ')}`;
  };
  return lines(style.strong(matched), [
    ['delegated, work account', row(delegatedWork, least.delegatedWork, together.delegatedWork)],
    ['delegated, personal account', row(delegatedPersonal, least.delegatedPersonal, together.delegatedPersonal)],
    ['application', row(application, least.application, together.application)],
    ...(missingClouds.length > 0 ? [['not in', missingClouds.map((cloud) => clouds[cloud]).join(', ')] as const] : []),
  ]);
}

function permissionText(
  { permission, withheld, changes, requestedBy, covers, coveredBy, activities, operations }: PermissionExplanation,
  style: Style,
): string {
  const { value, resource, delegatedId, applicationId, adminConsent, personalAccount, level } = permission;
  const none = style.faint('none');
  const consent =
    adminConsent === undefined ? 'who may consent is unknown' : adminConsent ? 'an administrator consents' : 'the user may consent';
  const personal = personalAccount ? ', personal accounts too' : '';
  const rank = (kind: PermissionKind) => (level[kind] === undefined ? '' : `, privilege level ${level[kind]} of 5`);
  const covered = (list: readonly Cover[], kind: PermissionKind) => list.filter((cover) => cover.kind === kind).map((cover) => cover.value);
  const rows = (['delegated', 'application'] as const).flatMap((kind): [string, string][] => [
    [`covers, ${kind}`, some(covered(covers, kind))],
    [`covered by, ${kind}`, some(covered(coveredBy, kind))],
  ]);
  return lines(`${style.strong(value)}: ${labelOf(value)}${resource === 'graph' ? '' : ' (Exchange Online)'}`, [
    ['delegated', delegatedId === undefined ? none : `${delegatedId}, ${consent}${personal}${rank('delegated')}`],
    ['application', applicationId === undefined ? none : `${applicationId}, an administrator consents${rank('application')}`],
    ...(withheld ? [['consent', `users cannot consent where Microsoft manages the policy, since ${withheld.since}`] as const] : []),
    ...changes.map(({ date, what, instead }) => [`from ${date}`, `${what}; instead: ${instead}`] as const),
    ...rows.filter(([, names]) => names !== ''),
    ...(requestedBy.length > 0 ? [['asked for by', requestedBy.join(', ')] as const] : []),
    ['serves', activities.length === 0 ? none : some(activities.map(({ id }) => shorten(id)))],
    ['opens', operations.length === 0 ? none : `${operations.length} Graph operations: ${some(operations)}`],
  ]);
}

function activityText({ activity, coded }: ActivityExplanation, style: Style): string {
  const { id, displayName, kind, connector, operations, delegated, application, applicationSupported, dynamic } = activity;
  const conditional = coded ? (coded.conditional ?? []) : activity.conditional;
  const none = style.faint('nothing');
  const asked = dynamic ? `what the request in ${dynamic.method} and ${dynamic.url} needs` : none;
  const needs = (groups: readonly Group[]) => (groups.length === 0 ? asked : groupsText(groups));
  const title = coded ? titleOfMethod(coded) : displayName;
  return lines(`${style.strong(title)} ${style.faint(`${id}, ${kind}${connector ? `, ${connector}` : ''}`)}`, [
    ['delegated', needs(delegated)],
    ['application', applicationSupported === false ? 'not possible' : needs(application)],
    ...conditional.map((condition): [string, string] => [`when ${conditionText(condition)}`, conditionalText(condition)]),
    ...(operations.length > 0 ? [['calls', operations.map((group) => group.join(' or ')).join('  and  ')] as [string, string]] : []),
    ['confidence', `${activity.confidence}; application: ${activity.applicationConfidence}`],
    ['sources', activity.sources.join(', ')],
  ]);
}

type AnyCondition = ConditionalRequirement | CodedCondition;

function conditionText({ when }: AnyCondition): string {
  const name = 'argument' in when ? when.argument : (when.properties[0] ?? '');
  return `${name} ${stateOf(when)}`;
}

function conditionalText({
  label,
  addDelegated = [],
  addApplication = [],
  removeDelegated = [],
  removeApplication = [],
}: AnyCondition): string {
  const added = (groups: readonly Group[], kind: string) => (groups.length === 0 ? [] : [`${kind} also needs ${groupsText(groups)}`]);
  const removed = (names: readonly string[], kind: string) => (names.length === 0 ? [] : [`${kind} does not need ${names.join(', ')}`]);
  return [
    label,
    ...added(addDelegated, 'delegated'),
    ...added(addApplication, 'application'),
    ...removed(removeDelegated, 'delegated'),
    ...removed(removeApplication, 'application'),
  ].join('; ');
}

function groupsText(groups: readonly Group[]): string {
  return groups.map((group) => group.join(' or ')).join('  and  ');
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

function shorten(id: string): string {
  return id.replace('UiPath.MicrosoftOffice365.Activities.', '');
}

function lines(title: string, rows: readonly (readonly [string, string])[]): string {
  return `${title}\n${rows.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`;
}
