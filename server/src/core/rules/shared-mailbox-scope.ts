import type { Assessment, Cause, NeededGroup } from '../permissions/assess';
import { leastSet } from '../permissions/minimal';
import { anySatisfies, type Relation } from '../permissions/satisfy';
import type { Declaration, ScopeElement } from '../project/model';
import { settingOf } from '../project/sign-in';
import type { Value } from '../xaml/values';
import type { Finding, Rule, RuleContext } from './rule';
import { about, activityNames, addition, isOne, listed, namedIn, whyOf } from './support/shared';

/**
 * Another mailbox is used, and only scopes for the own one are declared.
 *
 * **What happens at run time.** Graph answers 404 rather than 403, "could not be found", or ErrorAccessDenied: plain Mail and Calendars scopes end at the signed-in user's own mailbox.
 *
 * **When it fires.** The list is closed and the sign-in a user's. `UseSharedMailbox` is literally True on the activity or its mailbox argument (warning); a classic activity's `Account` is a literal
 * address other than the one that signs in (information: it may be that user's second address); so is the literal `account` of a method in a coded workflow. The same expression in both places is the own mailbox; any other expression is unknown, and nothing is said.
 *
 * **How to fix.** Add the `.Shared` scope: for a shared mailbox the preferred fix does.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the activities, and Microsoft Graph's page on shared and delegated folders.
 */
export const sharedMailboxScope: Rule = {
  id: 'shared-mailbox-scope',
  severity: 'warning',
  stage: 'missing',
  check: (context) => context.assessments.flatMap((assessment) => ofDeclaration(context, assessment)),
};

type Level = 'warning' | 'information';

function ofDeclaration(context: RuleContext, { declaration, groups, known }: Assessment): Finding[] {
  if (declaration.open !== undefined || declaration.kind !== 'delegated') return [];
  const relation: Relation = { catalog: context.catalog, kind: 'delegated' };
  const names = known.map(({ permission }) => permission.value);
  const judged = groups.flatMap((group) => {
    if (group.by !== 'shared-mailbox-scope' || !group.certain || anySatisfies(relation, names, group.alternatives)) return [];
    const causes = group.causes.filter((cause) => levelOf(declaration, cause) !== undefined);
    const isSure = causes.some((cause) => levelOf(declaration, cause) === 'warning');
    return causes.length === 0 ? [] : [{ group: { ...group, causes }, level: (isSure ? 'warning' : 'information') as Level }];
  });
  const strict = judged.filter(({ group }) => !judged.some((other) => other.group !== group && implies(relation, other.group, group)));
  const sure = (['warning', 'information'] as const).flatMap((level) => {
    const of = strict.filter((one) => one.level === level);
    const lists = of.map(({ group }) => group.alternatives);
    const least = leastSet(relation, lists, lists.flat()) ?? [];
    return of.map(({ group }) =>
      toFinding(
        context,
        declaration,
        { ...group, causes: withServed(relation, judged, group) },
        level,
        least.filter((scope) => anySatisfies(relation, [scope], group.alternatives)),
      ),
    );
  });
  return sure;
}

function implies(relation: Relation, strict: NeededGroup, loose: NeededGroup): boolean {
  return (
    strict.alternatives.every((scope) => anySatisfies(relation, [scope], loose.alternatives)) &&
    strict.alternatives.join() !== loose.alternatives.join()
  );
}

/** What a stricter scope serves as well is told with it. */
function withServed(relation: Relation, judged: readonly { readonly group: NeededGroup }[], strict: NeededGroup): readonly Cause[] {
  const served = judged.filter(({ group }) => implies(relation, strict, group)).flatMap(({ group }) => group.causes);
  return [...strict.causes, ...served.map((cause) => ({ ...cause, isServed: true as const }))];
}

/** How sure it is that the mailbox is not the signed-in user's; undefined: it is, or nobody knows. */
function levelOf({ element }: Declaration, { use, condition }: Cause): Level | undefined {
  if (condition.startsWith('UseSharedMailbox')) {
    const flags = ['MailboxArgument.UseSharedMailbox', 'UseSharedMailbox'].map(use.read);
    return flags.some(({ kind, text }) => kind === 'literal' && text.toLowerCase() === 'true') ? 'warning' : undefined;
  }
  // The argument of a method in a coded workflow: documented for shared mailboxes, but it may hold the user's own address.
  if (condition.startsWith('account is set')) return use.read('account').kind === 'literal' ? 'information' : undefined;
  if (!condition.startsWith('Account')) return undefined;
  const account = use.read('Account');
  if (account.kind !== 'literal' || !element) return undefined;
  const own = userOf(element);
  const isElse = own?.kind === 'literal' && own.text.toLowerCase() !== account.text.toLowerCase();
  return isElse ? 'information' : undefined;
}

/** Who signs in, where the scope says so; with nothing filled in, whoever is there does. */
function userOf(scope: ScopeElement): Value | undefined {
  return ['EmailAddress', 'Username', 'Account'].map((name) => settingOf(scope, name)).find(({ kind }) => kind !== 'empty');
}

function toFinding(context: RuleContext, declaration: Declaration, group: NeededGroup, level: Level, add: readonly string[]): Finding {
  const why = whyOf([group]);
  const fix = addition(context, declaration, add, level === 'warning');
  const whose = level === 'warning' ? 'a shared mailbox' : "a mailbox that may not be the signed-in user's";
  return {
    ...about(declaration),
    range: declaration.range,
    severity: level,
    message: `${activityNames(why)} ${isOne(why) ? 'works' : 'work'} on ${whose}, for which ${namedIn(declaration)} does not declare ${listed(add, 'and')}.`,
    scopes: add,
    ...(why[0] ? { activity: why[0].activity } : {}),
    why,
    fixes: fix ? [fix] : [],
  };
}
