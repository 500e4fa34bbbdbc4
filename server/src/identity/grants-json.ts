/** Reads what an administrator exported about the grants of one app, in every shape that Graph, az and PowerShell write. Nothing of a text is ever part of what is said about it. */
import { isGuid } from '../core/guid';
import type { AccountKind, Extent, Grant } from '../core/permissions/grants';
import { type Entries, type Fields, fieldsOf, looksLikeGrant, readEntries, wordsOf } from './grant-entries';

/** What one or several exports tell. */
export interface Evidence {
  readonly grants: readonly Grant[];
  readonly extents: readonly Extent[];
  /** Object ids of the apps that hold the grants. */
  readonly holders: readonly string[];
  /** Client ids of apps, where the claims of tokens name them; in lower case. */
  readonly clientIds?: readonly string[];
  /** What a person should know about how it was read. */
  readonly notices: readonly string[];
  /** It was asked for as the app of the manifest: it is of every connection of that app. */
  readonly isOfApp?: true;
  /** Who signed in, where somebody did and it can be told. */
  readonly account?: AccountKind | undefined;
}

/** Evidence, or why a text is none: a sentence without its subject. */
export type ReadEvidence =
  | { readonly evidence: Evidence; readonly refusal?: never }
  | { readonly refusal: string; readonly evidence?: never };

const shapes =
  'it takes oauth2PermissionGrants or appRoleAssignments as Graph, az or PowerShell write them, or {"scp": "…"} or {"roles": […]} of a token';

/** The id of Microsoft Graph, and its address in each cloud. */
const graphAddress = [
  '00000003-0000-0000-c000-000000000000',
  'https://(?:graph\\.microsoft\\.com|graph\\.microsoft\\.us|dod-graph\\.microsoft\\.us|microsoftgraph\\.chinacloudapi\\.cn)',
].join('|');
const graphAudience = new RegExp(`^(?:${graphAddress})/*$`, 'i');
const graphPrefix = new RegExp(`^(?:${graphAddress})/+`, 'i');

/** Reads an export. */
export function readEvidence(text: string): ReadEvidence {
  // PowerShell makes nothing at all of an answer that has no grants.
  if (text.trim() === '')
    return { refusal: 'is empty: where there was nothing to export, write [] into it, or {"roles": []} for application permissions' };
  const value = parse(text);
  if (value === undefined) return { refusal: 'is not JSON' };
  if (Array.isArray(value)) return fromList(value, undefined);
  const fields = fieldsOf(value);
  if (!fields) return { refusal: `holds no grants: ${shapes}` };
  if (fields.has('@odata.nextlink')) return { refusal: 'is one page of several: export all pages into one list' };
  const list = fields.get('value');
  if (Array.isArray(list)) return fromList(list, fields.get('@odata.context'));
  if (looksLikeGrant(fields)) return fromList([value], undefined);
  if (fields.has('scp') || fields.has('roles')) return fromToken(fields);
  if (fieldsOf(fields.get('error'))) return { refusal: 'holds an error that Graph answered with, not grants: export it again' };
  return { refusal: `holds no grants: ${shapes}` };
}

/** Puts exports together: delegated grants and app roles of one app come in two. */
export function joinEvidence(parts: readonly Evidence[]): ReadEvidence {
  const evidence = {
    grants: parts.flatMap(({ grants }) => grants),
    extents: parts.flatMap(({ extents }) => extents),
    holders: [...new Set(parts.flatMap(({ holders }) => holders))],
    clientIds: [...new Set(parts.flatMap(({ clientIds = [] }) => clientIds))],
    notices: [...new Set(parts.flatMap(({ notices }) => notices))],
  };
  const length = Math.max(evidence.holders.length, evidence.clientIds.length);
  return length > 1 ? { refusal: `holds grants of ${length} apps: export those of one app only` } : { evidence };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromList(list: readonly unknown[], context: unknown): ReadEvidence {
  const read = readEntries(list);
  if (!read) return { refusal: `holds an entry that is no grant: ${shapes}` };
  const { grants, holders, hasUnnamedResources } = read;
  // It is what others may do in the app, not what the app may do.
  if (list.length > 0 && read.kinds.length === 0)
    return { refusal: 'holds only roles that users or groups have in an app: export its appRoleAssignments, not its appRoleAssignedTo' };
  const kinds = kindsOf(read, context);
  const notices = [
    ...(kinds === undefined ? ['An empty list that does not say what it is of is taken for one of oauth2PermissionGrants.'] : []),
    ...(hasUnnamedResources
      ? ['It names no resources, and has several: a scope counts whichever it is of. az names them with --show-resource-name.']
      : []),
  ];
  const extents = (kinds ?? ['delegated' as const]).map((kind): Extent => ({ kind, from: 'tenant' }));
  return joinEvidence([{ grants, extents, holders, notices }]);
}

/** Of which kinds a list tells all; undefined where an empty one does not say so. */
function kindsOf({ kinds }: Entries, context: unknown): readonly Grant['kind'][] | undefined {
  if (kinds.length > 0) return kinds;
  if (typeof context !== 'string') return undefined;
  if (/oauth2PermissionGrant/i.test(context)) return ['delegated'];
  return /appRoleAssign/i.test(context) ? ['application'] : undefined;
}

function fromToken(fields: Fields): ReadEvidence {
  const audience = fields.get('aud');
  if (audience !== undefined && (typeof audience !== 'string' || !graphAudience.test(audience.trim())))
    return { refusal: 'is of a token that is not for Microsoft Graph' };
  const claims = [
    { kind: 'delegated', claim: fields.get('scp') },
    { kind: 'application', claim: fields.get('roles') },
  ] as const;
  const present = claims.filter(({ claim }) => claim !== undefined && claim !== null);
  const grants: Grant[] = [];
  for (const { kind, claim } of present) {
    const names = wordsOf(claim);
    if (!names) return { refusal: `holds a claim that is no list of names: ${shapes}` };
    // An answer of Entra, unlike the token in it, puts the address of Graph before each name.
    grants.push({ kind, resource: 'graph', names: names.map(withoutAddress), roleIds: [], isForOneUser: false });
  }
  if (grants.length === 0) return { refusal: `holds no grants: ${shapes}` };
  const extents = grants.map(({ kind }) => ({ kind, from: 'token' }) as const);
  return { evidence: { grants, extents, holders: [], clientIds: clientIdsIn(fields), notices: [] } };
}

/** Older tokens call it `appid`, newer ones `azp`. */
function clientIdsIn(fields: Fields): string[] {
  const id = fields.get('appid') ?? fields.get('azp');
  return typeof id === 'string' && isGuid(id) ? [id.toLowerCase()] : [];
}

function withoutAddress(name: string): string {
  return name.replace(graphPrefix, '');
}
