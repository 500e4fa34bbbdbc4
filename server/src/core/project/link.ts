/** Links the files of one automation: which activity relies on which scope or connection, and what it needs. */
import type { Activity, Catalog, PermissionKind } from '../catalog/types';
import { needsOf, type PropertyReader } from '../permissions/needs';
import { readProperty, type Value } from '../xaml/values';
import { argumentReader } from './argument-reader';
import type {
  CandidateUse,
  ConnectionReference,
  Declaration,
  Document,
  ManifestConnection,
  ManifestDocument,
  ManifestUse,
  Project,
  ProjectDocument,
  ScopeElement,
  UndeclaredConnection,
  Use,
  XamlDocument,
} from './model';

/** What the caller knows of paths: core has no file system. */
export interface LinkOptions {
  /** Whether a manifest's `workflows` globs take in a file. */
  readonly governs: (manifest: ManifestDocument, path: string) => boolean;
}

const containers = new Set(['scope', 'card']);

/** Links documents that belong together. */
export function link(documents: readonly Document[], catalog: Catalog, { governs }: LinkOptions): Project {
  const manifests = documents.filter((document) => document.kind === 'manifest');
  const workflows = documents.filter((document) => document.kind === 'xaml');
  const project = documents.find((document) => document.kind === 'project' && document.isAutomation) as ProjectDocument | undefined;
  const links = workflows.map((document) => linkWorkflow(document, catalog, project));
  const stated = manifests.flatMap((manifest) => manifest.activities.map((use) => toStatedUse(manifest, use, catalog)));
  const uses = [...links.flatMap((linked) => linked.uses), ...stated];
  const connected = uses.filter(({ connection }) => connection !== undefined);
  const declarations = [
    ...links.flatMap((linked) => linked.declarations),
    ...manifests.flatMap((manifest) => manifest.connections.map((connection) => linkConnection(manifest, connection, connected, governs))),
  ];
  return {
    documents,
    manifests,
    declarations,
    undeclared: undeclaredConnections(connected, manifests, governs),
    uses: uses.filter(({ activity }) => activity === undefined || !containers.has(activity.kind)),
    disabledUses: workflows.flatMap(({ path, candidates }) =>
      candidates.filter((use) => use.disabled && isUse(catalog, use)).map(() => path),
    ),
  };
}

function isUse(catalog: Catalog, { id }: CandidateUse): boolean {
  const activity = catalog.activities.get(id);
  return activity !== undefined && !containers.has(activity.kind);
}

function linkWorkflow(document: XamlDocument, catalog: Catalog, project: ProjectDocument | undefined) {
  const byScope = new Map<number, Use[]>();
  const unknownIn = new Set<number>();
  const uses: Use[] = [];
  for (const candidate of document.candidates) {
    if (candidate.disabled) continue;
    const activity = catalog.activities.get(candidate.id);
    if (!activity) {
      if (candidate.scope !== undefined && looksLikeActivity(candidate, catalog)) unknownIn.add(candidate.scope);
      continue;
    }
    if (containers.has(activity.kind)) continue;
    const use = toUse(document, candidate, activity);
    uses.push(use);
    const index = use.connection || relyingOnCard(candidate, activity) ? undefined : candidate.scope;
    if (index !== undefined) byScope.set(index, [...(byScope.get(index) ?? []), use]);
  }
  const declarations = document.scopes.map((scope, index) =>
    toDeclaration(document, scope, byScope.get(index) ?? [], unknownIn.has(index), project),
  );
  return { uses, declarations };
}

/** A card signs in for the files activities in it; everything else looks for the scope around it. */
function relyingOnCard({ card }: CandidateUse, activity: Activity): boolean {
  return card && /\.(Files|Excel|Sharepoint)\./.test(activity.id);
}

/** Elements of an activity's namespace that the catalogue does not know: Studio gives activities, and only them, a view state. */
function looksLikeActivity({ id, element }: CandidateUse, catalog: Catalog): boolean {
  const namespace = id.slice(0, id.lastIndexOf('.'));
  const isActivityNamespace = [...catalog.activities.keys()].some((known) => known.slice(0, known.lastIndexOf('.')) === namespace);
  const hasViewState = element.attributes.some(({ localName }) => localName === 'WorkflowViewState.IdRef' || localName === 'DisplayName');
  return isActivityNamespace && (hasViewState || element.children.some(({ localName }) => localName === 'WorkflowViewState.IdRef'));
}

function toUse(document: XamlDocument, candidate: CandidateUse, activity: Activity): Use {
  const { element } = candidate;
  const read = argumentReader(document, element);
  const display = readProperty(document, element, 'DisplayName');
  return {
    activity,
    id: activity.id,
    displayName: display.kind === 'literal' ? display.text : activity.displayName,
    document,
    range: candidate.range,
    needs: needs(activity, read),
    open: activity.dynamic === true,
    connection: activity.kind === 'modern' || activity.kind === 'trigger' ? connectionOf(document, candidate) : undefined,
  };
}

function needs(activity: Activity, read: PropertyReader): Record<PermissionKind, ReturnType<typeof needsOf>> {
  return { delegated: needsOf(activity, 'delegated', read), application: needsOf(activity, 'application', read) };
}

