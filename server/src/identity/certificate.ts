/** Reads the certificate that an app signs in with: its private key, and the thumbprint that Entra knows it by. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

/** What msal takes, or what is wrong in one sentence, which repeats nothing of the text. */
export type CertificateRead =
  | { readonly ok: true; readonly thumbprintSha256: string; readonly privateKey: string }
  | { readonly ok: false; readonly sentence: string };

const blocks = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/** Reads a PEM text with one certificate and its private key, in any order. */
export function readCertificate(pem: string, now: Date): CertificateRead {
  const found = [...lineBreaks(pem).matchAll(blocks)].map(([text, label = '']) => ({ text, label }));
  const keys = found.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const certificates = found.filter(({ label }) => label === 'CERTIFICATE');
  const key = keys[0];
  if (!key || certificates.length === 0) return wrong('It must be PEM and hold both the certificate and its private key.');
  if (key.label === 'ENCRYPTED PRIVATE KEY' || key.text.includes('ENCRYPTED'))
    return wrong('Its private key is encrypted: give it without a password, from the secret store of your CI.');
  try {
    const privateKey = createPrivateKey(key.text);
    const own = certificates.map(({ text }) => new X509Certificate(text)).find((certificate) => certificate.checkPrivateKey(privateKey));
    if (!own) return wrong('The private key belongs to another certificate.');
    if (new Date(own.validTo) < now) return wrong('It has ended: make a new one and upload it to the app registration.');
    return {
      ok: true,
      thumbprintSha256: own.fingerprint256.replaceAll(':', '').toLowerCase(),
      privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    };
  } catch {
    return wrong('Its PEM text is damaged.');
  }
}

/** Some secret stores keep a text on one line, its line breaks written out. */
function lineBreaks(pem: string): string {
  return pem.includes('\n') ? pem : pem.replaceAll('\\n', '\n');
}

function wrong(sentence: string): CertificateRead {
  return { ok: false, sentence };
}
