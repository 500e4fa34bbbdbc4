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
 * Where somebody signed in to the app with a personal account (in VS Code, or `--sign-in device-code`), it is information at such a scope: the automation may run as somebody else.
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
    context.assessments.flatMap((assessment) => {
      const { isActive, isPersonal } = assessment.declaration.signIn;
      if (isActive && isPersonal) return ofPersonal(context, assessment);
      return context.signedInPersonally.has(assessment) ? ofSignedIn(context, assessment) : [];
    }),
};

function ofPersonal(context: RuleContext, assessment: Assessment): Finding[] {
  const { declaration } = assessment;
  const { type, typeRange } = declaration.signIn;
  const isForWork = type === 'integrated-windows' || type === 'username-password' || declaration.kind === 'application';
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
    ...atScopes(context, assessment, (name) => `${nameOf(declaration)} signs in a personal account, for which there is no ${name}.`),
  ];
}

/** Nobody knows whether the robot runs as the one who signed in here. */
function ofSignedIn(context: RuleContext, assessment: Assessment): Finding[] {
  const { declaration } = assessment;
  return atScopes(
    context,
    assessment,
    (name) =>
      `${nameOf(declaration)} asks for ${name}, which personal accounts do not have, and a personal account is signed in here. It works where a work account signs in.`,
  ).map((finding) => ({ ...finding, severity: 'information', guess: true }));
}

function atScopes(context: RuleContext, assessment: Assessment, messageFor: (name: string) => string): Finding[] {
  const { declaration, known } = assessment;
  if (declaration.form?.kind === 'services' || declaration.kind === 'application') return [];
  return known
    .filter(({ permission }) => permission.personalAccount === false && permission.delegatedId !== undefined)
    .map(({ declared, permission }) => ({
      ...about(declaration),
      range: { start: declared.start, end: declared.end },
      message: messageFor(permission.value),
      scopes: [permission.value],
      why: whyOfScopes(context, assessment, [permission.value]),
      fixes: [],
    }));
}
