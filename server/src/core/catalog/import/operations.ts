/** Makes the compact table of Graph operations: which permissions open each, the least first. */
import { compareRanks, rankOf } from '../../permissions/rank';
import { normalPath } from '../path';
import type { Catalog, Group, PermissionKind } from '../types';
import type { Corrections } from './corrections';
import { compareText, sortKeys } from './order';
import { type ModelPermission, type Scheme, schemes } from './sources';
import { groupsOfWays } from './together';

/** The form of `schemas/operations.json`: names and rows are stored once, paths point to them. */
export interface OperationsData {
  readonly names: readonly string[];
  /** For each kind of sign-in (delegated work, delegated personal, application) the indexes of names, least first; then how many of them are equally least. */
  readonly rows: readonly (readonly [
    work: readonly number[],
    personal: readonly number[],
    application: readonly number[],
    least: readonly [number, number, number],
  ])[];
  /** Normalised path → method → index of a row. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Index of a row some of whose names open it only together → for each kind, the groups of which one of each is needed; none: each name does alone. */
  readonly together?: Readonly<Record<number, readonly IndexGroups[]>>;
}

export type IndexGroups = readonly (readonly number[])[];

interface Entry {
  readonly name: string;
  readonly isLeast: boolean;
  /** On how many methods of the path its set speaks: the fewer, the more exact. */
  readonly methods: number;
  /** The permissions of which it needs one beside it; none: it opens the operation alone. */
  readonly beside: readonly string[];
}

type Row = Record<Scheme, Entry[]>;

/** What the table is made with: `catalog` holds the permissions that were just made. */
export interface OperationSources {
  readonly model: readonly ModelPermission[];
  readonly corrections: Corrections;
  readonly catalog: Pick<Catalog, 'permissions' | 'covers'>;
}

/** Makes the table. Every name has to be a permission of its kind, or to stand in the corrections: faults tell the others. */
export function makeOperations(sources: OperationSources): { readonly data: OperationsData; readonly faults: readonly string[] } {
  const faults = new Set<string>();
  const rows = collect(sources, faults);
  for (const { operation, like } of sources.corrections.operations.aliases) {
    const row = rows.get(like);
    if (row) rows.set(operation, row);
    else faults.add(`The alias ${operation} is like ${like}, which the table does not have.`);
  }
  for (const { path, like } of sources.corrections.operations.prefixes) addPrefix(rows, path, like, faults);
  return { data: compress(rows, sources), faults: [...faults].sort() };
}

function addPrefix(rows: Map<string, Row>, path: string, like: string, faults: Set<string>): void {
  const found = [...rows].filter(([key]) => key.includes(` ${like}/`) || key.endsWith(` ${like}`));
  if (found.length === 0) faults.add(`The prefix ${path} is like ${like}, which the table does not have.`);
  for (const [key, row] of found) {
    const alias = key.replace(` ${like}`, ` ${path}`);
    if (!rows.has(alias)) rows.set(alias, row);
  }
}

function collect({ model, corrections, catalog }: OperationSources, faults: Set<string>): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { value, resourceSpecific, pathSets } of model) {
    for (const { schemes: given, methods, paths } of pathSets) {
      for (const [path, { least, beside: others }] of paths) {
        const { path: normal, isMe } = normalPath(path);
        for (const scheme of given) {
          // The signed-in user is nobody under application sign-in.
          if (scheme === 'Application' && isMe) continue;
          const name = placed(value, resourceSpecific, scheme, { corrections, catalog }, faults);
          const beside = others.flatMap((other) => placed(other, false, scheme, { corrections, catalog }, faults) ?? []);
          if (name === undefined || (others.length > 0 && beside.length === 0)) continue;
          for (const method of methods) {
            const key = `${method.toUpperCase()} ${normal}`;
            add(rows, key, scheme, { name, isLeast: least.includes(scheme), methods: methods.length, beside });
          }
        }
      }
    }
  }
  correct(rows, corrections.operations, faults);
  return rows;
}

/** Takes permissions away, takes the mark of the least from them, and adds others. */
function correct(rows: Map<string, Row>, { remove, notLeast, add: added }: Corrections['operations'], faults: Set<string>): void {
  const change = (operation: string, mend: (row: Row, scheme: Scheme) => Entry[]) => {
    for (const row of rowsOf(rows, operation, faults)) for (const scheme of schemes) row[scheme] = mend(row, scheme);
  };
  for (const { operation, permissions } of remove)
    change(operation, (row, scheme) => row[scheme].filter(({ name }) => !permissions.includes(name)));
  for (const { operation, permissions } of notLeast)
    change(operation, (row, scheme) =>
      row[scheme].map((entry) => (permissions.includes(entry.name) ? { ...entry, isLeast: false } : entry)),
    );
  for (const { operation, delegated } of added)
    change(operation, (row, scheme) => (scheme === 'DelegatedWork' ? [...row[scheme], ...delegated.map(leastEntry)] : row[scheme]));
}

/** The reference names the least first; that the name is the lesser decides the rest. */
function leastEntry(name: string, index: number): Entry {
  return { name, isLeast: index === 0, methods: 0, beside: [] };
}

/** The permission a name stands for; undefined where it is none of its kind, which the corrections must say. */
function placed(
  value: string,
  resourceSpecific: boolean,
  scheme: Scheme,
  { corrections, catalog }: Pick<OperationSources, 'corrections' | 'catalog'>,
  faults: Set<string>,
): string | undefined {
  const kind: PermissionKind = scheme === 'Application' ? 'application' : 'delegated';
  const { renameApplication, notApplication, notDelegated } = corrections.operations;
  const renamed = kind === 'application' ? renameApplication[value]?.to : undefined;
  if (renamed !== undefined) return renamed;
  if (Object.hasOwn(kind === 'application' ? notApplication : notDelegated, value)) return undefined;
  const permission = catalog.permissions.get(value.toLowerCase());
  const id = kind === 'application' ? permission?.applicationId : permission?.delegatedId;
  if (id !== undefined || resourceSpecific) return value;
  faults.add(`${value} opens operations as ${kind} permission, but is none: name it in the corrections.`);
  return undefined;
}

