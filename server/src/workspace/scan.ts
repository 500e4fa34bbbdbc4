/** Loads everything that some paths name, as automations, and remembers what was asked for. */
import { dirname } from 'node:path';
import { kindOf, unreadable } from '../core/index';
import { limits } from '../core/limits';
import type { Document } from '../core/project/model';
import type { Tools } from '../core/tools';
import { type Automation, findRoot, findStrays, groupAutomations, isBelow, isOtherProject, isProjectFolder } from './automations';
import { discover } from './discover';
import type { FileSystem } from './file-system';
import { namedRegistrations } from './registrations';
import { createTexts } from './texts';

export interface ScanRequest {
  /** Absolute paths of files and folders. */
  readonly paths: readonly string[];
  /** Texts that stand in for what is on disk, by absolute path. */
  readonly overlay?: ReadonlyMap<string, string>;
}

export interface Scan {
  readonly automations: readonly Automation[];
  /** Files of ours that were found and read. */
  readonly files: number;
  /** Paths that have a byte order mark. */
  readonly marked: ReadonlySet<string>;
  /** Whether a finding in this file was asked for. */
  readonly isAsked: (path: string) => boolean;
  /** Paths of C# files that name the service and that no project runs. */
  readonly strays: ReadonlySet<string>;
  /** Paths that are not there. */
  readonly absent: readonly string[];
  /** Things to tell once: a cap that was hit. */
  readonly notices: readonly string[];
}

export const closedFolder =
  'This folder cannot be listed: what is in it was not checked. Give read permission, or leave it out with .gitignore.';
export const tooManyFiles = `More than ${limits.files} files were found: the rest was not checked. Name the folders one by one.`;

/** Finds, reads and groups. A file is analysed with its whole project; only it is asked for. */
export function scan(fs: FileSystem, { paths, overlay = new Map() }: ScanRequest): Scan {
  const texts = createTexts(fs);
  for (const [path, text] of overlay) texts.put(path, text);
  const present = paths.filter((path) => overlay.has(path) || fs.stat(path));
  const roots = new Map<string, ReturnType<typeof discover>>();
  const extra = new Set<string>();
  for (const path of present) {
    const isFolder = !overlay.has(path) && fs.stat(path)?.isDirectory === true;
    const start = isFolder ? path : dirname(path);
    const root = findRoot(fs, start, (folder) => isProjectFolder(texts, folder)) ?? (isFolder ? path : undefined);
    if (root !== undefined && !roots.has(root)) roots.set(root, discover(fs, root));
    if (isFolder && root !== path && !roots.has(path)) roots.set(path, discover(fs, path));
    if (!isFolder && kindOf(path)) extra.add(path);
  }
  const files = [...new Set([...[...roots.values()].flatMap((found) => found.files), ...extra])].sort();
  const closed = [...new Set([...roots.values()].flatMap((found) => found.unreadable))].sort();
  const found = files.map(texts.load);
  const asked = present.filter((path) => !overlay.has(path) && fs.stat(path)?.isDirectory === true);
  const named = namedRegistrations(fs, found, asked).filter((path) => !files.includes(path) && texts.isThere(path));
  const documents = [...found, ...named.map(texts.load), ...closed.map((folder) => unreadable(folder, closedFolder))];
  const strays = findStrays(documents);
  const looseRoot = present[0] === undefined ? '' : fs.stat(present[0])?.isDirectory ? present[0] : dirname(present[0]);
  return {
    automations: groupAutomations(documents, looseRoot),
    files: documents.filter((document) => !isForeign(document) && !strays.has(document)).length,
    marked: texts.marked,
    isAsked: (path) => present.some((asked) => asked === path || isBelow(asked, path)),
    strays: new Set([...strays].flatMap((document) => (isForeign(document) ? [] : [document.path]))),
    absent: paths.filter((path) => !present.includes(path)),
    notices: [...roots.values()].some(({ capped }) => capped) ? [tooManyFiles] : [],
  };
}

/** Bindings are looked things up in, and say nothing by themselves: they do not count as files that were analysed. */
export function isCounted(document: Document): boolean {
  return !isForeign(document) && document.kind !== 'bindings';
}

/** A project.json of another tool is none of our files, nor is a C# file that does not name the service. */
export function isForeign(document: Document): boolean {
  return document.kind === 'coded' ? !document.usesService : isOtherProject(document);
}

/** Whether there is a coded workflow to read and no parser for it yet. */
export function lacksParser(documents: readonly Document[], { parseCsharp }: Tools): boolean {
  return parseCsharp === undefined && documents.some((document) => document.kind === 'coded' && document.usesService && !document.limit);
}
