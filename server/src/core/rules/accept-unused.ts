import type { Rule } from './rule';
import { removingEntry } from './support/accept';

/**
 * An exception in the manifest matches no finding.
 *
 * **What it means.** What it accepted is gone, or it names the wrong rule, scope, connection or file; it would silence the next finding of that kind without anybody noticing.
 *
 * **When it fires.** Nothing that was found matches it. Of two alike, the second needs a second finding. A rule that is turned off is not judged, nor one that rests on what was not given, as not-consented does.
 *
 * **How to fix.** Remove the entry.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const acceptUnused: Rule = {
  id: 'accept-unused',
  severity: 'warning',
  stage: 'none',
  isLast: true,
  check: ({ acceptance }) =>
    acceptance.unused.map(({ manifest, entry }) => ({
      file: manifest.path,
      range: entry.range,
      message: `This exception to ${entry.rule} matches no finding.`,
      scopes: [],
      why: [],
      fixes: [removingEntry(manifest, entry)],
      unnecessary: true,
    })),
};
