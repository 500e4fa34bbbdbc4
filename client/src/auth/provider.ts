/** Which of VS Code's providers signs in to an app, and the strings that ask it: `VSCODE_` ones name app and tenant and are never sent. */
import { graphOf } from '../../../server/src/identity/clouds';
import type { Cloud, WorkspaceApp } from '../../../server/src/lsp/protocol';

/** An app that can be signed in to. */
export interface SignInApp extends WorkspaceApp {
  readonly clientId: string;
}

/** The provider, with the setting that has to name its cloud; or why there is none. */
export type Provider =
  | { readonly id: 'microsoft' }
  | { readonly id: 'microsoft-sovereign-cloud'; readonly environment: 'USGovernment' | 'ChinaCloud' }
  | { readonly refusal: 'unknown-cloud' };

/** The setting of VS Code without which its provider of the other clouds is not there. */
export const sovereignSetting = 'microsoft-sovereign-cloud.environment';

const providers: Readonly<Record<Cloud, Provider>> = {
  office365: { id: 'microsoft' },
  'us-gov-l4': { id: 'microsoft-sovereign-cloud', environment: 'USGovernment' },
  'us-gov-l5': { refusal: 'unknown-cloud' },
  china: { id: 'microsoft-sovereign-cloud', environment: 'ChinaCloud' },
};

/** The provider for a cloud. */
export function providerOf(cloud: Cloud): Provider {
  return providers[cloud];
}

/** Whether the setting names the cloud that is needed; one that the user describes may be any. */
export function isConfigured(needed: string, setting: unknown): boolean {
  return setting === needed || setting === 'custom';
}

/** What is granted, without naming it. */
export const everythingGranted = '.default';

/** Names that every sign-in has: they go without the address of Graph, and no grant names them. */
const signInOnly = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Whether a name is for signing in only. */
export function isSignInOnly(name: string): boolean {
  return signInOnly.has(name.toLowerCase());
}

/** Names as Entra of a cloud takes them. */
export function withAddress(cloud: Cloud, names: readonly string[]): string[] {
  return names.map((name) => (isSignInOnly(name) ? name : `${graphOf(cloud)}/${name}`));
}

/** What the provider is asked for. */
export function requestScopes(app: SignInApp, names: readonly string[]): string[] {
  return [`VSCODE_CLIENT_ID:${app.clientId}`, `VSCODE_TENANT:${app.signInTenant}`, ...withAddress(app.environment, names)];
}
