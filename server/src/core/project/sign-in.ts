/** Works out how scopes and connections sign in: the type, whose app, which tenant and cloud, as far as anybody wrote them down. */
import type { Catalog, PermissionKind, SignInType } from '../catalog/types';
import type { Span } from '../text';
import { propertySpan } from '../xaml/property-edit';
import type { Value } from '../xaml/values';
import { isLiteral } from './connection-reference';
import type { LinkOptions } from './link';
import type { ManifestConnection, ManifestDocument, ScopeElement, XamlDocument } from './model';
import type { RegistrationDocument } from './registration-model';
import { type AppsOf, appOfRegistration } from './registrations';
import type { ManifestApp, SignIn } from './sign-in-model';

/** `AuthenticationType` of a Microsoft 365 Scope, in lower case. */
const workflowTypes: ReadonlyMap<string, SignInType> = new Map([
  ['interactivetoken', 'interactive-token'],
  ['integratedwindowsauthentication', 'integrated-windows'],
  ['usernameandpassword', 'username-password'],
  ['applicationidandsecret', 'client-secret'],
  ['applicationidandcertificate', 'client-certificate'],
]);

const manifestTypes: readonly SignInType[] = [
  ...workflowTypes.values(),
  'oauth-authorization-code',
  'byo-app',
  'oauth-client-credentials',
  'oauth-client-certificate',
];

const applicationTypes: ReadonlySet<SignInType> = new Set([
  'client-secret',
  'client-certificate',
  'oauth-client-credentials',
  'oauth-client-certificate',
]);

/** `Environment` of a Microsoft 365 Scope, in lower case. */
const workflowClouds: ReadonlyMap<string, SignIn['environment']> = new Map([
  ['default', 'office365'],
  ['global', 'office365'],
  ['usgovernment', 'us-gov-l4'],
  ['usgovernmentdod', 'us-gov-l5'],
  ['china', 'china'],
  ['germany', 'germany'],
]);

const clouds = ['office365', 'us-gov-l4', 'us-gov-l5', 'china'] as const;
const personalAddress = /@(outlook|hotmail|live|msn)\.com$/i;
/** The predefined key of UiPath's app. */
export const uipathApp = 'uipath';

/** Whether a type signs in as the application itself. */
export function kindOfType(type: SignInType | undefined): PermissionKind {
  return type !== undefined && applicationTypes.has(type) ? 'application' : 'delegated';
}

/** Where the app of a scope may be described. */
export interface KnownApps {
  readonly manifests: readonly ManifestDocument[];
  readonly appsOf: AppsOf;
  readonly registrations: readonly RegistrationDocument[];
}

/** How a Microsoft 365 Scope of a workflow signs in. */
export function signInOfScope(
  document: XamlDocument,
  scope: ScopeElement,
  known: KnownApps,
  catalog: Catalog,
  options: LinkOptions,
): SignIn {
  const { manifests } = known;
  const value = (name: string) => settingOf(scope, name);
  const written = value('AuthenticationType');
  const type =
    written.kind === 'empty' ? 'interactive-token' : workflowTypes.get(written.kind === 'literal' ? written.text.toLowerCase() : '');
  const found = findRegistration(document, scope, known, options);
  const environment = value('Environment');
  const users = kindOfType(type) === 'application' ? ['EmailAddress', 'ImpersonatedUserEmailAddress'] : ['EmailAddress', 'Username'];
  const user = users.map(value).find(({ kind }) => kind !== 'empty');
  return {
    isActive: isActive(scope),
    type,
    typeRange: written.kind === 'empty' ? nameOf(scope) : placeIn(scope, 'AuthenticationType', written),
    app: type === undefined ? undefined : type === 'interactive-token' ? appOfInteractive(scope, catalog, found) : 'own',
    registration: found?.app,
    manifest: found?.manifest ?? manifests.find((manifest) => options.governs(manifest, document.path)),
    tenant: value('TenantId'),
    environment: environment.kind === 'empty' ? 'office365' : workflowClouds.get(environment.text.toLowerCase()),
    environmentRange: environment.kind === 'empty' ? undefined : placeIn(scope, 'Environment', environment),
    isPersonal: (user?.kind === 'literal' && personalAddress.test(user.text)) || found?.app?.audience === 'personal',
  };
}

/** The value of a setting of the sign-in; newer and older packages name two of them differently. */
export function settingOf({ settings, element }: ScopeElement, name: string): Value {
  const older: Readonly<Record<string, string>> = { TenantId: 'Tenant', EmailAddress: 'OAuth2Username' };
  const [own, old] = [settings.get(name), settings.get(older[name] ?? '')];
  return own && own.kind !== 'empty' ? own : (old ?? own ?? { kind: 'empty', text: '', start: element.start, end: element.start });
}

/** Neither an asset nor a connection decides the sign-in, as far as anybody can tell. */
function isActive(scope: ScopeElement): boolean {
  const [location, type, service] = ['ConfigLocation', 'AuthenticationType', 'UseConnectionService'].map((name) => settingOf(scope, name));
  if (!location || !type || !service) return false;
  if (location.kind === 'expression' || (service.kind === 'expression' && !/^false$/i.test(service.text))) return false;
  return !isLiteral(location, 'OrchestratorAsset') && !isLiteral(type, 'IntegrationService') && !isLiteral(service, 'True');
}

