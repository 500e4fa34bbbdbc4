import { changesOf, type PermissionChange } from '../catalog/notices';
import type { Rule } from './rule';
import { about, nameOf, whyOfScopes } from './support/shared';

/**
 * A declared scope, or the interface behind it, has an announced end.
 *
 * **What happens at run time.** From that day on the calls fail, whoever consented.
 *
 * **When it fires.** A declared scope stands on the list of announced changes, whether the day is past or still to come. Exchange Web Services
 * are blocked since 2026-10-01 unless the tenant allow-listed the app, and end on 2027-04-01.
 *
 * **How to fix.** What takes its place is named in the message, where there is anything.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason and a date, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/notices.json` names the announcement of each change.
 */
export const retiredScope: Rule = {
  id: 'retired-scope',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    context.assessments.flatMap((assessment) =>
      assessment.known.flatMap(({ declared, permission }) => {
        const { declaration } = assessment;
        const { catalog, today } = context;
        if (declaration.form?.kind === 'services') return [];
        const changes = changesOf(catalog.notices(), permission).filter(({ ends }) => ends);
        if (changes.length === 0) return [];
        return [
          {
            ...about(declaration),
            range: { start: declared.start, end: declared.end },
            message: `${nameOf(declaration)} declares ${permission.value}, whose end is announced: ${changes.map((change) => told(change, today)).join('; ')}. ${insteadOf(changes)}`,
            scopes: [permission.value],
            why: whyOfScopes(context, assessment, [permission.value]),
            fixes: [],
          },
        ];
      }),
    ),
};

function told({ date, what }: PermissionChange, today: string): string {
  return `${date <= today ? 'since' : 'on'} ${date} ${what.replace(/\.$/, '')}`;
}

function insteadOf(changes: readonly PermissionChange[]): string {
  const instead = changes.at(-1)?.instead.replace(/\.$/, '') ?? '';
  return `Instead: ${instead}.`;
}
