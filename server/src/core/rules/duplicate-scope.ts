import type { Rule } from './rule';
import { about, atScope, nameOf, removal } from './support/shared';

/**
 * The same scope stands twice in one list, whatever its letter case.
 *
 * **What happens at run time.** Nothing: Microsoft Entra ID takes the name once. The list is harder to review, and a later edit may
 * change one of the two only.
 *
 * **When it fires.** Two values of one list name the same permission. The later one is reported.
 *
 * **How to fix.** Remove it: the preferred fix does.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const duplicateScope: Rule = {
  id: 'duplicate-scope',
  severity: 'warning',
  stage: 'duplicate',
  check: (context) =>
    context.assessments.flatMap((assessment) =>
      assessment.duplicates.map((scope) => ({
        ...about(assessment.declaration),
        ...atScope(context, assessment, scope),
        message: `${nameOf(assessment.declaration)} declares ${scope.permission.value} twice.`,
        why: [],
        fixes: [removal(assessment.declaration, scope.index, scope.declared)],
        unnecessary: true,
      })),
    ),
};
