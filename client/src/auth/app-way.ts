/** Signs in as the app itself, with its secret or certificate: shows the application permissions that an administrator granted. */
import { readFile } from 'node:fs/promises';
import { readCertificate } from '../../../server/src/identity/certificate';
import { signInAsApp } from '../../../server/src/identity/client-credentials';
import { isSharedTenant } from '../../../server/src/identity/clouds';
import type { AuthorityOverride } from '../../../server/src/identity/types';
import { readingOf, settingsOf } from './code-way';
import type { Kept, Owner } from './kept';
import { type SignInApp, tenantOf } from './provider';
import { type Reading, SignInRefused, type Way } from './way';
import type { words as Words } from './words';

/** What an app proves itself with. Of a certificate the path is kept, never its key. */
export type Proof = { readonly secret: string } | { readonly certificate: string };

export interface AppWayParts {
  readonly kept: Kept;
  /** Asks the user; undefined where they gave up. */
  readonly askProof: (app: SignInApp) => Promise<Proof | undefined>;
  readonly now: () => Date;
  readonly words: Pick<typeof Words, 'notUipath' | 'needsTenant' | 'badCertificate' | 'noCertificate'>;
  /** The tests' own server. */
  readonly override?: AuthorityOverride;
}

/** Makes the way; msal is loaded when somebody goes it. */
export function createAppWay({ kept, askProof, now, words, override }: AppWayParts): Way {
  const enter = async (app: SignInApp, proof: Proof): Promise<Reading> => {
    const outcome = await signInAsApp(settingsOf(app, override), await toMsal(proof, now(), words));
    if (!outcome.ok) throw new SignInRefused(outcome);
    return readingOf(outcome, app.name);
  };
  return {
    id: 'app',
    obstacle: (app) => {
      if (app.owner === 'uipath') return { message: words.notUipath() };
      return app.tenant === undefined || isSharedTenant(app.tenant) ? { message: words.needsTenant(app.name) } : undefined;
    },
    signIn: async (app, isAnew) => {
      const before = isAnew ? undefined : parse(await kept.read(ownerOf(app)));
      const proof = before ?? (await askProof(app));
      if (!proof) return undefined;
      try {
        const reading = await enter(app, proof);
        await kept.write(ownerOf(app), JSON.stringify(proof));
        return reading;
      } catch (error) {
        // One that is refused is asked for again, and not kept: it may have ended.
        if (before && isRefused(error)) await kept.forget(ownerOf(app));
        throw error;
      }
    },
    read: async (app) => {
      const proof = kept.has(ownerOf(app)) ? parse(await kept.read(ownerOf(app))) : undefined;
      return proof && enter(app, proof);
    },
    forget: ({ clientId }) => kept.forget({ way: 'app', clientId }),
  };
}

/** Whose secret it is. */
function ownerOf(app: SignInApp): Owner {
  return { way: 'app', clientId: app.clientId, tenant: tenantOf(app), environment: app.environment };
}

function isRefused(error: unknown): boolean {
  return error instanceof SignInRefused && error.failure.reason === 'refused';
}

async function toMsal(proof: Proof, now: Date, words: AppWayParts['words']): Promise<Parameters<typeof signInAsApp>[1]> {
  if ('secret' in proof) return { clientSecret: proof.secret };
  const pem = await readFile(proof.certificate, 'utf8').catch(() => undefined);
  const read = pem === undefined ? undefined : readCertificate(pem, now);
  if (read?.ok) return { clientCertificate: { thumbprintSha256: read.thumbprintSha256, privateKey: read.privateKey } };
  const sentence = read ? words.badCertificate(read.sentence) : words.noCertificate();
  throw new SignInRefused({ ok: false, reason: 'refused', sentence });
}

/** What was kept; undefined where it is damaged. */
function parse(text: string | undefined): Proof | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    if ('secret' in value && typeof value.secret === 'string') return { secret: value.secret };
    if ('certificate' in value && typeof value.certificate === 'string') return { certificate: value.certificate };
  } catch {
    // Nothing is kept, or it cannot be read: it is asked for again.
  }
  return undefined;
}
