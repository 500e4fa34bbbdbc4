import type { Assessment, KnownScope } from '../permissions/assess';
import { hasKind } from '../permissions/satisfy';
import type { Finding, Rule, RuleContext } from './rule';
import { entriesOfOtherKind } from './support/registration';
import { about, nameOf, removal, replacement } from './support/shared';

/**
 * A delegated permission under an application's own sign-in, or the reverse.
 *
 * **What happens at run time.** The permission is there and Graph answers 403 all the same: one kind never stands for the other.
 *
 * **When it fires.** In a manifest, where `authentication` says how the connection signs in: a name that exists as delegated only (every `.Shared`,
 * offline_access, User.Read …) under client credentials or a certificate, or one that exists for applications only under a user's sign-in. In the registration of an app: an
 * entry whose `type` (Scope, Role) is not that of its name or GUID. The list that a workflow stores has no effect under application sign-in, and is left alone.
 *
 * **How to fix.** Remove it, or put in its place the permission, the GUID or the type of the right kind: what there is, is offered.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** The live Microsoft Graph service principal: which names have a delegated id, and which an application one.
 */
export const scopeKind: Rule = {
  id: 'scope-kind',
  severity: 'error',
  stage: 'none',
  check: (context) => [
    ...context.assessments.flatMap((assessment) => {
      const { declaration, known } = assessment;
      if (!declaration.entry || declaration.signIn.type === undefined) return [];
      return known.filter(({ permission }) => !hasKind(permission, declaration.kind)).map((scope) => toFinding(context, assessment, scope));
    }),
    ...entriesOfOtherKind(context),
  ],
};

function toFinding(
  { catalog }: RuleContext,
  { declaration, declared: present }: Assessment,
  { declared, index, permission }: KnownScope,
): Finding {
  const isApplication = declaration.kind === 'application';
  const plain = permission.value.replace(/\.Shared$/, '');
  const other = catalog.permissions.get(plain.toLowerCase());
  const isBetter = plain !== permission.value && other !== undefined && hasKind(other, declaration.kind) && !present.includes(plain);
  const is = isApplication ? 'exists as a delegated permission only' : 'exists as an application permission only';
  const signsIn = isApplication ? 'signs in as the application itself' : 'signs in as a user';
  return {
    ...about(declaration),
    range: { start: declared.start, end: declared.end },
    message: `${nameOf(declaration)} ${signsIn}, and ${permission.value} ${is}.`,
    scopes: [permission.value],
    why: [],
    fixes: [...(isBetter ? [replacement(declaration, index, plain, false)] : []), removal(declaration, index, declared, false)],
  };
}
