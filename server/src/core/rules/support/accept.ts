/** What the rules about exceptions do alike. */
import { removeIn } from '../../json/modify';
import type { Fix } from '../../problem';
import type { AcceptEntry, ManifestDocument } from '../../project/model';
import { laterFix } from './sign-in';

/** The fix that takes an exception out: it is offered, never applied unasked, as its reason goes with it. */
export function removingEntry(manifest: ManifestDocument, { index }: AcceptEntry): Fix {
  return laterFix(manifest.path, 'Remove this exception', () => removeIn(manifest, ['accept', index]));
}
