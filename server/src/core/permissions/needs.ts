/** What one use of an activity needs, with the conditions that its property values meet. */
import { describeCondition } from '../catalog/load';
import type { Activity, Condition, ConditionalRequirement, Confidence, Group, PermissionKind } from '../catalog/types';
import type { Need } from '../project/model';
import type { Value } from '../xaml/values';

/** Reads a property by name; `Argument.Property` means a nested element or the activity itself. */
export type PropertyReader = (property: string) => Value;

type Answer = 'yes' | 'no' | 'maybe';

/** What is said where a requirement has no condition. */
export const always = 'always';

/**
 * Works out what a use needs.
 * A condition on a value that only the run knows gives a need that is not certain: it keeps a scope from being called unused, and reports nothing missing.
 */
export function needsOf(activity: Activity, kind: PermissionKind, read: PropertyReader): Need[] {
  const met = activity.conditional.map((requirement) => ({ requirement, ...evaluate(requirement.when, read) }));
  const removedBy = (wanted: Answer) =>
    new Set(met.filter(({ answer }) => answer === wanted).flatMap(({ requirement }) => removes(requirement, kind)));
  const [removed, maybeRemoved] = [removedBy('yes'), removedBy('maybe')];
  const confidence = kind === 'delegated' ? activity.confidence : activity.applicationConfidence;
  const base = activity[kind]
    .map((group, index) => ({ group, operations: operationsOf(activity, activity[kind].length, index) }))
    .filter(({ group }) => !group.every((scope) => removed.has(scope)))
    .map(({ group, operations }) => ({
      ...toNeed(activity, group, always, !group.every((scope) => maybeRemoved.has(scope)), confidence),
      operations,
    }));
  const conditional = met.flatMap(({ requirement, answer, property }) =>
    answer === 'no'
      ? []
      : fromCondition(activity, requirement, kind, answer === 'yes', property)
          .filter(({ alternatives }) => !alternatives.every((scope) => removed.has(scope)))
          .map((need) => (need.alternatives.every((scope) => maybeRemoved.has(scope)) ? { ...need, certain: false } : need)),
  );

  return [...base, ...conditional, ...inSharedMailbox(conditional)];
}

/** The operations behind a group: those of the same place where there are as many of both, all of them otherwise. */
function operationsOf({ operations }: Activity, groups: number, index: number): readonly string[] {
  return operations.length === groups ? (operations[index] ?? []) : operations.flat();
}

/** Where another mailbox is used, what a condition adds is needed there as well. */
function inSharedMailbox(conditional: readonly Need[]): Need[] {
  const elsewhere = conditional.find(({ by }) => by === 'shared-mailbox-scope');
  if (!elsewhere) return [];
  return conditional.flatMap((need) => {
    const shared = need.alternatives.filter((scope) => scope.endsWith('.Shared'));
    if (need.by !== undefined || shared.length === 0) return [];
    const { condition, certain, by } = elsewhere;
    return [{ ...need, alternatives: shared, recommended: undefined, condition, certain: certain && need.certain, by }];
  });
}

function fromCondition(
  activity: Activity,
  requirement: ConditionalRequirement,
  kind: PermissionKind,
  certain: boolean,
  property: string,
): Need[] {
  const condition = `${describeCondition(requirement.when, property)}: ${requirement.label}`;
  const added = (kind === 'delegated' ? requirement.addDelegated : requirement.addApplication) ?? [];
  return added.map((group) => ({ ...toNeed(activity, group, condition, certain, requirement.confidence), by: requirement.by }));
}

function toNeed(activity: Activity, group: Group, condition: string, certain: boolean, confidence: Confidence): Need {
  const recommended = activity.recommended?.filter((scope) => group.includes(scope));
  return {
    alternatives: group,
    recommended: recommended && recommended.length > 0 ? recommended : undefined,
    condition,
    operations: [],
    certain,
    by: undefined,
    guess: confidence === 'guess',
    neverReducible: activity.neverReducible === true,
  };
}

function removes(requirement: ConditionalRequirement, kind: PermissionKind): readonly string[] {
  return (kind === 'delegated' ? requirement.removeDelegated : requirement.removeApplication) ?? [];
}

/** The answer, and the property that gives it. */
function evaluate(condition: Condition, read: PropertyReader): { answer: Answer; property: string } {
  const answers = condition.properties.map((property) => ({ property, answer: evaluateValue(condition, read(property)) }));
  const found = answers.find(({ answer }) => answer === 'yes') ?? answers.find(({ answer }) => answer === 'maybe');
  return found ?? { answer: 'no', property: condition.properties[0] ?? '' };
}

/** Where SharePoint of US Government, of DoD and of China stands: Microsoft's lists of endpoints of each, https://learn.microsoft.com/microsoft-365/enterprise/. */
const otherSharePoint = /\.sharepoint(?:-mil\.us|\.us|\.cn)\//;

function evaluateValue(condition: Condition, value: Value): Answer {
  if (value.kind === 'empty') return condition.equals === false ? 'yes' : 'no';
  if (condition.isSet) return 'yes';
  if (value.kind === 'expression') {
    const constant = value.text.toLowerCase();
    if (condition.equals === undefined || (constant !== 'true' && constant !== 'false')) return 'maybe';
    return (constant === 'true') === condition.equals ? 'yes' : 'no';
  }
  if (condition.contains !== undefined) {
    const text = value.text.toLowerCase().replace(otherSharePoint, '.sharepoint.com/');
    return condition.contains.some((part) => text.includes(part.toLowerCase())) ? 'yes' : 'no';
  }
  return (value.text.toLowerCase() === 'true') === condition.equals ? 'yes' : 'no';
}
