/** Makes bindings and packed configurations of connector activities for tests. */
import { gzipSync } from 'node:zlib';
import { type Attributes, element } from './workflow-builder';

export const connectors = {
  outlook: 'uipath-microsoft-outlook365',
  onedrive: 'uipath-microsoft-onedrive',
  teams: 'uipath-microsoft-teams',
  other: 'uipath-salesforce-sfdc',
} as const;

/** A connection as `bindings_v2.json` holds it; `null` metadata is as common as any. */
export function binding(key: string, connector: string | null, displayName = 'Connection', isExpression: unknown = false): object {
  return {
    resource: 'Connection',
    key,
    value: { ConnectionId: { defaultValue: key, isExpression, displayName } },
    metadata: connector === null ? null : { BindingsVersion: '2.2', Connector: connector, UseConnectionService: 'True' },
  };
}

/** The text of `bindings_v2.json`. */
export function bindings(...resources: readonly object[]): string {
  return JSON.stringify({ version: '2.0', resources }, undefined, 2);
}

/** The text of `.project/CodedBindingsMetadata.json`: connections by the name that code calls them by. */
export function codedBindings(connections: Readonly<Record<string, readonly [key: string, connector: string]>>): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(connections).map(([name, [Key, Connector]]) => [
        name,
        {
          Resource: 'Connection',
          Key,
          Description: null,
          Value: { ConnectionId: { DefaultValue: Key, IsExpression: false, DisplayName: 'Connection', Description: 'The connection' } },
          Metadata: { Connector, ConnectionType: 'O365Mail', BindingsVersion: '2.1' },
        },
      ]),
    ),
  );
}

/** Packs a configuration the way Studio does. */
export function pack(content: unknown): string {
  return gzipSync(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64');
}

/** The configuration of an activity of a connector. */
export function configuration(ConnectorKey: string, rest: object = {}): string {
  return pack({
    ConnectorName: 'A connector',
    InstanceParameters: { ConnectorKey, ObjectName: 'messages', HttpMethod: 'POST', ActivityType: 'Curated' },
    LocalizedActivityName: 'Send Channel Message',
    ...rest,
  });
}

/** A connector activity with a connection. */
export function connectorActivity(ConnectionId: string, packed: string, attributes: Attributes = {}, type = 'ConnectorActivity'): string {
  return element(`isactr:${type}`, { ConnectionId, Configuration: packed, UiPathActivityTypeId: ConnectionId, ...attributes });
}

/** A connector activity that makes a request of its own. Its headers hold what must never be shown. */
export function httpActivity(ConnectionId: string, connector: string, Method: string, Url: string): string {
  const Headers = [{ Name: 'Authorization', Value: headerMark }];
  return connectorActivity(
    ConnectionId,
    configuration(connector, { RequestPreviewParameters: { Method, Url, Headers }, LocalizedActivityName: 'HTTP Request' }),
    {},
    'ConnectorHttpActivity',
  );
}

/** Stands in the headers of every request. */
export const headerMark = 'Bearer-of-the-tests-0123456789';
