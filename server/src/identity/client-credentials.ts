/** Signs in as the app itself: what it was granted stands in its token as roles. */
import { type AppProof, attempt, challengedOnce, configurationOf, defaultScope, loadMsal } from './application';
import { createNetwork } from './network';
import type { IdentitySettings, Outcome } from './types';

/** Signs in with a secret or a certificate. Nothing is kept: the next sign-in asks again. */
export async function signInAsApp(settings: IdentitySettings, proof: AppProof): Promise<Outcome> {
  const { ConfidentialClientApplication } = await loadMsal();
  const network = createNetwork();
  const application = new ConfidentialClientApplication(configurationOf(settings, network, proof));
  return challengedOnce((claims) =>
    attempt({ settings, network, kind: 'application' }, () =>
      application.acquireTokenByClientCredential({
        scopes: [defaultScope(settings)],
        skipCache: true,
        ...(claims === undefined ? {} : { claims }),
      }),
    ),
  );
}
