/** Reads an Entra app manifest, in the form of Microsoft Graph and in the older one of the portal, with names or GUIDs. */
import type { PermissionKind } from '../catalog/types';
import { booleanOf, itemsOf, type JsonNode, type JsonProperty, parseJson, propertyOf, spanOf, stringOf } from '../json/parse';
import { lineStarts } from '../text';
import { stringsOf, textOf } from './from-manifest-apps';
import { secretsOfRegistration } from './json-secrets';
import type { RegisteredEntry, RegisteredList, RegisteredResource, RegistrationDocument } from './registration-model';
import type { ManifestApp, RedirectUris } from './sign-in-model';

/** APIs whose permissions the catalogue holds, by id and by the name that tools know them under. */
const resources: ReadonlyMap<string, 'graph' | 'exchange'> = new Map([
  ['00000003-0000-0000-c000-000000000000', 'graph'],
  ['microsoft graph', 'graph'],
  ['00000002-0000-0ff1-ce00-000000000000', 'exchange'],
  ['office 365 exchange online', 'exchange'],
]);

const kinds: ReadonlyMap<string, PermissionKind> = new Map([
  ['scope', 'delegated'],
  ['role', 'application'],
]);

const audiences: ReadonlyMap<string, ManifestApp['audience']> = new Map([
  ['azureadmyorg', 'single-tenant'],
  ['azureadmultipleorgs', 'multi-tenant'],
  ['azureadandpersonalmicrosoftaccount', 'multi-tenant-and-personal'],
  ['personalmicrosoftaccount', 'personal'],
]);

/** Reads a registration. A file that is not well formed is read as far as it goes. */
export function fromRegistration(path: string, text: string): RegistrationDocument {
  const { root, fault, limit } = parseJson(text, 'registration');
  const access = propertyOf(root, 'requiredResourceAccess')?.value;
  const read = itemsOf(access).map(readResource);
  const name = [stringOf(root, 'displayName'), stringOf(root, 'name')].find((label) => label !== undefined && !isPlaceholder(label));
  return {
    kind: 'registration',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    root,
    label: name ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    appId: literal(stringOf(root, 'appId'))?.toLowerCase(),
    audience: audiences.get(stringOf(root, 'signInAudience')?.toLowerCase() ?? ''),
    redirectUris: readRedirectUris(root),
    // Where it is null, Entra goes by the redirect URIs: only what is said outright is known.
    publicClientFlows: booleanOf(root, 'isFallbackPublicClient') ?? booleanOf(root, 'allowPublicClient'),
    access: access && listOf(access),
    resources: read,
    isOpen: (access !== undefined && access.type !== 'array') || read.some(isOpenResource),
    secrets: root ? secretsOfRegistration(root) : [],
    sharing: 'own',
  };
}

/** Whether something else fills in a text, or a part of it: nobody knows what it will be. */
export function isPlaceholder(text: string): boolean {
  return /\$\{|\$\(|\{\{|^\s*(<.*>|%.+%)\s*$/.test(text);
}

function literal(text: string | undefined): string | undefined {
  const plain = text?.trim() ?? '';
  return plain === '' || isPlaceholder(plain) ? undefined : plain;
}

function readResource(node: JsonNode, index: number): RegisteredResource {
  const id = textOf(node, 'resourceAppId');
  const list = propertyOf(node, 'resourceAccess')?.value;
  const known = literal(id?.text)?.toLowerCase();
  return {
    ...spanOf(node),
    id,
    resource: known === undefined ? undefined : (resources.get(known) ?? 'other'),
    list: list && listOf(list),
    entries: itemsOf(list).flatMap(readEntry),
    index,
  };
}

function readEntry(node: JsonNode, index: number): RegisteredEntry[] {
  const id = textOf(node, 'id');
  if (!id) return [];
  const type = textOf(node, 'type');
  return [{ ...spanOf(node), id, type, kind: kinds.get(type?.text.trim().toLowerCase() ?? ''), index }];
}

/** What stands there may be any permission: of an API that is not known, or in an entry that is not read. */
function isOpenResource({ resource, list, entries }: RegisteredResource): boolean {
  if (resource === 'other') return false;
  if (resource === undefined) return true;
  return list === undefined || list.items.length > entries.length || entries.some(({ id, kind }) => isPlaceholder(id.text) || !kind);
}

function listOf(node: JsonNode): RegisteredList | undefined {
  return node.type === 'array' ? { ...spanOf(node), items: itemsOf(node).map(spanOf) } : undefined;
}

/** A file that has none of the keys says nothing; one that has any of them says all. */
function readRedirectUris(root: JsonNode | undefined): RedirectUris | undefined {
  const urls = propertyOf(root, 'replyUrlsWithType');
  if (urls) {
    const ofType = (type: string) =>
      itemsOf(urls.value).flatMap((item) => (stringOf(item, 'type')?.toLowerCase() === type ? (stringOf(item, 'url') ?? []) : []));
    const place = spanOf(urls.key);
    return {
      publicClient: ofType('installedclient'),
      web: ofType('web'),
      spa: ofType('spa'),
      holder: 'portal',
      places: { publicClient: place, web: place },
    };
  }
  const [client, web, spa] = ['publicClient', 'web', 'spa'].map((name) => propertyOf(root, name));
  const first = client ?? web ?? spa;
  if (!first) return undefined;
  const urisOf = (platform: JsonProperty | undefined) => stringsOf(propertyOf(platform?.value, 'redirectUris')?.value);
  // Where the platform is left out, the app is what lacks it, not another platform.
  const elsewhere = propertyOf(root, 'appId') ?? propertyOf(root, 'displayName') ?? first;
  const placeOf = (platform: JsonProperty | undefined) =>
    spanOf((propertyOf(platform?.value, 'redirectUris') ?? platform ?? elsewhere).key);
  return {
    publicClient: urisOf(client),
    web: urisOf(web),
    spa: urisOf(spa),
    holder: 'graph',
    places: { publicClient: placeOf(client), web: placeOf(web) },
  };
}
