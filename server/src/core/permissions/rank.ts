/** How much a permission opens: what "least privileged" means here. */
import { findPermission, type Relation } from './satisfy';

/** Compared from left to right, lower is less: reach, verb, Microsoft's privilege level, the group's own order. */
export type Rank = readonly [reach: number, verb: number, level: number, order: number];

const verbs = new Map([
  ['ReadBasic', 0],
  ['Read', 1],
  ['Send', 2],
  ['Create', 2],
  ['ReadWrite', 3],
]);
const otherVerb = 4;

/** Stands in for a level that Microsoft does not state: never less than a stated one. */
const unknownLevel = 6;

/** How far a permission reaches: own things 0, shared ones 1, everybody's 2. */
export function reachOf(scope: string): number {
  if (scope.endsWith('.All')) return 2;
  return scope.endsWith('.Shared') ? 1 : 0;
}

/** What it allows: basic 0, read 1, send and create 2, read and write 3, anything else 4. */
export function verbOf(scope: string): number {
  return verbs.get(scope.split('.')[1] ?? '') ?? otherVerb;
}

/** Ranks a permission; `order` is its place in the group that asks for it. */
export function rankOf({ catalog, kind }: Relation, scope: string, order: number): Rank {
  return [reachOf(scope), verbOf(scope), findPermission(catalog, scope)?.level[kind] ?? unknownLevel, order];
}

/** Negative when `a` is the lesser privilege. */
export function compareRanks(a: Rank, b: Rank): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A name taken apart: what it is about, what it allows, how far it reaches. */
export function partsOf(scope: string): { family: string; suffix: string } {
  const [family = '', , ...rest] = scope.split('.');
  return { family, suffix: rest.join('.') };
}
