import type { Use, XamlDocument } from '../project/model';
import { firstActivity } from '../xaml/first-activity';
import type { Finding, Rule } from './rule';

/**
 * An activity stands where nothing signs in for it.
 *
 * **What happens at run time.** "Activity is only valid inside an Office 365 Scope", "Cannot be used outside of a MicrosoftOffice365 Application Scope", or "No default connection is available".
 *
 * **When it fires.** A classic activity without a Microsoft 365 Scope around it in the same file (or a Use OneDrive & SharePoint card, for files), commented-out ones aside; a modern one, or a trigger,
 * outside both that names no connection. A connection that is an expression counts as named. A trigger that is not the first activity of Main or of an entry point is information: a run starts elsewhere.
 *
 * **How to fix.** Move it into a scope, or choose a connection on it.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the activities.
 */
export const activityOutsideScope: Rule = {
  id: 'activity-outside-scope',
  severity: 'error',
  stage: 'none',
  check: ({ project }) =>
    project.uses.flatMap((use) => {
      const { document } = use;
      if (document.kind !== 'xaml' || document.fault) return [];
      if (isOutside(use)) return [toFinding(use, messageOf(use))];
      const entries = project.settings?.entryFiles;
      if (use.activity?.kind !== 'trigger' || !entries || startsRun(use, document, entries)) return [];
      return [
        {
          ...toFinding(use, `${use.displayName} is a trigger: it belongs first in Main, or in another file that a run starts with.`),
          severity: 'information' as const,
        },
      ];
    }),
};

function isOutside({ activity, container, connection, isInCard }: Use): boolean {
  if (!activity || container !== undefined) return false;
  return activity.kind === 'classic' || (connection === undefined && !isInCard);
}

function messageOf({ displayName, activity }: Use): string {
  if (activity?.kind === 'trigger') return `${displayName} names no connection: choose one.`;
  if (activity?.kind !== 'classic')
    return `${displayName} names no connection and stands outside every Microsoft 365 Scope: choose a connection, or move it into a scope.`;
  const card = /\.(Files|Excel|Sharepoint)\./.test(activity.id) ? ' and every Use OneDrive & SharePoint card' : '';
  return `${displayName} stands outside every Microsoft 365 Scope${card}: nothing signs in for it.`;
}

function toFinding({ document, range, id }: Use, message: string): Finding {
  return { file: document.path, range: { start: range.start, end: range.end }, message, scopes: [], activity: id, why: [], fixes: [] };
}

/** The first activity of a file that a run starts with. */
function startsRun({ range }: Use, { path, root }: XamlDocument, entries: readonly string[]): boolean {
  const isEntry = entries.some((entry) =>
    `/${path.replaceAll('\\', '/')}`.toLowerCase().endsWith(`/${entry.replaceAll('\\', '/').replace(/^\.?\//, '')}`.toLowerCase()),
  );
  return isEntry && root !== undefined && firstActivity(root)?.nameStart === range.start;
}
