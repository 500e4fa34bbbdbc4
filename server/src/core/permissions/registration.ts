/** Compares what an automation asks for with what its apps register: by name and kind, as Entra does. */
import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import type { Declaration, DeclaredScope, Project } from '../project/model';
import type { RegistrationDocument } from '../project/registration-model';
import { registrationsOf } from '../project/registrations';
import { settingOf } from '../project/sign-in';
import type { Assessment, NeededGroup } from './assess';
import { leastSet } from './minimal';
import { idOf, isRegistered, type Registered, registeredOf } from './registered';
import { anySatisfies, isContentGroup, isSelected, satisfies } from './satisfy';

/** What a comparison looks at. */
export interface Compared {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly assessments: readonly Assessment[];
  /** Of a registration: what the other automations that use its app ask for; undefined: nobody looked. */
  readonly sharedUse?: SharedUseOf;
}

export type SharedUseOf = (document: RegistrationDocument) => SharedUse | undefined;

export interface SharedUse {
  readonly others: readonly RegistrationUse[];
  /** False: what stands elsewhere was not read, and may use the app too. */
  readonly areAllKnown: boolean;
}

/** What one automation does with the app of a registration. */
export interface RegistrationUse {
  readonly isUsed: boolean;
  /** True: it does not ask for the permission, for certain. */
  readonly neverAsks: (permission: Permission, kind: PermissionKind) => boolean;
}

/** An entry that nothing asks for. */
export interface UnusedEntry extends Registered {
  readonly document: RegistrationDocument;
  readonly sharedUse: SharedUse;
}

/** A permission that is asked for, or needed, and not registered. */
export interface Unregistered {
  readonly document: RegistrationDocument;
  readonly assessment: Assessment;
  readonly permission: Permission;
  readonly kind: PermissionKind;
  /** Where it is declared; undefined where the need alone says it. */
  readonly declared: DeclaredScope | undefined;
  readonly group: NeededGroup | undefined;
  /** A `Selected` permission is registered, which may open what is needed. */
  readonly maybeSelected: boolean;
  /** The registration has it as the other kind. */
  readonly isOtherKind: boolean;
}

/** They come with every sign-in, and need no entry. */
const ofOpenId = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Whether a permission is one of those that every sign-in brings. */
export function comesWithSignIn({ value }: Permission): boolean {
  return ofOpenId.has(value);
}

/** The list of a registration is there, and was read as a whole. */
function isReadable({ access, fault, limit }: RegistrationDocument): boolean {
  return access !== undefined && fault === undefined && limit === undefined;
}

/** The registration that says what the app of a declaration may be granted; undefined where none is known, or not known to be that of this app. */
export function registrationFor({ signIn }: Declaration): RegistrationDocument | undefined {
  const document = signIn.registration?.document;
  const isOfApp = signIn.isActive && signIn.app === 'own' && signIn.type !== undefined;
  return document && isOfApp && isReadable(document) ? document : undefined;
}

/** What is registered of the kind that a declaration uses, each once; undefined where no registration is known. */
export function registeredFor(catalog: Catalog, declaration: Declaration): ReadonlySet<Permission> | undefined {
  const document = registrationFor(declaration);
  if (!document) return undefined;
  const ofKind = registeredOf(catalog, document).filter(({ kind, fault }) => kind === declaration.kind && fault === undefined);
  return new Set(ofKind.flatMap(({ permission }) => (permission && !comesWithSignIn(permission) ? [permission] : [])));
}

/** Under an application's own sign-in the token holds what is registered and consented, whatever a list says. */
export function goesByNeeds({ kind, open }: Declaration): boolean {
  return kind === 'application' && (open === 'app-only' || open === 'absent' || open === 'empty' || open === 'default');
}

/** What is not registered, in the order of the declarations. */
export function findUnregistered({ project, catalog, assessments }: Compared): Unregistered[] {
  return registrationsOf(project).flatMap((document) => {
    // Where a tool fills an entry in, it may be the one that is looked for.
    if (document.isOpen) return [];
    const registered = registeredOf(catalog, document);
    return assessments
      .filter(({ declaration }) => registrationFor(declaration) === document)
      .flatMap((assessment) =>
        goesByNeeds(assessment.declaration)
          ? unmet(catalog, document, assessment, registered)
          : undeclared(document, assessment, registered),
      );
  });
}

function undeclared(document: RegistrationDocument, assessment: Assessment, registered: readonly Registered[]): Unregistered[] {
  const { declaration, known } = assessment;
  if (declaration.open !== undefined) return [];
  const { kind } = declaration;
  return known
    .filter(({ permission }) => idOf(permission, kind) !== undefined && !comesWithSignIn(permission))
    .filter(({ permission }) => !isRegistered(registered, permission, kind))
    .map(({ permission, declared }) => ({
      ...{ document, assessment, permission, kind, declared, group: undefined, maybeSelected: false },
      isOtherKind: isRegistered(registered, permission, otherKind(kind)),
    }));
}

