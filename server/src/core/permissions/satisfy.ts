/** Which scope satisfies which requirement: the name itself, or one that covers it. */
import type { Catalog, CoverTier, Permission, PermissionKind } from '../catalog/types';

/** Which relation is asked about: delegated and application permissions are never mixed. */
export interface Relation {
  readonly catalog: Catalog;
  readonly kind: PermissionKind;
}

/** How sure the catalogue is that `wide` makes `narrow` superfluous; undefined: it does not. Canonical names. */
export function coverTier({ catalog, kind }: Relation, wide: string, narrow: string): CoverTier | undefined {
  return catalog.covers[kind].get(wide)?.get(narrow);
}

/** True when a scope is one of the alternatives or covers one, whatever the tier: satisfy generously. */
export function satisfies(relation: Relation, scope: string, alternatives: readonly string[]): boolean {
  return alternatives.some((alternative) => alternative === scope || coverTier(relation, scope, alternative) !== undefined);
}

/** True when one of the scopes satisfies the alternatives. */
export function anySatisfies(relation: Relation, scopes: readonly string[], alternatives: readonly string[]): boolean {
  return scopes.some((scope) => satisfies(relation, scope, alternatives));
}

/** Permissions that only count on the sites, lists or files they were granted on. */
export function isSelected(scope: string): boolean {
  return scope === 'Sites.Selected' || /\.SelectedOperations\.Selected$/.test(scope);
}

/** True when a group asks for the content of sites, lists or files, which a `Selected` permission may open. */
export function isContentGroup(alternatives: readonly string[]): boolean {
  return alternatives.some((alternative) => /^(Sites|Files|Lists|ListItems)\./.test(alternative));
}

/** Resource prefixes that stand for Microsoft Graph or Exchange Online in front of a scope. */
const prefixes: readonly [RegExp, string][] = [
  [/^https:\/\/(graph\.microsoft\.com|graph\.microsoft\.us|dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn)\/+/i, ''],
  [/^00000003-0000-0000-c000-000000000000\//i, ''],
  [/^https:\/\/(outlook\.office365\.com|outlook\.office\.com)\/+/i, 'exchange/'],
];

/** Takes the resource prefix off a declared value. `isKnown`: it is none, or one of Microsoft Graph or Exchange Online. */
export function splitPrefix(text: string): { readonly prefix: string; readonly name: string; readonly isKnown: boolean } {
  for (const [pattern] of prefixes) {
    const prefix = pattern.exec(text)?.[0];
    if (prefix !== undefined) return { prefix, name: text.slice(prefix.length), isKnown: true };
  }
  const end = text.lastIndexOf('/') + 1;
  return { prefix: text.slice(0, end), name: text.slice(end), isKnown: end === 0 };
}

/**
 * Finds the permission that a declared value names, whatever its letter case and resource prefix.
 * @returns undefined where the catalogue knows none.
 */
export function findPermission(catalog: Catalog, text: string): Permission | undefined {
  for (const [prefix, resource] of prefixes) {
    if (prefix.test(text)) return catalog.permissions.get(resource + text.replace(prefix, '').toLowerCase());
  }
  return catalog.permissions.get(text.toLowerCase());
}

/** True when the permission can be used in this way at all, as far as the catalogue knows. */
export function hasKind(permission: Permission, kind: PermissionKind): boolean {
  const id = kind === 'delegated' ? permission.delegatedId : permission.applicationId;
  const isModelOnly = permission.delegatedId === undefined && permission.applicationId === undefined;
  return id !== undefined || isModelOnly;
}

/** A scope's name without resource prefix, in lower case: for comparing what authors wrote. */
export function findPermissionName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1).toLowerCase();
}
