/** An explanation as JSON: what is unknown, or is not there, is null. */

import { type CodedCondition, titleOfMethod } from '../../core/catalog/coded';
import type { Explanation } from '../../core/explain/explain';
import { labelOf } from '../../core/permissions/label';

/** Turns an explanation into the form that scripts read. */
export function explanationToJson(found: Explanation): object {
  if (found.kind === 'operation') return found;
  if (found.kind === 'activity') {
    const { confidence, applicationConfidence, sources, kind, applicationSupported, ...activity } = found.activity;
    const { coded } = found;
    return {
      kind: 'activity',
      ...activity,
      ...(coded ? { conditional: (coded.conditional ?? []).map(toCondition), coded: titleOfMethod(coded) } : {}),
      activityKind: kind,
      applicationSupported: applicationSupported !== false,
      provenance: { confidence, applicationConfidence, sources },
    };
  }
  const { permission, withheld, changes, requestedBy, covers, coveredBy, activities, operations } = found;
  return {
    kind: 'permission',
    value: permission.value,
    label: labelOf(permission.value),
    resource: permission.resource,
    delegatedId: permission.delegatedId ?? null,
    applicationId: permission.applicationId ?? null,
    adminConsent: {
      delegated: permission.delegatedId === undefined ? null : (permission.adminConsent ?? null),
      application: permission.applicationId === undefined ? null : true,
    },
    personalAccount: permission.personalAccount ?? null,
    level: permission.level,
    managedConsent: withheld ? { withheldSince: withheld.since, confidence: withheld.sinceConfidence } : null,
    changes: changes.map(({ date, what, instead, source, confidence }) => ({ date, what, instead, source, confidence })),
    requestedBy,
    covers: names(covers),
    coveredBy: names(coveredBy),
    activities: activities.map(({ id }) => id),
    operations: operations.length,
  };
}

function names(covers: readonly { readonly value: string }[]): string[] {
  return [...new Set(covers.map(({ value }) => value))].sort();
}

/** Where an argument stands in a call is of no use to a reader. */
function toCondition({ when: { position: _position, request: _request, ...when }, ...rest }: CodedCondition) {
  return { when, ...rest };
}
