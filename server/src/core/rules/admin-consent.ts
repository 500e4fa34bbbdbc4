import { withheldConsent } from '../catalog/notices';
import type { Permission } from '../catalog/types';
import type { Assessment } from '../permissions/assess';
import type { Rule, RuleContext } from './rule';
import { about, listed, namedIn, whyOfScopes } from './support/shared';

/**
 * Scopes of a connection that an administrator has to consent to.
 *
 * **What happens at run time.** Until that is done: AADSTS65001 or AADSTS90094, "need admin approval". One such scope fails the whole sign-in.
 *
 * **When it fires.** Once for each list: application permissions always; delegated ones that Microsoft marks so; and, for a connection of a manifest, those that
 * Microsoft's managed consent policy withholds from users, whatever that mark says. In a workflow only what needs an administrator in every tenant is told. A tenant with a policy of its own may ask for more, or for less. Personal accounts have no administrator.
 *
 * **How to fix.** Send the list to whoever administers the tenant.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** The live Microsoft Graph service principal, and Microsoft's page on the managed consent policy.
 */
export const adminConsent: Rule = {
  id: 'admin-consent',
  severity: 'information',
  stage: 'none',
  check: (context) =>
    context.assessments.flatMap((assessment) => {
      const { declaration } = assessment;
      const names = isAskedFor(assessment) ? scopesOf(context, assessment) : [];
      if (names.length === 0) return [];
      return [
        {
          ...about(declaration),
          range: declaration.range,
          message: `An administrator has to consent to ${listed(names, 'and')}, which ${namedIn(declaration)} ${declaration.kind === 'application' ? 'uses as the application itself' : 'asks for'}.`,
          scopes: names,
          why: whyOfScopes(context, assessment, names),
          fixes: [],
        },
      ];
    }),
};

/** A list that somebody signs in with: of a connection, or of an active scope that is not worked out at run time. */
function isAskedFor({ declaration }: Assessment): boolean {
  const { signIn, entry, effective, open, kind } = declaration;
  if (signIn.isPersonal || !effective) return false;
  return entry ? true : signIn.isActive && open === undefined && kind === 'delegated';
}

function scopesOf({ catalog }: RuleContext, { declaration, known }: Assessment): string[] {
  const isWithheld = (permission: Permission) =>
    declaration.entry !== undefined && withheldConsent(catalog.notices(), permission) !== undefined;
  const needsAdmin = (permission: Permission) =>
    declaration.kind === 'delegated'
      ? permission.delegatedId !== undefined && (permission.adminConsent === true || isWithheld(permission))
      : permission.applicationId !== undefined;
  return known.flatMap(({ permission }) => (needsAdmin(permission) ? [permission.value] : []));
}
