/** Adds a redirect URI where an app's URIs are written down: in our manifest, or in either form of the app's registration. */
import { type JsonSource, setIn } from '../json/modify';
import type { TextEdit } from '../text';
import type { RedirectUris } from './sign-in-model';

type Platform = 'publicClient' | 'web';

/** An index past the end of a list adds to it. */
const atEnd = Number.MAX_SAFE_INTEGER;

/** What the older form of a registration calls a platform. */
const types: Readonly<Record<Platform, string>> = { publicClient: 'InstalledClient', web: 'Web' };

/** The edits that add a URI to the file that holds the others. */
export function addRedirectUri(source: JsonSource, uris: RedirectUris, appKey: string, platform: Platform, uri: string): TextEdit[] {
  if (uris.holder === 'portal') return setIn(source, ['replyUrlsWithType', atEnd], { url: uri, type: types[platform] });
  const path = uris.holder === 'graph' ? [platform, 'redirectUris'] : ['apps', appKey, 'redirectUris', platform];
  return uris[platform].length > 0 ? setIn(source, [...path, atEnd], uri) : setIn(source, path, [uri]);
}
