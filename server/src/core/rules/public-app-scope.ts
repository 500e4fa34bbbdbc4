import type { Assessment, NeededGroup } from '../permissions/assess';
import { anySatisfies } from '../permissions/satisfy';
import type { Declaration } from '../project/model';
import type { Finding, Rule, RuleContext } from './rule';
import { about, activityNames, isOne, listed, nameOf, whyOf, whyOfScopes } from './support/shared';
import { canBeCustom, setting } from './support/sign-in';

/**
 * A scope is declared or needed that UiPath's own app does not ask for.
 *
 * **What happens at run time.** Another consent prompt, or a request for an administrator's approval (AADSTS65001, AADSTS90094), for an app that belongs to UiPath: no robot can answer it.
 * It is not impossible: Microsoft Entra ID lets an app ask for more than it registered.
 *
 * **When it fires.** Interactive Token with UiPath's public app, or a connection with OAuth 2.0 Authorization code: a declared scope that the app's list lacks, or a need that no scope of the list satisfies. Each connector has a list of
 * its own; one that the catalogue does not know is not judged.
 *
 * **How to fix.** Use an app of your own: set *OAuth Application* to Custom and give its id, or make the connection with *Bring your own OAuth 2.0 app*.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Interactive Token, which lists the scopes of UiPathStudioO365App; the pages on each connector's
 * authentication.
 */
export const publicAppScope: Rule = {
  id: 'public-app-scope',
  severity: 'warning',
  stage: 'none',
  check: (context) => context.assessments.flatMap((assessment) => ofDeclaration(context, assessment)),
};

function ofDeclaration(context: RuleContext, assessment: Assessment): Finding[] {
  const { declaration, known, groups } = assessment;
  const list = listOf(context, declaration);
  if (!list) return [];
  const relation = { catalog: context.catalog, kind: 'delegated' as const };
  const isListed = (name: string) => list.names.includes(name) || context.catalog.implied.has(name);
  const foreign = declaration.form?.kind === 'services' ? [] : known.filter(({ permission }) => !isListed(permission.value));
  const named = foreign.map(({ permission }) => permission.value);
  const lacking = groups.filter(
    ({ certain, by, alternatives }) =>
      certain && by === undefined && !anySatisfies(relation, list.names, alternatives) && !anySatisfies(relation, named, alternatives),
  );
  const fixes = ownApp(context, declaration);
  return [
    ...foreign.map(({ declared, permission }) => ({
      ...about(declaration),
      range: { start: declared.start, end: declared.end },
      message: `${nameOf(declaration)} declares ${permission.value}, which ${list.app} does not ask for: this needs an app of your own.`,
      scopes: [permission.value],
      why: whyOfScopes(context, assessment, [permission.value]),
      fixes,
    })),
    ...lacking.map((group) => toFinding(declaration, group, list.app, fixes)),
  ];
}

function toFinding(declaration: Declaration, group: NeededGroup, app: string, fixes: Finding['fixes']): Finding {
  const why = whyOf([group]);
  const scope = group.additions[0] ?? '';
  return {
    ...about(declaration),
    range: declaration.range,
    message: `${activityNames(why)} ${isOne(why) ? 'needs' : 'need'} ${listed(group.additions, 'or')}, which ${app} does not ask for: this needs an app of your own.`,
    scopes: [scope],
    why,
    fixes,
    ...(group.guess ? { severity: 'information' as const, guess: true } : {}),
  };
}

/** The list of the app that signs in, and how it is called; undefined where it is not UiPath's, or not known. */
function listOf(
  { catalog }: RuleContext,
  { signIn, connector, effective }: Declaration,
): { app: string; names: readonly string[] } | undefined {
  const { isActive, type, app } = signIn;
  if (!isActive || app !== 'uipath' || (!effective && type !== 'interactive-token')) return undefined;
  if (type === 'interactive-token') return { app: "UiPath's public app", names: catalog.publicApp.requests };
  const known = type === 'oauth-authorization-code' ? catalog.connectors.get(connector ?? '') : undefined;
  return known?.requests && { app: `UiPath's app of the connector ${known.name}`, names: known.requests };
}

function ownApp({ catalog }: RuleContext, declaration: Declaration): Finding['fixes'] {
  const { element } = declaration;
  if (!element || !canBeCustom(declaration, catalog)) return [];
  return [setting(declaration, element, 'OAuthApplication', 'Custom', 'Use your own app (OAuth Application: Custom)')];
}
