/** Compares what a list declares with what Entra granted, by exact name: a broader consented scope does not stop the prompt for a narrower one. */
import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import { isMeant, type SignInTarget, signInTargetOf } from '../project/meant-app';
import type { Declaration, Project } from '../project/model';
import type { Assessment, KnownScope } from './assess';
import { hasKind } from './satisfy';

/** One consent, as plain data: whoever reads it from a file or a token has done so already. */
export interface Grant {
  readonly kind: PermissionKind;
  /** Whose permissions these are; undefined: it is not said. */
  readonly resource: Permission['resource'] | undefined;
  /** As Entra writes them. */
  readonly names: readonly string[];
  /** Ids of app roles: the catalogue names them. */
  readonly roleIds: readonly string[];
  /** A user consented for themselves only. */
  readonly isForOneUser: boolean;
}

/** What a piece of evidence tells all of. A tenant knows every resource, but no consent of personal accounts; a token is for Microsoft Graph alone. */
export interface Extent {
  readonly kind: PermissionKind;
  readonly from: 'tenant' | 'token';
}

/** What somebody who signs in is in the tenant. */
export type AccountKind = 'work' | 'personal' | 'guest';

/** Everything that is known to be granted to one app. */
export interface Grants {
  readonly grants: readonly Grant[];
  /** Of a kind that is not among them nothing is known. */
  readonly extents: readonly Extent[];
  /** The key of the manifest's connection that is meant; undefined: there is only one app. */
  readonly connection: string | undefined;
  /** Where somebody signed in: then that alone says which lists are meant. What it leaves out may be any. */
  readonly target?: Pick<SignInTarget, 'clientId'> & Partial<SignInTarget>;
  /** Who signed in to the app, where somebody did and it can be told. */
  readonly account?: AccountKind | undefined;
}

/** What one declaration was granted, and the difference. Names in the catalogue's letter case; those it does not know are left out. */
export interface Consent {
  /** Everything that was granted, and to whom: one name can be of two resources. */
  readonly found: ReadonlyMap<Permission, 'everyone' | 'one user'>;
  readonly granted: readonly string[];
  /** Granted to single users, for themselves, and to nobody else. */
  readonly grantedToOneUser: readonly string[];
  /** Declared and granted to nobody. */
  readonly notGranted: readonly KnownScope[];
  /** Declared and granted to single users only. */
  readonly oneUserOnly: readonly KnownScope[];
  /** Granted and not declared. */
  readonly notDeclared: readonly string[];
}

/** They are for signing in: no grant has to name them, and the `scp` of a token never names offline_access. */
const signInOnly = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Compares every declaration that the grants speak of; of several that speak of the same one the last counts. */
export function consentsOf(
  catalog: Catalog,
  project: Project,
  assessments: readonly Assessment[],
  grants: Grants | readonly Grants[] | undefined,
): ReadonlyMap<Assessment, Consent> {
  const consents = new Map<Assessment, Consent>();
  for (const one of [grants ?? []].flat()) {
    for (const assessment of assessments) {
      const extents = extentsFor(one, assessment.declaration);
      if (extents.length > 0 && isOf(catalog, project, one, assessment.declaration))
        consents.set(assessment, compare(catalog, assessment, one, extents));
    }
  }
  return consents;
}

/** The delegated lists of apps that somebody signed in to with a personal account. */
export function signedInPersonally(
  catalog: Catalog,
  project: Project,
  assessments: readonly Assessment[],
  grants: Grants | readonly Grants[] | undefined,
): ReadonlySet<Assessment> {
  const personal = [grants ?? []].flat().filter(({ account }) => account === 'personal');
  if (personal.length === 0) return new Set();
  return new Set(
    assessments.filter(
      ({ declaration }) => declaration.kind === 'delegated' && personal.some((one) => isOf(catalog, project, one, declaration)),
    ),
  );
}

