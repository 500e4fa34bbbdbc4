/** Finds elements by `x:Name`: what an `{x:Reference}` elsewhere in the file means. */
import { findAttribute, type XmlElement } from './tree';

/** Worked out once for a tree. */
const namedElements = new WeakMap<XmlElement, ReadonlyMap<string, XmlElement>>();

/** The element of that name; what stands inside a BackupSlot belongs to modes that are not chosen. */
export function findNamed(text: string, root: XmlElement | undefined, name: string): XmlElement | undefined {
  if (!root) return undefined;
  const known = namedElements.get(root) ?? collectNamed(text, root);
  namedElements.set(root, known);
  return known.get(name);
}

/** The name in a markup extension such as `{x:Reference __Reference0}`; undefined for any other text. */
export function referredName(value: string): string | undefined {
  return /^\{x:Reference\s+(?:Name=)?([\w.]+)\}$/.exec(value)?.[1];
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
