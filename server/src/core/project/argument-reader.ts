/** Reads the properties that conditions ask for: on the activity, or on an argument object nested in it or referred to by it. */
import type { PropertyReader } from '../permissions/needs';
import { findNamed, referredName } from '../xaml/named';
import type { XmlElement } from '../xaml/tree';
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
    .map(({ valueStart, valueEnd }) => referredName(readAttribute(text, valueStart, valueEnd).text));
  const byElement = nested
    .filter(({ localName }) => localName === 'Reference')
    .map((reference) => text.slice(reference.openEnd, reference.closeStart).trim());
  const referred = [...byAttribute, ...byElement].map((name) => (name ? findNamed(text, source.root, name) : undefined));
  return [...nested, ...referred].filter((argument): argument is XmlElement => argument?.localName === type);
}
