/** Works out, app by app, the least that has to be registered in Microsoft Entra for what automations do. */
import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import type { Analysis } from '../index';
import { groupsOf, isOfConnection, type NeededGroup, requiredScopes } from '../permissions/assess';
import { idOf } from '../permissions/registered';
import { comesWithSignIn } from '../permissions/registration';
import { findPermission, satisfies } from '../permissions/satisfy';
import type { Why } from '../problem';
import type { UndeclaredConnection } from '../project/connection-model';
import type { Declaration, Project } from '../project/model';
import { settingOf } from '../project/sign-in';
import { whyOf } from '../rules/support/shared';
import type { Span } from '../text';

/** Why a permission is in the list. */
export type Reason = 'activities' | 'sign-in' | 'declared';

export interface NeededPermission {
  readonly permission: Permission;
  readonly kind: PermissionKind;
  /** Its GUID. */
  readonly id: string;
  readonly reason: Reason;
  /** The activities that need it; none where it is there for another reason. */
  readonly why: readonly Why[];
}

/** Something that signs in with an app. */
export interface AppUser {
  readonly label: string;
  readonly isConnection: boolean;
  /** What bindings call the connection; undefined where nobody names it. */
  readonly name: string | undefined;
  /** Where it is declared; undefined for a connection that no manifest declares. */
  readonly place: (Span & { readonly file: string }) | undefined;
}

/** What one app has to register. */
export interface NeededAccess {
  /** Its key in the manifest, or what its registration calls it. */
  readonly app: string | undefined;
  readonly clientId: string | undefined;
  /** The file of its registration. */
  readonly registration: string | undefined;
  readonly users: readonly AppUser[];
  readonly permissions: readonly NeededPermission[];
  /** Something that uses it has needs that only the run knows. */
  readonly isPartial: boolean;
}

interface Member {
  readonly user: AppUser;
  readonly kind: PermissionKind;
  readonly groups: readonly NeededGroup[];
  /** Names that the sign-in itself asks for. */
  readonly ofSignIn: readonly string[];
  /** What it declares, where its activities do not say what it needs. */
  readonly declared: readonly string[];
  readonly isPartial: boolean;
}

interface Group {
  readonly app: Pick<NeededAccess, 'app' | 'clientId' | 'registration'>;
  readonly members: Member[];
}

/** The apps in the order they are met, those nobody names last. UiPath's own app is registered by UiPath. */
export function neededAccess(analyses: readonly Analysis[], catalog: Catalog): NeededAccess[] {
  const groups = new Map<string, Group>();
  const add = (key: string, app: Group['app'], member: Member) => {
    const known = groups.get(key);
    if (known) known.members.push(member);
    else groups.set(key, { app, members: [member] });
  };
  for (const { assessments, project } of analyses) {
    const { factsOf } = project;
    for (const { declaration, groups: needs, known } of assessments) {
      if (!needsOwnApp(declaration)) continue;
      const { key, app } = appOf(declaration);
      const { kind, hasOpenUse, open } = declaration;
      const names = known.map(({ permission }) => permission.value);
      const declared = hasOpenUse && open === undefined ? names : [];
      // What belongs to a sign-in is never unused: it is asked for where it is declared.
      const ofSignIn =
        kind === 'application' ? [] : [...signInNames(catalog, declaration), ...names.filter((name) => catalog.implied.has(name))];
      add(key, app, { user: userOf(declaration, factsOf), kind, groups: needs, ofSignIn, declared, isPartial: hasOpenUse });
    }
    for (const connection of project.undeclared) add('', unknownApp, undeclaredMember(catalog, connection));
  }
  const known = [...groups].filter(([key]) => key !== '').map(([, group]) => group);
  return [...known, ...(groups.has('') ? [groups.get('') as Group] : [])].map((group) => toAccess(catalog, group));
}

/** What signs in with UiPath's own app: there is nothing to register for it. */
export function usersOfUipath(analyses: readonly Analysis[]): AppUser[] {
  return analyses.flatMap(({ assessments, project }) =>
    assessments
      .filter(({ declaration }) => declaration.signIn.app === 'uipath')
      .map(({ declaration }) => userOf(declaration, project.factsOf)),
  );
}

