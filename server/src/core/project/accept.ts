/** Applies the exceptions of a manifest: each silences exactly one finding, with a reason, until its date. */
import { findPermissionName } from '../permissions/satisfy';
import type { Problem } from '../problem';
import type { AcceptEntry, ManifestDocument } from './model';

/** An exception that does nothing, with the manifest that holds it. */
export interface IdleAccept {
  readonly manifest: ManifestDocument;
  readonly entry: AcceptEntry;
}

export interface Acceptance {
  readonly problems: readonly Problem[];
  /** Past their date. */
  readonly expired: readonly IdleAccept[];
  /** Nothing matches them. */
  readonly unused: readonly IdleAccept[];
}

export const nothingAccepted: Acceptance = { problems: [], expired: [], unused: [] };

interface AcceptOptions {
  readonly today: string;
  readonly isSameFile: (manifestPath: string, file: string, path: string) => boolean;
  readonly severities?: ReadonlyMap<string, string>;
  /** Whether its rule looked at all that the exception can be about. */
  readonly isJudged?: (manifest: ManifestDocument, entry: AcceptEntry) => boolean;
}

/** Marks accepted problems; they keep their place. Of several that match, the first in report order is meant. */
export function acceptAll(problems: readonly Problem[], manifests: readonly ManifestDocument[], options: AcceptOptions): Acceptance {
  const result = [...problems];
  const expired: IdleAccept[] = [];
  const unused: IdleAccept[] = [];
  for (const manifest of manifests) {
    for (const entry of manifest.accept) {
      if (entry.until !== undefined && entry.until < options.today) {
        expired.push({ manifest, entry });
        continue;
      }
      // What a rule that is off would find, nobody knows.
      if (entry.reason === '' || options.severities?.get(entry.rule) === 'off') continue;
      const at = result.findIndex((problem) => !problem.accepted && matches(manifest, entry, problem, options));
      const problem = result[at];
      if (!problem) {
        if (options.isJudged?.(manifest, entry) !== false) unused.push({ manifest, entry });
      } else result[at] = { ...problem, accepted: { reason: entry.reason, ...(entry.until === undefined ? {} : { until: entry.until }) } };
    }
  }
  return { problems: result, expired, unused };
}

function matches(
  manifest: ManifestDocument,
  { rule, scope, connection, file }: AcceptEntry,
  problem: Problem,
  { isSameFile }: AcceptOptions,
): boolean {
  if (problem.rule !== rule) return false;
  if (scope !== undefined && !problem.scopes.some((name) => findPermissionName(name) === findPermissionName(scope))) return false;
  return standsIn(manifest, { connection, file }, problem, isSameFile);
}

/** Whether an exception can be about what stands in a file, for a connection or none. */
export function standsIn(
  manifest: ManifestDocument,
  { connection, file }: Pick<AcceptEntry, 'connection' | 'file'>,
  place: { readonly file: string; readonly connection?: string | undefined },
  isSameFile: AcceptOptions['isSameFile'],
): boolean {
  if (connection !== undefined && place.connection !== connection) return false;
  return file === undefined || isSameFile(manifest.path, file, place.file);
}
