/** Reads our manifest: connections with their scopes, uses stated by hand, globs and accepted exceptions. */
import { itemsOf, type JsonNode, type JsonProperty, parseJson, propertiesOf, propertyOf, spanOf, stringOf } from '../json/parse';
import { checkSchema } from '../schema/check';
import { lineStarts } from '../text';
import type { Value } from '../xaml/values';
import { readApplicationScopes, readApps, stringsOf, textOf } from './from-manifest-apps';
import { secretsInJson } from './json-secrets';
import type { AcceptEntry, DeclaredScope, ManifestConnection, ManifestDocument, ManifestUse } from './model';
import { openByDefault } from './scope-element';

/** Reads a manifest. A file that is not well formed is read as far as it goes, and not held to its schema. */
export function fromManifest(path: string, text: string): ManifestDocument {
  const { root, fault, limit } = parseJson(text);
  const connections = propertyOf(root, 'connections');
  const globs = propertyOf(root, 'workflows');
  return {
    kind: 'manifest',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    root,
    hasConnections: connections !== undefined,
    connections: lastOfEach(propertiesOf(connections?.value)).map(({ key, name, value }) => readConnection(name, key, value)),
    environment: textOf(root, 'environment'),
    apps: readApps(root),
    applicationScopes: readApplicationScopes(root),
    activities: itemsOf(propertyOf(root, 'activities')?.value).map(readUse),
    workflows: globs && stringsOf(globs.value),
    accept: itemsOf(propertyOf(root, 'accept')?.value).flatMap(readAccept),
    secrets: root ? secretsInJson(root) : [],
    schemaFaults: root && !fault ? checkSchema(root) : [],
  };
}

function readConnection(key: string, keyNode: JsonNode, node: JsonNode): ManifestConnection {
  const list = propertyOf(node, 'scopes');
  const id = propertyOf(node, 'id')?.value;
  const scopes = itemsOf(list?.value).flatMap(readScope);
  return {
    key,
    keyRange: spanOf(keyNode),
    ids: stringsOf(id).map((guid) => guid.trim().toLowerCase()),
    connector: stringOf(node, 'connector'),
    authentication: textOf(node, 'authentication'),
    app: textOf(node, 'app'),
    account: stringOf(node, 'account'),
    environment: textOf(node, 'environment'),
    runs: stringOf(node, 'runs'),
    scopesRange: list && spanOf(list.key),
    form: list?.value.type === 'array' ? { kind: 'json-array', array: spanOf(list.value) } : undefined,
    scopes,
    open: list ? openByDefault(scopes) : 'absent',
  };
}

/** The range is the text between the quotes; the item, the string with them. */
function readScope(node: JsonNode): DeclaredScope[] {
  if (node.type !== 'string') return [];
  const item = spanOf(node);
  return [{ text: String(node.value).trim(), start: item.start + 1, end: item.end - 1, item }];
}

function readUse(node: JsonNode): ManifestUse {
  const activity = propertyOf(node, 'activity') ?? propertyOf(node, 'operation');
  const properties = propertiesOf(propertyOf(node, 'with')?.value).map(({ name, value }): [string, Value] => [name, toValue(value)]);
  return {
    activity: stringOf(node, 'activity'),
    operation: stringOf(node, 'operation'),
    connection: stringOf(node, 'connection'),
    range: spanOf(activity?.value ?? node),
    properties: new Map(properties),
  };
}

function toValue(node: JsonNode): Value {
  const text = node.value === undefined || node.value === null ? '' : String(node.value);
  const isExpression = node.type === 'string' && text.startsWith('[') && text.endsWith(']');
  return {
    kind: text === '' ? 'empty' : isExpression ? 'expression' : 'literal',
    text: isExpression ? text.slice(1, -1) : text,
    ...spanOf(node),
  };
}

function readAccept(node: JsonNode, index: number): AcceptEntry[] {
  const rule = stringOf(node, 'rule');
  if (rule === undefined) return [];
  const until = stringOf(node, 'until');
  return [
    {
      rule,
      scope: stringOf(node, 'scope'),
      connection: stringOf(node, 'connection'),
      file: stringOf(node, 'file'),
      reason: stringOf(node, 'reason') ?? '',
      ...(until === undefined ? {} : { until }),
      range: spanOf(node),
      index,
    },
  ];
}

/** A key that stands twice counts once: the last one wins, as in JSON itself. */
function lastOfEach(properties: readonly JsonProperty[]): JsonProperty[] {
  return [...new Map(properties.map((property) => [property.name, property])).values()];
}
