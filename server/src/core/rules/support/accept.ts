/** What the rules about exceptions do alike. */
import { removeIn } from '../../json/modify';
import type { Fix } from '../../problem';
import type { AcceptEntry, ManifestDocument } from '../../project/model';
import { laterFix } from './sign-in';

/** The fix that takes an exception out: it is offered, never applied unasked, as its reason goes with it. */
export function removingEntry({ path, text }: ManifestDocument, { index }: AcceptEntry): Fix {
  return laterFix(path, 'Remove this exception', () => removeIn(text, ['accept', index]));
}
