import type { Assessment } from '../permissions/assess';
import type { Finding, Rule, RuleContext } from './rule';
import { about, nameOf, whyOfScopes } from './support/shared';
import { signInFinding, typeNames } from './support/sign-in';

/**
 * A personal Microsoft account meets a scope or a sign-in that is for work accounts only.
 *
 * **What happens at run time.** AADSTS70011 or "this permission is not available for personal accounts"; AADSTS50020 where the sign-in itself is not.
 *
 * **When it fires.** The account is known to be personal (`account: personal` of a connection, an app for personal accounts, or a literal address at outlook.com, hotmail.com, live.com or msn.com),
 * and a declared scope does not exist for such accounts, or the type is Integrated Windows Authentication, Username and Password, or an application's own. What is not known is not judged.
 *
 * **How to fix.** Sign in with a work account, or leave the scope out.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** The live Microsoft Graph service principal and Microsoft's model say which permissions personal accounts can grant.
 */
export const accountKind: Rule = {
  id: 'account-kind',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    context.assessments
      .filter(({ declaration }) => declaration.signIn.isActive && declaration.signIn.isPersonal)
      .flatMap((assessment) => ofPersonal(context, assessment)),
};

function ofPersonal(context: RuleContext, assessment: Assessment): Finding[] {
  const { declaration, known } = assessment;
  const { type, typeRange } = declaration.signIn;
  const isForWork = type === 'integrated-windows' || type === 'username-password' || declaration.kind === 'application';
  const scopes =
    declaration.form?.kind === 'services' || declaration.kind === 'application'
      ? []
      : known.filter(({ permission }) => permission.personalAccount === false && permission.delegatedId !== undefined);
  return [
    ...(isForWork && type !== undefined
      ? [
          signInFinding(
            declaration,
            typeRange,
            `${nameOf(declaration)} signs in a personal account with ${typeNames[type]}, which is for work accounts only.`,
          ),
        ]
      : []),
    ...scopes.map(({ declared, permission }) => ({
      ...about(declaration),
      range: { start: declared.start, end: declared.end },
      message: `${nameOf(declaration)} signs in a personal account, for which there is no ${permission.value}.`,
      scopes: [permission.value],
      why: whyOfScopes(context, assessment, [permission.value]),
      fixes: [],
    })),
  ];
}
