/** Links a workflow: which activity relies on which Microsoft 365 Scope around it, and which names a connection. */
import type { Activity, Catalog } from '../catalog/types';
import { needsOf } from '../permissions/needs';
import { needsOfDynamic } from '../permissions/request-needs';
import { readProperty } from '../xaml/values';
import { argumentReader } from './argument-reader';
import { isBroken } from './broken';
import { namedConnection, usedConnection } from './connection-reference';
import type {
  CandidateUse,
  ConnectionReference,
  Declaration,
  ProjectDocument,
  ScopeElement,
  UnknownActivity,
  Use,
  XamlDocument,
} from './model';
import type { SignIn } from './sign-in-model';

/** Containers sign in; they are no uses themselves. */
const containers = new Set(['scope', 'card']);

/** Whether an element of the package is an activity that needs something. */
export function isUse(catalog: Catalog, { id }: CandidateUse): boolean {
  const activity = catalog.activities.get(id);
  return activity !== undefined && !containers.has(activity.kind);
}

/** What a workflow is linked with. */
export interface WorkflowContext {
  readonly project: ProjectDocument | undefined;
  readonly signInOf: (scope: ScopeElement) => SignIn;
}

/** Finds the uses of a workflow and hands each to the scope or connection it relies on. */
export function linkWorkflow(document: XamlDocument, catalog: Catalog, context: WorkflowContext) {
  const byScope = document.scopes.map((): Use[] => []);
  const unknownIn = new Set<number>();
  const unknownConnections: ConnectionReference[] = [];
  const unknownActivities: UnknownActivity[] = [];
  const uses: Use[] = [];
  for (const candidate of document.candidates) {
    if (candidate.disabled) continue;
    const activity = catalog.activities.get(candidate.id);
    if (!activity) {
      if (!looksLikeActivity(candidate, catalog)) continue;
      const display = readProperty(document, candidate.element, 'DisplayName');
      const displayName = display.kind === 'literal' ? display.text : undefined;
      unknownActivities.push({ id: candidate.id, displayName, document, range: candidate.range });
      if (candidate.scope !== undefined) unknownIn.add(candidate.scope);
      const connection = usedConnection(document, candidate.element);
      if (connection) unknownConnections.push(connection);
      continue;
    }
    if (containers.has(activity.kind)) continue;
    const use = toUse(document, candidate, activity, catalog);
    uses.push(use);
    if (!use.connection && candidate.scope !== undefined && !reliesOnCard(candidate, activity)) byScope[candidate.scope]?.push(use);
  }
  const declarations = document.scopes.map((scope, index) =>
    toDeclaration(document, scope, byScope[index] ?? [], unknownIn.has(index), context),
  );
  return { uses, declarations, unknownConnections, unknownActivities };
}

/** A card signs in for the files activities in it; everything else looks for the scope around it. */
function reliesOnCard({ card }: CandidateUse, activity: Activity): boolean {
  return card !== undefined && /\.(Files|Excel|Sharepoint)\./.test(activity.id);
}

/** The connection that an element names itself. */
export function ownConnection(document: XamlDocument, candidate: CandidateUse, { kind }: Activity): ConnectionReference | undefined {
  const { element, scope, card } = candidate;
  if (kind === 'scope') return document.scopes.find((known) => known.element === element)?.connection;
  if (kind === 'classic') return undefined;
  const isInside = scope !== undefined || card !== undefined;
  return isInside || kind === 'card' ? usedConnection(document, element) : namedConnection(document, element);
}

/** The connection an activity relies on: its own, or that of the card or scope around it. */
function connectionOf(document: XamlDocument, candidate: CandidateUse, activity: Activity): ConnectionReference | undefined {
  const { scope, card } = candidate;
  const own = ownConnection(document, candidate, activity);
  if (own) return own;
  if (card !== undefined && reliesOnCard(candidate, activity)) return document.cards[card];
  return scope === undefined ? undefined : document.scopes[scope]?.connection;
}

/** Elements of an activity's namespace that the catalogue does not know: Studio gives activities, and only them, a view state. */
function looksLikeActivity({ id, element }: CandidateUse, catalog: Catalog): boolean {
  const dot = id.lastIndexOf('.');
  const namespace = id.slice(0, dot);
  if (/^(MailFilter|TriggerMail|ActivityState$|BackupSlot$)|Argument$/.test(id.slice(dot + 1))) return false;
  const isActivityNamespace = [...catalog.activities.keys()].some((known) => known.slice(0, known.lastIndexOf('.')) === namespace);
  const has = (name: string) => element.attributes.some(({ localName }) => localName === name);
  // A view state is an activity's, whatever its namespace is called in that version of the package.
  const hasViewState = has('WorkflowViewState.IdRef') || element.children.some(({ localName }) => localName === 'WorkflowViewState.IdRef');
  const isPart = /\.(Models|Enums|Filters|Contracts)$|^UiPath\.Shared\./.test(namespace);
  // Studio writes these on activities alone; what was written by hand or by a program has no view state.
  const isNamed = has('DisplayName') || has('AuthScopesInvalid') || has('UseConnectionService');
  return (hasViewState && !isPart) || (isActivityNamespace && isNamed);
}

function toUse(document: XamlDocument, candidate: CandidateUse, activity: Activity, catalog: Catalog): Use {
  const { element } = candidate;
  const read = argumentReader(document, element);
  const display = readProperty(document, element, 'DisplayName');
  const request = needsOfDynamic(catalog, activity, read);
  return {
    activity,
    id: activity.id,
    displayName: display.kind === 'literal' ? display.text : activity.displayName,
    document,
    range: candidate.range,
    needs: request?.needs ?? { delegated: needsOf(activity, 'delegated', read), application: needsOf(activity, 'application', read) },
    open: activity.dynamic !== undefined && request === undefined,
    connection: connectionOf(document, candidate, activity),
    operations: request?.operations ?? activity.operations,
    read,
    container:
      candidate.card !== undefined && reliesOnCard(candidate, activity) ? 'card' : candidate.scope === undefined ? undefined : 'scope',
    isInCard: candidate.card !== undefined,
    isUnknown: undefined,
  };
}

function toDeclaration(
  document: XamlDocument,
  scope: ScopeElement,
  uses: readonly Use[],
  hasUnknown: boolean,
  { project, signInOf }: WorkflowContext,
): Declaration {
  const framework = project?.targetFramework;
  const ignored = scope.servicesNeedLegacy && framework !== undefined && framework.toLowerCase() !== 'legacy';
  const open = scope.open ?? (ignored ? 'services-ignored' : isBroken(document, scope.region) ? 'broken' : undefined);
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
    hasOpenUse: hasUnknown || scope.sharesClient || document.fault !== undefined || uses.some((use) => use.open),
    signIn: signInOf(scope),
    element: scope,
    entry: undefined,
  };
}
