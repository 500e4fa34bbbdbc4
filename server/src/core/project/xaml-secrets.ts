/** Finds literal secrets in a workflow: on scopes, in the defaults of arguments that feed them, and in stored connection keys. */
import type { XmlElement } from '../xaml/tree';
import { argumentDefault, readOwnProperty, readProperty, type Value, type XamlSource } from '../xaml/values';
import { connectionKeyText } from './connection-key';
import type { Secret } from './model';

const secretProperties = [
  'ApplicationSecret',
  'SecureApplicationSecret',
  'CertificateAsBase64',
  'CertificatePassword',
  'Password',
  'SecurePassword',
];
const keyMembers = ['ClientSecret', 'Password', 'CertificateAsBase64'];

/** Shorter literals beside a sign-in that ignores the password are place holders, as in public samples. */
const shortestPassword = 8;

/** Looks at the elements that can hold a secret. The result says where and what holds it, never the text. */
export function secretsOf(source: XamlSource, holders: readonly XmlElement[]): Secret[] {
  const found = holders.flatMap((element) => [...propertySecrets(source, element), ...connectionKeySecret(source, element)]);
  const seen = new Set<number>();
  return found.filter(({ start }) => !seen.has(start) && seen.add(start));
}

function propertySecrets(source: XamlSource, element: XmlElement): Secret[] {
  const type = readProperty(source, element, 'AuthenticationType');
  const usesPassword = type.kind === 'literal' && type.text.toLowerCase() === 'usernameandpassword';
  return secretProperties.flatMap((holder) => {
    const secret = literalSecret(source, readOwnProperty(source, element, holder));
    if (!secret) return [];
    const ignored = holder.endsWith('Password') && holder !== 'CertificatePassword' && !usesPassword;
    if (ignored && secret.text.length < shortestPassword) return [];
    return [{ holder, start: secret.start, end: secret.end }];
  });
}

/** Longer expressions are not looked into: no credential is that long. */
const longestExpression = 4096;

function literalSecret(source: XamlSource, value: Value | undefined): Value | undefined {
  if (!value || value.kind === 'empty') return undefined;
  if (value.kind === 'literal') return isPlaceholder(value.text) ? undefined : value;
  if (value.text.length > longestExpression) return undefined;
  const secret = secretPart(value.text);
  if (/^@?"/.test(secret)) {
    const text = secret.replace(/^@?"/, '').slice(0, -1).replaceAll('""', '"');
    return text === '' || isPlaceholder(text) ? undefined : { ...value, text };
  }
  const fallback = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(secret) ? argumentDefault(source, secret) : undefined;
  return fallback && !isPlaceholder(fallback.text) ? fallback : undefined;
}

const isText = /^\s*@?"/;
/** A string literal of Visual Basic or C#, and calls that change nothing of a secret. */
const isSameText = /^\s*(@?"(?:[^"]|"")*"|"(?:[^"\\]|\\.)*")(?:\s*\.\s*(?:ToString|Trim)\b(?:\s*\(\s*\))?)*\s*$/i;

/** The second argument of `New NetworkCredential(user, secret)`, or the whole expression: a string literal, a name, or something else. */
function secretPart(expression: string): string {
  const call = expression.indexOf('NetworkCredential');
  if (call < 0) return isText.test(expression) ? (isSameText.exec(expression)?.[1] ?? '') : expression;
  const comma = expression.indexOf(',', call);
  return /^\s*("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)/u.exec(expression.slice(comma + 1))?.[1] ?? '';
}

/** Text that stands for a secret to be filled in. */
function isPlaceholder(text: string): boolean {
  return /^(<[^>]*>|\$\{.*\}|\{\{.*\}\}|%[^%]+%|[*•.]+)$/.test(text.trim());
}

function connectionKeySecret(source: XamlSource, element: XmlElement): Secret[] {
  const value = readOwnProperty(source, element, 'ConnectionKey');
  const key = value && connectionKeyText(value);
  const member = key && keyMembers.find((name) => new RegExp(`"${name}"\\s*:\\s*"[^"]+"`).test(key));
  return value && member ? [{ holder: `ConnectionKey (${member})`, start: value.start, end: value.end }] : [];
}
