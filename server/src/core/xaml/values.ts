/** What the value of a workflow property is: nothing, a literal, or an expression nobody knows before the run. */
import { contentText, decode } from './decode';
import { findNamed, referredName } from './named';
import { findAttribute, type XmlElement } from './tree';

/** Offsets are those of the value itself, quotes and brackets left out where it is a literal. */
export interface Value {
  readonly kind: 'empty' | 'literal' | 'expression';
  /** The literal, or the expression as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** An XAML text with its tree: what values are read from. */
export interface XamlSource {
  readonly text: string;
  readonly root: XmlElement | undefined;
}

const nothing = (start: number, end: number): Value => ({ kind: 'empty', text: '', start, end });

/** Expressions that stand for no value (Visual Basic and C#). */
const emptyExpressions = new Set(['nothing', 'null', '""', 'string.empty']);

/** What Studio stores in `Account` where none was chosen. */
const noAccount = 'Please select an account.';

/** Wrappers around one value, by their local name. */
const wrappers = new Set(['InArgument', 'OutArgument', 'InOutArgument', 'Argument', 'String', 'Boolean']);

/**
 * Reads a property of an activity: an attribute, or a child element `Activity.Property`.
 * An argument of the workflow with a default on the root element counts as that default.
 */
export function readProperty(source: XamlSource, element: XmlElement, property: string): Value {
  const value = readOwnProperty(source, element, property);
  if (!value) return nothing(element.start, element.start);
  if (value.text === noAccount) return nothing(value.start, value.end);
  return resolveArgument(source, resolveReference(source, value));
}

/** Reads a property as it stands, without looking further where it names an argument; undefined where it is absent. */
export function readOwnProperty(source: XamlSource, element: XmlElement, property: string): Value | undefined {
  const attribute = findAttribute(element, property);
  if (attribute) return readAttribute(source.text, attribute.valueStart, attribute.valueEnd);
  const child = findPropertyElement(element, property);
  return child && readContent(source.text, child);
}

/** Finds the child element that holds a property, whatever type it names before the dot. */
export function findPropertyElement(element: XmlElement, property: string): XmlElement | undefined {
  const ending = `.${property}`;
  return element.children.find((child) => child.localName.endsWith(ending));
}

/** Reads a raw attribute value: markup extensions, `[expressions]` or plain text. */
export function readAttribute(text: string, start: number, end: number): Value {
  const [from, to] = trimmed(text, start, end);
  const value = decode(text.slice(from, to));
  if (value === '' || value === '{x:Null}') return nothing(from, to);
  if (value.startsWith('{}')) return { kind: 'literal', text: value.slice(2), start: from + 2, end: to };
  if (value.startsWith('{')) return { kind: 'expression', text: value, start: from, end: to };
  return readBracketed(value, text, from, to);
}

/** Reads what an element holds: text, or one argument, literal or expression element. */
export function readContent(text: string, element: XmlElement): Value {
  const inner = element.children.find((child) => !child.localName.includes('.'));
  if (!inner) {
    const [from, to] = trimmed(text, element.openEnd, element.closeStart);
    const value = contentText(text.slice(from, to)).trim();
    return value === '' || value === '{x:Null}' ? nothing(from, to) : readBracketed(value, text, from, to);
  }
  if (wrappers.has(inner.localName)) return readContent(text, inner);
  if (inner.localName === 'Null') return nothing(inner.start, inner.end);
  if (inner.localName === 'Literal') return readLiteral(text, inner);
  if (inner.localName === 'Reference') return readReference(text, inner);
  return readExpressionElement(text, inner);
}

/** The element form of `{x:Reference name}` reads like the attribute form. */
function readReference(text: string, element: XmlElement): Value {
  const [start, end] = trimmed(text, element.openEnd, element.closeStart);
  return { kind: 'expression', text: `{x:Reference ${contentText(text.slice(start, end)).trim()}}`, start, end };
}

function readLiteral(text: string, element: XmlElement): Value {
  const attribute = findAttribute(element, 'Value');
  const [from, to] = attribute
    ? trimmed(text, attribute.valueStart, attribute.valueEnd)
    : trimmed(text, element.openEnd, element.closeStart);
  const value = contentText(text.slice(from, to));
  return value === '' || value === '{x:Null}' ? nothing(from, to) : { kind: 'literal', text: value, start: from, end: to };
}

function readExpressionElement(text: string, element: XmlElement): Value {
  const attribute = findAttribute(element, 'ExpressionText');
  const [from, to] = attribute
    ? trimmed(text, attribute.valueStart, attribute.valueEnd)
    : trimmed(text, element.openEnd, element.closeStart);
  return readExpression(contentText(text.slice(from, to)).trim(), text, from, to);
}

function readBracketed(value: string, text: string, start: number, end: number): Value {
  if (!value.startsWith('[') || !value.endsWith(']')) return { kind: 'literal', text: value, start, end };
  return readExpression(value.slice(1, -1).trim(), text, start, end);
}

/** An expression that is one string literal counts as that literal; one that stands for nothing, as nothing. */
function readExpression(expression: string, text: string, start: number, end: number): Value {
  if (expression === '' || emptyExpressions.has(expression.toLowerCase())) return nothing(start, end);
  const literal = /^"((?:[^"\\]|""|\\.)*)"$/s.exec(expression);
  if (!literal) return { kind: 'expression', text: expression, start, end };
  const plain = (literal[1] ?? '').replaceAll('""', '"');
  const raw = text.slice(start, end);
  const [, before = '', inside = raw] = /^(\s*\[?\s*(?:"|&quot;))(.*)(?:"|&quot;)\s*\]?\s*$/s.exec(raw) ?? [];
  const from = start + before.length;
  return { kind: plain === '' ? 'empty' : 'literal', text: plain, start: from, end: from + inside.length };
}

/** A reference to an argument that stands elsewhere is what it names; to anything else, it is only known at run time. */
function resolveReference({ text, root }: XamlSource, value: Value): Value {
  const name = value.kind === 'expression' ? referredName(value.text) : undefined;
  const named = name === undefined ? undefined : findNamed(text, root, name);
  return named && wrappers.has(named.localName) ? readContent(text, named) : value;
}

function resolveArgument(source: XamlSource, value: Value): Value {
  if (value.kind !== 'expression' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(value.text)) return value;
  return argumentDefault(source, value.text) ?? value;
}

/**
 * The default of a workflow argument: an attribute `this:Main.in_Name` of the root element, or a child element of that name.
 * @returns undefined where the workflow states none.
 */
export function argumentDefault(source: XamlSource, name: string): Value | undefined {
  const root = source.root;
  if (!root) return undefined;
  const ending = `.${name}`.toLowerCase();
  const attribute = root.attributes.find((candidate) => candidate.name.toLowerCase().endsWith(ending));
  const child = attribute ? undefined : root.children.find((candidate) => candidate.localName.toLowerCase().endsWith(ending));
  const value = attribute ? readAttribute(source.text, attribute.valueStart, attribute.valueEnd) : child && readContent(source.text, child);
  return value?.kind === 'literal' ? value : undefined;
}

function trimmed(text: string, start: number, end: number): [number, number] {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return [from, to];
}
