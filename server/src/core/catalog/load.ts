/** Builds the catalogue from its data files, already read and parsed: the only place that knows their form. */
import type { CodedData } from './coded';
import type { Notices } from './notices';
import type { OperationTable } from './operations';
import type {
  Activity,
  ActivityKind,
  Catalog,
  Condition,
  ConditionalRequirement,
  Confidence,
  Connector,
  CoverTier,
  Group,
  Permission,
  PermissionKind,
  PublicApp,
} from './types';

/** The data files of `schemas/`, parsed; each has a JSON Schema of its own that the tests hold it to. */
export interface CatalogData {
  readonly permissions: { readonly date: string; readonly permissions: readonly Permission[] };
  readonly covers: Readonly<Record<PermissionKind, Readonly<Record<string, Readonly<Record<string, CoverTier>>>>>>;
  readonly activities: { readonly sources: Readonly<Record<string, string>>; readonly activities: readonly ActivityData[] };
  /** Read on first use: it is the largest file by far. */
  readonly operations: () => OperationTable;
  readonly notices: () => Notices;
  readonly coded: () => CodedData;
  readonly signIn: {
    readonly implied: readonly string[];
    readonly services: Readonly<Record<string, readonly string[]>>;
    readonly connectors: readonly Connector[];
    readonly publicApp: PublicApp;
  };
}

/** An activity as it stands in `schemas/activities.json`: what is absent there has a default here. */
export interface ActivityData {
  readonly id: string;
  readonly displayName: string;
  readonly category: string;
  readonly kind: ActivityKind;
  readonly connector?: string;
  readonly operations?: readonly (readonly string[])[];
  readonly delegated?: readonly Group[];
  readonly application?: readonly Group[];
  readonly appOnlyRequires?: string;
  readonly persistence?: boolean;
  readonly applicationSupported?: false;
  readonly dynamic?: { readonly method: string; readonly url: string };
  readonly conditional?: readonly ConditionalRequirement[];
  readonly recommended?: Group;
  readonly neverReducible?: true;
  readonly provenance: {
    readonly confidence: Confidence;
    readonly applicationConfidence: Confidence;
    readonly sources: readonly string[];
    readonly differs?: string;
  };
}

/** Builds the look-up tables. The data is trusted to match its schemas. */
export function loadCatalog(data: CatalogData): Catalog {
  return {
    date: data.permissions.date,
    permissions: permissionMap(data.permissions.permissions),
    operations: data.operations,
    notices: data.notices,
    coded: data.coded,
    covers: { delegated: coverMap(data.covers.delegated), application: coverMap(data.covers.application) },
    activities: new Map(data.activities.activities.map((entry) => [entry.id, toActivity(entry, data.activities.sources)])),
    connectors: new Map(data.signIn.connectors.map((connector) => [connector.key, connector])),
    publicApp: data.signIn.publicApp,
    services: new Map(Object.entries(data.signIn.services)),
    implied: new Set(data.signIn.implied),
  };
}

/** Permissions by the key that look-ups use. */
export function permissionMap(permissions: readonly Permission[]): Map<string, Permission> {
  return new Map(permissions.map((permission) => [permissionKey(permission), permission]));
}

/** Exchange's own permissions share names with Graph's: they are kept apart by a prefix. */
function permissionKey(permission: Permission): string {
  const name = permission.value.toLowerCase();
  return permission.resource === 'graph' ? name : `${permission.resource}/${name}`;
}

function coverMap(data: Readonly<Record<string, Readonly<Record<string, CoverTier>>>>) {
  return new Map(Object.entries(data).map(([wide, narrow]) => [wide, new Map(Object.entries(narrow))]));
}

function toActivity(entry: ActivityData, sources: Readonly<Record<string, string>>): Activity {
  const { provenance, ...rest } = entry;
  return {
    operations: [],
    delegated: [],
    application: [],
    conditional: [],
    ...rest,
    confidence: provenance.confidence,
    applicationConfidence: provenance.applicationConfidence,
    sources: provenance.sources.map((tag) => sources[tag] ?? tag),
  };
}

/** Describes a condition as an author would say it, by the property that meets it. */
export function describeCondition(condition: Condition, property: string): string {
  const [name = ''] = /[^.]*$/.exec(property.replace(/:.*/, '')) ?? [];
  return `${name} ${stateOf(condition)}`;
}

/** What a property or an argument is when it meets a condition. */
export function stateOf({ equals, contains }: Pick<Condition, 'equals' | 'contains'>): string {
  if (equals !== undefined) return `is ${equals ? 'True' : 'False'}`;
  return contains === undefined ? 'is set' : `points to ${contains.join(' or ')}`;
}
