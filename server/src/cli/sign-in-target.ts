/** Finds out from the manifest whom `check --sign-in` signs in as, or says in a sentence why nobody can tell. */

import { basename, dirname } from 'node:path';
import type { PermissionKind } from '../core/catalog/types';
import { isGuid } from '../core/guid';
import { isTenant } from '../core/project/meant-app';
import type { ManifestConnection, ManifestDocument } from '../core/project/model';
import { kindOfType, uipathApp } from '../core/project/sign-in';
import type { Environment, ManifestApp } from '../core/project/sign-in-model';
import { isSharedTenant } from '../identity/clouds';
import type { IdentitySettings } from '../identity/types';
import { UsageError } from './io';

export const flows = ['client-credentials', 'device-code'] as const;
export type Flow = (typeof flows)[number];

/** Whom to sign in as. */
export interface SignInTarget {
  readonly settings: IdentitySettings;
  /** The key of the app in the manifest. */
  readonly app: string;
  readonly connection: string | undefined;
  readonly wants: 'secret' | 'certificate' | undefined;
  readonly projectFolder: string;
}

const environments: readonly Environment[] = ['office365', 'us-gov-l4', 'us-gov-l5', 'china'];
const kinds: Readonly<Record<Flow, PermissionKind>> = { 'client-credentials': 'application', 'device-code': 'delegated' };

/**
 * Chooses the app.
 * @throws UsageError where the manifests leave it open.
 */
export function signInTarget(manifests: readonly ManifestDocument[], flow: Flow, key: string | undefined): SignInTarget {
  if (manifests.length === 0)
    throw new UsageError('--sign-in takes the app from m365-automation.json, and there is none here. Write one: see docs/manifest.md.');
  const { manifest, connection } = key === undefined ? { manifest: onlyOne(manifests), connection: undefined } : byKey(manifests, key);
  if (connection) mustFit(connection, flow);
  const app = connection?.app ? namedApp(manifest, connection) : onlyApp(manifest, connection);
  const { clientId } = app;
  if (!clientId) throw new UsageError(`The app "${app.key}" in ${nameOf(manifest)} has no clientId: nobody can sign in as it.`);
  // It becomes part of a request: anything but an id is somebody's placeholder.
  if (!isGuid(clientId))
    throw new UsageError(
      `The clientId of the app "${app.key}" in ${nameOf(manifest)} is no GUID: write the Application (client) ID there.`,
    );
  return {
    settings: { clientId, tenant: tenantOf(manifest, app, flow), environment: environmentOf(manifest, connection) },
    app: app.key,
    connection: connection?.key,
    wants: wantedProof(connection),
    projectFolder: dirname(manifest.path),
  };
}

function onlyOne(manifests: readonly ManifestDocument[]): ManifestDocument {
  const [manifest, ...others] = manifests.filter(({ apps }) => [...apps.keys()].some((name) => name !== uipathApp));
  const [first] = manifests;
  if (!manifest && first) return first;
  if (!manifest || others.length > 0)
    throw new UsageError('Several manifests here describe apps: name one project, or a connection with --connection.');
  return manifest;
}

function byKey(manifests: readonly ManifestDocument[], key: string): { manifest: ManifestDocument; connection: ManifestConnection } {
  const found = manifests.flatMap((manifest) =>
    manifest.connections
      .filter((connection) => connection.key === key || connection.ids.includes(key.toLowerCase()))
      .map((connection) => ({ manifest, connection })),
  );
  const [first, ...others] = found;
  if (!first) {
    const keys = manifests.flatMap(({ connections }) => connections.map((connection) => connection.key));
    throw new UsageError(`No manifest here has a connection "${key}".${keys.length > 0 ? ` There is: ${keys.join(', ')}.` : ''}`);
  }
  if (others.length > 0) throw new UsageError(`Several manifests here have a connection "${key}": name the project to check.`);
  return first;
}

