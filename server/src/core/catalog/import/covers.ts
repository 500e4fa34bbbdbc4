/** Makes the covers relation anew: reviewed edges whose permissions are still there, and the edges that new names make by their grammar. */
import type { CoverTier, Permission, PermissionKind } from '../types';
import { sortKeys } from './order';

type Edges = Readonly<Record<string, Readonly<Record<string, CoverTier>>>>;

/** The form of `schemas/covers.json`. */
export type CoversData = Readonly<Record<PermissionKind, Edges>>;

export interface CoverSources {
  readonly permissions: readonly Permission[];
  /** The relation so far: its edges were reviewed, and carry the tier that was measured. */
  readonly before: CoversData;
  /** The operations that a permission opens, of one kind. */
  readonly openedBy: (permission: string, kind: PermissionKind) => readonly string[];
}

/** What a wider verb covers, of the same resource and with the same constraint. */
const narrower = new Map([
  ['ReadWrite', ['Read', 'ReadBasic']],
  ['Read', ['ReadBasic']],
]);

/** Makes the relation, sorted by name. `dropped`: edges of permissions that are gone, as `wide > narrow`. */
export function makeCovers({ permissions, before, openedBy }: CoverSources): {
  readonly data: CoversData;
  readonly dropped: readonly string[];
} {
  const dropped: string[] = [];
  const make = (kind: PermissionKind): Edges => {
    const names = new Set(permissions.filter((permission) => isOfKind(permission, kind)).map(({ value }) => value));
    const edges: Record<string, Record<string, CoverTier>> = {};
    const add = (wide: string, narrow: string, tier: CoverTier) => {
      edges[wide] = { ...edges[wide], [narrow]: tier };
    };
    for (const [wide, covered] of Object.entries(before[kind])) {
      for (const [narrow, tier] of Object.entries(covered)) {
        if (names.has(wide) && names.has(narrow)) add(wide, narrow, tier);
        else dropped.push(`${wide} > ${narrow}`);
      }
    }
    for (const wide of names)
      for (const narrow of byGrammar(wide))
        if (names.has(narrow) && edges[wide]?.[narrow] === undefined && !isContradicted(openedBy(wide, kind), openedBy(narrow, kind)))
          add(wide, narrow, 'definition');
    return sortKeys(Object.fromEntries(Object.entries(edges).map(([wide, narrow]) => [wide, sortKeys(narrow)])));
  };
  return { data: { delegated: make('delegated'), application: make('application') }, dropped };
}

function isOfKind({ resource, delegatedId, applicationId }: Permission, kind: PermissionKind): boolean {
  return resource === 'graph' && (kind === 'delegated' ? delegatedId : applicationId) !== undefined;
}

/** `Mail.ReadWrite.Shared` covers `Mail.Read.Shared` and `Mail.ReadBasic.Shared`. */
function byGrammar(name: string): string[] {
  const [resource = '', verb = '', ...constraint] = name.split('.');
  return (narrower.get(verb) ?? []).map((lesser) => [resource, lesser, ...constraint].join('.'));
}

/** The wider one opens operations, but none of the narrower: the names mislead. */
function isContradicted(wide: readonly string[], narrow: readonly string[]): boolean {
  const opened = new Set(wide);
  return wide.length > 0 && narrow.length > 0 && !narrow.some((operation) => opened.has(operation));
}
