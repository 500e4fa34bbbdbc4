/** Reads the public files that the catalogue is made from into one form; what cannot be read is told, never guessed. */
import type { PermissionKind } from '../types';

/** A permission as a service principal lists it. */
export interface LivePermission {
  readonly value: string;
  readonly id: string;
  readonly isEnabled: boolean;
  /** Delegated only: an administrator has to consent. */
  readonly adminConsent: boolean | undefined;
}

/** Operations that a permission opens: every method on every path, in the given kinds of sign-in. */
export interface PathSet {
  readonly schemes: readonly Scheme[];
  readonly methods: readonly string[];
  /** Path → the schemes for which the permission is marked as the least one, and the permissions of which it needs one beside it. */
  readonly paths: ReadonlyMap<string, { readonly least: readonly Scheme[]; readonly beside: readonly string[] }>;
}

/** A permission as the Kibali file of Microsoft Graph describes it. */
export interface ModelPermission {
  readonly value: string;
  readonly resourceSpecific: boolean;
  readonly schemes: ReadonlyMap<Scheme, { readonly adminConsent: boolean; readonly level: number | undefined }>;
  readonly pathSets: readonly PathSet[];
}

export const schemes = ['DelegatedWork', 'DelegatedPersonal', 'Application'] as const;
export type Scheme = (typeof schemes)[number];

/** A value, or the faults that keep it from being read. */
export type Read<T> =
  | { readonly value: T; readonly faults: readonly [] }
  | { readonly value: undefined; readonly faults: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Reads permissions of one kind from a service principal: what `az ad sp show` prints, or a list of its entries.
 * Names of members may start with a capital letter, as some dumps have them.
 */
export function readLive(data: unknown, kind: PermissionKind): Read<readonly LivePermission[]> {
  const member = kind === 'delegated' ? 'oauth2PermissionScopes' : 'appRoles';
  const entries = Array.isArray(data) ? data : isObject(data) ? data[member] : undefined;
  if (!Array.isArray(entries)) return failed([`The service principal has no list "${member}".`]);
  const faults: string[] = [];
  const found = entries.flatMap((entry, index): LivePermission[] => {
    const read = (name: string) => (isObject(entry) ? (entry[name] ?? entry[name[0]?.toUpperCase() + name.slice(1)]) : undefined);
    const [value, id] = [text(read('value')), text(read('id'))];
    if (value === undefined || id === undefined) {
      faults.push(`Entry ${index} of "${member}" has no value or no id.`);
      return [];
    }
    const type = text(read('type'));
    return [{ value, id, isEnabled: read('isEnabled') !== false, adminConsent: type === undefined ? undefined : type === 'Admin' }];
  });
  return faults.length > 0 ? failed(faults) : { value: found, faults: [] };
}

/** Reads the Kibali file: `{ permissions: { name: { authorizationType, schemes, pathSets } } }`. */
export function readModel(data: unknown): Read<readonly ModelPermission[]> {
  const permissions = isObject(data) ? data.permissions : undefined;
  if (!isObject(permissions)) return failed(['The permissions file has no object "permissions": it is not a Kibali file.']);
  const faults: string[] = [];
  const found = Object.entries(permissions).flatMap(([value, entry]): ModelPermission[] => {
    if (!isObject(entry)) {
      faults.push(`The permission ${value} is not an object.`);
      return [];
    }
    const schemeEntries = Object.entries(isObject(entry.schemes) ? entry.schemes : {});
    const unknown = schemeEntries
      .filter(([name]) => !isScheme(name))
      .map(([name]) => `The permission ${value} has an unknown scheme ${name}.`);
    faults.push(...unknown);
    return [
      {
        value,
        resourceSpecific: entry.authorizationType === 'RSC',
        schemes: new Map(
          schemeEntries.flatMap(([name, scheme]) => (isScheme(name) && isObject(scheme) ? [[name, readScheme(scheme)] as const] : [])),
        ),
        pathSets: listOf(entry.pathSets).flatMap((set) => readPathSet(value, set, faults)),
      },
    ];
  });
  return faults.length > 0 ? failed(faults) : { value: found, faults: [] };
}

function readScheme(scheme: Json) {
  return {
    adminConsent: scheme.requiresAdminConsent === true,
    level: typeof scheme.privilegeLevel === 'number' ? scheme.privilegeLevel : undefined,
  };
}

function readPathSet(permission: string, set: unknown, faults: string[]): PathSet[] {
  if (!isObject(set) || !isObject(set.paths)) {
    faults.push(`A path set of ${permission} has no paths.`);
    return [];
  }
  const keys = listOf(set.schemeKeys).filter((key) => {
    const isKnown = typeof key === 'string' && isScheme(key);
    if (!isKnown) faults.push(`A path set of ${permission} names an unknown scheme ${String(key)}.`);
    return isKnown;
  }) as Scheme[];
  const methods = listOf(set.methods).filter((method): method is string => typeof method === 'string');
  const paths = new Map(
    Object.entries(set.paths).map(([path, flags]) => [path, { least: leastOf(String(flags)), beside: besideOf(String(flags)) }]),
  );
  return [{ schemes: keys, methods, paths }];
}

/** Reads `least=DelegatedWork,Application;AlsoRequires=…`. */
function leastOf(flags: string): Scheme[] {
  const least = /(?:^|;)least=([^;]*)/i.exec(flags)?.[1] ?? '';
  return least
    .split(',')
    .map((name) => name.trim())
    .filter(isScheme);
}

function besideOf(flags: string): string[] {
  const names = /(?:^|;)AlsoRequires=([^;]*)/i.exec(flags)?.[1] ?? '';
  return names.split(',').filter((name) => name !== '');
}

function isScheme(name: string): name is Scheme {
  return (schemes as readonly string[]).includes(name);
}

function failed(faults: readonly string[]): { readonly value: undefined; readonly faults: readonly string[] } {
  return { value: undefined, faults };
}
