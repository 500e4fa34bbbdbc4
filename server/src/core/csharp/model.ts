/** What is known of the names in a C# file: where each is declared, and what may be in it. */
import { type CsNode, childOf, childrenOf, lastOf, wordOf } from './node';

/** A name, and every expression that is put into it. */
export interface Binding {
  readonly name: string;
  /** Where it is declared: no two have the same. */
  readonly place: string;
  /** The type as written, without namespace; undefined for `var`. */
  readonly type: string | undefined;
  readonly values: Located[];
  /** Something that is not seen here may put a value into it. */
  isOpen: boolean;
  /** Other files can read it. */
  readonly isShared: boolean;
  /** A member that nobody sets later on. */
  readonly isFixed?: boolean;
  /** What is put into it goes to whoever called. */
  readonly goesOut?: boolean;
  /** A call that puts something into it, and which argument of it this is. */
  readonly handed?: { readonly call: CsNode; readonly index: number; readonly scope: Scope };
  /** Of a method: the types of its parameters, one list an overload. */
  readonly parameters?: (readonly (string | undefined)[])[];
}

/** An expression and the names around it. */
export interface Located {
  readonly node: CsNode;
  readonly scope: Scope;
  /** Each of what it holds in turn, as in a loop. */
  readonly isElement?: boolean;
}

/** The names that a stretch of code declares. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
  /** The class whose body this is. */
  readonly owner: CsClass | undefined;
  readonly file: CsFile;
}

export interface CsClass {
  readonly name: string;
  readonly members: Map<string, Binding>;
  /** Names of what it derives from, without namespace. */
  readonly bases: string[];
  /** Another file may hold more of it. */
  isPartial: boolean;
  /** Studio made it, out of the connections that its developer can see. */
  readonly isGenerated: boolean;
}

export interface CsFile {
  readonly path: string;
  readonly text: string;
  readonly root: CsNode;
  /** The names of each node that has some of its own. */
  readonly scopes: Map<CsNode, Scope>;
  readonly classes: Map<string, CsClass>;
  readonly usings: Usings;
  /** Studio made it: nobody else sets what it declares. */
  readonly isGenerated: boolean;
}

/** What the `using` directives of a file rename or spare. */
export interface Usings {
  /** Names of types without namespace, by the name that stands for them. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Classes whose members need no class before them. */
  readonly statics: readonly string[];
}

/** The text of a name. */
export function nameIn({ text }: CsFile, node: CsNode | undefined): string {
  return wordOf(text, node);
}

/** Names of methods are kept apart from those of values. */
export function methodKey(name: string): string {
  return `${name}()`;
}

/** The class around a scope. */
export function ownerOf(scope: Scope): CsClass | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.owner) return at.owner;
  return undefined;
}

/** What a name means in a scope, classes around it included; members of base classes are not looked for. */
export function findBinding(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.names.get(name) ?? at.owner?.members.get(name);
    if (found) return found;
  }
  return undefined;
}

/** A member of a class or of what it derives from. */
export function findMember(
  owner: CsClass | undefined,
  name: string,
  findClass: (name: string) => CsClass | undefined,
): Binding | undefined {
  const seen = new Set<CsClass>();
  for (let [at, queue] = [owner, [] as CsClass[]]; at; at = queue.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const found = at.members.get(name);
    if (found) return found;
    queue.push(...at.bases.flatMap((base) => findClass(base) ?? []));
  }
  return undefined;
}

/** What a call gets under a name, else what stands first in it. */
export function givenAs(name: string, call: CsNode, file: CsFile): CsNode | undefined {
  const list = childrenOf(
    call.children.find(({ type }) => type === 'argument_list'),
    'argument',
  );
  const named = list.find((one) => nameIn(file, childOf(one, 'name')) === name);
  const chosen = named ?? list.find((one) => !childOf(one, 'name'));
  return chosen && lastOf(chosen);
}
