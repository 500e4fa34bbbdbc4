import type { Rule } from './rule';
import { removingEntry } from './support/accept';

/**
 * An exception in the manifest is past its date.
 *
 * **What it means.** It silences nothing any more: what it accepted is reported again.
 *
 * **When it fires.** `until` is before today, in UTC. The day itself still counts.
 *
 * **How to fix.** Remove the entry, or decide anew and set a later date with its reason.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const acceptExpired: Rule = {
  id: 'accept-expired',
  severity: 'warning',
  stage: 'none',
  isLast: true,
  check: ({ acceptance }) =>
    acceptance.expired.map(({ manifest, entry }) => ({
      file: manifest.path,
      range: entry.range,
      message: `This exception to ${entry.rule} ended on ${entry.until ?? ''}: it silences nothing any more.`,
      scopes: [],
      why: [],
      fixes: [removingEntry(manifest, entry)],
    })),
};
