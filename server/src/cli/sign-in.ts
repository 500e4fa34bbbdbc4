/** `check --sign-in`: signs in, and hands on what Entra granted as plain names. */
import { resolve } from 'node:path';
import type { ManifestDocument } from '../core/project/model';
import { signInAsApp } from '../identity/client-credentials';
import { checkConsent } from '../identity/consent';
import { readCredential } from '../identity/credential';
import { createDelegatedClient, type DeviceCode } from '../identity/delegated';
import { evidenceOf, grantedNames } from '../identity/grants';
import type { Evidence } from '../identity/grants-json';
import { memoryCache } from '../identity/token-cache';
import type { AuthorityOverride, IdentitySettings, Outcome, SignedIn, SignInFailure } from '../identity/types';
import { nodeFileSystem } from '../workspace/node-file-system';
import { scan } from '../workspace/scan';
import { type Io, UsageError } from './io';
import { type Flow, type SignInTarget, signInTarget } from './sign-in-target';

/** The option of `check` that is about signing in; `--connection` comes with the options about grants. */
export const signInOptions = { 'sign-in': { type: 'string' } } as const;

/** What to sign in for. */
export interface SignInRequest {
  readonly flow: Flow;
  readonly connection: string | undefined;
  /** As the command takes them. */
  readonly paths: readonly string[];
  /** The tests' own server. */
  readonly override?: AuthorityOverride | undefined;
}

/**
 * Signs in as the app of the manifest.
 * @throws UsageError where the manifest, the environment or Entra does not let it.
 */
export async function signInForEvidence(io: Io, request: SignInRequest): Promise<Evidence> {
  const target = signInTarget(manifestsOf(io, request.paths), request.flow, request.connection);
  const settings = { ...target.settings, override: request.override };
  const outcome = await (request.flow === 'device-code'
    ? checkConsent(await createDelegatedClient(settings, memoryCache()), { onCode: (code) => tellCode(io, code) })
    : asApp(io, target, settings));
  if (!outcome.ok) throw new UsageError(withCode(outcome));
  io.err(`m365-scopes: ${tell(outcome, target.app)}\n`);
  return evidenceOf(outcome);
}

/** The code is what an administrator searches the sign-in logs for. */
function withCode({ sentence, code }: SignInFailure): string {
  return code === undefined || sentence.includes(code) ? sentence : `${code}: ${sentence}`;
}

async function asApp(io: Io, { wants, projectFolder }: SignInTarget, settings: IdentitySettings): Promise<Outcome> {
  const credential = readCredential({ env: io.env, cwd: io.cwd, projectFolders: [projectFolder], wants, now: new Date() });
  if (!credential.ok) throw new UsageError(credential.sentence);
  return signInAsApp(settings, credential.proof);
}

/** Manifests of the projects that are checked. */
function manifestsOf(io: Io, paths: readonly string[]): ManifestDocument[] {
  const found = scan(nodeFileSystem, { paths: (paths.length > 0 ? paths : ['.']).map((path) => resolve(io.cwd, path)) });
  const documents = found.automations.flatMap((automation) => automation.documents);
  return [...new Set(documents.filter((document) => document.kind === 'manifest'))];
}

/** Our own words: those of a server could hold anything, a terminal's control characters included. */
function tellCode(io: Io, { address, userCode, seconds }: DeviceCode): void {
  const minutes = Math.floor(seconds / 60);
  const clean = (text: string) => text.replace(/[^\x21-\x7e]/g, '');
  io.err(
    `m365-scopes: open ${clean(address)} in a browser and enter the code ${clean(userCode)} within ${minutes > 1 ? `${minutes} minutes` : 'a minute'}. Ctrl+C gives up.\n`,
  );
}

function tell(signedIn: SignedIn, app: string): string {
  const { kind } = signedIn;
  const names = grantedNames(signedIn);
  const start = kind === 'application' ? `signed in as the app "${app}"` : `signed in to the app "${app}"`;
  if (names === undefined) return `${start}. Its token cannot be read, so what is granted is not known and not compared.`;
  return `${start}. Granted: ${names.length > 0 ? names.join(', ') : 'nothing'}.`;
}
