/** Reads the packed configuration of a connector activity: which connector, which operation, and nothing else of what is in it. */
import { decodeBase64, decodeBytes } from '../bytes';
import { type JsonNode, parseJson, propertiesOf } from '../json/parse';
import { limits } from '../limits';
import type { Tools } from '../tools';

/** What is known of a connector activity. Headers and bodies are in the configuration too, and are never kept. */
export interface ConnectorConfiguration {
  /** Key of the connector, such as `uipath-microsoft-teams`. */
  readonly connector: string | undefined;
  /** What Studio calls the activity. */
  readonly name: string | undefined;
  /** The request of an HTTP activity, such as `GET /me/messages`, where both parts are literals. */
  readonly request: string | undefined;
}

/** The outcome of reading: `too-large` where a cap was hit, undefined where the text is no configuration. */
export type ReadConfiguration = ConnectorConfiguration | 'too-large' | undefined;

/** Unpacks base64 of gzip of JSON. */
export function readConfiguration(text: string, { gunzip }: Tools): ReadConfiguration {
  if (text.length > limits.configuration) return 'too-large';
  const packed = decodeBase64(text);
  if (packed?.[0] !== 0x1f || packed[1] !== 0x8b) return undefined;
  const bytes = gunzip(packed);
  if (bytes === undefined || bytes === 'too-large') return bytes;
  const { root, limit } = parseJson(decodeBytes(bytes));
  if (limit) return 'too-large';
  return root?.type === 'object' ? fromJson(root) : undefined;
}

function fromJson(root: JsonNode): ConnectorConfiguration {
  const instance = member(root, 'instanceParameters');
  const preview = member(root, 'requestPreviewParameters') ?? member(instance, 'requestPreviewParameters');
  const [method, url] = [literal(preview, 'method'), literal(preview, 'url')];
  return {
    connector: (plain(instance, 'connectorKey') ?? plain(root, 'connectorKey'))?.toLowerCase(),
    name: plain(root, 'localizedActivityName') ?? plain(instance, 'localizedActivityName'),
    request: method !== undefined && url !== undefined && /^[a-z]+$/i.test(method) ? `${method} ${url}` : undefined,
  };
}

/** A value that is no expression and has no place holder for one. */
function literal(node: JsonNode | undefined, name: string): string | undefined {
  const text = plain(node, name);
  return text === undefined || /^\[.*\]$|^"|[{]{2}|\$\{|"\s*[&+]|[&+]\s*"/s.test(text) ? undefined : text;
}

/** A text of one line, as a name or an address is; capped, for it is shown. */
function plain(node: JsonNode | undefined, name: string): string | undefined {
  const value = member(node, name);
  const text = value?.type === 'string' ? String(value.value).trim() : '';
  return text === '' || text.length > 2000 ? undefined : text.replaceAll(/\s+/g, ' ');
}

function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  const wanted = name.toLowerCase();
  return propertiesOf(node).findLast((property) => property.name.toLowerCase() === wanted)?.value;
}
