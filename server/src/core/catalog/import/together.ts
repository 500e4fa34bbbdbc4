/** Turns ways to open an operation, some of which take two permissions, into what all of them come to: groups of which one of each is needed. */
import type { Group } from '../types';

/** One way: the permission, and the others of which it needs one beside it; none: it opens the operation alone. */
export interface Way {
  readonly name: string;
  readonly beside: readonly string[];
}

/**
 * Distributes: `(X and Y) or Z` is `(X or Z) and (Y or Z)`. A group that another one implies is left out.
 * @returns the groups, the names of each in the order in which they are met.
 */
export function groupsOfWays(ways: readonly Way[]): readonly Group[] {
  let groups: Group[] = [[]];
  for (const { name, beside } of ways) {
    const grown = groups.flatMap((group) => [[...group, name], ...(beside.length > 0 ? [[...group, ...beside]] : [])]);
    // Done at each step: the groups double with every pair, and most of them say nothing new.
    groups = withoutImplied(grown.map((group) => [...new Set(group)]));
  }
  return groups;
}

function withoutImplied(groups: readonly Group[]): Group[] {
  const implies = (strict: Group, loose: Group) => strict.every((name) => loose.includes(name));
  return groups.filter(
    (group, index) => !groups.some((other, place) => place !== index && implies(other, group) && (place < index || !implies(group, other))),
  );
}
