/** Looks up what bindings say of a connection, and how people call it. */

import { isGuid } from '../guid';
import type { Binding, BindingsDocument, ConnectionFacts } from './connection-model';
import type { Document } from './model';

const nothing: ConnectionFacts = { connector: undefined, name: undefined };

/** Makes the look-up over all bindings of an automation. Where they disagree on a fact, nobody knows it. */
export function readFacts(documents: readonly Document[]): (names: readonly string[]) => ConnectionFacts {
  const byId = new Map<string, Binding[]>();
  for (const binding of bindingsOf(documents)) {
    if (binding.isExpression) continue;
    for (const id of binding.ids) {
      const list = byId.get(id);
      if (list) list.push(binding);
      else byId.set(id, [binding]);
    }
  }
  if (byId.size === 0) return () => nothing;
  return (names) => {
    const found = names.flatMap((name) => byId.get(name.toLowerCase()) ?? []);
    return { connector: onlyOne(found.map(({ connector }) => connector)), name: onlyOne(found.map(({ name }) => name)) };
  };
}

function bindingsOf(documents: readonly Document[]): readonly Binding[] {
  // What coded workflows call a connection is the weaker name: it counts where the project has no other.
  const inForm = (form: BindingsDocument['form']) =>
    documents.flatMap((document) => (document.kind === 'bindings' && document.form === form ? document.bindings : []));
  const project = inForm('project');
  const named = new Set(project.flatMap(({ ids, name }) => (name === undefined ? [] : ids)));
  return [
    ...project,
    ...inForm('coded').map((binding) => (binding.ids.some((id) => named.has(id)) ? { ...binding, name: undefined } : binding)),
  ];
}

function onlyOne(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value !== undefined));
  return others.length === 0 ? first : undefined;
}

/** How a connection is called: by its name and the start of its GUID, or by what identifies it. */
export function titleOf(id: string, name: string | undefined): string {
  if (name === undefined) return id;
  return isGuid(id) ? `${name} (${id.slice(0, 8)}…)` : `${id} (${name})`;
}

/** The bindings that hold for a file: those in the nearest folder above it. */
export function bindingsFor(documents: readonly BindingsDocument[], path: string): BindingsDocument | undefined {
  return documents
    .filter((document) => document.form === 'project' && path.startsWith(folderOf(document.path)))
    .sort((a, b) => folderOf(b.path).length - folderOf(a.path).length)[0];
}

/** A file's folder, with the separator at its end. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