/** The needs that no registered permission satisfies, with the least set that would. */
function unmet(
  catalog: Catalog,
  document: RegistrationDocument,
  assessment: Assessment,
  registered: readonly Registered[],
): Unregistered[] {
  const { kind } = assessment.declaration;
  const relation = { catalog, kind };
  const names = registered.flatMap(({ permission, fault, kind: own }) => (permission && !fault && own === kind ? [permission.value] : []));
  const groups = assessment.groups.filter(
    ({ certain, by, alternatives }) => certain && by === undefined && !anySatisfies(relation, names, alternatives),
  );
  const lists = groups.map(({ additions }) => additions);
  return (leastSet(relation, lists, lists.flat()) ?? []).flatMap((name) => {
    const permission = catalog.permissions.get(name.toLowerCase());
    const group = groups.find(({ additions }) => satisfies(relation, name, additions));
    if (!permission || !group || idOf(permission, kind) === undefined) return [];
    const maybeSelected = isContentGroup(group.alternatives) && names.some(isSelected);
    const isOtherKind = isRegistered(registered, permission, otherKind(kind));
    return [{ document, assessment, permission, kind, declared: undefined, group, maybeSelected, isOtherKind }];
  });
}

function otherKind(kind: PermissionKind): PermissionKind {
  return kind === 'delegated' ? 'application' : 'delegated';
}

/** Entries that nothing asks for: no automation that shares the registration, either. Where anything is not known that may ask for one, there are none. */
export function findUnusedEntries(compared: Compared): UnusedEntry[] {
  const { project, catalog } = compared;
  return registrationsOf(project).flatMap((document) => {
    const sharedUse = compared.sharedUse?.(document) ?? { others: [], areAllKnown: true };
    if (!isReadable(document) || document.sharing === 'borrowed' || (document.sharing === 'lent' && !compared.sharedUse)) return [];
    const uses = [useOf(compared, document), ...sharedUse.others];
    if (!uses.some(({ isUsed }) => isUsed)) return [];
    return registeredOf(catalog, document)
      .filter(({ permission, kind, fault }) => {
        if (!permission || kind === undefined || fault || comesWithSignIn(permission) || permission.value === 'User.Read') return false;
        return uses.every(({ neverAsks }) => neverAsks(permission, kind));
      })
      .map((registered) => ({ ...registered, document, sharedUse }));
  });
}

/** What an automation does with the app of a registration, its own or one that another automation has. */
export function useOf({ project, catalog, assessments }: Compared, document: RegistrationDocument): RegistrationUse {
  const isOf = ({ declaration: { signIn } }: Assessment) => {
    const { registration, app } = signIn;
    const isSame = document.appId !== undefined && registration?.clientId?.toLowerCase() === document.appId;
    return registration !== undefined && app !== 'uipath' && (registration.document?.path === document.path || isSame);
  };
  const users = assessments.filter(isOf);
  const isOpen =
    project.undeclared.length > 0 || hasUnknownConnection(project) || assessments.some((assessment) => mayUse(assessment, document));
  return {
    isUsed: users.length > 0,
    neverAsks: (permission, kind) => !isOpen && users.every((user) => asksFor(catalog, user, permission, kind) === false),
  };
}

/** A connector activity that cannot be read names a connection that no manifest declares. */
function hasUnknownConnection({ unknownUses, manifests }: Project): boolean {
  const declared = new Set(manifests.flatMap(({ connections }) => connections.flatMap(({ key, ids }) => [key.toLowerCase(), ...ids])));
  return unknownUses.some(({ connection, connector }) => connector === undefined && !declared.has(connection.text.toLowerCase()));
}

/** Whose app a declaration uses is not known: it may be this one. */
function mayUse({ declaration: { signIn, element, open } }: Assessment, { appId }: RegistrationDocument): boolean {
  if (signIn.registration || signIn.app === 'uipath' || open === 'connection') return false;
  if (!element) return signIn.type !== 'oauth-authorization-code';
  const id = settingOf(element, 'ApplicationId');
  return !(id.kind === 'literal' && appId !== undefined && id.text.trim().toLowerCase() !== appId);
}

/** Whether a declaration asks for a permission; undefined: nobody knows. */
function asksFor(catalog: Catalog, assessment: Assessment, permission: Permission, kind: PermissionKind): boolean | undefined {
  const { declaration, known, groups, missingScopes } = assessment;
  const { signIn, open, entry, hasOpenUse } = declaration;
  if (open === 'connection') return false;
  const isKindKnown = signIn.isActive && signIn.type !== undefined;
  // What is missing from the list is about to be declared.
  const isDeclared = known.some((scope) => scope.permission === permission) || missingScopes.includes(permission.value);
  if (!isKindKnown) return entry && open === undefined ? isDeclared : undefined;
  if (kind !== declaration.kind) return false;
  if (open === undefined) return isDeclared;
  if (!goesByNeeds(declaration) || hasOpenUse) return undefined;
  return groups.some(({ alternatives }) => satisfies({ catalog, kind }, permission.value, alternatives));
}
