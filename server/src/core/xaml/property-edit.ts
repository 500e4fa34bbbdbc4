/** Clears and sets properties of an activity, wherever they stand, and leaves every other byte as it was. */
import type { Span, TextEdit } from '../text';
import { encode } from './decode';
import { findAttribute, resolvePrefix, type XmlElement } from './tree';
import { findPropertyElement } from './values';

const xaml = 'http://schemas.microsoft.com/winfx/2006/xaml';

/** Sets a property to nothing, as Studio writes it; none where the element does not have it. */
export function clearProperty(text: string, element: XmlElement, name: string): TextEdit[] {
  return [...clearAttribute(text, element, name), ...removeChild(text, element, name)];
}

/** Sets a property to plain text. */
export function setProperty(text: string, element: XmlElement, name: string, value: string): TextEdit[] {
  const attribute = findAttribute(element, name);
  if (attribute)
    return [{ start: attribute.valueStart, end: attribute.valueEnd, text: encode(value) }, ...removeChild(text, element, name)];
  const at = element.nameStart + element.name.length;
  return [{ start: at, end: at, text: ` ${name}="${encode(value)}"` }, ...removeChild(text, element, name)];
}

/** Where the value of a property stands: what is between the quotes, or the element that holds it. */
export function propertySpan(element: XmlElement, name: string): Span | undefined {
  const attribute = findAttribute(element, name);
  if (attribute) return { start: attribute.valueStart, end: attribute.valueEnd };
  const child = findPropertyElement(element, name);
  return child && { start: child.start, end: child.end };
}

/** `{x:Null}` where the prefix means what it always means; without it, the attribute goes. */
function clearAttribute(text: string, element: XmlElement, name: string): TextEdit[] {
  const attribute = findAttribute(element, name);
  if (!attribute) return [];
  if (resolvePrefix(element.namespaces, 'x')?.uri === xaml)
    return [{ start: attribute.valueStart, end: attribute.valueEnd, text: '{x:Null}' }];
  return [{ start: startOfBlank(text, attribute.nameStart), end: attribute.valueEnd + 1, text: '' }];
}

function removeChild(text: string, element: XmlElement, name: string): TextEdit[] {
  const child = findPropertyElement(element, name);
  return child ? [{ start: startOfBlank(text, child.start), end: child.end, text: '' }] : [];
}

function startOfBlank(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start--;
  return start;
}
