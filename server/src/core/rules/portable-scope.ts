import type { Rule } from './rule';
import { nameOf } from './support/shared';
import { signInFinding } from './support/sign-in';

/**
 * A Microsoft 365 Scope stands in a cross-platform project.
 *
 * **What happens at run time.** The activity is for Windows only: the project does not load, or the run ends with an unknown type.
 *
 * **When it fires.** project.json says `targetFramework: Portable`, and a workflow holds an Office365ApplicationScope that is not commented out.
 *
 * **How to fix.** Use the modern activities with an Integration Service connection, or make it a Windows project.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on the Microsoft 365 Scope: Windows and Windows - Legacy.
 */
export const portableScope: Rule = {
  id: 'portable-scope',
  severity: 'error',
  stage: 'none',
  check: ({ project }) => {
    if (project.settings?.targetFramework?.toLowerCase() !== 'portable') return [];
    return project.declarations
      .filter(({ element }) => element !== undefined)
      .map((declaration) =>
        signInFinding(
          declaration,
          declaration.nameRange,
          `Cross-platform projects have no Microsoft 365 Scope, as ${nameOf(declaration)} is one: use activities with a connection.`,
        ),
      );
  },
};
