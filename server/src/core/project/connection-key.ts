/** Reads the stored `ConnectionKey` of a folder or file argument: base64 of JSON that Studio wrote, with what it asked for. Its text is never kept. */
import { decodeBase64, decodeBytes } from '../bytes';
import { itemsOf, parseJson, propertiesOf } from '../json/parse';
import { limits } from '../limits';
import type { Value } from '../xaml/values';

/** Shorter ones are GUIDs without dashes, or names. */
const shortest = 24;

/** The JSON inside a key; undefined where it is none, or longer than the cap. */
export function connectionKeyText({ kind, text }: Value): string | undefined {
  if (kind !== 'literal' || text.length < shortest || text.length > limits.connectionKey) return undefined;
  const bytes = decodeBase64(text);
  const decoded = bytes && decodeBytes(bytes);
  return decoded?.trimStart().startsWith('{') ? decoded : undefined;
}

/** The scopes that Studio asked for: a list, or names with blanks or commas between them. Only what can be the name of a permission counts. */
export function scopesOfKey(key: string): readonly string[] {
  const scopes = propertiesOf(parseJson(key).root).find(({ name }) => name.toLowerCase() === 'scopes')?.value;
  const texts = scopes?.type === 'string' ? [scopes] : itemsOf(scopes);
  return texts
    .flatMap((node) => (node.type === 'string' ? String(node.value).split(/[\s,;]+/) : []))
    .filter((name) => /^[A-Za-z][\w.-]{1,99}$/.test(name));
}
