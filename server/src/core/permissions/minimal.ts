/** The least-privileged set of scopes that satisfies every group: a small weighted hitting-set problem, solved exactly. */
import { compareRanks, type Rank, rankOf } from './rank';
import { type Relation, satisfies } from './satisfy';

interface Candidate {
  readonly scope: string;
  readonly rank: Rank;
}

/**
 * Finds the least set of candidates that satisfies all groups, by branch and bound over the first group that is still open.
 * Sets compare by their worst member, then the next one; then by size; then by name. The same input gives the same answer.
 * @param groups each one satisfied by any of its alternatives or a scope that covers one.
 * @param scopes the scopes to choose from; canonical names.
 * @returns undefined where no set of them satisfies every group.
 */
export function leastSet(relation: Relation, groups: readonly (readonly string[])[], scopes: readonly string[]): string[] | undefined {
  const candidates = [...new Set(scopes)]
    .map((scope) => ({ scope, rank: rankOf(relation, scope, orderIn(groups, scope)) }))
    .sort(compareCandidates);
  const options = groups.map((group) => candidates.filter(({ scope }) => satisfies(relation, scope, group)));
  if (options.some((option) => option.length === 0)) return undefined;
  return search(withoutImplied(options));
}

function orderIn(groups: readonly (readonly string[])[], scope: string): number {
  const places = groups.map((group) => group.indexOf(scope)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : Number.MAX_SAFE_INTEGER;
}

/** Leaves out a group that another one implies: whatever hits the smaller option list hits it as well. */
function withoutImplied(options: readonly (readonly Candidate[])[]): (readonly Candidate[])[] {
  const sorted = [...options].sort((a, b) => a.length - b.length);
  const kept: (readonly Candidate[])[] = [];
  for (const option of sorted) {
    const implied = kept.some((smaller) => smaller.every((candidate) => option.includes(candidate)));
    if (!implied) kept.push(option);
  }
  return kept;
}

function search(options: readonly (readonly Candidate[])[]): string[] {
  let best: readonly Candidate[] | undefined;
  const visit = (chosen: readonly Candidate[]): void => {
    if (best && compareSets(chosen, best) >= 0) return;
    const open = options.find((option) => !option.some((candidate) => chosen.includes(candidate)));
    if (!open) {
      best = chosen;
      return;
    }
    for (const candidate of open) visit(insertSorted(chosen, candidate));
  };
  visit([]);
  return (best ?? []).map(({ scope }) => scope).sort();
}

/** Sets are kept from their worst member to their least: adding a member never makes a set less, which is what bounds the search. */
function insertSorted(chosen: readonly Candidate[], candidate: Candidate): readonly Candidate[] {
  const at = chosen.findIndex((member) => compareCandidates(member, candidate) < 0);
  return at < 0 ? [...chosen, candidate] : [...chosen.slice(0, at), candidate, ...chosen.slice(at)];
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return compareRanks(a.rank, b.rank) || compareNames(a.scope, b.scope);
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Negative when `a` is the lesser set. Both run from worst to least. */
function compareSets(a: readonly Candidate[], b: readonly Candidate[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [first, second] = [a[i], b[i]];
    const difference = first && second ? compareRanks(first.rank, second.rank) : 0;
    if (difference !== 0) return difference;
  }
  return a.length - b.length || compareNames(names(a), names(b));
}

function names(set: readonly Candidate[]): string {
  return set
    .map(({ scope }) => scope)
    .sort()
    .join(' ');
}