function isOf(catalog: Catalog, project: Project, { target, connection }: Grants, declaration: Declaration): boolean {
  if (!target) return isMeant(project, declaration, connection);
  const own = signInTargetOf(project, declaration, catalog.publicApp.clientId);
  return own !== undefined && isSameTarget(own, target);
}

/** Whether somebody who signed in there did so here; what `named` leaves out may be any. */
export function isSameTarget(target: SignInTarget, named: Pick<SignInTarget, 'clientId'> & Partial<SignInTarget>): boolean {
  const { clientId, tenant = target.tenant, environment = target.environment } = named;
  return target.clientId === clientId.toLowerCase() && target.tenant === tenant.toLowerCase() && target.environment === environment;
}

function extentsFor({ extents }: Grants, { kind, signIn }: Declaration): Extent[] {
  return extents.filter((extent) => extent.kind === kind && !(extent.from === 'tenant' && signIn.isPersonal));
}

function compare(catalog: Catalog, assessment: Assessment, { grants }: Grants, extents: readonly Extent[]): Consent {
  const { declaration, known } = assessment;
  const { kind, open } = declaration;
  const ofKind = grants.filter((grant) => grant.kind === kind);
  const everyone = permissionsOf(
    catalog,
    ofKind.filter(({ isForOneUser }) => !isForOneUser),
  );
  const oneUser = permissionsOf(
    catalog,
    ofKind.filter(({ isForOneUser }) => isForOneUser),
  );
  const isTold = ({ resource }: Permission) => resource === 'graph' || extents.some(({ from }) => from === 'tenant');
  const isCompared = ({ permission }: KnownScope) =>
    hasKind(permission, kind) && !permission.resourceSpecific && !signInOnly.has(permission.value) && isTold(permission);
  const isOpen = open !== undefined;
  const lacking = isOpen ? [] : known.filter((scope) => isCompared(scope) && !everyone.has(scope.permission));
  const declared = new Set(known.map(({ permission }) => permission));
  const isExtra = (permission: Permission) => !declared.has(permission) && !(kind === 'delegated' && catalog.implied.has(permission.value));
  const toOne = [...oneUser].filter((permission) => !everyone.has(permission));
  return {
    found: new Map([...[...everyone].map((one) => [one, 'everyone'] as const), ...toOne.map((one) => [one, 'one user'] as const)]),
    granted: namesOf(everyone),
    grantedToOneUser: namesOf(toOne),
    notGranted: lacking.filter(({ permission }) => !oneUser.has(permission)),
    oneUserOnly: lacking.filter(({ permission }) => oneUser.has(permission)),
    notDeclared: isOpen ? [] : namesOf([...everyone, ...oneUser].filter(isExtra)),
  };
}

function permissionsOf(catalog: Catalog, grants: readonly Grant[]): Set<Permission> {
  const found = new Set<Permission>();
  for (const grant of grants) {
    for (const name of grant.names) for (const permission of byName(catalog, name, grant.resource)) found.add(permission);
    if (grant.roleIds.length === 0) continue;
    const ids = new Set(grant.roleIds.map((id) => id.toLowerCase()));
    for (const permission of catalog.permissions.values()) {
      const isOfResource = permission.resource === (grant.resource ?? 'graph');
      if (isOfResource && permission.applicationId !== undefined && ids.has(permission.applicationId)) found.add(permission);
    }
  }
  return found;
}

/** A name whose resource is not said may be of either. */
function byName({ permissions }: Catalog, name: string, resource: Grant['resource']): Permission[] {
  const key = name.toLowerCase();
  const keys = [...(resource === 'exchange' ? [] : [key]), ...(resource === 'graph' ? [] : [`exchange/${key}`])];
  return keys.flatMap((one) => permissions.get(one) ?? []);
}

function namesOf(permissions: Iterable<Permission>): string[] {
  return [...new Set([...permissions].map(({ value }) => value))].filter((name) => !signInOnly.has(name)).sort();
}