function add(rows: Map<string, Row>, key: string, scheme: Scheme, entry: Entry): void {
  const row = rows.get(key) ?? { DelegatedWork: [], DelegatedPersonal: [], Application: [] };
  const before = row[scheme].findIndex(({ name }) => name === entry.name);
  const known = row[scheme][before];
  if (!known) row[scheme].push(entry);
  else {
    const isBetter = entry.isLeast && (!known.isLeast || entry.methods < known.methods);
    row[scheme][before] = { ...(isBetter ? entry : known), beside: joined(known.beside, entry.beside) };
  }
  rows.set(key, row);
}

/** Of two statements on one permission, that it opens the operation alone goes before that it needs another one. */
function joined(beside: readonly string[], others: readonly string[]): readonly string[] {
  return beside.length === 0 || others.length === 0 ? [] : [...new Set([...beside, ...others])];
}

function rowsOf(rows: ReadonlyMap<string, Row>, operation: string, faults: Set<string>): Row[] {
  const ending = operation.startsWith('…') ? operation.slice(1) : undefined;
  const found = [...rows].filter(([key]) => (ending === undefined ? key === operation : key.endsWith(ending)));
  if (found.length === 0) faults.add(`The correction of ${operation} meets no operation.`);
  return found.map(([, row]) => row);
}

function compress(rows: ReadonlyMap<string, Row>, sources: OperationSources): OperationsData {
  const entries = [...rows.values()].flatMap((row) => schemes.flatMap((scheme) => row[scheme]));
  const names = [...new Set(entries.flatMap(({ name, beside }) => [name, ...beside]))].sort(compareText);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const toIndexes = (found: readonly string[]) => found.map((name) => indexOf.get(name) ?? -1);
  const unique = new Map<string, number>();
  const paths: Record<string, Record<string, number>> = {};
  for (const key of [...rows.keys()].sort(compareText)) {
    const row = rows.get(key);
    const [method = '', path = ''] = key.split(' ');
    if (!row) continue;
    const kinds = schemes.map((scheme) => ordered(row[scheme], scheme, method, sources));
    const together = kinds.map((kind) => kind.together.map(toIndexes));
    const text = JSON.stringify([
      [...kinds.map((kind) => toIndexes(kind.names)), kinds.map(({ least }) => least)],
      ...(together.some((groups) => groups.length > 0) ? [together] : []),
    ]);
    const index = unique.get(text) ?? unique.size;
    unique.set(text, index);
    const methods = paths[path] ?? {};
    methods[method] = index;
    paths[path] = methods;
  }
  const made = [...unique.keys()].map((text) => JSON.parse(text) as [OperationsData['rows'][number], IndexGroups[]?]);
  return {
    names,
    rows: made.map(([row]) => row),
    paths: sortKeys(paths),
    together: Object.fromEntries(made.flatMap(([, groups], index) => (groups ? [[index, groups]] : []))),
  };
}

interface Ordered {
  readonly names: readonly string[];
  /** How many of them are equally least. */
  readonly least: number;
  /** Of which groups one of each is needed; none: each name does alone. */
  readonly together: readonly Group[];
}

/**
 * Orders a row: what is marked as least for the fewest methods first, ties by reach, verb and privilege level, then by name; then the others alike.
 * Of several sets that mark a path, the one that speaks of the fewest methods is the most exact: Kibali resolves it in the same way.
 */
function ordered(entries: readonly Entry[], scheme: Scheme, method: string, { catalog }: OperationSources): Ordered {
  const kind: PermissionKind = scheme === 'Application' ? 'application' : 'delegated';
  const relation = { catalog: catalog as Catalog, kind };
  const fewest = Math.min(...entries.filter(({ isLeast }) => isLeast).map(({ methods }) => methods));
  const isLeast = (entry: Entry) => entry.isLeast && entry.methods === fewest;
  const compareNames = (a: string, b: string) =>
    Number(isNarrow(catalog, a)) - Number(isNarrow(catalog, b)) ||
    compareRanks(rankOf(relation, a, 0), rankOf(relation, b, 0)) ||
    compareText(a, b);
  const compare = (a: Entry, b: Entry) => compareNames(a.name, b.name);
  const least = entries.filter(isLeast).sort(compare);
  const others = entries.filter((entry) => !isLeast(entry)).sort(compare);
  const all = [...least, ...others];
  const partners = new Set(all.flatMap(({ beside }) => beside));
  // The file also lists what others need beside them, without saying what that needs in turn: alone it lets nobody write.
  const ways = all
    .filter(({ name, beside }) => method === 'GET' || beside.length > 0 || !partners.has(name))
    .map(({ name, beside }) => ({ name, beside: [...beside].sort(compareNames) }));
  return {
    names: all.map(({ name }) => name),
    least: least.length,
    together: all.some(({ beside }) => beside.length > 0) ? groupsOfWays(ways) : [],
  };
}

/** Permissions that reach only what the app made itself, or what it was put into: they open the operation for some, and are proposed last. */
function isNarrow({ permissions }: Pick<Catalog, 'permissions'>, name: string): boolean {
  return (
    /\.(?:AppFolder|Selected|OwnedBy|CreatedBy|WhereInstalled|IdentityParentedBy|CrossCloud)$/.test(name) ||
    permissions.get(name.toLowerCase())?.resourceSpecific === true
  );
}
