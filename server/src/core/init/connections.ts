/** Works out what a new manifest says of each connection that workflows name: what they tell, and nothing else. */
import type { Catalog } from '../catalog/types';
import { isGuid } from '../guid';
import { groupsOf, isOfConnection, type NeededGroup } from '../permissions/assess';
import { connectionScopes } from '../permissions/connection-scopes';
import { anySatisfies, type Relation } from '../permissions/satisfy';
import type { UndeclaredConnection } from '../project/connection-model';
import { connectionKey, connectorsOf } from '../project/connection-names';
import type { Project, Use } from '../project/model';
import type { Block, Member } from './jsonc';
import { comparePlaces, knownAtRunTime, placesOf, shortened, shown, type WayTo } from './names';

/** The connections whose id stands in a workflow. */
export function namedConnections({ undeclared }: Project): readonly UndeclaredConnection[] {
  return undeclared.filter(({ isExpression }) => !isExpression);
}

/**
 * The entries of `connections`, in the order in which the files use them.
 * @param mayHaveMore keys of connections that something may use whose need is not known.
 */
export function connectionMembers(project: Project, catalog: Catalog, wayTo: WayTo, mayHaveMore: ReadonlySet<string>): Member[] {
  const found = inOrder(namedConnections(project), wayTo);
  // A text that is no GUID names the entry itself.
  const taken = new Set(found.flatMap(({ id }) => (isGuid(id) ? [] : [id.toLowerCase()])));
  return found.map(({ id, uses, places }) => {
    const facts = project.factsOf([id]);
    const connectors = [...new Set([...connectorsOf(uses), ...(facts.connector === undefined ? [] : [facts.connector])])].sort();
    const [connector, ...others] = connectors;
    const key = isGuid(id) ? connectionKey(connector, taken) : id;
    const isOne = connector !== undefined && others.length === 0;
    const { scopes, notes } = scopesOf(uses, catalog, wayTo);
    const value: Block = {
      head: [
        ...(isOne ? [] : [connectorNote(connectors)]),
        ...authenticationNote(catalog, isOne ? connector : undefined),
        ...notes,
        ...(mayHaveMore.has(key) && scopes ? [moreNote] : []),
      ],
      members: [
        ...(isOne ? [{ key: 'connector', value: connector }] : []),
        ...(isGuid(id) ? [{ key: 'id', value: id.toLowerCase() }] : []),
        ...(scopes ? [{ key: 'scopes', value: scopes }] : []),
      ],
    };
    const name = facts.name === undefined ? '' : `${JSON.stringify(shortened(facts.name))} in the bindings. `;
    return { key, value, comments: [`${name}Used by ${shown(places)}.`] };
  });
}

/** What is said of connections that only the run knows. */
export function expressionNotes({ undeclared }: Project, wayTo: WayTo): string[] {
  const hidden = undeclared.filter(({ isExpression }) => isExpression);
  return inOrder(hidden, wayTo).map(
    ({ id, places }) => `${knownAtRunTime(id)}: the connection of ${shown(places)}. Declare each connection that it can be, with its "id".`,
  );
}

/** Connections by their first use: the order of the files given makes no difference. */
function inOrder(connections: readonly UndeclaredConnection[], wayTo: WayTo) {
  return connections
    .map(({ uses }) => ({ uses, places: placesOf(uses, wayTo) }))
    .map(({ uses, places }) => ({ id: places[0]?.use.connection?.text ?? '', uses, places }))
    .sort((a, b) => (a.places[0] && b.places[0] ? comparePlaces(a.places[0], b.places[0]) : 0));
}

function connectorNote(connectors: readonly string[]): string {
  return connectors.length === 0
    ? 'Add "connector": neither activities nor bindings tell it.'
    : `Add "connector": activities and bindings name ${connectors.join(' and ')}, and a connection is of one.`;
}

function authenticationNote({ connectors }: Catalog, connector: string | undefined): string[] {
  const types = connectors.get(connector ?? '')?.authentication ?? [];
  return types.length === 0 ? [] : [`Add "authentication": ${listed(types)}.`];
}

const moreNote = 'It may need more: not all that may use it is known (an expression, a connector activity, code or a damaged file).';

function scopesOf(uses: readonly Use[], catalog: Catalog, wayTo: WayTo): { scopes: readonly string[] | undefined; notes: string[] } {
  const relation: Relation = { catalog, kind: 'delegated' };
  const groups = groupsOf(uses, 'delegated');
  const scopes = connectionScopes(relation, groups);
  const open = uses.filter((use) => use.open);
  const rest = scopes.length > 0 ? ` The other activities need ${scopes.join(', ')}.` : '';
  if (open.length > 0)
    return { scopes: undefined, notes: [`Add "scopes": what ${shown(placesOf(open, wayTo))} needs is not known before the run.${rest}`] };
  if (scopes.length === 0) return { scopes: undefined, notes: ['Add "scopes": its activities need none that is known.'] };
  return { scopes, notes: [...maybeNotes(relation, groups, scopes, wayTo), ...guessNotes(groups, wayTo)] };
}

function maybeNotes(relation: Relation, groups: readonly NeededGroup[], scopes: readonly string[], wayTo: WayTo): string[] {
  const more = groups.filter((group) => !group.certain && isOfConnection(group) && !anySatisfies(relation, scopes, group.alternatives));
  return more.map(({ additions, causes }) => {
    const uses = causes.map(({ use }) => use);
    return `Perhaps ${additions[0]} too (${causes[0]?.condition}): known only at run time for ${shown(placesOf(uses, wayTo))}.`;
  });
}

function guessNotes(groups: readonly NeededGroup[], wayTo: WayTo): string[] {
  const guessed = groups.filter(({ guess, certain }) => guess && certain).flatMap(({ causes }) => causes.map(({ use }) => use));
  return guessed.length === 0 ? [] : [`What ${shown(placesOf(guessed, wayTo))} needs is a guess of the catalogue.`];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
