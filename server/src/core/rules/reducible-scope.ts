import { sureTiers } from '../catalog/types';
import { satisfies } from '../permissions/satisfy';
import type { Rule } from './rule';
import { about, activityNames, atScope, nameOf, replacement, whyOf } from './support/shared';

/**
 * A declared scope that allows more than any activity needs, where a narrower one would do.
 *
 * **What happens at run time.** Nothing fails, but a robot that only reads may write: least privilege asks for the narrower scope.
 *
 * **When it fires.** The list is closed, the scope is needed, and a scope of a lesser verb (Read for ReadWrite) and the same reach still
 * satisfies every use. It never narrows the reach (`.All` to own, Sites to Files), and never below what a documented need names.
 * It is a warning where the relation of the two is sure, a hint where Microsoft's table supports it only in part.
 *
 * **How to fix.** Replace it by the narrower scope. Consent goes by exact name: register and consent the new one before the next run.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/covers.json` and `schemas/activities.json`.
 */
export const reducibleScope: Rule = {
  id: 'reducible-scope',
  severity: 'warning',
  stage: 'excess',
  check: (context) =>
    context.assessments.flatMap((assessment) =>
      assessment.reducible.map((scope) => {
        const { declaration } = assessment;
        const relation = { catalog: context.catalog, kind: declaration.kind };
        const why = whyOf(assessment.groups.filter(({ alternatives }) => satisfies(relation, scope.permission.value, alternatives)));
        const isSure = scope.sameFamily && sureTiers.has(scope.tier);
        return {
          ...about(declaration),
          ...atScope(context, assessment, scope),
          message: `${nameOf(declaration)} declares ${scope.permission.value}; ${scope.narrower} is enough for ${activityNames(why)}.`,
          why,
          fixes: [replacement(declaration, scope.index, scope.narrower, scope.sameFamily)],
          ...(isSure ? {} : { severity: 'hint' as const, guess: true }),
        };
      }),
    ),
};
