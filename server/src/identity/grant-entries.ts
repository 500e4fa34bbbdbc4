/** Tells the entries of an export apart: oauth2PermissionGrants, appRoleAssignments, and whose permissions they are. */
import type { Grant } from '../core/permissions/grants';

/** The members of an object by lower-case name: Graph, az and PowerShell differ in letter case and underscores. */
export type Fields = ReadonlyMap<string, unknown>;

export interface Entries {
  readonly grants: readonly Grant[];
  /** Kinds that an entry was of, also one of another resource. */
  readonly kinds: readonly Grant['kind'][];
  readonly holders: readonly string[];
  /** Several resources, and no telling which is which. */
  readonly hasUnnamedResources: boolean;
}

/** App id of Microsoft Graph, which is the same in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

/** Display names of the service principals, which Microsoft does not translate. */
const resources: ReadonlyMap<string, 'graph' | 'exchange'> = new Map([
  ['microsoft graph', 'graph'],
  ['office 365 exchange online', 'exchange'],
]);

/** The members of an object; undefined for anything else. */
export function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase().replaceAll('_', ''), member]));
}

/** Whether an object is an oauth2PermissionGrant or an appRoleAssignment. A token response has a scope as well, but none of the ids. */
export function looksLikeGrant(fields: Fields): boolean {
  return isRole(fields) || isDelegated(fields);
}

/** Splits a text at white space, and at commas where somebody wrote it by hand, or takes a list of texts; undefined for anything else. */
export function wordsOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.split(/[\s,;]+/).filter((word) => word !== '');
  if (!Array.isArray(value) || !value.every((word) => typeof word === 'string')) return undefined;
  return value.flatMap((word: string) => wordsOf(word) ?? []);
}

/** Reads entries; undefined when one is none. */
export function readEntries(list: readonly unknown[]): Entries | undefined {
  const entries = list.map(fieldsOf);
  if (!entries.every((fields) => fields !== undefined && looksLikeGrant(fields))) return undefined;
  const all = entries as readonly Fields[];
  const graphIds = new Set(all.filter((fields) => resourceNamed(fields) === 'graph').map((fields) => textOf(fields, 'resourceid')));
  const own = all.filter((fields) => !isOfUser(fields));
  const read = own.map((fields) => ({
    grant: isRole(fields) ? toRole(fields) : toDelegated(fields),
    resource: resourceOf(fields, graphIds),
  }));
  const unnamed = own.filter((fields) => resourceOf(fields, graphIds) === undefined).map((fields) => textOf(fields, 'resourceid'));
  return {
    grants: read.flatMap(({ grant, resource }) => (resource === 'other' ? [] : [{ ...grant, resource }])),
    kinds: [...new Set(read.map(({ grant }) => grant.kind))],
    holders: [...new Set(own.flatMap((fields) => textOf(fields, isRole(fields) ? 'principalid' : 'clientid') ?? []))],
    hasUnnamedResources: new Set(unnamed).size > 1,
  };
}

type Unplaced = Omit<Grant, 'resource'>;

function isRole(fields: Fields): boolean {
  return typeof fields.get('approleid') === 'string';
}

function isDelegated(fields: Fields): boolean {
  const scope = fields.get('scope');
  const hasIds = ['consenttype', 'clientid', 'resourceid', 'principalid'].some((name) => typeof fields.get(name) === 'string');
  return hasIds && (typeof scope === 'string' || ((scope === undefined || scope === null) && fields.has('consenttype')));
}

/** A role that a user or a group has in the app is no permission of the app. */
function isOfUser(fields: Fields): boolean {
  const type = textOf(fields, 'principaltype');
  return isRole(fields) && type !== undefined && type !== 'serviceprincipal';
}

function toRole(fields: Fields): Unplaced {
  return { kind: 'application', names: [], roleIds: [textOf(fields, 'approleid') ?? ''], isForOneUser: false };
}

/** Where it is not said for whom, it is for everyone unless a user is named. */
function toDelegated(fields: Fields): Unplaced {
  const type = textOf(fields, 'consenttype');
  const isForOneUser = type === undefined ? textOf(fields, 'principalid') !== undefined : type === 'principal';
  return { kind: 'delegated', names: wordsOf(fields.get('scope')) ?? [], roleIds: [], isForOneUser };
}

/** By its name, or by the id that a named one has as well; undefined where neither tells. */
function resourceOf(fields: Fields, graphIds: ReadonlySet<string | undefined>): Grant['resource'] | 'other' {
  const named = resourceNamed(fields);
  if (named) return named;
  const id = textOf(fields, 'resourceid');
  if (id === undefined) return undefined;
  if (id === graphAppId || graphIds.has(id)) return 'graph';
  return graphIds.size > 0 ? 'other' : undefined;
}

function resourceNamed(fields: Fields): 'graph' | 'exchange' | 'other' | undefined {
  const name = textOf(fields, 'resourcedisplayname') ?? textOf(fields, 'resourcename');
  return name === undefined ? undefined : (resources.get(name) ?? 'other');
}

/** A text in lower case; undefined where there is none, or an empty one. */
function textOf(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().toLowerCase() : undefined;
}