interface Registration {
  readonly manifest: ManifestDocument | undefined;
  readonly app: ManifestApp | undefined;
  readonly isStated: boolean;
  readonly isUipath: boolean;
}

/** The app a scope belongs to: by its literal id, by the first statement that matches, or the only own app there is; without a manifest, by its registration. */
function findRegistration(
  document: XamlDocument,
  scope: ScopeElement,
  { manifests, appsOf, registrations }: KnownApps,
  { governs, matches }: LinkOptions,
): Registration | undefined {
  const id = settingOf(scope, 'ApplicationId');
  const fits = ({ clientId }: ManifestApp) => id.kind !== 'literal' || clientId === undefined || isSame(clientId, id.text);
  for (const manifest of manifests) {
    if (!governs(manifest, document.path)) continue;
    const apps = appsOf(manifest);
    const own = [...apps.values()].filter(({ key }) => key !== uipathApp);
    const byId = own.find(({ clientId }) => id.kind === 'literal' && clientId !== undefined && isSame(clientId, id.text));
    if (byId) return { manifest, app: byId, isStated: false, isUipath: false };
    const stated = manifest.applicationScopes.find(
      ({ workflows, displayName }) =>
        (workflows === undefined || matches(manifest, workflows, document.path)) &&
        (displayName === undefined || displayName === scope.label),
    );
    if (stated) {
      const app = apps.get(stated.app);
      if (stated.app === uipathApp) return { manifest, app, isStated: true, isUipath: true };
      if (app && fits(app)) return { manifest, app, isStated: true, isUipath: false };
    }
    const [only, ...others] = own;
    if (only && others.length === 0 && fits(only)) return { manifest, app: only, isStated: false, isUipath: false };
  }
  const own = registrations.find(({ appId }) => id.kind === 'literal' && appId !== undefined && isSame(appId, id.text));
  return own && { manifest: undefined, app: appOfRegistration(own), isStated: false, isUipath: false };
}

/** `OAuthApplication` says it; old files have none, and then only the public id, or the manifest, tells. */
function appOfInteractive(scope: ScopeElement, catalog: Catalog, found: Registration | undefined): SignIn['app'] {
  const id = settingOf(scope, 'ApplicationId');
  if (id.kind === 'literal' && isSame(id.text, catalog.publicApp.clientId)) return 'uipath';
  const app = settingOf(scope, 'OAuthApplication');
  if (isLiteral(app, 'uipath')) return 'uipath';
  if (isLiteral(app, 'custom')) return 'own';
  if (!found?.isStated) return undefined;
  return found.isUipath ? 'uipath' : 'own';
}

/** How a connection of a manifest signs in. */
export function signInOfConnection(
  manifest: ManifestDocument,
  connection: ManifestConnection,
  apps: ReadonlyMap<string, ManifestApp>,
  catalog: Catalog,
): SignIn {
  const { authentication, app, account, keyRange } = connection;
  const type = manifestTypes.find((name) => name === authentication?.text);
  const registration = app === undefined ? usualApp(apps, type) : apps.get(app.text);
  const environment = connection.environment ?? manifest.environment;
  const isPublic = registration?.clientId !== undefined && isSame(registration.clientId, catalog.publicApp.clientId);
  const isUipath = app === undefined ? type === 'oauth-authorization-code' : app.text === uipathApp || isPublic;
  return {
    isActive: true,
    type,
    typeRange: authentication ? span(authentication) : keyRange,
    app: isUipath ? 'uipath' : app === undefined ? undefined : 'own',
    registration,
    manifest,
    tenant: registration && toTenant(registration),
    environment: environment === undefined ? 'office365' : clouds.find((name) => name === environment.text),
    environmentRange: environment && span(environment),
    isPersonal: account === 'personal' || registration?.audience === 'personal',
  };
}

/** A manifest may say more of the predefined app. */
function usualApp(apps: ReadonlyMap<string, ManifestApp>, type: SignInType | undefined): ManifestApp | undefined {
  return type === 'oauth-authorization-code' ? apps.get(uipathApp) : undefined;
}

/** Text that something else fills in is not known. */
function toTenant({ tenant, keyRange }: ManifestApp): Value {
  if (!tenant || tenant.text.trim() === '') return { kind: 'empty', text: '', ...(tenant ? span(tenant) : keyRange) };
  const isFilledIn = /^(\$\{|\$\(|\[|\{\{|<|%)/.test(tenant.text.trim());
  return { kind: isFilledIn ? 'expression' : 'literal', text: tenant.text.trim(), ...span(tenant) };
}

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function span({ start, end }: Span): Span {
  return { start, end };
}

/** Where a setting stands in the scope, also when its text is the default of an argument. */
function placeIn({ element }: ScopeElement, name: string, value: Value): Span {
  const isInside = value.start >= element.start && value.end <= element.end;
  return isInside ? span(value) : (propertySpan(element, name) ?? span(value));
}

function nameOf({ element }: ScopeElement): Span {
  return { start: element.nameStart, end: element.nameStart + element.name.length };
}
