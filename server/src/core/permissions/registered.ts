/** Tells which permissions the entries of a registration mean, and which of them mean none. */

import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import { isGuid } from '../guid';
import { isPlaceholder } from '../project/from-registration';
import type { RegisteredEntry, RegisteredResource, RegistrationDocument } from '../project/registration-model';
import { hasKind } from './satisfy';

/** An entry of an API that the catalogue holds. */
export interface Registered {
  readonly resource: RegisteredResource;
  readonly entry: RegisteredEntry;
  /** Undefined: no such permission is known. */
  readonly permission: Permission | undefined;
  /** How the entry says it is used; undefined where it does not, or not in a way that is known. */
  readonly kind: PermissionKind | undefined;
  /** No such permission is known, or it is of the other kind only, or the GUID is that of the other kind. */
  readonly fault: 'unknown' | 'kind' | undefined;
}

/** What a GUID stands for. */
export interface Identified {
  readonly permission: Permission;
  readonly kinds: readonly PermissionKind[];
}

const indexes = new WeakMap<Catalog['permissions'], ReadonlyMap<string, Identified>>();

/** Permissions by API and GUID. One GUID can stand for both kinds. */
export function identify({ permissions }: Catalog, resource: Permission['resource'], id: string): Identified | undefined {
  const index = indexes.get(permissions) ?? makeIndex(permissions);
  indexes.set(permissions, index);
  return index.get(`${resource}/${id.toLowerCase()}`);
}

function makeIndex(permissions: Catalog['permissions']): ReadonlyMap<string, Identified> {
  const index = new Map<string, Identified>();
  for (const permission of permissions.values()) {
    for (const kind of ['delegated', 'application'] as const) {
      const id = idOf(permission, kind);
      if (id === undefined) continue;
      const key = `${permission.resource}/${id}`;
      index.set(key, { permission, kinds: [...(index.get(key)?.kinds ?? []), kind] });
    }
  }
  return index;
}

/** The GUID under which a permission is registered. */
export function idOf({ delegatedId, applicationId }: Permission, kind: PermissionKind): string | undefined {
  return kind === 'delegated' ? delegatedId : applicationId;
}

/** Reads the entries of Microsoft Graph and Exchange Online; what a tool fills in is left out. */
export function registeredOf(catalog: Catalog, { resources }: RegistrationDocument): Registered[] {
  return resources.flatMap((resource) => {
    const api = resource.resource;
    if (api !== 'graph' && api !== 'exchange') return [];
    return resource.entries.filter(({ id }) => !isPlaceholder(id.text)).map((entry) => readEntry(catalog, resource, api, entry));
  });
}

function readEntry(catalog: Catalog, resource: RegisteredResource, api: Permission['resource'], entry: RegisteredEntry): Registered {
  const text = entry.id.text.trim();
  const { kind } = entry;
  const found = isGuid(text) ? identify(catalog, api, text) : named(catalog, api, text);
  // Of Exchange the catalogue holds but what an automation can ask for.
  if (!found) return { resource, entry, permission: undefined, kind, fault: api === 'graph' ? 'unknown' : undefined };
  const fits = kind === undefined || found.kinds.includes(kind);
  return { resource, entry, permission: found.permission, kind, fault: fits ? undefined : 'kind' };
}

function named({ permissions }: Catalog, api: Permission['resource'], name: string): Identified | undefined {
  const key = name.toLowerCase();
  const permission = permissions.get(api === 'graph' ? key : `${api}/${key}`);
  return permission && { permission, kinds: (['delegated', 'application'] as const).filter((kind) => hasKind(permission, kind)) };
}

/** Whether a registration has a permission of a kind. */
export function isRegistered(registered: readonly Registered[], permission: Permission, kind: PermissionKind): boolean {
  return registered.some((entry) => entry.permission === permission && entry.kind === kind && entry.fault === undefined);
}
