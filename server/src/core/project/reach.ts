/** Follows which workflow invokes which, to tell from where the file of an activity is reached: a reason for a finding, never a reason to drop one. */
import type { Reach } from '../problem';
import type { Document, Project, XamlDocument } from './model';

/** The way from one file to another, with slashes: core knows nothing of paths. */
type PathFrom = (from: string, path: string) => string;

/**
 * Makes the look-up; it says nothing where there is no project.json, or where something may invoke the file unseen.
 * Paths of invoked files are relative to the project's folder.
 */
export function readReach({ settings, documents }: Project, pathFrom: PathFrom): (path: string) => Reach | undefined {
  if (!settings || settings.entryFiles.length === 0) return () => undefined;
  const nameOf = (path: string) => pathFrom(settings.path, path);
  const workflows = documents.filter((document) => document.kind === 'xaml');
  const byName = new Map(workflows.map((document) => [nameOf(document.path).toLowerCase(), document]));
  const find = (written: string) => byName.get(plainName(written));
  const invoked = new Map(workflows.map((document) => [document, invokedBy(document, find)]));
  const callers = new Set([...invoked.values()].flat());
  const entries = [...new Set(settings.entryFiles.flatMap((file) => find(file) ?? []))];
  const reached = entries.map((entry) => ({ entry, files: walk(entry, invoked) }));
  const isClosed = !settings.isShared && settings.entryFiles.every(find) && !documents.some(mayInvokeMore);
  return (path) => {
    const document = byName.get(nameOf(path).toLowerCase());
    if (!document) return undefined;
    const from = reached.filter(({ files }) => files.has(document)).map(({ entry }) => entry.path);
    if (entries.includes(document)) return { from, words: '' };
    if (from.length > 0) return { from, words: `reached from ${listed(from.map(nameOf))}` };
    if (!isClosed) return undefined;
    return { from, words: callers.has(document) ? 'reached from no entry point' : 'no workflow invokes it' };
  };
}

function invokedBy({ invokes }: XamlDocument, find: (written: string) => XamlDocument | undefined): readonly XamlDocument[] {
  return invokes.flatMap(({ kind, text }) => (kind === 'literal' ? (find(text) ?? []) : []));
}

/** Every file that is reached from one, itself among them; circles are walked once. */
function walk(entry: XamlDocument, invoked: ReadonlyMap<XamlDocument, readonly XamlDocument[]>): ReadonlySet<XamlDocument> {
  const found = new Set([entry]);
  for (const document of found) for (const next of invoked.get(document) ?? []) found.add(next);
  return found;
}

/** A name as it is compared: slashes, no steps up or in place, lower case, as Windows compares. */
function plainName(written: string): string {
  const parts: string[] = [];
  for (const part of written.trim().replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/').toLowerCase();
}

/** Something that can invoke a workflow that nobody sees: an expression, a path from the root, a file that is not read. */
function mayInvokeMore(document: Document): boolean {
  if (document.kind === 'coded' || document.kind === 'unreadable') return true;
  if (document.kind !== 'xaml') return false;
  const isUnknown = ({ kind, text }: XamlDocument['invokes'][number]) => kind === 'expression' || /^([a-z]:|[\\/])/i.test(text);
  return document.fault !== undefined || document.limit !== undefined || document.invokes.some(isUnknown);
}

/** More would hide what the finding is about. */
const mostEntries = 2;

function listed(names: readonly string[]): string {
  const more = names.length - mostEntries;
  return `${names.slice(0, mostEntries).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
