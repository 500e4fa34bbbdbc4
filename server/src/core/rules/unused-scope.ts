import type { Assessment, KnownScope } from '../permissions/assess';
import { coverTier } from '../permissions/satisfy';
import type { Use } from '../project/model';
import type { Finding, Rule, RuleContext } from './rule';
import { about, atScope, isUnusedConnection, listed, nameOf, removal } from './support/shared';

/**
 * A declared scope that no activity needs.
 *
 * **What happens at run time.** Nothing fails, but the robot can read or change what it never uses: a security review refuses it,
 * and whoever steals the token gets it.
 *
 * **When it fires.** The list is closed, every use under it is known, and the scope is outside the least set of declared scopes that
 * satisfies all of them. openid, profile, email, offline_access, User.Read and what a connector cannot do without are never unused.
 * A scope that another declared and needed one covers is `redundant-scope` instead; those of a connection that nothing uses are `unused-connection`, once. Activities inside *Comment Out* need nothing.
 * Where an activity in a workflow's list needs the scope by itself and does not as it is set (*Send Mail* that only saves a draft), that is said: Studio counts what activities need whatever
 * their properties say, so that what is removed may come back.
 *
 * **How to fix.** Remove it: the preferred fix does.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** See `missing-scope`.
 */
export const unusedScope: Rule = {
  id: 'unused-scope',
  severity: 'warning',
  stage: 'excess',
  check: (context) =>
    context.assessments
      .filter(({ declaration }) => !isUnusedConnection(declaration))
      .flatMap((assessment) => assessment.unused.map((scope) => toFinding(context, assessment, scope))),
};

function toFinding(context: RuleContext, assessment: Assessment, scope: KnownScope): Finding {
  const { declaration } = assessment;
  const place = atScope(context, assessment, scope);
  const uses = declaration.uses.length;
  const nobody = declaration.connection === undefined ? 'no activity in it can run' : 'no activity uses this connection';
  const reason = uses === 0 ? nobody : uses === 1 ? 'its one activity does not need it' : `none of its ${uses} activities needs it`;
  const wider = assessment.missingScopes.find(
    (missing) => coverTier({ catalog: context.catalog, kind: declaration.kind }, missing, scope.permission.value) !== undefined,
  );
  const counting = countingActivity(assessment, scope);
  const comesBack =
    counting === undefined ? '' : ` as it is set. Studio counts it for ${counting} whatever its properties say, and may write it back`;
  const isFlag = declaration.form?.kind === 'services';
  const name = isFlag ? `${scope.declared.text} (${listed(place.scopes, 'and')})` : scope.permission.value;
  return {
    ...about(declaration),
    ...place,
    message: `${nameOf(declaration)} declares ${name}, but ${reason}${wider === undefined ? '' : ` (${wider}, which is missing, covers it)`}${comesBack}.`,
    why: [],
    // An empty list means something else: of a connection that nothing uses, the connection goes, not its scopes.
    fixes: declaration.entry && uses === 0 ? [] : [removal(declaration, scope.index, scope.declared)],
    unnecessary: true,
  };
}

/** The activity for which Studio puts a scope into a workflow's list though a property of it takes the need away. */
function countingActivity({ declaration }: Assessment, { permission }: KnownScope): string | undefined {
  const { element, form, kind, uses } = declaration;
  if (!element || form?.kind === 'services' || kind !== 'delegated') return undefined;
  const isTakenAway = ({ needs }: Use) => !needs.delegated.some(({ alternatives }) => alternatives.includes(permission.value));
  const counts = uses.find((use) => use.activity?.delegated.some(([least]) => least === permission.value) && isTakenAway(use));
  return counts?.activity?.displayName;
}
