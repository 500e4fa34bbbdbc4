import type { Assessment } from '../permissions/assess';
import type { MalformedScope } from '../permissions/form';
import { anySatisfies } from '../permissions/satisfy';
import type { Fix } from '../problem';
import { splitValue } from '../project/scope-edits';
import type { Rule, RuleContext } from './rule';
import { about, nameOf, removal } from './support/shared';

/**
 * A scope value has a form that Microsoft Entra ID refuses.
 *
 * **What happens at run time.** Sign-in fails: AADSTS70011, "the provided value for the input parameter scope is not valid", or AADSTS650053.
 *
 * **When it fires.** Several scopes in one value, or a comma or blank in it; the address of Microsoft Graph in another cloud than the one that signs in; `.default`, which stands for everything that was granted, beside
 * names. `https://graph…/X`, `…/.default` and the resource's id in front of a name are right.
 *
 * **How to fix.** One value for each scope, with the address of its own cloud or none: the preferred fix does that. Beside names, take `.default` out, which the fix does where the names are
 * enough, or keep nothing else.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** Microsoft's page on scopes and consent.
 */
export const scopeSyntax: Rule = {
  id: 'scope-syntax',
  severity: 'error',
  stage: 'form',
  check: (context) =>
    context.assessments.flatMap((assessment) => {
      const { declaration, malformed } = assessment;
      return malformed.map((scope) => ({
        ...about(declaration),
        range: { start: scope.declared.start, end: scope.declared.end },
        message: `${nameOf(declaration)} declares ${JSON.stringify(scope.declared.text)}, ${reasonOf(scope)}.`,
        scopes: [scope.declared.text],
        why: [],
        fixes: fixesOf(context, assessment, scope),
      }));
    }),
};

/** Whether the names beside `.default` are all that is needed: then nothing is lost without it. */
function isEnough({ catalog }: RuleContext, { declaration, groups, known }: Assessment): boolean {
  const names = known.map(({ permission }) => permission.value);
  const relation = { catalog, kind: declaration.kind };
  return groups.every(({ certain, by, alternatives }) => !certain || by !== undefined || anySatisfies(relation, names, alternatives));
}

function reasonOf({ fault }: MalformedScope): string {
  if (fault.kind === 'several') return 'which is not one scope: write each scope as a value of its own';
  if (fault.kind === 'cloud') return `which is Microsoft Graph of another cloud: here it is ${fault.expected}`;
  return 'which stands for everything that was granted and takes no names beside it';
}

function fixesOf(context: RuleContext, assessment: Assessment, { declared, index, fault }: MalformedScope): Fix[] {
  const { declaration } = assessment;
  const file = declaration.document.path;
  if (fault.kind === 'default') return isEnough(context, assessment) ? [removal(declaration, index, declared)] : [];
  if (fault.kind === 'cloud') {
    const text = declared.text.replace(/^https:\/\/[^/]+/i, `https://${fault.expected}`);
    return [
      { title: `Replace by ${text}`, preferred: true, changes: [{ file, edits: [{ start: declared.start, end: declared.end, text }] }] },
    ];
  }
  if (fault.parts.length === 0) return [removal(declaration, index, declared)];
  const title = fault.parts.length === 1 ? `Replace by ${fault.parts[0]}` : `Split into ${fault.parts.join(', ')}`;
  return [{ title, preferred: true, changes: [{ file, edits: splitValue(declaration, index, fault.parts) }] }];
}
