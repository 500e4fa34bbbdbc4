/** Reads JSON with comments into a tree with exact offsets; recovers from faults and never throws. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { explainFault } from '../conflict';
import { type Capped, type LimitHit, limits, tooDeep, tooLong } from '../limits';
import type { Fault } from '../xaml/faults';

/** A value of the tree; offsets in UTF-16 code units. Values are never turned into objects with the file's keys as own names. */
export type JsonNode = Node;

export interface ParsedJson {
  readonly root: JsonNode | undefined;
  readonly fault: Fault | undefined;
  readonly limit: LimitHit | undefined;
}

/**
 * Parses JSON; comments and trailing commas are allowed, as VS Code allows them in `jsonc`.
 * @param kind what the file is to people, where a cap is told of
 */
export function parseJson(text: string, kind: Capped = 'manifest'): ParsedJson {
  if (text.length > limits.fileLength) return { root: undefined, fault: undefined, limit: tooLong(text.length, kind) };
  const deep = firstTooDeep(text);
  if (deep !== undefined) return { root: undefined, fault: undefined, limit: tooDeep(deep, limits.jsonDepth, kind) };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false, allowEmptyContent: true });
  const first = errors[0];
  const empty: Fault = { start: 0, end: 0, message: 'The file is empty: it needs at least {}.' };
  const fault = first ? { start: first.offset, end: first.offset + first.length, message: sentence(first) } : root ? undefined : empty;
  return { root, fault: explainFault(text, fault), limit: undefined };
}

/** The parser recurses, so depth is capped before it runs: brackets are counted outside strings and comments. */
function firstTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 47) i = endOfComment(text, i);
    else if (code === 91 || code === 123) {
      depth++;
      if (depth > limits.jsonDepth) return i;
    } else if (code === 93 || code === 125) depth--;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34 || code === 10 || code === 13) return i;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const next = text[start + 1];
  if (next !== '/' && next !== '*') return start;
  const end = next === '/' ? text.indexOf('\n', start) : text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end;
}

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON: only strings, numbers, true, false, null, objects and lists may stand here.',
  InvalidNumberFormat: 'This is not a number that JSON knows.',
  PropertyNameExpected: 'A property name in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected after the property name.',
  CommaExpected: 'A comma is expected here, between two entries.',
  CloseBraceExpected: 'A closing } is missing here.',
  CloseBracketExpected: 'A closing ] is missing here.',
  EndOfFileExpected: 'Nothing may follow the end of the JSON value.',
  UnexpectedEndOfComment: 'This comment is never closed.',
  UnexpectedEndOfString: 'This string is never closed: a double quote is missing.',
};

function sentence(error: ParseError): string {
  const code = printParseErrorCode(error.error);
  return sentences[code] ?? `This is not well-formed JSON (${code}).`;
}

/** The property of an object: its key node and its value node. */
export interface JsonProperty {
  readonly key: JsonNode;
  readonly name: string;
  readonly value: JsonNode;
}

const propertyLists = new WeakMap<JsonNode, readonly JsonProperty[]>();
const propertyIndexes = new WeakMap<JsonNode, ReadonlyMap<string, JsonProperty>>();

/** Lists an object's properties in order; none for anything else. */
export function propertiesOf(node: JsonNode | undefined): readonly JsonProperty[] {
  if (node?.type !== 'object') return [];
  const known = propertyLists.get(node);
  if (known) return known;
  const found: JsonProperty[] = [];
  for (const child of node.children ?? []) {
    const [key, value] = child.children ?? [];
    if (key && value) found.push({ key, name: String(key.value), value });
  }
  propertyLists.set(node, found);
  return found;
}

/** Finds a property by name; the last one wins, as in JSON itself. */
export function propertyOf(node: JsonNode | undefined, name: string): JsonProperty | undefined {
  if (!node) return undefined;
  const index = propertyIndexes.get(node) ?? new Map(propertiesOf(node).map((property) => [property.name, property]));
  propertyIndexes.set(node, index);
  return index.get(name);
}

/** The text of a string property. */
export function stringOf(node: JsonNode | undefined, name: string): string | undefined {
  const value = propertyOf(node, name)?.value;
  return value?.type === 'string' ? String(value.value) : undefined;
}

/** The value of a boolean property. */
export function booleanOf(node: JsonNode | undefined, name: string): boolean | undefined {
  const value = propertyOf(node, name)?.value;
  return value?.type === 'boolean' ? value.value === true : undefined;
}

/** The elements of a list; none for anything else. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** Where a node stands. */
export function spanOf(node: JsonNode): { start: number; end: number } {
  return { start: node.offset, end: node.offset + node.length };
}

/** Turns a tree into plain data for schema validation; keys such as `__proto__` become own properties and nothing else. */
export function toData(node: JsonNode): unknown {
  if (node.type === 'array') return itemsOf(node).map(toData);
  if (node.type !== 'object') return node.value;
  const data: Record<string, unknown> = {};
  for (const { name, value } of propertiesOf(node))
    Object.defineProperty(data, name, { value: toData(value), enumerable: true, configurable: true, writable: true });
  return data;
}
