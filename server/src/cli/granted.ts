/** `--granted FILE` and `--connection ID`: the options, and which automation the grants are of. */
import { resolve } from 'node:path';
import type { Analysis } from '../core/index';
import type { Grants } from '../core/permissions/grants';
import { nearest } from '../core/permissions/nearest';
import { ownApps } from '../core/project/meant-app';
import type { Document, ManifestDocument } from '../core/project/model';
import type { ManifestApp } from '../core/project/sign-in-model';
import type { Evidence } from '../identity/grants-json';
import { readGrants } from '../identity/read-grants';
import type { Automation } from '../workspace/automations';
import { type Io, UsageError } from './io';

export const grantedOptions = { granted: { type: 'string', multiple: true }, connection: { type: 'string' } } as const;

export interface GrantedRequest {
  readonly granted?: readonly string[] | undefined;
  readonly connection?: string | undefined;
}

/** Reads what `--granted` names. Throws a UsageError that says what is wrong with it and nothing of what stands in it. */
export function readGranted(io: Io, { granted, connection }: GrantedRequest): Evidence | undefined {
  if (!granted || granted.length === 0) {
    if (connection !== undefined) throw new UsageError('--connection goes with --granted or --sign-in: it says which connection is meant.');
    return undefined;
  }
  const read = readGrants(granted.map((file) => resolve(io.cwd, file)));
  if (read.refusal !== undefined) throw new UsageError(`--granted cannot be used. ${read.refusal}`);
  return read.evidence;
}

/**
 * Finds the automation that grants are of; the others are not compared.
 * @returns the grants of each automation. Throws a UsageError where somebody has to say which connection is meant.
 */
export function placeGrants(
  evidence: Evidence,
  connection: string | undefined,
  automations: readonly Automation[],
): (automation: Automation) => Grants | undefined {
  const grants = (key: string | undefined): Grants => ({ ...evidence, connection: key });
  const manifests = automations.flatMap(({ documents }) => manifestsIn(documents));
  if (connection !== undefined) {
    const { manifest, key } = findConnection(manifests, connection);
    mustBeOf(evidence, [appOf(manifest, key)]);
    return ({ documents }) => (documents.includes(manifest) ? grants(key) : undefined);
  }
  const question = whyAmbiguous(evidence, manifests);
  if (question !== undefined) throw new UsageError(`${question} ${connectionsIn(manifests)}`);
  mustBeOf(evidence, ownApps(manifests));
  const hasApp = ({ documents }: Automation) => ownApps(manifestsIn(documents)).length > 0;
  const hasConnection = ({ documents }: Automation) => manifestsIn(documents).some(({ connections }) => connections.length > 0);
  const isTheOne = automations.some(hasApp) ? hasApp : automations.some(hasConnection) ? hasConnection : () => automations.length === 1;
  return (automation) => (automations.includes(automation) && isTheOne(automation) ? grants(undefined) : undefined);
}

/** The app that a connection names, or the only one it can be. */
function appOf(manifest: ManifestDocument, key: string): ManifestApp | undefined {
  const name = manifest.connections.find((connection) => connection.key === key)?.app?.text;
  if (name !== undefined) return manifest.apps.get(name);
  const [only, ...others] = ownApps([manifest]);
  return others.length === 0 ? only : undefined;
}

/** Claims can name their app. Those of another one say nothing here. */
function mustBeOf({ clientIds = [] }: Evidence, apps: readonly (ManifestApp | undefined)[]): void {
  const known = apps.flatMap((app) => app?.clientId?.trim().toLowerCase() ?? []);
  if (known.length === 0 || clientIds.every((id) => known.includes(id))) return;
  throw new UsageError(
    `--granted cannot be used. The claims are of another app: their appid is not the clientId of the app that is meant (${known.join(', ')}).`,
  );
}

/** What is said where the grants met no list: silence would look like consent. */
export function tellUncompared(io: Io, evidence: Evidence | undefined, analyses: readonly Analysis[]): void {
  const option = evidence?.isOfApp ? '--sign-in' : '--granted';
  for (const notice of evidence?.notices ?? []) io.err(`m365-scopes: --granted: ${notice}\n`);
  if (!evidence || analyses.some(({ consents }) => [...consents.keys()].some(({ declaration }) => declaration.open === undefined))) return;
  const kinds = [...new Set(evidence.extents.map(({ kind }) => kind))].join(' and ');
  const isPersonal = analyses.some(({ project }) => project.declarations.some(({ signIn }) => signIn.isPersonal));
  const personal = isPersonal && evidence.extents.some(({ from }) => from === 'tenant');
  io.err(
    `m365-scopes: ${option} was compared with nothing: no list of scopes here is closed, of ${kinds} permissions as what was granted, and known to belong to the app that was granted them.${personal ? ' What a personal account consented to is in no tenant.' : ''}\n`,
  );
}

function manifestsIn(documents: readonly Document[]): ManifestDocument[] {
  return documents.filter((document) => document.kind === 'manifest');
}

/** Why nobody can tell whose grants they are: an export names its app by an object id, a token is of one connection. */
function whyAmbiguous({ extents, isOfApp }: Evidence, manifests: readonly ManifestDocument[]): string | undefined {
  const apps = ownApps(manifests).length;
  const connections = manifests.reduce((sum, manifest) => sum + manifest.connections.length, 0);
  if (apps > 1)
    return `There are ${apps} apps in the ${manifests.length > 1 ? 'manifests' : 'manifest'}, and grants name none that it knows: say whose they are with --connection ID.`;
  if (connections < 2 || isOfApp) return undefined;
  if (extents.some(({ from }) => from === 'token'))
    return `There are ${connections} connections, and a token is of one: say which with --connection ID.`;
  return apps === 0
    ? `There are ${connections} connections, and no app in the manifest that could tell whose grants these are: say whose with --connection ID.`
    : undefined;
}

function findConnection(manifests: readonly ManifestDocument[], id: string): { manifest: ManifestDocument; key: string } {
  const all = manifests.flatMap((manifest) => manifest.connections.map(({ key, ids }) => ({ manifest, key, ids })));
  const byKey = all.filter(({ key }) => key === id);
  const found = byKey.length > 0 ? byKey : all.filter(({ ids }) => ids.includes(id.toLowerCase()));
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  const byId = byKey.length > 0 ? 'give its GUID, or ' : '';
  if (first) throw new UsageError(`Several manifests have a connection "${id}": ${byId}check one project at a time.`);
  const near = nearest(
    id,
    all.map(({ key }) => key),
  );
  throw new UsageError(
    `There is no connection "${id}" in a manifest.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` ${connectionsIn(manifests)}`}`,
  );
}

function connectionsIn(manifests: readonly ManifestDocument[]): string {
  const all = manifests.flatMap(({ connections }) => connections.map(({ key }) => key));
  const keys = [...new Set(all)];
  if (keys.length === 0) return 'No manifest declares one yet: a Microsoft 365 Scope can be stated there as well.';
  const named = `There ${keys.length === 1 ? 'is' : 'are'} ${keys.slice(0, 12).join(', ')}${keys.length > 12 ? ' …' : '.'}`;
  return keys.length === all.length
    ? named
    : `${named} Several manifests use the same key: give the GUID of the connection, or check one project at a time.`;
}
