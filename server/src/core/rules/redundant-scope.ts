import type { Rule } from './rule';
import { about, atScope, nameOf, removal, whyOfScopes } from './support/shared';

/**
 * A declared scope that another declared, needed scope covers.
 *
 * **What happens at run time.** Nothing: the wider scope already allows what the narrower one does. Studio itself stores
 * `mail.read` beside `mail.readwrite`. It is a hint because consent goes by exact name: where an administrator approved the narrower
 * name only, removing the wider one is the way, not this one.
 *
 * **When it fires.** The list is closed, the scope is outside the least set of declared scopes that satisfies every use, and a
 * scope of that set covers it.
 *
 * **How to fix.** Remove it.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/covers.json`: each edge says how well Microsoft Graph's permissions table supports it.
 */
export const redundantScope: Rule = {
  id: 'redundant-scope',
  severity: 'hint',
  stage: 'excess',
  check: (context) =>
    context.assessments.flatMap((assessment) =>
      assessment.redundant.map((scope) => ({
        ...about(assessment.declaration),
        ...atScope(context, assessment, scope),
        message: `${nameOf(assessment.declaration)} declares ${scope.permission.value} beside ${scope.coveredBy}, which covers it.`,
        why: whyOfScopes(context, assessment, [scope.coveredBy]),
        fixes: [removal(assessment.declaration, scope.index, scope.declared)],
        unnecessary: true,
      })),
    ),
};
