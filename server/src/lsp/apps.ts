/** The apps that the editor's automations sign in with, and what a sign-in found granted to them: what the client's sign-in works with. */
import { isGuid } from '../core/guid';
import { type Grants, isSameTarget } from '../core/permissions/grants';
import { isTenant, ownApps, type SignInTarget, signInTargetOf, signInTenant } from '../core/project/meant-app';
import type { Declaration } from '../core/project/model';
import type { SignIn } from '../core/project/sign-in-model';
import type { AnalyzedAutomation } from '../workspace/session';
import type { ServerContext } from './context';
import type { AppReference, Cloud, GrantsAnswer, SignedInGrants, WorkspaceApp, WorkspaceList } from './protocol';

/** What a name of a permission can be, and a token cannot. */
const permissionName = /^[a-z][\w.-]{0,99}$/i;
const accounts = ['work', 'guest', 'personal'] as const;
const clouds: readonly Cloud[] = ['office365', 'us-gov-l4', 'us-gov-l5', 'china'];
const uipathName = 'UiPath';
/** An app has hundreds at most. */
const mostNames = 2000;

/** Every app in every tenant and cloud it is used in, the manifest's own first; one that several automations use is one. */
export async function workspaceApps(context: ServerContext): Promise<WorkspaceApp[]> {
  const all = await context.automations();
  const apps = new Map<string, WorkspaceApp>();
  const add = (app: WorkspaceApp) => {
    // What another folder says of an app in another tenant is no word on this one.
    const key = `${app.clientId ?? `#${app.name}`} ${app.signInTenant} ${app.environment} ${app.owner}`;
    const known = apps.get(key);
    apps.set(key, known ? { ...app, ...known, lists: [...known.lists, ...app.lists] } : app);
  };
  for (const { analysis } of all) {
    for (const app of ownApps(analysis.project.manifests)) {
      const environment = analysis.project.manifests.find((manifest) => manifest.apps.get(app.key) === app)?.environment?.text;
      const isPersonal = app.audience === 'personal';
      const id = withClientId(app.clientId);
      // Whatever a manifest calls it: another vendor's app.
      const isUipath = id.clientId === context.catalog.publicApp.clientId.toLowerCase();
      add({
        ...id,
        ...(isUipath ? { name: uipathName, owner: 'uipath' } : { name: app.key, owner: 'own' }),
        ...(isTenant(app.tenant?.text) ? { tenant: app.tenant.text.trim() } : {}),
        signInTenant: signInTenant(app.tenant?.text, isPersonal),
        isPersonal,
        environment: cloudOf(environment),
        ...(app.redirectUris ? { redirectUris: { publicClient: app.redirectUris.publicClient, web: app.redirectUris.web } } : {}),
        lists: [],
      });
    }
    for (const assessment of analysis.assessments) {
      const app = appOf(context, analysis.project, assessment.declaration);
      if (app) add({ ...app, lists: [toList(assessment.declaration, assessment.known)] });
    }
  }
  const found = [...apps.values()];
  const hasLists = new Set(found.filter(({ lists }) => lists.length > 0).map(({ clientId }) => clientId));
  return found
    .filter(({ clientId, lists }) => clientId === undefined || lists.length > 0 || !hasLists.has(clientId))
    .sort((a, b) => Number(a.owner === 'uipath') - Number(b.owner === 'uipath'));
}

type Project = AnalyzedAutomation['analysis']['project'];

function appOf({ catalog }: ServerContext, project: Project, declaration: Declaration): WorkspaceApp | undefined {
  const { signIn } = declaration;
  const target = targetOf(project, declaration, catalog);
  if (!target) return undefined;
  const { clientId, tenant: signInTenant, environment } = target;
  const tenant = signIn.tenant?.kind === 'literal' && isTenant(signIn.tenant.text) ? { tenant: signIn.tenant.text.trim() } : {};
  const isUipath = clientId === catalog.publicApp.clientId.toLowerCase();
  return {
    clientId,
    name: isUipath ? uipathName : (signIn.registration?.key ?? declaration.label),
    owner: isUipath ? 'uipath' : 'own',
    ...tenant,
    signInTenant,
    isPersonal: signIn.isPersonal,
    environment,
    lists: [],
  };
}

/** What a list signs in to; undefined where that is not known, or is no app that Entra could have. */
function targetOf(project: Project, declaration: Declaration, catalog: ServerContext['catalog']): SignInTarget | undefined {
  const target = signInTargetOf(project, declaration, catalog.publicApp.clientId);
  return target && isGuid(target.clientId) ? target : undefined;
}

