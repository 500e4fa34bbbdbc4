/** The tree of a XAML file: just enough to find activities, their properties and where each stands. */
import type { Span } from '../text';

/** Offsets of one attribute; `valueStart`..`valueEnd` is the raw text between the quotes. */
export interface XmlAttribute {
  readonly name: string;
  readonly localName: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The prefixes an element sees; elements that declare none share their parent's. */
export interface NamespaceScope {
  readonly parent: NamespaceScope | undefined;
  readonly declared: Map<string, string>;
  readonly resolved: Map<string, XamlNamespace | undefined>;
}

/** A namespace, taken apart where it names a CLR namespace and its assembly. */
export interface XamlNamespace {
  readonly uri: string;
  readonly clrNamespace: string;
  readonly assembly: string;
}

export interface XmlElement extends Span {
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  readonly nameStart: number;
  readonly parent: XmlElement | undefined;
  readonly depth: number;
  readonly namespaces: NamespaceScope;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** After the `>` of its start tag. */
  openEnd: number;
  /** Where its end tag starts; equal to `openEnd` for `<a/>`. */
  closeStart: number;
  /** After its end tag. */
  end: number;
}

const reserved = new Map([
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]);

/** A scope without declarations, for the root. */
export function rootScope(): NamespaceScope {
  return { parent: undefined, declared: reserved, resolved: new Map() };
}

/** Opens a scope below `parent` for an element with `xmlns` attributes. */
export function childScope(parent: NamespaceScope, declared: Map<string, string>): NamespaceScope {
  return { parent, declared, resolved: new Map() };
}

/**
 * What a prefix stands for in a scope.
 * @returns undefined where nothing declares it; the empty prefix then means no namespace.
 */
export function resolvePrefix(scope: NamespaceScope, prefix: string): XamlNamespace | undefined {
  if (scope.resolved.has(prefix)) return scope.resolved.get(prefix);
  const own = scope.declared.get(prefix);
  const found = own !== undefined ? splitNamespace(own) : scope.parent && resolvePrefix(scope.parent, prefix);
  scope.resolved.set(prefix, found);
  return found;
}

function splitNamespace(uri: string): XamlNamespace {
  const match = /^clr-namespace:([^;]*)(?:;\s*assembly=([^,;]*))?/.exec(uri);
  return { uri, clrNamespace: match?.[1]?.trim() ?? '', assembly: match?.[2]?.trim() ?? '' };
}

/** The namespace an element's own name stands in. */
export function namespaceOf(element: XmlElement): XamlNamespace | undefined {
  return resolvePrefix(element.namespaces, element.prefix);
}

/** Finds an attribute by its name as written. */
export function findAttribute(element: XmlElement, name: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name);
}
