/** Reads the properties that conditions ask for: on the activity, or on an argument object nested in it or referred to by it. */
import type { PropertyReader } from '../permissions/needs';
import { findAttribute, type XmlElement } from '../xaml/tree';
import { readAttribute, readProperty, type Value, type XamlSource } from '../xaml/values';

/**
 * Makes a reader for one activity. `Argument.Property` is looked for on the nested argument element first, then on the activity itself.
 * What stands inside a BackupSlot belongs to modes that are not chosen, and is never read.
 */
export function argumentReader(source: XamlSource, element: XmlElement): PropertyReader {
  const found = new Map<string, XmlElement[]>();
  const argumentsOf = (type: string) => {
    const known = found.get(type) ?? findArguments(source, element, type);
    found.set(type, known);
    return known;
  };
  return (property) => {
    const dot = property.indexOf('.');
    if (dot < 0) return readProperty(source, element, property);
    const [type, name] = [property.slice(0, dot), property.slice(dot + 1)];
    return strongest([...argumentsOf(type).map((argument) => readProperty(source, argument, name)), readProperty(source, element, name)]);
  };
}

/** A property can stand in two places at once: the one that says most counts. */
function strongest(values: readonly Value[]): Value {
  const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };
  const isOff = (value: Value) => value.kind === 'literal' && value.text.toLowerCase() === 'false';
  return values.find((value) => value.kind !== 'empty' && !isOff(value)) ?? values.find((value) => value.kind !== 'empty') ?? nothing;
}

function findArguments(source: XamlSource, element: XmlElement, type: string): XmlElement[] {
  const { text } = source;
  const nested = element.children.filter(({ localName }) => localName.includes('.')).flatMap(({ children }) => children);
  const byAttribute = element.attributes
    .filter(({ valueStart }) => text.startsWith('{x:Reference', valueStart))
    .map(({ valueStart, valueEnd }) => /^\{x:Reference\s+(?:Name=)?([\w.]+)\}$/.exec(readAttribute(text, valueStart, valueEnd).text)?.[1]);
  const byElement = nested
    .filter(({ localName }) => localName === 'Reference')
    .map((reference) => text.slice(reference.openEnd, reference.closeStart).trim());
  const referred = [...byAttribute, ...byElement].map((name) => (name ? findNamed(source, name) : undefined));
  return [...nested, ...referred].filter((argument): argument is XmlElement => argument?.localName === type);
}

/** Elements by `x:Name`, worked out once for a tree. */
const namedElements = new WeakMap<XmlElement, ReadonlyMap<string, XmlElement>>();

function findNamed({ text, root }: XamlSource, name: string): XmlElement | undefined {
  if (!root) return undefined;
  const known = namedElements.get(root) ?? collectNamed(text, root);
  namedElements.set(root, known);
  return known.get(name);
}

function collectNamed(text: string, root: XmlElement): Map<string, XmlElement> {
  const named = new Map<string, XmlElement>();
  const queue = [root];
  for (let element = queue.pop(); element; element = queue.pop()) {
    if (element.localName === 'BackupSlot') continue;
    const attribute = findAttribute(element, 'x:Name');
    if (attribute) named.set(text.slice(attribute.valueStart, attribute.valueEnd), element);
    queue.push(...element.children);
  }
  return named;
}