function withClientId(clientId: string | undefined): { readonly clientId?: string } {
  const id = clientId?.trim().toLowerCase() ?? '';
  return isGuid(id) ? { clientId: id } : {};
}

function cloudOf(environment: string | undefined): Cloud {
  return clouds.find((name) => name === environment) ?? 'office365';
}

function toList(
  { label, connection, kind, open, signIn }: Declaration,
  known: readonly { readonly permission: { readonly value: string; readonly resource: string } }[],
): WorkspaceList {
  const names = open === undefined ? known.filter(({ permission }) => permission.resource === 'graph') : [];
  return {
    label,
    ...(connection === undefined ? {} : { connection }),
    kind,
    scopes: [...new Set(names.map(({ permission }) => permission.value))],
    ...withProof(signIn.type),
  };
}

function withProof(type: SignIn['type']): Pick<WorkspaceList, 'proof'> {
  if (type === 'client-secret' || type === 'oauth-client-credentials') return { proof: 'secret' };
  return type === 'client-certificate' || type === 'oauth-client-certificate' ? { proof: 'certificate' } : {};
}

/** What the list at a place of a file signs in to, the kind of permission in it, and whose app it is. */
export function signInAt(
  { catalog }: ServerContext,
  { analysis }: AnalyzedAutomation,
  {
    file,
    connection,
    range,
  }: { readonly file: string; readonly connection?: string | undefined; readonly range: { readonly start: number } },
): { readonly app: AppReference; readonly kind: Declaration['kind']; readonly owner: WorkspaceApp['owner'] } | undefined {
  const { project } = analysis;
  const isAt = ({ document, element, connection: key, range: list }: Declaration) => {
    if (document.path !== file || key !== connection) return false;
    const place = element?.element ?? list;
    return key !== undefined || (place.start <= range.start && range.start <= place.end);
  };
  const declaration = project.declarations.filter(isAt).at(-1);
  const app = declaration && targetOf(project, declaration, catalog);
  if (!app) return undefined;
  const owner = app.clientId === catalog.publicApp.clientId.toLowerCase() ? 'uipath' : 'own';
  return { app: { ...app }, kind: declaration.kind, owner };
}

/** What a request brought, held to its form; undefined where it breaks it. A token is no name, and is refused unseen. */
export function readSignedInGrants(sent: unknown): SignedInGrants | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined;
  const { clientId, tenant, environment, kind = 'delegated', names, account } = sent as Partial<Record<keyof SignedInGrants, unknown>>;
  if (typeof clientId !== 'string' || !isGuid(clientId)) return undefined;
  if (tenant !== undefined && !(typeof tenant === 'string' && isTenant(tenant))) return undefined;
  const cloud = clouds.find((one) => one === environment);
  if (environment !== undefined && cloud === undefined) return undefined;
  if (kind !== 'delegated' && kind !== 'application') return undefined;
  const known = accounts.find((one) => one === account);
  if (account !== undefined && known === undefined) return undefined;
  const isName = (name: unknown) => typeof name === 'string' && permissionName.test(name);
  if (names !== null && (!Array.isArray(names) || names.length > mostNames || !names.every(isName))) return undefined;
  return {
    clientId: clientId.toLowerCase(),
    ...(tenant === undefined ? {} : { tenant: tenant.toLowerCase() }),
    ...(cloud === undefined ? {} : { environment: cloud }),
    kind,
    names: names as string[] | null,
    ...(known ? { account: known } : {}),
  };
}

/** What a token for Graph proves of an app. */
export function toGrants({ clientId, tenant, environment, kind, names, account }: SignedInGrants): Grants {
  return {
    target: { clientId, ...(tenant === undefined ? {} : { tenant }), ...(environment === undefined ? {} : { environment }) },
    connection: undefined,
    grants: names ? [{ kind, resource: 'graph', names, roleIds: [], isForOneUser: false }] : [],
    extents: names ? [{ kind, from: 'token' }] : [],
    account,
  };
}

/** What the analysis makes of the grants of one app. */
export async function compareGrants(context: ServerContext, told: AppReference & Pick<SignedInGrants, 'kind'>): Promise<GrantsAnswer> {
  const ofApp = (await context.automations()).flatMap(({ analysis: { consents, project } }) =>
    [...consents].filter(([{ declaration }]) => {
      const target = targetOf(project, declaration, context.catalog);
      return declaration.kind === told.kind && target !== undefined && isSameTarget(target, told);
    }),
  );
  const missing = ofApp.flatMap(([, { notGranted }]) => notGranted.map(({ permission }) => permission.value));
  const compared = ofApp.filter(([{ declaration }]) => declaration.open === undefined).length;
  return { compared, missing: [...new Set(missing)].sort() };
}
