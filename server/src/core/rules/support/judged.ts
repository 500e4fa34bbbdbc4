/** Knows when nobody can tell whether an exception is superfluous: its rule rests on what was not given. */
import { standsIn } from '../../project/accept';
import type { AcceptEntry, ManifestDocument } from '../../project/model';
import { findRule } from '../index';
import type { RuleContext } from '../rule';

interface Paths {
  readonly isSameFile: (manifestPath: string, file: string, path: string) => boolean;
}

/** Whether the rule of an exception looked at every list that the exception can be about. */
export function isJudged(context: RuleContext, { isSameFile }: Paths, manifest: ManifestDocument, entry: AcceptEntry): boolean {
  const looksAt = findRule(entry.rule)?.looksAt;
  if (!looksAt) return true;
  const { assessments } = context;
  if (!assessments.some((assessment) => looksAt(context, assessment))) return false;
  return assessments.every((assessment) => {
    const { document, connection, open } = assessment.declaration;
    const isAbout = open === undefined && standsIn(manifest, entry, { file: document.path, connection }, isSameFile);
    return !isAbout || looksAt(context, assessment);
  });
}
