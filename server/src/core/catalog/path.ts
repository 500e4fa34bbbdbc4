/** Normalises Graph paths, so that a concrete request and a row of the operations table meet. */

/** A request taken apart. */
export interface GraphRequest {
  readonly method: string;
  /** Lower-case segments; identifiers are kept as they are written. */
  readonly segments: readonly string[];
  /** It speaks of the signed-in user by `/me`: application sign-in has none. */
  readonly isMe: boolean;
}

/** Stands for an identifier in a normalised path. */
export const identifier = '{id}';

/** Hosts of Microsoft Graph in all clouds. */
const host =
  /^https?:\/\/(?:graph\.microsoft\.com|graph\.microsoft\.us|dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn|graph\.microsoft\.de|canary\.graph\.microsoft\.com)(?=\/|$)/i;

/**
 * Reads `GET https://graph.microsoft.com/v1.0/me/messages?$top=5`, with or without host and version.
 * @returns undefined where it is no method and path of Microsoft Graph.
 */
export function readRequest(text: string): GraphRequest | undefined {
  const match = /^\s*([A-Za-z]+)\s+(\S.*?)\s*$/.exec(text);
  const method = match?.[1]?.toUpperCase();
  const url = match?.[2]?.replace(host, '');
  if (method === undefined || url === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return undefined;
  const segments = splitPath(url.replace(/[?#].*$/s, ''));
  return segments.length === 0 ? undefined : { method, segments: foldMe(segments), isMe: segments[0] === 'me' };
}

/** Takes a path apart: version and slashes away, keys in parentheses as segments of their own, item paths as one. */
export function splitPath(path: string): string[] {
  const plain = foldItemPath(path.trim())
    .replace(/^\/+/, '')
    .replace(/^(v1\.0|beta)(?=\/|$)/i, '');
  return plain
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap(splitKey);
}

/** `root:/folder/file.xlsx:/content` and `sites/host:/sites/x:/lists` name an item and a site by path: for permissions they are like any other. */
function foldItemPath(path: string): string {
  const site = path.replace(/^(\/?(?:(?:v1\.0|beta)\/)?sites\/)[^/:]+:\/[^:]*(?::(?=\/|$))?/i, `$1${identifier}`);
  return site.replace(/(root|items\/[^/:]+):\/[^:]*(?::(?=\/|$))?/gi, (_whole, start: string) =>
    start.toLowerCase() === 'root' ? `items/${identifier}` : start,
  );
}

/** `messages('abc')` is a key; `range(address='A1')` is a function, whose arguments do not matter: its normal form reads as itself. */
function splitKey(segment: string): string[] {
  const match = /^([^()]*)\((.*)\)$/s.exec(segment);
  if (!match) return [segment.toLowerCase()];
  const [, name = '', inside = ''] = match;
  const lower = name.toLowerCase();
  if (inside === '') return [`${lower}()`];
  const parameters = parameterNames(inside);
  return parameters.length > 0 ? [`${lower}(${parameters.map((name) => `${name}={${name}}`).join(',')})`] : [lower, inside];
}

/** The names of a function's parameters, or of an alternate key; none for a plain key. */
function parameterNames(inside: string): string[] {
  const names = [...inside.replace(/'(?:[^']|'')*'/g, "''").matchAll(/(?:^|,)\s*([A-Za-z_]\w*)\s*=/g)];
  return names.map(([, name = '']) => name.toLowerCase());
}

/** `/me` and `/users/{id}` are one for delegated permissions. */
function foldMe(segments: readonly string[]): string[] {
  return segments[0] === 'me' ? ['users', identifier, ...segments.slice(1)] : [...segments];
}

/** A row's path in normal form: placeholders are one, letter case and `/me` fold. */
export function normalPath(path: string): { readonly path: string; readonly isMe: boolean } {
  const segments = splitPath(path).map((segment) => (/^'?\{[^}]*\}'?:?$/.test(segment) ? identifier : segment));
  return { path: `/${foldMe(segments).join('/')}`, isMe: segments[0] === 'me' };
}