/** How a connection signs in decides which kind of permission it has: the other kind says nothing about it. */
function mustFit({ key, authentication }: ManifestConnection, flow: Flow): void {
  const type = authentication?.text;
  const kind = type === undefined ? undefined : kindOfType(type as Parameters<typeof kindOfType>[0]);
  if (kind === undefined || kind === kinds[flow]) return;
  throw new UsageError(
    kind === 'delegated'
      ? `The connection "${key}" signs in as a person (${type}): use --sign-in device-code.`
      : `The connection "${key}" signs in as the app itself (${type}): use --sign-in client-credentials.`,
  );
}

function namedApp(manifest: ManifestDocument, { key, app }: ManifestConnection): ManifestApp {
  const name = app?.text ?? '';
  if (name === uipathApp)
    throw new UsageError(
      `The connection "${key}" uses UiPath's own app, which only UiPath can sign in as. Name a connection with an own app.`,
    );
  const found = manifest.apps.get(name);
  if (!found) throw new UsageError(`The connection "${key}" names the app "${name}", which is not among the apps of ${nameOf(manifest)}.`);
  return found;
}

function onlyApp(manifest: ManifestDocument, connection: ManifestConnection | undefined): ManifestApp {
  if (connection?.authentication?.text === 'oauth-authorization-code')
    throw new UsageError(
      `The connection "${connection.key}" uses UiPath's own app, which only UiPath can sign in as. Name a connection with an own app.`,
    );
  const own = [...manifest.apps.values()].filter(({ key }) => key !== uipathApp);
  const [app, ...others] = own;
  if (!app) throw new UsageError(`${nameOf(manifest)} describes no app to sign in as: add one under "apps", with clientId and tenant.`);
  if (others.length > 0) {
    const names = own.map(({ key }) => key).join(', ');
    throw new UsageError(
      connection
        ? `The connection "${connection.key}" does not say which app it uses, and there are several: ${names}. Add "app" to it.`
        : `${nameOf(manifest)} describes several apps: ${names}. Say with --connection which connection is meant.`,
    );
  }
  return app;
}

/** Where none is stated, the audience says whom the app serves. */
function tenantOf(manifest: ManifestDocument, { key, tenant, audience }: ManifestApp, flow: Flow): string {
  const text = tenant?.text.trim() ?? '';
  const need = flow === 'client-credentials' ? 'signing in as an app needs' : 'an app for one tenant needs';
  if (text === '' && (flow === 'client-credentials' || audience === 'single-tenant'))
    throw new UsageError(`The app "${key}" in ${nameOf(manifest)} has no tenant, and ${need} one: give its id or domain.`);
  if (text === '') return audience === 'personal' ? 'consumers' : audience === 'multi-tenant-and-personal' ? 'common' : 'organizations';
  if (!isTenant(text)) throw new UsageError(`The tenant of the app "${key}" in ${nameOf(manifest)} is neither an id nor a domain.`);
  if (flow === 'client-credentials' && isSharedTenant(text))
    throw new UsageError(
      `The app "${key}" in ${nameOf(manifest)} has the tenant "${text}", and ${need} one of its own: give its id or domain.`,
    );
  return text;
}

function environmentOf(manifest: ManifestDocument, connection: ManifestConnection | undefined): Environment {
  const text = (connection?.environment ?? manifest.environment)?.text ?? 'office365';
  const found = environments.find((name) => name === text);
  if (!found) throw new UsageError(`${nameOf(manifest)} names the environment "${text}": it is one of ${environments.join(', ')}.`);
  return found;
}

function wantedProof(connection: ManifestConnection | undefined): SignInTarget['wants'] {
  const type = connection?.authentication?.text ?? '';
  if (type.endsWith('-certificate')) return 'certificate';
  return ['client-secret', 'oauth-client-credentials'].includes(type) ? 'secret' : undefined;
}

function nameOf({ path }: ManifestDocument): string {
  return basename(path);
}
