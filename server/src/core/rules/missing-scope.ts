import type { Assessment, MissingGroup } from '../permissions/assess';
import { reachOf } from '../permissions/rank';
import type { Fix } from '../problem';
import { connectorOf } from '../project/link-connection';
import type { Declaration } from '../project/model';
import type { Finding, Rule, RuleContext } from './rule';
import { about, activityNames, addition, isOne, listed, nameOf, whyOf } from './support/shared';

/**
 * An activity needs a Microsoft Graph permission that its scope or connection does not declare.
 *
 * **What happens at run time.** Graph answers 403 ("Insufficient privileges to complete the operation"), or the robot waits for a
 * consent prompt that nobody answers (AADSTS65001).
 *
 * **When it fires.** The list is closed (it holds at least one literal scope, no expression and no `.default`), the sign-in is
 * delegated or the manifest says what an administrator consented to, and no declared scope is one of the alternatives or covers one.
 * Where the need is a guess of the catalogue, or `Sites.Selected` may open the content, it is information and says so.
 *
 * **How to fix.** Add the least-privileged scope that will do: the preferred fix adds it. The other alternatives are offered as well.
 * A scope such as Files.ReadWrite reaches the signed-in user's own drive only; for SharePoint choose one that ends in `.All`.
 * Where the connection is one of another connector (`connector-mismatch`), nothing is added unasked: the activity needs another connection.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's documentation of the activity where there is one, otherwise the operations it calls and
 * Microsoft Graph's own permissions table: `schemas/activities.json` names the sources of each entry.
 */
export const missingScope: Rule = {
  id: 'missing-scope',
  severity: 'error',
  stage: 'missing',
  check: (context) =>
    context.assessments.flatMap((assessment) => assessment.missing.map((missing) => toFinding(context, assessment, missing))),
};

function toFinding(context: RuleContext, assessment: Assessment, missing: MissingGroup): Finding {
  const { declaration } = assessment;
  const { group, add, maybeSelected } = missing;
  const why = whyOf([group]);
  const isUncertain = group.guess || maybeSelected;
  const first = why[0];
  return {
    ...about(declaration),
    range: declaration.range,
    message: [
      `${nameOf(declaration)} ${lacks(declaration, add)}, which ${activityNames(why)} ${isOne(why) ? 'needs' : 'need'}${conditionOf(first?.condition)}.`,
      note(declaration, missing),
    ]
      .filter(Boolean)
      .join(' '),
    scopes: add,
    ...(first ? { activity: first.activity } : {}),
    why,
    fixes: fixes(context, assessment, missing),
    ...(isUncertain ? { severity: 'information' as const, guess: true } : {}),
  };
}

function conditionOf(condition = 'always'): string {
  return condition === 'always' ? '' : ` (${condition})`;
}

/** Flags bring families of scopes: what is missing is a flag. */
function lacks({ form }: Declaration, add: readonly string[]): string {
  return form?.kind === 'services' ? `declares no service that brings ${listed(add, 'and')}` : `does not declare ${listed(add, 'and')}`;
}

function note({ form }: Declaration, { group, add, maybeSelected }: MissingGroup): string {
  if (maybeSelected) return 'A "Selected" permission is declared: it will do if the site, list or file was granted to the app.';
  if (group.guess) return 'What this activity needs is an assumption, not documented: check it before you rely on it.';
  if (form?.kind === 'services') return '';
  const own = add.find((scope) => scope.startsWith('Files.') && reachOf(scope) === 0);
  const wide = group.alternatives.filter((scope) => reachOf(scope) === 2);
  return own && wide.length > 0 ? `${own} reaches the signed-in user's own drive only; SharePoint needs ${listed(wide, 'or')}.` : '';
}

/** The activity works with another connector: the connection is wrong there, and not its list. */
function isMisplaced({ connector, entry }: Declaration, { group: { causes } }: MissingGroup): boolean {
  if (connector === undefined || entry?.connector === undefined) return false;
  return causes.every(({ use }) => (connectorOf(use) ?? connector) !== connector);
}

function fixes(context: RuleContext, { declaration, missing, missingScopes }: Assessment, lacking: MissingGroup): Fix[] {
  const { group, add } = lacking;
  const others = group.alternatives.filter((scope) => !add.includes(scope));
  const everything = missing.length > 1 && missingScopes.length > add.length;
  return [
    addition(context, declaration, add, !isMisplaced(declaration, lacking)),
    ...others.map((scope) => addition(context, declaration, [scope], false)),
    everything ? addition(context, declaration, missingScopes, false, `Add all missing scopes (${missingScopes.join(', ')})`) : undefined,
  ].filter((fix, index, all) => fix !== undefined && all.findIndex((other) => other?.title === fix.title) === index) as Fix[];
}
