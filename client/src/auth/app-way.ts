/** Signs in as the app itself, with its secret or certificate: shows the application permissions that an administrator granted. */
import { readFile } from 'node:fs/promises';
import { readCertificate } from '../../../server/src/identity/certificate';
import { signInAsApp } from '../../../server/src/identity/client-credentials';
import { isSharedTenant } from '../../../server/src/identity/clouds';
import type { AuthorityOverride } from '../../../server/src/identity/types';
import { readingOf, settingsOf } from './code-way';
import type { Kept } from './kept';
import type { SignInApp } from './provider';
import { targetOf } from './state';
import { type Reading, SignInRefused, type Way } from './way';
import type { words as Words } from './words';

/** What an app proves itself with. Of a certificate the path is kept, never its key. */
export type Proof = { readonly secret: string } | { readonly certificate: string };

type MsalProof = Parameters<typeof signInAsApp>[1];

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
  const drawerOf = (app: SignInApp) => kept.of('app', targetOf(app));

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
    isKept: (app) => drawerOf(app).isFull(),
    signIn: async (app, isAnew) => {
      const drawer = drawerOf(app);
      const before = isAnew ? undefined : parse(await drawer.read());
      const proof = before && (await isReadable(before)) ? before : await askProof(app);
      if (!proof) return undefined;
      try {
        const reading = await enter(app, proof);
        await drawer.write(JSON.stringify(proof));
        return reading;
      } catch (error) {
        // One that Entra refuses is asked for again; a network that is down is no reason to.
        if (proof === before && isRefused(error)) await drawer.forget();
        throw error;
      }
    },
    read: async (app) => {
      const drawer = drawerOf(app);
      const proof = drawer.isFull() ? parse(await drawer.read()) : undefined;
      if (!proof) return undefined;
      try {
        return await enter(app, proof);
      } catch (error) {
        if (isRefused(error) && (await isReadable(proof))) await drawer.forget();
        throw error;
      }
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof SignInRefused && error.failure.reason === 'proof';
}

/** A certificate may lie on a drive that is not there. */
async function isReadable(proof: Proof): Promise<boolean> {
  return 'secret' in proof || (await pemOf(proof.certificate)) !== undefined;
}

function pemOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function toMsal(proof: Proof, now: Date, words: AppWayParts['words']): Promise<MsalProof> {
  if ('secret' in proof) return { clientSecret: proof.secret };
  const pem = await pemOf(proof.certificate);
  const read = pem === undefined ? undefined : readCertificate(pem, now);
  if (read?.ok) return { clientCertificate: { thumbprintSha256: read.thumbprintSha256, privateKey: read.privateKey } };
  const sentence = read ? words.badCertificate(read.sentence) : words.noCertificate();
  throw new SignInRefused({ ok: false, reason: 'proof', sentence });
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
