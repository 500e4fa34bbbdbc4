/** Applies the exceptions of a manifest: each silences exactly one finding, with a reason, until its date. */
import { findPermissionName } from '../permissions/satisfy';
import type { Problem } from '../problem';
import type { AcceptEntry, ManifestDocument } from './model';

interface AcceptOptions {
  readonly today: string;
  readonly isSameFile: (manifestPath: string, file: string, path: string) => boolean;
}

/** Marks accepted problems; they keep their place. Of several that match, the first in report order is meant. */
export function acceptAll(problems: readonly Problem[], manifests: readonly ManifestDocument[], options: AcceptOptions): Problem[] {
  const result = [...problems];
  for (const manifest of manifests) {
    for (const entry of manifest.accept) {
      if (entry.reason === '' || (entry.until !== undefined && entry.until < options.today)) continue;
      const at = result.findIndex((problem) => !problem.accepted && matches(manifest, entry, problem, options));
      const problem = result[at];
      if (problem)
        result[at] = { ...problem, accepted: { reason: entry.reason, ...(entry.until === undefined ? {} : { until: entry.until }) } };
    }
  }
  return result;
}

function matches(
  manifest: ManifestDocument,
  { rule, scope, connection, file }: AcceptEntry,
  problem: Problem,
  { isSameFile }: AcceptOptions,
): boolean {
  if (problem.rule !== rule) return false;
  if (scope !== undefined && !problem.scopes.some((name) => findPermissionName(name) === findPermissionName(scope))) return false;
  if (connection !== undefined && problem.connection !== connection) return false;
  return file === undefined || isSameFile(manifest.path, file, problem.file);
}
