/** What a list declares beyond the need: computed together, so that the fixes converge. */
import { type CoverTier, sureTiers } from '../catalog/types';
import type { KnownScope, NeededGroup } from './assess';
import { leastSet } from './minimal';
import { partsOf, verbOf } from './rank';
import { anySatisfies, coverTier, findPermission, hasKind, isContentGroup, isSelected, type Relation, satisfies } from './satisfy';

/** Nothing needs it that `coveredBy` does not already allow. */
export interface Redundant extends KnownScope {
  readonly coveredBy: string;
}

/** A narrower scope would do. */
export interface Reducible extends KnownScope {
  readonly narrower: string;
  readonly tier: CoverTier;
  readonly sameFamily: boolean;
}

export interface Excess {
  readonly unused: readonly KnownScope[];
  readonly redundant: readonly Redundant[];
  readonly reducible: readonly Reducible[];
}

/**
 * Finds the least subset of the declared scopes that satisfies all they can satisfy: what is outside is unused or redundant, what is inside may be reducible.
 * @param groups every need, also those that only may apply and those that another rule reports.
 * @param kept scopes that no sign-in goes without: never in excess.
 */
export function findExcess(
  relation: Relation,
  groups: readonly NeededGroup[],
  all: readonly KnownScope[],
  kept: ReadonlySet<string>,
): Excess {
  const judged = all.filter(({ permission }) => !kept.has(permission.value) && !opensContent(permission.value, groups));
  const names = judged.map(({ permission }) => permission.value);
  const always = all.map(({ permission }) => permission.value).filter((name) => kept.has(name));
  const needed = groups.filter(
    ({ alternatives }) => anySatisfies(relation, names, alternatives) && !anySatisfies(relation, always, alternatives),
  );
  const mayMeetGuess = familiesOfUnmetGuesses(relation, groups, names);
  const lists = needed.map(({ alternatives }) => alternatives);
  const keep = leastSet(relation, lists, names) ?? names;
  const coverOf = (name: string) => keep.find((wide) => coverTier(relation, wide, name) !== undefined);
  const outside = judged
    .filter(({ permission }) => !keep.includes(permission.value))
    .map((scope) => ({ scope, coveredBy: coverOf(scope.permission.value) }));
  return {
    unused: outside.flatMap(({ scope, coveredBy }) => (coveredBy === undefined && !mayMeetGuess(scope.permission.value) ? [scope] : [])),
    redundant: outside.flatMap(({ scope, coveredBy }) => (coveredBy === undefined ? [] : [{ ...scope, coveredBy }])),
    reducible: findReducible(relation, needed, judged, keep),
  };
}

/** Where a need is a guess and nothing declared meets it, a scope of its family may be what is really needed: it is not called unused. */
function familiesOfUnmetGuesses(relation: Relation, groups: readonly NeededGroup[], names: readonly string[]): (name: string) => boolean {
  const unmet = groups.filter(({ guess, alternatives }) => guess && !anySatisfies(relation, names, alternatives));
  const families = new Set(unmet.flatMap(({ alternatives }) => alternatives.map((scope) => partsOf(scope).family)));
  return (name) => families.has(partsOf(name).family);
}

/** A `Selected` permission may open any site or file: where one is needed, nobody can call it unused. */
function opensContent(name: string, groups: readonly NeededGroup[]): boolean {
  return isSelected(name) && groups.some(({ alternatives }) => isContentGroup(alternatives));
}

/** Goes through the kept scopes one by one, so that two reductions never rest on each other. */
function findReducible(
  relation: Relation,
  needed: readonly NeededGroup[],
  judged: readonly KnownScope[],
  keep: readonly string[],
): Reducible[] {
  const current = new Set(keep);
  const found: Reducible[] = [];
  for (const scope of judged) {
    const name = scope.permission.value;
    if (!current.has(name)) continue;
    const others = [...current].filter((other) => other !== name);
    const own = needed.filter(({ alternatives }) => !anySatisfies(relation, others, alternatives));
    if (own.length === 0 || own.some(({ neverReducible }) => neverReducible)) continue;
    const better = narrowerScope(relation, name, own);
    if (!better) continue;
    found.push({ ...scope, ...better });
    current.delete(name);
    current.add(better.narrower);
  }
  return found;
}

/** A scope of a lesser verb and the same reach that still satisfies the groups; the sure and the least first. */
function narrowerScope(relation: Relation, name: string, groups: readonly NeededGroup[]) {
  const { family, suffix } = partsOf(name);
  const options = [...(relation.catalog.covers[relation.kind].get(name) ?? [])].flatMap(([narrower, tier]) => {
    const parts = partsOf(narrower);
    const permission = findPermission(relation.catalog, narrower);
    if (!permission || !hasKind(permission, relation.kind) || parts.suffix !== suffix || verbOf(narrower) >= verbOf(name)) return [];
    const serves = groups.every(({ alternatives }) => satisfies(relation, narrower, alternatives));
    return serves ? [{ narrower, tier, sameFamily: parts.family === family }] : [];
  });
  const score = ({ narrower, tier, sameFamily }: (typeof options)[number]) =>
    (sameFamily ? 0 : 100) + (sureTiers.has(tier) ? 0 : 10) + verbOf(narrower);
  return options.sort((a, b) => score(a) - score(b) || (a.narrower < b.narrower ? -1 : 1))[0];
}
