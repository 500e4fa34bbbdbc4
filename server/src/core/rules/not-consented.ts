import type { Assessment, KnownScope } from '../permissions/assess';
import type { Consent } from '../permissions/grants';
import { coverTier } from '../permissions/satisfy';
import type { Finding, Rule, RuleContext } from './rule';
import { about, listed, nameOf, whyOfScopes } from './support/shared';

/**
 * A declared scope that the app was not granted.
 *
 * **What happens at run time.** Signing in asks for consent, which nobody gives at night: AADSTS65001. Under application sign-in the token lacks the permission: 403.
 *
 * **When it fires.** Only with grants (`--granted FILE`, or a sign-in in VS Code: see [sign-in](../sign-in.md)): once for each declared scope that is not among them. Names are compared exactly: a broader scope that is granted does not
 * stop the prompt for a narrower one. Delegated scopes are compared with `oauth2PermissionGrants` or the `scp` of a token, application permissions with `appRoleAssignments` or `roles`; of the other kind a file says
 * nothing. Where single users consented for themselves it is information: a connection runs as the user who made it. openid, profile, email and offline_access are not compared, nor are open lists, unknown or malformed names,
 * scopes in a workflow whose app is not known to be the one meant, nor personal accounts, whose consents no tenant keeps.
 *
 * **How to fix.** Ask an administrator to consent, or sign in once and consent (in VS Code a quick fix asks for what is missing); or remove the scope from the list.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`. Without grants such an entry is not reported as unused.
 *
 * **Where the facts come from.** Microsoft's pages on oAuth2PermissionGrant, on appRoleAssignment and on AADSTS65001.
 */
export const notConsented: Rule = {
  id: 'not-consented',
  severity: 'warning',
  stage: 'none',
  looksAt: ({ consents }, assessment) => consents.has(assessment),
  check: (context) =>
    [...context.consents].flatMap(([assessment, consent]) => [
      ...byValue(consent.notGranted).map((scopes) =>
        toFinding(context, assessment, scopes, messageOf(context, assessment, consent, scopes)),
      ),
      ...byValue(consent.oneUserOnly).map((scopes) => oneUserFinding(context, assessment, scopes)),
    ]),
};

/** A flag stands for several scopes: they are told together, at the flag. */
function byValue(scopes: readonly KnownScope[]): KnownScope[][] {
  const groups = new Map<number, KnownScope[]>();
  for (const scope of scopes) groups.set(scope.index, [...(groups.get(scope.index) ?? []), scope]);
  return [...groups.values()];
}

function namesOf(scopes: readonly KnownScope[]): string[] {
  return scopes.map(({ permission }) => permission.value);
}

function toFinding(context: RuleContext, assessment: Assessment, scopes: readonly KnownScope[], message: string): Finding {
  const { start = 0, end = 0 } = scopes[0]?.declared ?? {};
  const names = namesOf(scopes);
  const why = whyOfScopes(context, assessment, names);
  return { ...about(assessment.declaration), range: { start, end }, message, scopes: names, why, fixes: [] };
}

/** Nobody knows which user the robot runs as: no setting makes an error of it. */
function oneUserFinding(context: RuleContext, assessment: Assessment, scopes: readonly KnownScope[]): Finding {
  const names = listed(namesOf(scopes), 'and');
  const message = `${nameOf(assessment.declaration)} asks for ${names}, to which only single users consented, each for themselves: it works where one of them signs in.`;
  return { ...toFinding(context, assessment, scopes, message), severity: 'information', guess: true };
}

function messageOf(
  { catalog }: RuleContext,
  { declaration }: Assessment,
  { granted, grantedToOneUser }: Consent,
  scopes: readonly KnownScope[],
): string {
  const { kind } = declaration;
  const names = namesOf(scopes);
  if (kind === 'application')
    return `${nameOf(declaration)} uses ${listed(names, 'and')} as the application itself, but no administrator granted ${names.length > 1 ? 'them' : 'it'}.`;
  const wide = [...granted, ...grantedToOneUser].find((name) => names.some((narrow) => coverTier({ catalog, kind }, name, narrow)));
  const exact = wide === undefined ? '' : ` ${wide} was granted, but consent goes by the exact name.`;
  const isForAdministrator = scopes.some(({ permission }) => permission.adminConsent === true);
  const next = isForAdministrator ? 'An administrator has to consent.' : 'Consent at a sign-in, or have an administrator do so.';
  return `${nameOf(declaration)} asks for ${listed(names, 'and')}, which was not granted.${exact} ${next}`;
}
