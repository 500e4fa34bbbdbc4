/** What a C# file can refer to beyond itself: the methods of the service, and classes of the other files. */
import type { CodedMethod } from '../catalog/coded';
import type { CsClass, CsFile } from './model';

export interface World {
  /** The class of the connection of each service, such as `MailConnection` of `Mail`. */
  readonly services: ReadonlyMap<string, string>;
  /** The service of each interface, such as `IMailService`. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Classes of connections, such as `MailConnection`. */
  readonly connections: ReadonlySet<string>;
  /** A class by name, as a file sees it; undefined where several files have one of that name. */
  readonly findClass: (name: string, from: CsFile) => CsClass | undefined;
}

/** The interface of the service as a whole. */
export const rootInterface = 'IOffice365ConnectionsService';
/** The class that Studio makes for `connections`. */
export const connectionsClass = 'ConnectionsManager';
/** Stands for it where Studio's files are not there. */
export const noConnections: CsClass = { name: connectionsClass, members: new Map(), bases: [], isPartial: false, isGenerated: true };

/** Makes the world of a project. */
export function makeWorld(methods: readonly CodedMethod[], findClass: World['findClass']): World {
  return {
    services: new Map(methods.map(({ service, connectionClass }) => [service, connectionClass])),
    interfaces: new Map(methods.map((method) => [method.interface, method.service])),
    connections: new Set(methods.map(({ connectionClass }) => connectionClass)),
    findClass,
  };
}
