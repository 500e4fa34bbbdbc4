/** Finds literal secrets in a manifest, which has no place for one: it says where a secret is held, never what it is. */
import { itemsOf, type JsonNode, propertiesOf, spanOf } from '../json/parse';
import type { Secret } from './model';

/** Names of properties whose text is a secret. The manifest's own keys (`credential.name`, `heldIn`) are not among them. */
const secretName =
  /^(client|app|application)?_?(secret|password|pwd|passphrase|token|accessToken|refreshToken|privateKey|certificate|certificateAsBase64|pfx)(value|text)?$/i;

/** A JSON Web Token, whatever property holds it. */
const webToken = /^(Bearer\s+)?eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*$/;

/** Looks through every string of the file. The result says where and what holds it, never the text. */
export function secretsInJson(root: JsonNode, holder = ''): Secret[] {
  if (root.type === 'string') {
    const text = String(root.value).trim();
    const isSecret = text !== '' && (webToken.test(text) || (secretName.test(holder) && !/^(\$\{.*\}|<.*>|\*+)$/.test(text)));
    return isSecret ? [{ holder, ...spanOf(root) }] : [];
  }
  if (root.type === 'array') return itemsOf(root).flatMap((item) => secretsInJson(item, holder));
  return propertiesOf(root).flatMap(({ name, value }) => secretsInJson(value, name));
}
