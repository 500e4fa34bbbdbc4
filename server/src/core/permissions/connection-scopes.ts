/** The list that a new entry of a manifest gets: nothing that the rules would call missing, and nothing that they would call too much. */
import { isOfConnection, type NeededGroup } from './assess';
import { leastSet } from './minimal';
import { anySatisfies, type Relation } from './satisfy';

/** The least set for all that is certain, a shared mailbox included; of what is recommended, only as much as nothing else makes superfluous. */
export function connectionScopes(relation: Relation, groups: readonly NeededGroup[]): string[] {
  const lists = groups.filter((group) => group.certain && isOfConnection(group)).map(({ additions }) => additions);
  const scopes = leastSet(relation, lists, lists.flat()) ?? [];
  const needed = groups.map(({ alternatives }) => alternatives).filter((alternatives) => anySatisfies(relation, scopes, alternatives));
  return leastSet(relation, needed, scopes) ?? scopes;
}
