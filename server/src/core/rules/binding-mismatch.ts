import { bindingsFor, titleOf } from '../project/bindings';
import type { Binding, BindingsDocument } from '../project/connection-model';
import { type ConnectionPlace, connectionPlaces } from '../project/connection-places';
import type { Project } from '../project/model';
import type { Finding, Rule, RuleContext } from './rule';

/**
 * The bindings and the workflows disagree on a connection.
 *
 * **What happens at run time.** Orchestrator offers the connections of `bindings_v2.json` to be replaced for each folder. One that is not among
 * them stays the developer's own, which the robot's folder may not have (CNS1006); one that nobody uses is asked for all the same.
 *
 * **When it fires.** A literal `ConnectionId` is not among the connections of the `bindings_v2.json` in the nearest folder above the workflow; or
 * a connection there is one that no activity names, and its connector is one that the catalogue knows. Without such a file the rule is silent,
 * as it is for commented-out activities, for other makers' connectors, for a damaged file and for bindings without a workflow below. While a `ConnectionId` is
 * an expression, no binding of that connector is called unused; while a file is there that cannot be read, or is damaged, none is. The calls of coded workflows count as uses; what they name may be bound elsewhere.
 *
 * **How to fix.** Choose the connection anew in the activity and save the project in Studio, which writes the bindings; or correct the GUID that
 * was changed by hand.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 */
export const bindingMismatch: Rule = {
  id: 'binding-mismatch',
  severity: 'warning',
  stage: 'none',
  check: (context) => {
    const files = context.project.documents.filter((document) => document.kind === 'bindings' && document.form === 'project');
    if (files.length === 0) return [];
    const places = connectionPlaces(context.project, context.catalog);
    return (files as readonly BindingsDocument[]).flatMap((bindings) => {
      if (bindings.fault || bindings.limit) return [];
      const below = placesBelow(context.project, bindings, places);
      return [...lacking(context.project, bindings, below), ...unused(context, bindings, below)];
    });
  },
};

/** The manifest speaks of the whole automation: what it states by hand may use any of the bindings. */
function placesBelow({ documents }: Project, bindings: BindingsDocument, places: readonly ConnectionPlace[]): readonly ConnectionPlace[] {
  const all = documents.filter((document) => document.kind === 'bindings');
  return places.filter(({ document }) => document.kind === 'manifest' || bindingsFor(all, document.path) === bindings);
}

function lacking(project: Project, { bindings }: BindingsDocument, places: readonly ConnectionPlace[]): Finding[] {
  const bound = new Set(bindings.flatMap(({ ids }) => ids));
  return places.flatMap(({ document, connection, activity }) => {
    if (!activity || connection.isExpression || document.kind === 'manifest' || document.kind === 'coded') return [];
    if (namesOf(project, connection.text).some((name) => bound.has(name))) return [];
    const { id, displayName, start, end } = activity;
    return [
      {
        file: document.path,
        range: { start, end },
        message: `${displayName} uses the connection ${titleOf(connection.text, project.factsOf([connection.text]).name)}, which bindings_v2.json does not hold.`,
        scopes: [],
        connection: connection.text,
        activity: id,
        why: [],
        fixes: [],
      },
    ];
  });
}

function unused({ project, catalog }: RuleContext, { path, bindings }: BindingsDocument, places: readonly ConnectionPlace[]): Finding[] {
  const all = project.documents.filter((document) => document.kind === 'bindings');
  const below = project.documents.filter((document) => document.kind !== 'bindings' && bindingsFor(all, document.path)?.path === path);
  if (!below.some(({ kind }) => kind === 'xaml') || below.some((document) => project.unread.has(document))) return [];
  const used = new Set(places.flatMap(({ connection }) => (connection.isExpression ? [] : namesOf(project, connection.text))));
  const hidden = places.filter(({ connection }) => connection.isExpression).map(({ connector }) => connector);
  const isLeft = ({ ids, connector, isExpression }: Binding) =>
    !isExpression &&
    connector !== undefined &&
    catalog.connectors.has(connector) &&
    !ids.some((id) => used.has(id)) &&
    !hidden.some((other) => other === undefined || other === connector);
  return firstOfEach(bindings.filter(isLeft)).map(({ key, keyRange, name }) => ({
    file: path,
    range: keyRange,
    message: `The bindings hold the connection ${titleOf(key, name)}, which no activity uses.`,
    scopes: [],
    connection: key,
    why: [],
    fixes: [],
  }));
}

/** A connection is bound once for each entry point: it is one finding. */
function firstOfEach(bindings: readonly Binding[]): readonly Binding[] {
  return bindings.filter(({ ids }, index) => bindings.findIndex((other) => other.ids.some((id) => ids.includes(id))) === index);
}

/** What a text names: a connection by itself, or the GUIDs of the one that a manifest knows by this key. */
function namesOf({ manifests }: Project, text: string): readonly string[] {
  const name = text.toLowerCase();
  return [
    name,
    ...manifests.flatMap(({ connections }) => connections.filter(({ key }) => key.toLowerCase() === name).flatMap(({ ids }) => ids)),
  ];
}
