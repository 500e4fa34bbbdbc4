import { missingClouds, type NationalCloud } from '../catalog/notices';
import type { Use } from '../project/model';
import type { Rule, RuleContext } from './rule';
import { about, namedIn, nameOf } from './support/shared';
import { activeDeclarations, signInFinding } from './support/sign-in';

/**
 * The chosen Microsoft cloud does not have what an activity calls, or is no more.
 *
 * **What happens at run time.** Graph answers 404 or 501, "not available in this cloud"; Microsoft Cloud Germany does not answer at all since 2021-10-29.
 *
 * **When it fires.** Workbooks and presence in China, and the other gaps that Microsoft's pages name; the environment Germany. What nobody wrote down is unknown and not judged.
 *
 * **How to fix.** Choose another activity (download the file and read it locally), or the cloud the tenant is really in.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/notices.json`: Microsoft's page of each operation says which clouds have it.
 */
export const environmentUnavailable: Rule = {
  id: 'environment-unavailable',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { environment, environmentRange, typeRange } = declaration.signIn;
      if (environment === undefined || environment === 'office365') return [];
      if (environment === 'germany')
        return [
          signInFinding(
            declaration,
            environmentRange ?? typeRange,
            `${nameOf(declaration)} signs in to Microsoft Cloud Germany, which closed on 2021-10-29.`,
          ),
        ];
      return declaration.uses
        .filter((use) => lacks(context, use, environment))
        .map((use) => ({
          ...about(declaration),
          file: use.document.path,
          range: { start: use.range.start, end: use.range.end },
          message: `${use.displayName} calls what ${cloudNames[environment]} does not have, and ${namedIn(declaration)} signs in there.`,
          scopes: [],
          activity: use.id,
          why: [],
          fixes: [],
        }));
    }),
};

/** How Microsoft calls its national clouds. */
const cloudNames: Readonly<Record<NationalCloud, string>> = {
  'us-gov-l4': 'the cloud US Government L4',
  'us-gov-l5': 'the cloud US Government L5 (DOD)',
  china: 'the cloud in China (21Vianet)',
};

function lacks({ catalog }: RuleContext, { operations }: Use, environment: NationalCloud): boolean {
  return operations.some(
    (group) => group.length > 0 && group.every((operation) => missingClouds(catalog.notices(), operation).includes(environment)),
  );
}
