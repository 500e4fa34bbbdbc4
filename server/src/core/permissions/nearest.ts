/** Finds the names that a misspelt one may stand for. */

/** More than this many letters apart is another name, not a misspelling. */
const farthest = 2;

/**
 * Finds the nearest names, whatever the letter case: those at the smallest edit distance, if that is at most 2.
 * @returns in alphabetical order; none where nothing is near.
 */
export function nearest(text: string, names: readonly string[]): string[] {
  const lower = text.toLowerCase();
  let best = farthest;
  let found: string[] = [];
  for (const name of new Set(names)) {
    const distance = editDistance(lower, name.toLowerCase(), best);
    if (distance > best) continue;
    if (distance < best) found = [];
    best = distance;
    found.push(name);
  }
  return found.sort();
}

/** Insertions, deletions and replacements between two texts; anything over `limit` comes back as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
