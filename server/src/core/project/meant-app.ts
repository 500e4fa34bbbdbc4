/** Works out which lists a set of grants is about: a grant names its app by an id that no manifest knows, so the app has to be the only one, or that of a named connection. */
import type { Declaration, ManifestDocument, Project } from './model';
import { settingOf, uipathApp } from './sign-in';
import type { Environment, ManifestApp } from './sign-in-model';

/** The apps that manifests describe, UiPath's aside; one that several manifests name is one. */
export function ownApps(manifests: readonly ManifestDocument[]): ManifestApp[] {
  const apps = manifests.flatMap(({ path, apps }) =>
    [...apps.values()].filter(({ key }) => key !== uipathApp).map((app): [string, ManifestApp] => [identityOf(app, path), app]),
  );
  return [...new Map(apps).values()];
}

/**
 * Whether the grants of an app are those of a declaration.
 * @param connection the key of the connection that is named; undefined: the app has to be the only one.
 */
export function isMeant(project: Project, declaration: Declaration, connection: string | undefined): boolean {
  const { declarations, manifests } = project;
  if (connection !== undefined) return isOfConnection(project, declaration, connection);
  const [app, ...others] = ownApps(manifests);
  if (others.length > 0) return false;
  if (app) return isOfApp(declaration, app, manifests);
  const [only, ...more] = declarations.filter(({ entry }) => entry !== undefined);
  if (more.length > 0) return false;
  if (only) return isOfConnection(project, declaration, only.connection);
  return declarations.length === 1 || declarations.every((other) => isSameApp(other, declaration));
}

/** What somebody signs in to: an app, in a tenant of a cloud. A consent counts there and nowhere else. */
export interface SignInTarget {
  /** In lower case. */
  readonly clientId: string;
  /** A GUID, a domain, organizations or consumers, in lower case. */
  readonly tenant: string;
  readonly environment: Environment;
}

/**
 * What a declaration signs in to; undefined where its app is not known.
 * @param publicClientId that of UiPath's public app, which scopes in workflows may use; connectors have apps of their own.
 */
export function signInTargetOf({ manifests }: Project, declaration: Declaration, publicClientId: string): SignInTarget | undefined {
  const { signIn, element, entry, connector } = declaration;
  const { environment = 'office365', isPersonal } = signIn;
  if (environment === 'germany') return undefined;
  const tenant = signIn.tenant?.kind === 'literal' ? signIn.tenant.text : undefined;
  if (signIn.app === 'uipath') {
    if (connector !== undefined) return undefined;
    return { clientId: publicClientId.toLowerCase(), tenant: signInTenant(tenant, isPersonal), environment };
  }
  const [only, ...others] = ownApps(manifests);
  const isOnly = signIn.app === undefined && entry !== undefined && entry.app === undefined && others.length === 0;
  const app = signIn.app === 'own' ? signIn.registration : isOnly ? only : undefined;
  const written = signIn.app === 'own' && element ? settingOf(element, 'ApplicationId') : undefined;
  const clientId = (app?.clientId ?? (written?.kind === 'literal' ? written.text : ''))?.trim().toLowerCase();
  if (!clientId) return undefined;
  const isOfPersonal = isPersonal || app?.audience === 'personal';
  return { clientId, tenant: signInTenant(isTenant(tenant) ? tenant : app?.tenant?.text, isOfPersonal), environment };
}

/** The tenant to sign in to: the one that is written down, else every tenant of work accounts, or personal accounts. */
export function signInTenant(written: string | undefined, isPersonal: boolean): string {
  return isTenant(written) ? written.trim().toLowerCase() : isPersonal ? 'consumers' : 'organizations';
}

/** Whether a text can name a tenant: a GUID, a domain or a word of the protocol. Anything else would become part of an address. */
export function isTenant(text: string | undefined): text is string {
  return text !== undefined && /^[\da-z](?:[\da-z.-]{0,251}[\da-z])?$/i.test(text.trim());
}

/** A connection runs with the consent of whoever made it: of the others only scopes in workflows share its app for certain. */
function isOfConnection({ declarations }: Project, declaration: Declaration, connection: string | undefined): boolean {
  const named = declarations.find((other) => other.connection === connection);
  if (!named) return false;
  return declaration === named || (declaration.element !== undefined && isSameApp(declaration, named));
}

/** The only app there is: a connection that names none uses it, as far as anybody can tell; a scope in a workflow has to say so. */
function isOfApp({ signIn, entry }: Declaration, app: ManifestApp, manifests: readonly ManifestDocument[]): boolean {
  const { registration, app: owner, manifest } = signIn;
  if (!registration) return entry !== undefined && entry.app === undefined && owner === undefined;
  const isTheApp = manifests.some(({ path }) => identityOf(app, path) === identityOf(registration, manifest?.path));
  return isTheApp && (owner === 'own' || entry !== undefined);
}

function isSameApp(a: Declaration, b: Declaration): boolean {
  const [first, second] = [appOf(a), appOf(b)];
  return first !== undefined && first === second;
}

/** What tells an app apart from others; undefined where it is not known. */
function appOf({ signIn, element, connector }: Declaration): string | undefined {
  const { app, registration, manifest } = signIn;
  // Each connector of UiPath has an app of its own.
  if (app === 'uipath') return `uipath ${connector ?? ''}`;
  if (app !== 'own') return undefined;
  if (registration) return identityOf(registration, manifest?.path);
  const id = element && settingOf(element, 'ApplicationId');
  return id?.kind === 'literal' ? id.text.trim().toLowerCase() : undefined;
}

function identityOf({ clientId, key }: ManifestApp, path = ''): string {
  return clientId?.trim().toLowerCase() || `${path}#${key}`;
}
