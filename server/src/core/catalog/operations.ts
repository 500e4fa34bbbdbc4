/** Finds the permissions that a concrete Graph request needs, in a table that is built on first use. */
import type { IndexGroups, OperationsData } from './import/operations';
import { type GraphRequest, identifier, readRequest } from './path';
import type { Group, PermissionKind } from './types';

/** What a request needs: any one of each list, the least first. */
export interface Operation {
  /** The normalised operation that was found, `/me` as it was asked for. */
  readonly matched: string;
  readonly delegatedWork: readonly string[];
  readonly delegatedPersonal: readonly string[];
  readonly application: readonly string[];
  /** The first of each list, where the table marks one as least and it does alone. */
  readonly least: { readonly delegatedWork?: string; readonly delegatedPersonal?: string; readonly application?: string };
  /** Where some permissions open it only together: the groups of which one of each is needed, by kind of sign-in; absent: each permission does alone. */
  readonly together?: Together;
}

type SignInColumn = 'delegatedWork' | 'delegatedPersonal' | 'application';
export type Together = Readonly<Partial<Record<SignInColumn, readonly Group[]>>>;

export interface OperationTable {
  readonly size: number;
  /** Looks a request up, such as `GET /me/messages`; undefined where the table has no such row. */
  readonly find: (request: string) => Operation | undefined;
  /** Every operation that a permission opens, of one kind. */
  readonly openedBy: (permission: string, kind: PermissionKind) => readonly string[];
}

interface TreeNode {
  readonly fixed: Map<string, TreeNode>;
  any: TreeNode | undefined;
  methods: Readonly<Record<string, number>> | undefined;
}

/** Operations whose row says nothing about a single request: they hold requests of their own, or search in everything. */
const holdsOthers = new Set(['POST /$batch', 'POST /search/query']);

/** Builds the table. */
export function makeOperationTable({ names, rows, paths, together = {} }: OperationsData): OperationTable {
  const root = emptyNode();
  let size = 0;
  for (const [path, methods] of Object.entries(paths)) {
    place(root, path.slice(1).split('/')).methods = methods;
    size += Object.keys(methods).length;
  }
  const namesOf = (indexes: readonly number[]) => indexes.map((index) => names[index] ?? '');
  return {
    size,
    find(text) {
      const request = readRequest(text);
      if (!request) return undefined;
      const found = search(root, request, 0, []);
      if (!found || holdsOthers.has(`${request.method} ${found.path}`)) return undefined;
      const row = rows[found.row];
      return row && toOperation(request, found.path, row, together[found.row] ?? [], namesOf);
    },
    openedBy(permission, kind) {
      const index = names.indexOf(permission);
      if (index < 0) return [];
      const columns = kind === 'application' ? [2] : [0, 1];
      const opening = new Set(
        rows.flatMap((row, place) => (columns.some((column) => (row[column] as readonly number[]).includes(index)) ? [place] : [])),
      );
      return Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, row]) => (opening.has(row) ? [`${method} ${path}`] : [])),
      );
    },
  };
}

function toOperation(
  { method, isMe }: GraphRequest,
  path: string,
  [work, personal, application, least]: OperationsData['rows'][number],
  groups: readonly IndexGroups[],
  namesOf: (indexes: readonly number[]) => string[],
): Operation {
  const [delegatedWork, delegatedPersonal] = [namesOf(work), namesOf(personal)];
  // There is no signed-in user under application sign-in.
  const roles = isMe ? [] : namesOf(application);
  const together = togetherOf(groups, isMe, namesOf);
  const first = (key: SignInColumn, list: readonly string[], count: number) => {
    // Of several groups one name is not the least: it takes one of each.
    const groups = together[key] ?? [list];
    const least = groups.length === 1 && count > 0 ? groups[0]?.[0] : undefined;
    return least === undefined ? {} : { [key]: least };
  };
  return {
    matched: `${method} ${isMe ? path.replace(`/users/${identifier}`, '/me') : path}`,
    delegatedWork,
    delegatedPersonal,
    application: roles,
    least: {
      ...first('delegatedWork', delegatedWork, least[0]),
      ...first('delegatedPersonal', delegatedPersonal, least[1]),
      ...first('application', roles, least[2]),
    },
    ...(Object.keys(together).length > 0 ? { together } : {}),
  };
}

function togetherOf(
  [work = [], personal = [], application = []]: readonly IndexGroups[],
  isMe: boolean,
  namesOf: (indexes: readonly number[]) => string[],
): Together {
  const of = (key: SignInColumn, found: IndexGroups) => (found.length > 0 ? { [key]: found.map(namesOf) } : {});
  return { ...of('delegatedWork', work), ...of('delegatedPersonal', personal), ...(isMe ? {} : of('application', application)) };
}

function emptyNode(): TreeNode {
  return { fixed: new Map(), any: undefined, methods: undefined };
}

function place(root: TreeNode, segments: readonly string[]): TreeNode {
  let node = root;
  for (const segment of segments) {
    let next = segment === identifier ? node.any : node.fixed.get(segment);
    if (!next) {
      next = emptyNode();
      if (segment === identifier) node.any = next;
      else node.fixed.set(segment, next);
    }
    node = next;
  }
  return node;
}

/** A fixed segment goes before an identifier; where it leads nowhere, the identifier is tried. */
function search(node: TreeNode, request: GraphRequest, at: number, path: readonly string[]): { row: number; path: string } | undefined {
  if (at === request.segments.length) {
    const row = node.methods?.[request.method];
    return row === undefined ? undefined : { row, path: `/${path.join('/')}` };
  }
  const segment = request.segments[at] ?? '';
  const fixed = node.fixed.get(segment);
  const found = fixed && search(fixed, request, at + 1, [...path, segment]);
  return found ?? (node.any && search(node.any, request, at + 1, [...path, identifier]));
}
