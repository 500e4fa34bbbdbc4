/** Signs a person in with a code that they enter in any browser, and reads what they, or their administrator, granted. */
import type { PublicClientApplication } from '@azure/msal-node';
import { attempt, challengedOnce, configurationOf, defaultScope, loadMsal } from './application';
import { graphOf } from './clouds';
import { notSignedIn } from './failure';
import { createNetwork } from './network';
import type { IdentitySettings, Outcome, TokenCache } from './types';

/** What a person needs to sign in. */
export interface DeviceCode {
  readonly userCode: string;
  readonly address: string;
  readonly seconds: number;
}

/** One sign-in with a code. */
export interface DeviceCodeRequest {
  readonly onCode: (code: DeviceCode) => void;
  readonly signal?: AbortSignal | undefined;
  /** Names to ask consent for; none: only who it is. */
  readonly scopes?: readonly string[];
  readonly claims?: string | undefined;
}

/** Signs one person in to one app. */
export interface DelegatedClient {
  /** What is granted, asked of Entra without a prompt. One question, never a second by itself. */
  readonly granted: () => Promise<Outcome>;
  readonly signIn: (request: DeviceCodeRequest) => Promise<Outcome>;
}

/** Makes a client; msal is loaded here. */
export async function createDelegatedClient(settings: IdentitySettings, cache: TokenCache): Promise<DelegatedClient> {
  const { PublicClientApplication } = await loadMsal();
  const network = createNetwork();
  const application = new PublicClientApplication(configurationOf(settings, network, {}, cache));
  const start = { settings, network, kind: 'delegated' } as const;
  return {
    granted: async () => {
      const [account] = await application.getAllAccounts();
      if (!account) return notSignedIn;
      // Not from the cache: it remembers what was granted when it was filled.
      return attempt(start, () => application.acquireTokenSilent({ account, scopes: [defaultScope(settings)], forceRefresh: true }));
    },
    signIn: ({ onCode, signal, scopes = [], claims: wanted }) => {
      const names = scopes.length > 0 ? scopes.map((name) => withGraph(name, settings)) : ['openid'];
      return challengedOnce((claims) => {
        const request = {
          scopes: names,
          deviceCodeCallback: ({ userCode, verificationUri, expiresIn }: CodeAnswer) => {
            if (!signal?.aborted) onCode({ userCode, address: verificationUri, seconds: expiresIn });
          },
          cancel: false,
          ...(claims === undefined ? {} : { claims }),
        };
        signal?.addEventListener('abort', () => {
          request.cancel = true;
        });
        return attempt({ ...start, signal }, async () => {
          const answer = await application.acquireTokenByDeviceCode(request);
          await forgetOthers(application, answer?.account?.homeAccountId);
          return answer;
        });
      }, wanted);
    },
  };
}

/** Who enters a code takes the place of whoever signed in before: what is read next is about them. */
async function forgetOthers(
  application: Pick<PublicClientApplication, 'getAllAccounts' | 'signOut'>,
  home: string | undefined,
): Promise<void> {
  if (home === undefined) return;
  for (const account of await application.getAllAccounts()) if (account.homeAccountId !== home) await application.signOut({ account });
}

/** As msal hands it on. Its ready-made message is a server's text: what is shown is ours. */
interface CodeAnswer {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresIn: number;
}

/** Names of OpenID stand alone, every other one belongs to Graph. */
function withGraph(name: string, { environment }: IdentitySettings): string {
  return ['openid', 'profile', 'email', 'offline_access'].includes(name.toLowerCase()) ? name : `${graphOf(environment)}/${name}`;
}
