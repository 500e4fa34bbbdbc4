/** VS Code's own sign-in as the questions of consent use it: the provider of the app's cloud, one account. */
import {
  type AuthenticationGetSessionOptions,
  type AuthenticationSession,
  authentication,
  ProgressLocation,
  window,
  workspace,
} from 'vscode';
import type { Sessions } from './consent';
import { isConfigured, providerOf, type SignInApp, sovereignSetting } from './provider';
import type { Account } from './state';
import { words } from './words';

/** The provider's id; or which setting has to have which value; or that VS Code knows no such cloud. */
export function findProvider(app: SignInApp): { readonly id: string } | { readonly setting: string } | 'unknown-cloud' {
  const provider = providerOf(app.environment);
  if ('refusal' in provider) return provider.refusal;
  if (provider.id === 'microsoft') return provider;
  const [section = '', key = ''] = sovereignSetting.split('.');
  return isConfigured(provider.environment, workspace.getConfiguration(section).get(key)) ? provider : { setting: provider.environment };
}

/** How long a provider may take to start before it counts as none. */
const longestStart = 10_000;

/** Whether VS Code has the provider, and it answers; shown in the status bar while that takes long. */
export async function isThere(provider: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestStart);
  });
  const asked = Promise.resolve(authentication.getAccounts(provider)).then(
    () => true,
    () => false,
  );
  const answer = Promise.race([asked, limit]).finally(() => clearTimeout(timer));
  void window.withProgress({ location: ProgressLocation.Window, title: words.waitsForProvider() }, () => answer);
  return answer;
}

/** Sessions of an account, or of the one that VS Code prefers. */
export function sessionsOf(provider: string, account: Account | undefined, detail: string): Sessions<AuthenticationSession> {
  const of: AuthenticationGetSessionOptions = account ? { account } : {};
  return {
    silently: async (scopes) => authentication.getSession(provider, scopes, { ...of, silent: true }),
    asking: async (scopes) => authentication.getSession(provider, scopes, { ...of, createIfNone: { detail } }),
  };
}

/** Signs in anew, with an account that the user chooses. */
export async function signInAnew(provider: string, scopes: readonly string[], detail: string): Promise<AuthenticationSession> {
  return authentication.getSession(provider, scopes, { clearSessionPreference: true, forceNewSession: { detail } });
}

/** Signs in with an account that VS Code knows, or asks which. */
export async function signIn(
  provider: string,
  scopes: readonly string[],
  detail: string,
  { account, clears }: { readonly account?: Account | undefined; readonly clears: boolean },
): Promise<AuthenticationSession> {
  return authentication.getSession(provider, scopes, {
    ...(account ? { account } : {}),
    ...(clears ? { clearSessionPreference: true } : {}),
    createIfNone: { detail },
  });
}
