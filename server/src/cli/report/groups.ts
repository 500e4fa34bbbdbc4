/** Puts findings of one kind on one list together: nine scopes too many of one list are one thing to read. */
import type { Problem } from '../../core/problem';

/** Findings of one rule on one list of scopes, for one and the same reason, in their order; a finding that stands alone is a group of one. */
export function groupProblems(problems: readonly Problem[]): Problem[][] {
  const groups = new Map<string, Problem[]>();
  for (const [index, problem] of problems.entries()) {
    const key = keyOf(problem) ?? String(index);
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()];
}

/** Undefined: an exception has its own reason, and what names no scope is about something else than a list. */
function keyOf({ rule, severity, file, scopes, declaredAt, accepted, why }: Problem): string | undefined {
  if (accepted || !declaredAt || scopes.length === 0) return undefined;
  return JSON.stringify([rule, severity, file, declaredAt.file, declaredAt.start, why]);
}
