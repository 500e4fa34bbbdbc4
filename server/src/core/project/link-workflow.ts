/** Links a workflow: which activity relies on which Microsoft 365 Scope around it, and which names a connection. */
import type { Activity, Catalog } from '../catalog/types';
import { needsOf } from '../permissions/needs';
import { readProperty } from '../xaml/values';
import { argumentReader } from './argument-reader';
import { isBroken } from './broken';
import type { CandidateUse, ConnectionReference, Declaration, ProjectDocument, ScopeElement, Use, XamlDocument } from './model';

/** Containers sign in; they are no uses themselves. */
const containers = new Set(['scope', 'card']);

/** Whether an element of the package is an activity that needs something. */
export function isUse(catalog: Catalog, { id }: CandidateUse): boolean {
  const activity = catalog.activities.get(id);
  return activity !== undefined && !containers.has(activity.kind);
}

/** Finds the uses of a workflow and hands each to the scope it relies on. */
export function linkWorkflow(document: XamlDocument, catalog: Catalog, project: ProjectDocument | undefined) {
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
    needs: { delegated: needsOf(activity, 'delegated', read), application: needsOf(activity, 'application', read) },
    open: activity.dynamic === true,
    connection: activity.kind === 'modern' || activity.kind === 'trigger' ? connectionOf(document, candidate) : undefined,
  };
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

function toDeclaration(
  document: XamlDocument,
  scope: ScopeElement,
  uses: readonly Use[],
  hasUnknown: boolean,
  project: ProjectDocument | undefined,
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
  };
}
