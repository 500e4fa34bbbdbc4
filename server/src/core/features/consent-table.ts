/** Lays what is declared, registered and granted side by side, as plain rows: what the rules on registration and consent tell one by one. */
import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import type { Analysis } from '../index';
import type { Assessment } from '../permissions/assess';
import type { Consent } from '../permissions/grants';
import { idOf } from '../permissions/registered';
import {
  comesWithSignIn,
  findUnregistered,
  findUnusedEntries,
  goesByNeeds,
  registeredFor,
  registrationFor,
  type Unregistered,
} from '../permissions/registration';
import { hasKind, satisfies } from '../permissions/satisfy';
import type { Declaration } from '../project/model';
import type { RegistrationDocument } from '../project/registration-model';

export type Known = 'yes' | 'no' | 'unknown';
export type Granted = Known | 'one user';
/** What to do: `look`: nobody knows what was granted; `unknown`: nor whether it is asked for. */
export type Next = 'register' | 'register and consent' | 'consent' | 'consent of others' | 'remove' | 'look' | 'unknown' | 'nothing';

export interface ConsentRow {
  readonly scope: string;
  readonly kind: PermissionKind;
  /** Unknown: the list is open. */
  readonly declared: Known;
  readonly registered: Known;
  readonly granted: Granted;
  readonly next: Next;
}

/** The rows of one declaration. */
export interface ConsentTable {
  readonly declaration: Declaration;
  readonly isRegistrationKnown: boolean;
  readonly areGrantsKnown: boolean;
  readonly rows: readonly ConsentRow[];
}

/** Entries of registrations that nothing asks for. */
type Unused = ReturnType<typeof findUnusedEntries>;

/** A table for every declaration whose app is known. */
export function consentTables({ project, assessments, consents, sharedUse }: Analysis, catalog: Catalog): ConsentTable[] {
  const compared = { project, catalog, assessments, ...(sharedUse ? { sharedUse } : {}) };
  const unregistered = findUnregistered(compared);
  const unused = findUnusedEntries(compared);
  const told = new Set<RegistrationDocument>();
  return assessments
    .filter(({ declaration: { signIn, open } }) => signIn.isActive && signIn.app !== undefined && open !== 'connection')
    .map((assessment) => {
      const { declaration } = assessment;
      const document = registrationFor(declaration);
      const consent = consents.get(assessment);
      const rows = rowsOf(catalog, assessment, consent, {
        unregistered: unregistered.filter((found) => found.assessment === assessment),
        unused: unused.filter((entry) => entry.document === document && entry.kind === declaration.kind),
      });
      // What nothing of its kind could ask for stands once, with the first that uses the app.
      const others = document && !told.has(document) ? unused.filter((entry) => entry.document === document) : [];
      const kinds = new Set(assessments.flatMap((one) => (registrationFor(one.declaration) === document ? [one.declaration.kind] : [])));
      if (document) told.add(document);
      return {
        declaration,
        isRegistrationKnown: document !== undefined,
        areGrantsKnown: consent !== undefined,
        rows: [...rows, ...others.flatMap((entry) => rowOfOtherKind(entry, kinds))],
      };
    });
}

function rowOfOtherKind({ permission, kind }: Unused[number], kinds: ReadonlySet<PermissionKind>): ConsentRow[] {
  if (!permission || !kind || kinds.has(kind)) return [];
  return [{ scope: permission.value, kind, declared: 'no', registered: 'yes', granted: 'unknown', next: 'remove' }];
}

interface Findings {
  readonly unregistered: readonly Unregistered[];
  readonly unused: Unused;
}

function rowsOf(catalog: Catalog, assessment: Assessment, consent: Consent | undefined, { unregistered, unused }: Findings): ConsentRow[] {
  const { declaration, known } = assessment;
  const { kind, open } = declaration;
  const registered = registeredFor(catalog, declaration);
  const lacking = new Set(unregistered.map(({ permission }) => permission));
  const superfluous = new Set(unused.map(({ permission }) => permission));
  const declared = new Set(open === undefined ? known.map(({ permission }) => permission) : []);
  const isImplied = ({ value }: Permission) => kind === 'delegated' && catalog.implied.has(value);
  const also = [...(consent?.found.keys() ?? [])].filter((permission) => !isImplied(permission));
  const all = new Set([...declared, ...lacking, ...[...(registered ?? []), ...also].sort(byName)]);
  return [...all]
    .filter((permission) => hasKind(permission, kind) && !comesWithSignIn(permission))
    .map((permission) => {
      const isRegistered = registered?.has(permission)
        ? 'yes'
        : lacking.has(permission) || isAbsent(declaration, permission)
          ? 'no'
          : 'unknown';
      const row = {
        scope: permission.value,
        kind,
        declared: declared.has(permission) ? 'yes' : open === undefined ? 'no' : 'unknown',
        registered: isRegistered,
        granted: grantedOf(consent, permission),
      } as const;
      const isAsked =
        row.declared === 'yes' || lacking.has(permission) || (row.declared === 'unknown' && isNeeded(catalog, assessment, permission));
      return {
        ...row,
        next: superfluous.has(permission) ? 'remove' : isAsked ? nextOf(row) : row.declared === 'no' ? 'nothing' : 'unknown',
      };
    });
}

/** The registration does not have it, and no entry that a tool fills in may be it. */
function isAbsent(declaration: Declaration, permission: Permission): boolean {
  return registrationFor(declaration)?.isOpen === false && idOf(permission, declaration.kind) !== undefined;
}

/** Under an application's own sign-in what is needed counts, where no list does. */
function isNeeded(catalog: Catalog, { declaration, groups }: Assessment, { value }: Permission): boolean {
  const relation = { catalog, kind: declaration.kind };
  return goesByNeeds(declaration) && groups.some(({ certain, alternatives }) => certain && satisfies(relation, value, alternatives));
}

/** What the comparison with the grants found; what it left out is unknown. */
function grantedOf(consent: Consent | undefined, permission: Permission): Granted {
  if (!consent) return 'unknown';
  const found = consent.found.get(permission);
  if (found) return found === 'everyone' ? 'yes' : found;
  if (consent.notGranted.some((scope) => scope.permission === permission)) return 'no';
  // A token is for Microsoft Graph alone.
  return permission.resource === 'graph' && !permission.resourceSpecific ? 'no' : 'unknown';
}

/** What is to be done for a permission that is asked for. */
function nextOf({ registered, granted }: Pick<ConsentRow, 'registered' | 'granted'>): Next {
  if (registered === 'no') return granted === 'no' ? 'register and consent' : 'register';
  if (granted === 'no') return 'consent';
  if (granted === 'one user') return 'consent of others';
  return granted === 'unknown' ? 'look' : 'nothing';
}

function byName(a: Permission, b: Permission): number {
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
