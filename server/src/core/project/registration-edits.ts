/** Adds and removes permissions of a registration in the file's own form: GUIDs or names, and its layout. */
import type { Permission, PermissionKind } from '../catalog/types';
import { isGuid } from '../guid';
import { insertIn, removeFromArray } from '../json/edit';
import { setIn } from '../json/modify';
import { idOf } from '../permissions/registered';
import type { TextEdit } from '../text';
import type { RegisteredEntry, RegisteredResource, RegistrationDocument } from './registration-model';

const list = 'requiredResourceAccess';
/** An index past the end of a list adds to it. */
const atEnd = Number.MAX_SAFE_INTEGER;

/** The APIs by id, and by the name that tools know them under. */
export const apis: Readonly<Record<Permission['resource'], { readonly id: string; readonly name: string }>> = {
  graph: { id: '00000003-0000-0000-c000-000000000000', name: 'Microsoft Graph' },
  exchange: { id: '00000002-0000-0ff1-ce00-000000000000', name: 'Office 365 Exchange Online' },
};

/** What a manifest of Entra calls the kinds of permission. */
export const entryTypes: Readonly<Record<PermissionKind, 'Scope' | 'Role'>> = { delegated: 'Scope', application: 'Role' };

/** Adds a permission, and its API where that is not there yet; none where the permission has no GUID of that kind. */
export function addEntry(document: RegistrationDocument, permission: Permission, kind: PermissionKind): TextEdit[] {
  const guid = idOf(permission, kind);
  if (guid === undefined || document.fault || !document.access) return [];
  const { text, resources, access } = document;
  const resource = resources.find((other) => other.resource === permission.resource && other.list !== undefined);
  const byName = usesNames(resource ? [resource] : resources);
  const entry = { id: byName ? permission.value : guid, type: entryTypes[kind] };
  const last = resource?.entries.at(-1);
  const alike = last && textLike(text, last, entry);
  if (resource?.list && last && alike !== undefined && last.index === resource.list.items.length - 1)
    return insertIn(text, resource.list, resource.list.items, [alike]);
  if (resource) return setIn(document, [list, resource.index, 'resourceAccess', atEnd], entry);
  const api = apis[permission.resource];
  return setIn(document, [list, access.items.length], { resourceAppId: byName ? api.name : api.id, resourceAccess: [entry] });
}

/** GUIDs are always right: names only where there is nothing else. */
function usesNames(resources: readonly RegisteredResource[]): boolean {
  const ids = resources.flatMap(({ entries }) => entries.map(({ id }) => id.text.trim()));
  if (ids.length > 0) return !ids.some(isGuid);
  return resources.length > 0 && resources.every(({ id }) => id !== undefined && !isGuid(id.text.trim()));
}

/** The text of an entry with other values: what it has beside them, such as a comment, belongs to it alone. */
function textLike(text: string, entry: RegisteredEntry, { id, type }: { readonly id: string; readonly type: string }): string | undefined {
  const own = text.slice(entry.start, entry.end);
  if (!entry.type || !/^\{\s*"(id|type)"\s*:\s*"[^"\\]*"\s*,\s*"(id|type)"\s*:\s*"[^"\\]*"\s*,?\s*\}$/.test(own)) return undefined;
  const values = [
    { ...entry.id, text: id },
    { ...entry.type, text: type },
  ].sort((a, b) => b.start - a.start);
  return values.reduce((made, value) => made.slice(0, value.start - entry.start) + value.text + made.slice(value.end - entry.start), own);
}

/** Removes an entry, and its API with it where it was the last one. */
export function removeEntry({ text, access }: RegistrationDocument, resource: RegisteredResource, entry: RegisteredEntry): TextEdit[] {
  if (!resource.list || !access) return [];
  if (resource.list.items.length > 1) return removeFromArray(text, resource.list, entry, resource.list.items[entry.index - 1]);
  return removeFromArray(text, access, resource, access.items[resource.index - 1]);
}