/** A scope that leaves its sign-in to a connection needs nothing beside it. */
function needsOwnApp({ signIn, open }: Declaration): boolean {
  return signIn.app !== 'uipath' && open !== 'connection';
}

const unknownApp: Group['app'] = { app: undefined, clientId: undefined, registration: undefined };

/** One app is known under one id, whatever each manifest calls it. */
function appOf({ signIn, element }: Declaration): { key: string; app: Group['app'] } {
  const { registration, manifest, isActive } = signIn;
  if (registration) {
    const { clientId, key, document } = registration;
    const app = { app: key, clientId, registration: document?.path };
    return { key: clientId === undefined ? `${manifest?.path}#${key}` : clientId.toLowerCase(), app };
  }
  const id = element && isActive ? settingOf(element, 'ApplicationId') : undefined;
  if (id?.kind !== 'literal') return { key: '', app: unknownApp };
  return { key: id.text.trim().toLowerCase(), app: { ...unknownApp, clientId: id.text.trim() } };
}

function signInNames(catalog: Catalog, { connector, signIn }: Declaration): readonly string[] {
  if (connector === undefined) return [...catalog.implied];
  return signIn.type === undefined || signIn.type === 'byo-app' ? (catalog.connectors.get(connector)?.minimum ?? []) : [];
}

function userOf({ label, connection, document, nameRange, entry }: Declaration, factsOf: Project['factsOf']): AppUser {
  const place = { file: document.path, start: nameRange.start, end: nameRange.end };
  return { label, isConnection: connection !== undefined, name: entry && factsOf(entry.ids).name, place };
}

/** Most connections are made by a user; nobody says with which app. */
function undeclaredMember(catalog: Catalog, { id, name, connector, uses }: UndeclaredConnection): Member {
  return {
    user: { label: id, isConnection: true, name, place: undefined },
    kind: 'delegated',
    groups: groupsOf(uses, 'delegated'),
    ofSignIn: catalog.connectors.get(connector ?? '')?.minimum ?? [],
    declared: [],
    isPartial: uses.some(({ open }) => open),
  };
}

function toAccess(catalog: Catalog, { app, members }: Group): NeededAccess {
  const permissions = (['delegated', 'application'] as const).flatMap((kind) =>
    permissionsOf(
      catalog,
      kind,
      members.filter((member) => member.kind === kind),
    ),
  );
  return { ...app, users: members.map(({ user }) => user), permissions, isPartial: members.some(({ isPartial }) => isPartial) };
}

/**
 * Each sign-in of a user asks for its own names, and consent goes by the exact name: what each needs is put together.
 * An application has one set for all it does, so that a permission of one use serves another.
 */
function permissionsOf(catalog: Catalog, kind: PermissionKind, members: readonly Member[]): NeededPermission[] {
  const relation = { catalog, kind };
  const groups = members.flatMap((member) => member.groups);
  const least =
    kind === 'application' ? requiredScopes(relation, groups) : members.flatMap((member) => requiredScopes(relation, member.groups));
  const reasons = new Map<string, Reason>();
  for (const name of members.flatMap(({ declared }) => declared)) reasons.set(name, 'declared');
  for (const name of members.flatMap(({ ofSignIn }) => ofSignIn)) reasons.set(name, 'sign-in');
  for (const name of least) reasons.set(name, 'activities');
  return [...reasons]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, reason]) => {
      const permission = findPermission(catalog, name) ?? catalog.permissions.get(`exchange/${name.toLowerCase()}`);
      const id = permission && idOf(permission, kind);
      if (!permission || id === undefined || comesWithSignIn(permission)) return [];
      const served = members
        .filter((member) => kind === 'application' || requiredScopes(relation, member.groups).includes(name))
        .flatMap((member) => member.groups)
        .filter((group) => group.certain && isOfConnection(group) && satisfies(relation, name, group.additions));
      return [{ permission, kind, id, reason, why: reason === 'activities' ? whyOf(served) : [] }];
    });
}
