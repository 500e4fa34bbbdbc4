/** Links the activities of the Integration Service package: those of a connector that the catalogue knows are uses, the others only name a connection. */

import type { Catalog } from '../catalog/types';
import { limits } from '../limits';
import { needsOfRequest } from '../permissions/request-needs';
import type { Tools } from '../tools';
import type { XmlElement } from '../xaml/tree';
import { readProperty, type Value } from '../xaml/values';
import type { Cap, UnknownUse } from './connection-model';
import { namedConnection } from './connection-reference';
import { type ConnectorConfiguration, type ReadConfiguration, readConfiguration } from './connector-configuration';
import type { Use, XamlDocument } from './model';

export interface ConnectorLinks {
  readonly uses: readonly Use[];
  readonly unknown: readonly UnknownUse[];
  readonly caps: readonly Cap[];
}

/** Reading is the dear part: it is done once for a document. */
const read = new WeakMap<XamlDocument, ReadonlyMap<XmlElement, ReadConfiguration>>();

function configurationsOf(document: XamlDocument, tools: Tools): ReadonlyMap<XmlElement, ReadConfiguration> {
  const known = read.get(document);
  if (known) return known;
  const found = new Map(
    document.connectorActivities.map((element): [XmlElement, ReadConfiguration] => {
      const { kind, text } = readProperty(document, element, 'Configuration');
      return [element, kind === 'literal' ? readConfiguration(text, tools) : undefined];
    }),
  );
  read.set(document, found);
  return found;
}

/** Sorts the connector activities of a workflow. */
export function linkConnectors(document: XamlDocument, catalog: Catalog, tools: Tools): ConnectorLinks {
  const uses: Use[] = [];
  const unknown: UnknownUse[] = [];
  const caps: Cap[] = [];
  for (const [element, configuration] of configurationsOf(document, tools)) {
    const connection = namedConnection(document, element);
    if (configuration === 'too-large') caps.push(capAt(document, element));
    const known = typeof configuration === 'object' ? configuration : undefined;
    if (known?.connector !== undefined && catalog.connectors.has(known.connector)) uses.push(toUse(document, element, known, catalog));
    else if (connection) unknown.push({ document, connection, ...(known?.connector === undefined ? {} : { connector: known.connector }) });
  }
  return { uses, unknown, caps };
}

function toUse(document: XamlDocument, element: XmlElement, { connector, name, request }: ConnectorConfiguration, catalog: Catalog): Use {
  const display = readProperty(document, element, 'DisplayName');
  const needs = request !== undefined && element.localName === 'ConnectorHttpActivity' ? needsOfRequest(catalog, request) : undefined;
  return {
    activity: undefined,
    id: element.localName,
    displayName: name ?? (display.kind === 'literal' ? display.text : element.localName),
    document,
    range: { start: element.nameStart, end: element.nameStart + element.name.length },
    needs: needs?.needs ?? { delegated: [], application: [] },
    open: needs === undefined,
    connection: namedConnection(document, element),
    operations: needs?.operations ?? [],
    read: () => nothing,
    container: undefined,
    isInCard: false,
    isUnknown: undefined,
    ...(connector === undefined ? {} : { connector }),
  };
}

const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };

function capAt({ path }: XamlDocument, { nameStart }: XmlElement): Cap {
  const kilo = limits.configuration / 1024;
  return {
    file: path,
    offset: nameStart,
    message: `The configuration of this connector activity is over the limit (${kilo} kB, ${limits.unpacked / 1024 / 1024} MB unpacked) or nests too deep: it was not read, and what it needs is not known.`,
  };
}