/** Inside a scope a modern activity uses its own connection only when it says so; outside, whenever it names one. */
function connectionOf(document: XamlDocument, { element, scope, card }: CandidateUse): ConnectionReference | undefined {
  const id = readProperty(document, element, 'ConnectionId');
  if (id.kind === 'empty') return undefined;
  const own = readProperty(document, element, 'UseConnectionService');
  const isInside = scope !== undefined || card;
  if (isInside && own.kind === 'literal' && own.text.toLowerCase() === 'false') return undefined;
  return { text: id.text, isExpression: id.kind === 'expression' };
}

function toStatedUse(
  manifest: ManifestDocument,
  { activity: name, operation, connection, range, properties }: ManifestUse,
  catalog: Catalog,
): Use {
  const activity = name === undefined ? undefined : findActivity(catalog, name);
  const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };
  const read: PropertyReader = (property) => properties.get(property) ?? properties.get(property.split('.').at(-1) ?? '') ?? nothing;
  return {
    activity,
    id: activity?.id ?? name ?? operation ?? '',
    displayName: activity?.displayName ?? name ?? operation ?? '',
    document: manifest,
    range,
    needs: activity ? needs(activity, read) : { delegated: [], application: [] },
    open: activity === undefined || activity.dynamic === true,
    connection: connection === undefined ? undefined : { text: connection, isExpression: false },
  };
}

/** Finds an activity by CLR type or short name. */
export function findActivity(catalog: Catalog, name: string): Activity | undefined {
  const exact = catalog.activities.get(name);
  if (exact) return exact;
  const ending = `.${name}`.toLowerCase();
  return [...catalog.activities.values()].find(({ id }) => id.toLowerCase().endsWith(ending));
}

function toDeclaration(
  document: XamlDocument,
  scope: ScopeElement,
  uses: readonly Use[],
  hasUnknown: boolean,
  project: ProjectDocument | undefined,
): Declaration {
  const framework = project?.targetFramework;
  const ignored = scope.servicesNeedLegacy && framework !== undefined && framework.toLowerCase() !== 'legacy';
  const open = scope.open ?? (ignored ? 'services-ignored' : undefined);
  return {
    document,
    label: scope.label,
    connection: undefined,
    connector: undefined,
    kind: open === 'app-only' ? 'application' : 'delegated',
    range: scope.range,
    nameRange: { start: scope.element.nameStart, end: scope.element.nameStart + scope.element.name.length },
    form: scope.form,
    scopes: scope.scopes,
    open,
    effective: open === undefined || open === 'expression' || open === 'default',
    uses,
    hasOpenUse: hasUnknown || scope.sharesClient || uses.some((use) => use.open),
  };
}

const applicationTypes = new Set(['client-secret', 'client-certificate', 'oauth-client-credentials', 'oauth-client-certificate']);

function linkConnection(
  manifest: ManifestDocument,
  connection: ManifestConnection,
  connected: readonly Use[],
  governs: LinkOptions['governs'],
): Declaration {
  const uses = connected.filter((use) => isGoverned(manifest, use, governs) && names(connection, use.connection));
  return {
    document: manifest,
    label: connection.key,
    connection: connection.key,
    connector: connection.connector,
    kind: applicationTypes.has(connection.authentication ?? '') ? 'application' : 'delegated',
    range: connection.scopesRange ?? connection.keyRange,
    nameRange: connection.keyRange,
    form: connection.form,
    scopes: connection.scopes,
    open: connection.open,
    effective: true,
    uses,
    hasOpenUse: uses.some((use) => use.open) || hasNamelessUse(manifest, connection, connected, governs),
  };
}

/** An expression may name any connection of its activity's connector: while one exists, nothing of that connector is unused. */
function hasNamelessUse(
  manifest: ManifestDocument,
  { connector }: ManifestConnection,
  connected: readonly Use[],
  governs: LinkOptions['governs'],
): boolean {
  return connected.some(
    (use) =>
      use.connection?.isExpression === true &&
      isGoverned(manifest, use, governs) &&
      (connector === undefined || use.activity?.connector === undefined || use.activity.connector === connector),
  );
}

function isGoverned(manifest: ManifestDocument, use: Use, governs: LinkOptions['governs']): boolean {
  return use.document.kind === 'manifest' ? use.document === manifest : governs(manifest, use.document.path);
}

function names(connection: ManifestConnection, reference: ConnectionReference | undefined): boolean {
  if (!reference || reference.isExpression) return false;
  return reference.text === connection.key || connection.ids.includes(reference.text.toLowerCase());
}

function undeclaredConnections(
  connected: readonly Use[],
  manifests: readonly ManifestDocument[],
  governs: LinkOptions['governs'],
): UndeclaredConnection[] {
  const found = new Map<string, UndeclaredConnection>();
  for (const use of connected) {
    const reference = use.connection;
    if (
      !reference ||
      manifests.some(
        (manifest) => isGoverned(manifest, use, governs) && manifest.connections.some((connection) => names(connection, reference)),
      )
    )
      continue;
    const key = reference.isExpression ? reference.text : reference.text.toLowerCase();
    const before = found.get(key);
    found.set(key, {
      id: reference.text,
      isExpression: reference.isExpression,
      connector: before?.connector ?? use.activity?.connector,
      uses: [...(before?.uses ?? []), use],
    });
  }
  return [...found.values()];
}
