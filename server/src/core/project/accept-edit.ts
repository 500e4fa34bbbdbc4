/** Writes an exception into a manifest: into the one that governs the file, or into a new one that holds nothing else. */
import { setIn } from '../json/modify';
import { findPermissionName } from '../permissions/satisfy';
import type { Fix, Problem } from '../problem';
import type { ManifestDocument, Project } from './model';

export interface AcceptEditOptions {
  /** Where a manifest goes that is not there yet. */
  readonly newManifest: string;
  /** The way from a manifest to a file, with slashes. */
  readonly pathFrom: (manifestPath: string, path: string) => string;
  /** Last day of the exception, `YYYY-MM-DD`. */
  readonly until: string;
}

/** What stands in for the reason until somebody writes one. */
export const reasonToWrite = 'TODO: say why this is accepted';

/** Faults of form, and what is said of exceptions themselves, have none. */
const notAccepted = new Set(['syntax', 'schema', 'unreadable-file', 'limit', 'accept-expired', 'accept-unused']);

/**
 * The fix that accepts a finding, where an entry can mean this one and no other.
 * @param problems all findings in report order: an entry means the first that it matches.
 */
export function acceptFix(project: Project, problems: readonly Problem[], problem: Problem, options: AcceptEditOptions): Fix | undefined {
  if (notAccepted.has(problem.rule) || problem.accepted) return undefined;
  const manifest = manifestFor(project, problem);
  if (manifest?.fault) return undefined;
  const path = manifest?.path ?? options.newManifest;
  const [scope] = problem.scopes;
  const isConnection = manifest?.path === problem.file && problem.connection !== undefined;
  const first = problems.find(
    (other) =>
      !other.accepted &&
      other.rule === problem.rule &&
      (scope === undefined || other.scopes.some((name) => findPermissionName(name) === findPermissionName(scope))) &&
      (isConnection ? other.connection === problem.connection : other.file === problem.file),
  );
  if (first !== problem) return undefined;
  const entry = {
    rule: problem.rule,
    ...(scope === undefined ? {} : { scope }),
    ...(isConnection ? { connection: problem.connection } : { file: options.pathFrom(path, problem.file) }),
    reason: reasonToWrite,
    until: options.until,
  };
  const title = `Accept ${problem.rule}${scope === undefined ? '' : ` (${scope})`} with a reason`;
  if (!manifest)
    return { title, preferred: false, changes: [{ file: path, isNew: true, edits: [{ start: 0, end: 0, text: newText(entry) }] }] };
  return { title, preferred: false, changes: [{ file: path, edits: setIn(manifest, ['accept', manifest.accept.length], entry) }] };
}

function manifestFor({ manifests, governs }: Project, { file }: Problem): ManifestDocument | undefined {
  return manifests.find(({ path }) => path === file) ?? manifests.find((manifest) => governs(manifest, file));
}

function newText(entry: object): string {
  return `${JSON.stringify({ accept: [entry] }, undefined, 2)}\n`;
}
