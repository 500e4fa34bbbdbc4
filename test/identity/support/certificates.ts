/** Makes certificates for the tests: Node reads them but makes none, and a key that is checked in is a key that somebody finds. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Issued {
  readonly certificate: string;
  readonly key: string;
  readonly publicKey: KeyObject;
}

export interface CertificateRequest {
  readonly name: string;
  /** Who signs; absent: itself. */
  readonly issuer?: { readonly name: string; readonly issued: Issued };
  readonly isAuthority?: boolean;
  readonly days?: number;
}

const tags = { integer: 0x02, bits: 0x03, octets: 0x04, nothing: 0x05, object: 0x06, text: 0x0c, time: 0x17, list: 0x30, set: 0x31 };

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  const length = body.length < 128 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function objectId(...numbers: readonly number[]): Buffer {
  const [first = 0, second = 0, ...rest] = numbers;
  const base128 = (value: number): number[] => {
    const bytes = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
    return bytes;
  };
  return der(tags.object, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function nameOf(text: string): Buffer {
  return der(tags.list, der(tags.set, der(tags.list, objectId(2, 5, 4, 3), der(tags.text, Buffer.from(text)))));
}

function timeOf(days: number): Buffer {
  const text = new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(tags.time, Buffer.from(`${text}Z`));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return der(tags.list, id, der(tags.octets, value));
}

/** Issues a certificate with a key of its own. Its other names are always this machine's. */
export function issue({ name, issuer, isAuthority = false, days = 2 }: CertificateRequest): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const algorithm = der(tags.list, objectId(1, 2, 840, 113549, 1, 1, 11), der(tags.nothing));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const names = der(tags.list, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = [
    extension(objectId(2, 5, 29, 19), der(tags.list, ...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []))),
    extension(objectId(2, 5, 29, 14), der(tags.octets, createHash('sha1').update(spki).digest())),
    ...(isAuthority ? [] : [extension(objectId(2, 5, 29, 17), names)]),
  ];
  const serial = randomBytes(8);
  serial[0] = 1;
  const body = der(
    tags.list,
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, serial),
    algorithm,
    nameOf(issuer?.name ?? name),
    der(tags.list, timeOf(Math.min(-1, days - 1)), timeOf(days)),
    nameOf(name),
    spki,
    der(0xa3, der(tags.list, ...extensions)),
  );
  const signature = sign('sha256', body, issuer?.issued.key ?? key);
  const whole = der(tags.list, body, algorithm, der(tags.bits, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return { certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'), key, publicKey };
}

/** An authority of our own, and a server on this machine that it vouches for. */
export function issueForServer(): { readonly authority: Issued; readonly server: Issued } {
  const authority = issue({ name: 'Tests', isAuthority: true });
  return { authority, server: issue({ name: 'localhost', issuer: { name: 'Tests', issued: authority } }) };
}
