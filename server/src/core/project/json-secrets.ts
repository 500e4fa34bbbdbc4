/** Finds literal secrets in JSON files that have no place for one: our manifest, and the registration of an app. */
import { itemsOf, type JsonNode, propertiesOf, propertyOf, spanOf, stringOf } from '../json/parse';
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
    const isSecret = text !== '' && (webToken.test(text) || (secretName.test(holder) && !isFilledIn(text)));
    return isSecret ? [{ holder, ...spanOf(root) }] : [];
  }
  if (root.type === 'array') return itemsOf(root).flatMap((item) => secretsInJson(item, holder));
  return propertiesOf(root).flatMap(({ name, value }) => secretsInJson(value, name));
}

/**
 * The same for the registration of an app, whose credentials hold a secret under a plain name.
 * A key that only verifies is the public half of a certificate: no secret.
 */
export function secretsOfRegistration(root: JsonNode): Secret[] {
  const ofCredentials = ['passwordCredentials', 'keyCredentials'].flatMap((holder) =>
    itemsOf(propertyOf(root, holder)?.value)
      .filter((credential) => !isPublicKey(credential))
      .flatMap((credential) => ['value', 'key'].map((name) => propertyOf(credential, name)?.value))
      .filter((value) => value?.type === 'string' && !isFilledIn(String(value.value).trim()))
      .map((value) => ({ holder, ...spanOf(value as JsonNode) })),
  );
  const found = new Map([...ofCredentials, ...secretsInJson(root)].map((secret) => [secret.start, secret]));
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function isPublicKey(credential: JsonNode): boolean {
  return stringOf(credential, 'usage')?.toLowerCase() === 'verify' && stringOf(credential, 'type')?.toLowerCase() !== 'symmetric';
}

/** Nothing, or what something else puts in. */
function isFilledIn(text: string): boolean {
  return text === '' || /^(\$\{.*\}|<.*>|\*+)$/.test(text);
}
