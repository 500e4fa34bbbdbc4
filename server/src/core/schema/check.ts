/** Holds a manifest to its schema, and says what is wrong in words an author can act on. */
import validate from 'm365:validate-m365-automation';
import { itemsOf, type JsonNode, propertyOf, spanOf, toData } from '../json/parse';
import type { Fault } from '../xaml/faults';

/** What the compiled validator says of one violation (a subset of ajv's ErrorObject). */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks the tree of a well-formed manifest. One fault a place: the first said of it. */
export function checkSchema(root: JsonNode): Fault[] {
  if (validate(toData(root))) return [];
  const seen = new Set<number>();
  const faults = (validate.errors ?? []).flatMap((error) => toFault(root, error));
  return faults.filter(({ start }) => !seen.has(start) && seen.add(start));
}

function toFault(root: JsonNode, error: SchemaError): Fault[] {
  if (error.keyword === 'anyOf') return [];
  const { node, name } = find(root, error.instancePath);
  const where = name === '' ? 'The manifest' : `"${name}"`;
  if (error.keyword === 'additionalProperties') {
    const unknown = String(error.params.additionalProperty);
    const key = propertyOf(node, unknown)?.key ?? node;
    const known = name === '' ? 'a manifest' : where;
    return [{ ...spanOf(key), message: `"${unknown}" is not a key that ${known} has. Check its spelling, or remove it.` }];
  }
  return [{ ...spanOf(placeOf(root, node, error)), message: `${where} ${sentence(error)}` }];
}

function placeOf(root: JsonNode, node: JsonNode, error: SchemaError): JsonNode {
  if (error.keyword !== 'required' || node === root) return node;
  return node.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node;
}

function sentence({ keyword, params, message }: SchemaError): string {
  const list = (values: unknown) => (Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '');
  if (keyword === 'required') return `lacks "${String(params.missingProperty)}".`;
  if (keyword === 'enum') return `must be one of ${list(params.allowedValues)}.`;
  if (keyword === 'type') return `must be ${Array.isArray(params.type) ? params.type.join(' or ') : article(String(params.type))}.`;
  if (keyword === 'pattern' || keyword === 'format') return 'does not have the form it must have: see the manifest page.';
  if (keyword === 'minLength') return 'must not be empty.';
  return `${message ?? 'does not match the schema'}.`;
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  return type === 'object' || type === 'integer' ? `an ${type}` : `a ${type}`;
}

/** Follows a JSON pointer through the tree. */
function find(root: JsonNode, pointer: string): { node: JsonNode; name: string } {
  let node = root;
  let name = '';
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = node.type === 'array' ? itemsOf(node)[Number(key)] : propertyOf(node, key)?.value;
    if (!next) break;
    if (node.type !== 'array') name = key;
    node = next;
  }
  return { node, name };
}
