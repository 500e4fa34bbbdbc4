/** Takes the secret or the certificate of an app from the environment: never from a file of the project, and never said aloud. */
import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { AppProof } from './application';
import { readCertificate } from './certificate';

export const secretVariable = 'M365_SCOPES_CLIENT_SECRET';
export const certificateVariable = 'M365_SCOPES_CLIENT_CERTIFICATE';

/** Where to look. */
export interface CredentialRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folders of the project: a key does not belong there. */
  readonly projectFolders: readonly string[];
  /** What the sign-in is known to take. */
  readonly wants: 'secret' | 'certificate' | undefined;
  readonly now: Date;
}

export type CredentialRead = { readonly ok: true; readonly proof: AppProof } | { readonly ok: false; readonly sentence: string };

/** Reads the credential, or says in a sentence what is missing. */
export function readCredential(request: CredentialRequest): CredentialRead {
  const { env, wants } = request;
  const value = (name: string) => env[name]?.trim() || undefined;
  const [secret, certificate] = [value(secretVariable), value(certificateVariable)];
  if (wants === 'secret' && secret === undefined)
    return wrong(`Set ${secretVariable} in the environment: this app signs in with a secret.`);
  if (wants === 'certificate' && certificate === undefined)
    return wrong(`Set ${certificateVariable} in the environment: this app signs in with a certificate.`);
  if (wants === undefined && secret !== undefined && certificate !== undefined)
    return wrong(`Set either ${secretVariable} or ${certificateVariable}, not both: nothing says which one this app signs in with.`);
  if (secret !== undefined && wants !== 'certificate') return { ok: true, proof: { clientSecret: secret } };
  if (certificate !== undefined) return fromCertificate(certificate, request);
  return wrong(
    `Set ${secretVariable} in the environment, or ${certificateVariable} to a PEM text or the path of a PEM file: signing in as an app needs one.`,
  );
}

function fromCertificate(value: string, { cwd, projectFolders, now }: CredentialRequest): CredentialRead {
  let pem = value;
  if (!value.includes('-----BEGIN ')) {
    const path = resolve(cwd, value);
    try {
      const real = realpathSync(path);
      if (projectFolders.some((folder) => isIn(realpathSync(folder), real)))
        return wrong(`${certificateVariable} names a file in the project: keep the private key outside of it.`);
      pem = readFileSync(real, 'utf8');
    } catch {
      // The value may be a key that lost its first line: it is not repeated.
      return wrong(`${certificateVariable} is neither a PEM text nor the path of a file that can be read.`);
    }
  }
  const read = readCertificate(pem, now);
  if (!read.ok) return wrong(`The certificate in ${certificateVariable} cannot be used. ${read.sentence}`);
  return { ok: true, proof: { clientCertificate: { thumbprintSha256: read.thumbprintSha256, privateKey: read.privateKey } } };
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function wrong(sentence: string): CredentialRead {
  return { ok: false, sentence };
}
