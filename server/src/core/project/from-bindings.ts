/** Reads the connections out of bindings: `bindings_v2.json`, and the metadata that Studio keeps of coded workflows. */
import { itemsOf, type JsonNode, parseJson, propertiesOf, spanOf } from '../json/parse';
import { lineStarts } from '../text';
import type { Binding, BindingsDocument } from './connection-model';

/** Reads a file of bindings. What `PackageBindingsMetadata.json` holds is about packages, not about connections of the project. */
export function fromBindings(path: string, text: string): BindingsDocument {
  const { root, fault, limit } = parseJson(text, 'bindings');
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const form = name === 'bindings_v2.json' ? 'project' : 'coded';
  const bindings = form === 'project' ? resourcesOf(root) : name === 'codedbindingsmetadata.json' ? codedOf(root) : [];
  return { kind: 'bindings', path, text, lines: lineStarts(text), fault, limit, form, bindings };
}

function resourcesOf(root: JsonNode | undefined): Binding[] {
  return itemsOf(member(root, 'resources')).flatMap((node) => toBinding(node, undefined));
}

/** Keyed `O365Mail.Name_of_the_connection`: its type and the name that code calls it by. */
function codedOf(root: JsonNode | undefined): Binding[] {
  return propertiesOf(root).flatMap(({ name, value }) => toBinding(value, name));
}

function toBinding(node: JsonNode, codedName: string | undefined): Binding[] {
  if (stringIn(node, 'resource')?.toLowerCase() !== 'connection') return [];
  const connection = member(member(node, 'value'), 'connectionId');
  const keyNode = [member(node, 'key'), member(connection, 'defaultValue')].find(isText);
  if (!keyNode) return [];
  const metadata = member(node, 'metadata');
  const connector = stringIn(metadata, 'connector')?.trim();
  const ids = [stringIn(node, 'key'), stringIn(connection, 'defaultValue')].flatMap((id) => id?.trim().toLowerCase() || []);
  return [
    {
      ids: [...new Set(ids)],
      key: String(keyNode.value).trim(),
      keyRange: spanOf(keyNode),
      connector: connector === '' ? undefined : connector,
      name: nameAmong([stringIn(connection, 'displayName'), stringIn(metadata, 'displayLabel'), lastPartOf(codedName)], ids),
      codedName,
      isExpression: isTrue(member(connection, 'isExpression')),
    },
  ];
}

function lastPartOf(codedName: string | undefined): string | undefined {
  return codedName?.slice(codedName.indexOf('.') + 1);
}

/** The first that says more than that it is a connection; line breaks have no place in it. */
function nameAmong(names: readonly (string | undefined)[], ids: readonly string[]): string | undefined {
  return names
    .map((name) => name?.replaceAll(/\s+/g, ' ').trim())
    .find((name) => name !== undefined && name !== '' && !/^connection( ?id)?$/i.test(name) && !ids.includes(name.toLowerCase()));
}

/** A property whatever its letter case: the makers of these files do not agree on it. */
function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  const wanted = name.toLowerCase();
  return propertiesOf(node).findLast((property) => property.name.toLowerCase() === wanted)?.value;
}

function stringIn(node: JsonNode | undefined, name: string): string | undefined {
  const value = member(node, name);
  return value?.type === 'string' ? String(value.value) : undefined;
}

function isText(node: JsonNode | undefined): node is JsonNode {
  return node?.type === 'string' && String(node.value).trim() !== '';
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.value === true || String(node?.value ?? '').toLowerCase() === 'true';
}
