import { requestOfUser } from '../permissions/signed-in-user';
import type { Declaration, Use } from '../project/model';
import type { Finding, Rule } from './rule';
import { about, namedIn } from './support/shared';
import { activeDeclarations } from './support/sign-in';

/**
 * An activity has no application permission, and the sign-in is an application's own.
 *
 * **What happens at run time.** Graph answers 403, whatever the administrator consented to.
 *
 * **When it fires.** The activity is documented to have no application permission (error), or Graph's own table lists none (warning). A request to
 * `/me`, stated in a manifest or made by an activity with a literal URL, is for a signed-in user alone (warning). Workbook
 * activities are information: Graph lists no application permission for workbooks, yet robots have been seen that read them.
 *
 * **How to fix.** Use a sign-in on behalf of a user for it: an Integration Service connection, or a scope of its own. A request names the user in place of
 * `/me`: `/users/{id}`.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/activities.json` names the sources of each activity.
 */
export const appOnlyUnsupported: Rule = {
  id: 'app-only-unsupported',
  severity: 'error',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context)
      .filter(({ kind }) => kind === 'application')
      .flatMap((declaration) => declaration.uses.flatMap((use) => toFinding(declaration, use))),
};

function toFinding(declaration: Declaration, use: Use): Finding[] {
  const severity = severityOf(use);
  if (severity === undefined) return [];
  const isWorkbook = severity === 'information';
  return [
    {
      ...about(declaration),
      file: use.document.path,
      range: { start: use.range.start, end: use.range.end },
      severity,
      message: `${use.displayName} ${whatFails(use, isWorkbook)}, and ${namedIn(declaration)} signs in as the application itself.`,
      scopes: [],
      activity: use.id,
      why: [],
      fixes: [],
      ...(isWorkbook ? { guess: true } : {}),
    },
  ];
}

function whatFails(use: Use, isWorkbook: boolean): string {
  if (isWorkbook) return 'works on a workbook, for which Graph lists no application permission';
  const request = requestOfUser(use);
  if (request === undefined) return 'has no application permission';
  return `${request === use.displayName ? 'is' : `requests ${request}, which is`} for a signed-in user alone`;
}

function severityOf(use: Use): 'error' | 'warning' | 'information' | undefined {
  if (requestOfUser(use) !== undefined) return 'warning';
  const { activity, operations } = use;
  if (!activity) return undefined;
  if (activity.applicationSupported === false) {
    if (activity.applicationConfidence === 'guess') return undefined;
    return activity.applicationConfidence === 'documented' ? 'error' : 'warning';
  }
  return operations.some((group) => group.every((operation) => operation.includes('/workbook'))) ? 'information' : undefined;
}
