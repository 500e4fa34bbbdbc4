/** Sets msal up for a cloud, a tenant and an app; loads it on first use. */
import type { Configuration, NodeAuthOptions } from '@azure/msal-node';
import { authorityOf, graphOf } from './clouds';
import { toFailure } from './failure';
import type { Network } from './network';
import type { Answer } from './result';
import { toSignedIn } from './result';
import { cachePlugin } from './token-cache';
import type { IdentitySettings, Outcome, TokenCache } from './types';

/** What an app proves that it is itself with. */
export type AppProof = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'>;

/** Makes the configuration of msal. It logs nothing: its log may name people. */
export function configurationOf(settings: IdentitySettings, network: Network, proof: AppProof = {}, cache?: TokenCache): Configuration {
  const { clientId, tenant, environment, override } = settings;
  return {
    auth: {
      clientId,
      authority: override?.authority ?? authorityOf(environment, tenant),
      ...(override?.knownAuthorities ? { knownAuthorities: [...override.knownAuthorities] } : {}),
      ...proof,
    },
    ...(cache ? { cache: { cachePlugin: cachePlugin(cache) } } : {}),
    system: { networkClient: network.client, ...(override?.protocolMode ? { protocolMode: override.protocolMode } : {}) },
  };
}

/** The bundle beside this one, loaded when somebody signs in. */
export function loadMsal(): Promise<typeof import('./msal')> {
  return import('./msal');
}

/** Every scope of the app that was granted, as the protocol asks for it. */
export function defaultScope(settings: IdentitySettings): string {
  return `${graphOf(settings.environment)}/.default`;
}

/** What a request needs beside msal. */
export interface Attempt {
  readonly settings: IdentitySettings;
  readonly network: Network;
  readonly kind: 'delegated' | 'application';
  readonly signal?: AbortSignal | undefined;
}

/** Runs one request of msal, and makes plain data of whatever comes of it. It never throws. */
export async function attempt({ settings, network, kind, signal }: Attempt, request: () => Promise<Answer | null>): Promise<Outcome> {
  network.begin(signal);
  try {
    const answer = await endingWith(signal, request());
    // An answer without a token is none, though msal lets it pass.
    if (answer?.accessToken) return toSignedIn(answer, kind, graphOf(settings.environment));
    return toFailure(undefined, network, signal);
  } catch (error) {
    return toFailure(error, network, signal);
  }
}

/** Entra may want something proved with a second request; a second demand is an answer, not a reason to go on. */
export async function challengedOnce(request: (claims: string | undefined) => Promise<Outcome>, claims?: string): Promise<Outcome> {
  const first = await request(claims);
  return first.ok || first.claims === undefined || claims !== undefined ? first : request(first.claims);
}

/** msal sleeps between two questions: whoever cancels does not wait for that. */
function endingWith<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  // The loser of the race must not become an unhandled rejection.
  work.catch(() => undefined);
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
