import type { Catalog } from '../catalog/types';
import { nearest } from '../permissions/nearest';
import type { Use } from '../project/model';
import type { Finding, Rule } from './rule';
import { listed } from './support/shared';
import { fixOf } from './support/sign-in';

/**
 * An activity, or a request to Graph, that the catalogue does not know.
 *
 * **What it means.** What it needs is not known, so nothing around it is called unused.
 *
 * **When it fires.** In a workflow: an element of the assembly UiPath.MicrosoftOffice365.Activities in a namespace of activities, with a display name, a view state, `AuthScopesInvalid` or `UseConnectionService`,
 * which only activities have. Argument types, filters and the like are none. In a manifest: an `activity` of another name, or an `operation` that Graph's table does not hold.
 *
 * **How to fix.** In a manifest, correct the name: the nearest is offered. In a workflow, tell us: the package is newer than the catalogue.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** `schemas/activities.json`, and for requests `schemas/operations.json`.
 */
export const unknownActivity: Rule = {
  id: 'unknown-activity',
  severity: 'warning',
  stage: 'unknown',
  check: ({ project, catalog }) => [
    ...project.unknownActivities.map(({ id, displayName, document, range }) => ({
      file: document.path,
      range,
      message: `The catalogue of ${catalog.date} does not know ${displayName === undefined ? `the activity ${id}` : `"${displayName}" (${id})`}: what it needs is not known.`,
      scopes: [],
      activity: id,
      why: [],
      fixes: [],
    })),
    ...project.uses.flatMap((use) => (use.document.kind === 'manifest' && use.isUnknown ? [ofManifest(catalog, use)] : [])),
  ],
};

function ofManifest(catalog: Catalog, use: Use): Finding {
  const { document, range, id } = use;
  const isRequest = use.isUnknown === 'operation';
  const near = isRequest ? [] : suggestions(catalog, id);
  const advice = near.length > 0 ? ` Did you mean ${listed(near, 'or')}?` : '';
  return {
    file: document.path,
    range: { start: range.start, end: range.end },
    message: `${isRequest ? "Graph's table holds no request" : 'The catalogue knows no activity'} ${JSON.stringify(id)}: what it needs is not known.${advice}`,
    scopes: [],
    activity: id,
    why: [],
    fixes: near.map((name) => ({
      ...fixOf(document.path, `Replace by ${name}`, [{ start: range.start, end: range.end, text: JSON.stringify(name) }]),
      preferred: near.length === 1,
    })),
  };
}

/** What an author may have written, and the short name it stands for: the short name itself, with or without its ending, and the display name. */
function aliases(catalog: Catalog): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { id, displayName, kind } of catalog.activities.values()) {
    if (kind === 'scope' || kind === 'card') continue;
    const short = id.slice(id.lastIndexOf('.') + 1);
    for (const alias of [short, short.replace(/Connections$/, ''), displayName.replaceAll(/[^A-Za-z]/g, '')]) {
      const key = alias.toLowerCase();
      const names = found.get(key) ?? new Set();
      found.set(key, names.add(short));
    }
  }
  return found;
}

/** The activities that a name may mean: those it is another name of, else those it is a misspelling of. */
function suggestions(catalog: Catalog, written: string): string[] {
  const known = aliases(catalog);
  const name = written
    .slice(written.lastIndexOf('.') + 1)
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
  const exact = known.get(name);
  const keys = exact ? [name] : nearest(name, [...known.keys()]);
  return [...new Set(keys.flatMap((key) => [...(known.get(key) ?? [])]))].sort();
}
