/** What a C# file can refer to beyond itself: the methods of the service and of what it returns, and classes of the other files. */
import type { CodedData, CodedMethod } from '../catalog/coded';
import type { CsClass, CsFile } from './model';

export interface World {
  /** By its name, such as `Mail`. */
  readonly services: ReadonlyMap<string, CodedService>;
  /** What the service and its objects are, by interface, such as `IMailService` or `IMail`. */
  readonly types: ReadonlyMap<string, CodedType>;
  /** Classes of connections, such as `MailConnection`. */
  readonly connections: ReadonlySet<string>;
  /** Methods of objects by name: any of them may be meant where nobody knows what it is called on. */
  readonly objectMethods: ReadonlyMap<string, readonly CodedMethod[]>;
  /** Ids of connections, by the class that Studio makes for their part and the name that they have in it: what its metadata says, where that class does not. */
  readonly bound: BoundNames;
  /** A class by name, as a file sees it; undefined where several files have one of that name. */
  readonly findClass: (name: string, from: CsFile) => CsClass | undefined;
}

export type BoundNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface CodedService {
  readonly interface: string;
  readonly connectionClass: string;
}

export interface CodedType {
  readonly kind: 'service' | 'object';
  /** Those of the interfaces that it extends among them. */
  readonly methods: ReadonlyMap<string, CodedMethod>;
  /** Interfaces of its properties, where they have methods of their own. */
  readonly properties: ReadonlyMap<string, string>;
}

/** The interface of the service as a whole. */
export const rootInterface = 'IOffice365ConnectionsService';
/** The class that Studio makes for `connections`. */
export const connectionsClass = 'ConnectionsManager';
/** Stands for it where Studio's files are not there. */
export const noConnections: CsClass = { name: connectionsClass, members: new Map(), bases: [], isPartial: false, isGenerated: true };

/** The class that Studio makes for a part of `connections`. */
export function factoryOf(part: string): string {
  return `${part}Factory`;
}

/** Makes the world of a project. */
export function makeWorld(data: CodedData, bound: BoundNames, findClass: World['findClass']): World {
  const { methods } = data;
  const services = new Map<string, CodedService>();
  const objectMethods = new Map<string, CodedMethod[]>();
  for (const method of methods) {
    const { service, interface: type, connectionClass } = method;
    if (connectionClass !== undefined) services.set(service, { interface: type, connectionClass });
    else if (method.activity !== undefined) objectMethods.set(method.method, [...(objectMethods.get(method.method) ?? []), method]);
  }
  return {
    services,
    types: typesOf(data, new Set([...services.values()].map((service) => service.interface))),
    connections: new Set([...services.values()].map(({ connectionClass }) => connectionClass)),
    objectMethods,
    bound,
    findClass,
  };
}

function typesOf({ methods, properties, extends: parents }: CodedData, services: ReadonlySet<string>): Map<string, CodedType> {
  const names = new Set([...methods.map((method) => method.interface), ...properties.map((one) => one.interface), ...Object.keys(parents)]);
  const toType = (name: string): CodedType => {
    const lines = [...lineOf(name, parents)].reverse();
    const own = <T extends { readonly interface: string }>(all: readonly T[]) =>
      lines.flatMap((line) => all.filter((one) => one.interface === line));
    return {
      kind: services.has(name) ? 'service' : 'object',
      methods: new Map(own(methods).map((method) => [method.method, method])),
      properties: new Map(own(properties).map(({ property, type }) => [property, type])),
    };
  };
  return new Map([...names].map((name) => [name, toType(name)]));
}

/** An interface and those that it extends. */
function lineOf(name: string, parents: CodedData['extends']): ReadonlySet<string> {
  const line = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !line.has(at); at = parents[at]) line.add(at);
  return line;
}
