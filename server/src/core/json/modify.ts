/** Adds and removes members anywhere in a JSON file; what else stands there, comments and layout included, stays as its author wrote it. */
import { endOfLine, indentAt, type TextEdit } from '../text';
import { insertIn, removeFromArray } from './edit';
import { itemsOf, type JsonNode, propertiesOf, propertyOf, spanOf } from './parse';

/** A JSON text with its tree. */
export interface JsonSource {
  readonly text: string;
  readonly root: JsonNode | undefined;
}

export type JsonPath = readonly (string | number)[];

/**
 * Sets the value at a path and makes what is missing on the way; an index at the end of a list adds to it.
 * @returns no edits where the way is blocked by something that is neither object nor list.
 */
export function setIn({ text, root }: JsonSource, path: JsonPath, value: unknown): TextEdit[] {
  let node = root;
  for (const [index, step] of path.entries()) {
    if (!node) return [];
    const next = child(node, step);
    if (!next) return addTo(text, node, step, nested(path.slice(index + 1), value));
    node = next;
  }
  if (!node) return [];
  const base = indentAt(text, node.offset);
  return [{ ...spanOf(node), text: written(text, value, base, isOnOneLine(text, node)) }];
}

/** Removes the member or element at a path; no edits where there is none. */
export function removeIn({ text, root }: JsonSource, path: JsonPath): TextEdit[] {
  const parent = path.slice(0, -1).reduce<JsonNode | undefined>((node, step) => node && child(node, step), root);
  const last = path.at(-1);
  if (!parent || last === undefined) return [];
  const entries = entriesOf(parent);
  const at = typeof last === 'number' ? last : propertiesOf(parent).findLastIndex(({ name }) => name === last);
  const entry = entries[at];
  return entry ? removeFromArray(text, spanOf(parent), entry, entries[at - 1]) : [];
}

function child(node: JsonNode, step: string | number): JsonNode | undefined {
  return typeof step === 'number' ? itemsOf(node)[step] : propertyOf(node, step)?.value;
}

/** The members of an object or the elements of a list, each with all that belongs to it. */
function entriesOf(node: JsonNode) {
  if (node.type === 'array') return itemsOf(node).map(spanOf);
  return propertiesOf(node).map(({ key, value }) => ({ start: key.offset, end: value.offset + value.length }));
}

/** What is still missing on the way, around the value. */
function nested(path: JsonPath, value: unknown): unknown {
  return path.reduceRight((inner: unknown, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function addTo(text: string, node: JsonNode, step: string | number, value: unknown): TextEdit[] {
  if (node.type !== (typeof step === 'number' ? 'array' : 'object')) return [];
  const entries = entriesOf(node);
  const last = entries.at(-1);
  const key = typeof step === 'number' ? '' : `${JSON.stringify(step)}: `;
  if (last) {
    const base = indentAt(text, last.start);
    return insertIn(text, spanOf(node), entries, [key + written(text, value, base, isOnOneLine(text, node))]);
  }
  return fillEmpty(text, node, key, value);
}

/** An empty object or list gets its first entry on a line of its own; comments in it stay above. */
function fillEmpty(text: string, node: JsonNode, key: string, value: unknown): TextEdit[] {
  const { start, end } = spanOf(node);
  const outer = indentAt(text, start);
  const base = outer + unitOf(text);
  const line = endOfLine(text);
  const inside = text.slice(start + 1, end - 1).replace(/\s+$/, '');
  const at = start + 1 + inside.length;
  return [{ start: at, end: end - 1, text: `${line}${base}${key}${written(text, value, base, false)}${line}${outer}` }];
}

function isOnOneLine(text: string, { offset, length }: JsonNode): boolean {
  return !/[\r\n]/.test(text.slice(offset, offset + length));
}

/** How a level is indented in this file: as the first indented line is. */
function unitOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
}

/** A value as text: on one line, or laid out below an indent; lists of plain values always stand on one line. */
function written(text: string, value: unknown, base: string, isInline: boolean): string {
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object');
    if (isPlain || isInline) return `[${value.map((item) => written(text, item, base, true)).join(', ')}]`;
    const inner = base + unitOf(text);
    const line = endOfLine(text);
    return `[${value.map((item) => line + inner + written(text, item, inner, false)).join(',')}${line}${base}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return '{}';
  if (isInline) return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${written(text, member, base, true)}`).join(', ')} }`;
  const inner = base + unitOf(text);
  const line = endOfLine(text);
  const lines = members.map(([name, member]) => `${line}${inner}${JSON.stringify(name)}: ${written(text, member, inner, false)}`);
  return `{${lines.join(',')}${line}${base}}`;
}
