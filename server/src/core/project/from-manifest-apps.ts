/** Reads what a manifest says of Entra app registrations, and which app the scopes of workflows use. */
import { booleanOf, itemsOf, type JsonNode, type JsonProperty, propertiesOf, propertyOf, spanOf, stringOf } from '../json/parse';
import type { ApplicationScope, ManifestApp, RedirectUris, Text } from './sign-in-model';

const audiences = ['single-tenant', 'multi-tenant', 'multi-tenant-and-personal', 'personal'] as const;

/** Reads `apps`, by key. */
export function readApps(root: JsonNode | undefined): Map<string, ManifestApp> {
  const entries = propertiesOf(propertyOf(root, 'apps')?.value);
  return new Map(entries.map(({ key, name, value }) => [name, readApp(name, key, value)]));
}

function readApp(key: string, keyNode: JsonNode, node: JsonNode): ManifestApp {
  const audience = stringOf(node, 'audience');
  return {
    key,
    keyRange: spanOf(keyNode),
    clientId: stringOf(node, 'clientId')?.trim(),
    tenant: textOf(node, 'tenant'),
    audience: audiences.find((name) => name === audience),
    redirectUris: readRedirectUris(propertyOf(node, 'redirectUris')),
    publicClientFlows: booleanOf(node, 'publicClientFlows'),
    registration: textOf(node, 'registration'),
    document: undefined,
  };
}

/** Once the key is there, a platform that it leaves out has no URI. */
function readRedirectUris(property: JsonProperty | undefined): RedirectUris | undefined {
  if (property?.value.type !== 'object') return undefined;
  const node = property.value;
  return {
    publicClient: stringsOf(propertyOf(node, 'publicClient')?.value),
    web: stringsOf(propertyOf(node, 'web')?.value),
    spa: [],
    holder: 'manifest',
    places: {
      publicClient: spanOf((propertyOf(node, 'publicClient') ?? property).key),
      web: spanOf((propertyOf(node, 'web') ?? property).key),
    },
  };
}

/** Reads `applicationScopes`, in order: the first that matches counts. */
export function readApplicationScopes(root: JsonNode | undefined): ApplicationScope[] {
  return itemsOf(propertyOf(root, 'applicationScopes')?.value).flatMap((node) => {
    const app = stringOf(node, 'app');
    return app === undefined ? [] : [{ workflows: stringOf(node, 'workflows'), displayName: stringOf(node, 'displayName'), app }];
  });
}

/** A string property with its place, quotes left out. */
export function textOf(node: JsonNode | undefined, name: string): Text | undefined {
  const value = propertyOf(node, name)?.value;
  if (value?.type !== 'string') return undefined;
  const { start, end } = spanOf(value);
  return { text: String(value.value), start: start + 1, end: end - 1 };
}

/** The strings of a list, or a single string. */
export function stringsOf(node: JsonNode | undefined): string[] {
  if (node?.type === 'string') return [String(node.value)];
  return itemsOf(node).flatMap((item) => (item.type === 'string' ? [String(item.value)] : []));
}
