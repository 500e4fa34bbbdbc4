/** The apps that the editor's automations sign in with, and what a sign-in found granted to them: what the client's sign-in works with. */
import type { Grants } from '../core/permissions/grants';
import { clientIdOf, ownApps } from '../core/project/meant-app';
import type { Declaration } from '../core/project/model';
import type { SignIn } from '../core/project/sign-in-model';
import type { AnalyzedAutomation } from '../workspace/session';
import type { ServerContext } from './context';
import type { Cloud, GrantsAnswer, SignedInGrants, WorkspaceApp, WorkspaceList } from './protocol';

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/** What a name of a permission can be, and a token cannot. */
const permissionName = /^[a-z][\w.-]{0,99}$/i;
const accounts = ['work', 'guest', 'personal'] as const;
/** An app has hundreds at most. */
const mostNames = 2000;

/** Every app, the manifest's own first; one that several automations use is one. */
export async function workspaceApps(context: ServerContext): Promise<WorkspaceApp[]> {
  const all = await context.automations();
  const apps = new Map<string, WorkspaceApp>();
  const add = (app: WorkspaceApp) => {
    const key = app.clientId ?? `#${app.name}`;
    const known = apps.get(key);
    apps.set(key, known ? { ...app, ...known, lists: [...known.lists, ...app.lists] } : app);
  };
  for (const { analysis } of all) {
    for (const app of ownApps(analysis.project.manifests)) {
      const environment = analysis.project.manifests.find((manifest) => manifest.apps.get(app.key) === app)?.environment?.text;
      const isFilledIn = app.tenant !== undefined && !isTenant(app.tenant.text);
      add({
        ...withClientId(app.clientId),
        name: app.key,
        owner: 'own',
        ...(app.tenant && !isFilledIn ? { tenant: app.tenant.text.trim() } : {}),
        isPersonal: app.audience === 'personal',
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
  return [...apps.values()].sort((a, b) => Number(a.owner === 'uipath') - Number(b.owner === 'uipath'));
}

type Project = AnalyzedAutomation['analysis']['project'];

function appOf({ catalog }: ServerContext, project: Project, declaration: Declaration): WorkspaceApp | undefined {
  const { signIn } = declaration;
  const clientId = clientIdOf(project, declaration, catalog.publicApp.clientId);
  if (clientId === undefined || !guid.test(clientId)) return undefined;
  const tenant = signIn.tenant?.kind === 'literal' && isTenant(signIn.tenant.text) ? { tenant: signIn.tenant.text.trim() } : {};
  const isUipath = signIn.app === 'uipath';
  return {
    clientId,
    name: isUipath ? 'UiPath' : (signIn.registration?.key ?? declaration.label),
    owner: isUipath ? 'uipath' : 'own',
    ...tenant,
    isPersonal: signIn.isPersonal,
    environment: cloudOf(signIn.environment),
    lists: [],
  };
}

/** What is no name of a tenant would become part of an address. */
function isTenant(text: string): boolean {
  return /^[\da-z](?:[\da-z.-]{0,251}[\da-z])?$/i.test(text.trim());
}

function withClientId(clientId: string | undefined): { readonly clientId?: string } {
  const id = clientId?.trim().toLowerCase() ?? '';
  return guid.test(id) ? { clientId: id } : {};
}

function cloudOf(environment: SignIn['environment'] | string): Cloud {
  const clouds: readonly Cloud[] = ['office365', 'us-gov-l4', 'us-gov-l5', 'china'];
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

/** The client id of the app that the list at a place of a file belongs to, and the kind of permission in it. */
export function signInAt(
  { catalog }: ServerContext,
  { analysis }: AnalyzedAutomation,
  {
    file,
    connection,
    range,
  }: { readonly file: string; readonly connection?: string | undefined; readonly range: { readonly start: number } },
): { readonly clientId: string; readonly kind: Declaration['kind'] } | undefined {
  const { project } = analysis;
  const isAt = ({ document, element, connection: key, range: list }: Declaration) => {
    if (document.path !== file || key !== connection) return false;
    const place = element?.element ?? list;
    return key !== undefined || (place.start <= range.start && range.start <= place.end);
  };
  const declaration = project.declarations.filter(isAt).at(-1);
  const id = declaration && clientIdOf(project, declaration, catalog.publicApp.clientId);
  return declaration && id !== undefined && guid.test(id) ? { clientId: id, kind: declaration.kind } : undefined;
}

/** What a request brought, held to its form; undefined where it breaks it. A token is no name, and is refused unseen. */
export function readSignedInGrants(sent: unknown): SignedInGrants | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined;
  const { clientId, kind = 'delegated', names, account } = sent as Partial<Record<keyof SignedInGrants, unknown>>;
  if (typeof clientId !== 'string' || !guid.test(clientId)) return undefined;
  if (kind !== 'delegated' && kind !== 'application') return undefined;
  const known = accounts.find((one) => one === account);
  if (account !== undefined && known === undefined) return undefined;
  const isName = (name: unknown) => typeof name === 'string' && permissionName.test(name);
  if (names !== null && (!Array.isArray(names) || names.length > mostNames || !names.every(isName))) return undefined;
  return { clientId: clientId.toLowerCase(), kind, names: names as string[] | null, ...(known ? { account: known } : {}) };
}

/** What a token for Graph proves of an app. */
export function toGrants({ clientId, kind, names, account }: SignedInGrants): Grants {
  return {
    clientId,
    connection: undefined,
    grants: names ? [{ kind, resource: 'graph', names, roleIds: [], isForOneUser: false }] : [],
    extents: names ? [{ kind, from: 'token' }] : [],
    account,
  };
}

/** What the analysis makes of the grants of one app. */
export async function compareGrants(
  context: ServerContext,
  { clientId, kind }: Pick<SignedInGrants, 'clientId' | 'kind'>,
): Promise<GrantsAnswer> {
  const ofApp = (await context.automations()).flatMap(({ analysis: { consents, project } }) =>
    [...consents].filter(
      ([{ declaration }]) => declaration.kind === kind && clientIdOf(project, declaration, context.catalog.publicApp.clientId) === clientId,
    ),
  );
  const missing = ofApp.flatMap(([, { notGranted }]) => notGranted.map(({ permission }) => permission.value));
  const compared = ofApp.filter(([{ declaration }]) => declaration.open === undefined).length;
  return { compared, missing: [...new Set(missing)].sort() };
}
