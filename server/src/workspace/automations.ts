/** Knows which files make one automation: the nearest project.json above them, or the manifest that governs them. */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Document, ManifestDocument } from '../core/project/model';
import type { RegistrationDocument } from '../core/project/registration-model';
import type { FileSystem } from './file-system';
import { nodeTools } from './node-tools';
import { isStray, mayMakeProject } from './stray-code';
import type { Texts } from './texts';

/** Files that are analysed together. */
export interface Automation {
  /** The folder it stands in. */
  readonly root: string;
  readonly documents: readonly Document[];
}

/**
 * Sorts documents into automations, in a stable order. Files without a project or manifest above them form one of their own; what
 * `findStrays` finds is in none.
 */
export function groupAutomations(documents: readonly Document[], looseRoot: string): Automation[] {
  const projectRoots = new Set(documents.flatMap((document) => (isProject(document) ? [dirname(document.path)] : [])));
  const manifests = documents.filter((document) => document.kind === 'manifest');
  const groups = new Map<string, Document[]>();
  const add = (root: string, document: Document) => {
    const members = groups.get(root);
    if (members) members.push(document);
    else groups.set(root, [document]);
  };
  const rootOf = (document: Document) => nearestAbove(document.path, projectRoots) ?? governingFolder(document, manifests) ?? looseRoot;
  const strays = findStrays(documents);
  for (const document of documents) {
    if (isOtherProject(document) || strays.has(document)) continue;
    if (document.kind === 'registration') addRegistration(document);
    else add(rootOf(document), document);
  }

  /** A registration belongs to the project it stands in, else to the first that names it, or its app; the others borrow it. */
  function addRegistration(document: RegistrationDocument): void {
    const { path } = document;
    const naming = [...new Set(manifests.filter((manifest) => names(manifest, path)).map(rootOf))].sort();
    const users = usersOf(document);
    const owner = nearestAbove(path, projectRoots) ?? naming[0] ?? governingFolder(document, manifests) ?? users[0] ?? looseRoot;
    const borrowers = [...new Set([...naming, ...users])].filter((root) => root !== owner);
    add(owner, borrowers.length > 0 ? sharedAs(document, 'lent') : document);
    for (const root of borrowers) add(root, sharedAs(document, 'borrowed'));
  }

  /** Those that use the app by its client id, and have no registration of it themselves. */
  function usersOf({ path, appId }: RegistrationDocument): string[] {
    if (appId === undefined) return [];
    const copies = documents.filter((other) => other.kind === 'registration' && other.appId === appId && other.path !== path);
    const owners = new Set(copies.map((copy) => nearestAbove(copy.path, projectRoots)));
    const users = documents.filter((document) => usesApp(document, appId)).map(rootOf);
    return [...new Set(users)].filter((root) => !owners.has(root)).sort();
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([root, members]) => ({ root, documents: members }));
}

/** C# files that no project runs. */
export function findStrays(documents: readonly Document[]): ReadonlySet<Document> {
  const roots = new Set(documents.filter(mayMakeProject).map(({ path }) => dirname(path)));
  const manifests = documents.filter((document) => document.kind === 'manifest');
  // Only C# is looked for a home: every other document would be looked up for nothing.
  const code = documents.filter(({ kind }) => kind === 'coded');
  return new Set(
    code.filter((document) => isStray(document.path, nearestAbove(document.path, roots) ?? governingFolder(document, manifests))),
  );
}

/** Whether a manifest names a registration. */
function names({ path, apps }: ManifestDocument, registration: string): boolean {
  return [...apps.values()].some((app) => app.registration !== undefined && isSameFile(path, app.registration.text, registration));
}

/** Whether a manifest or a workflow signs in with an app by its id, without naming a file of it. */
function usesApp(document: Document, appId: string): boolean {
  const isTheApp = (id: string | undefined) => id?.trim().toLowerCase() === appId;
  if (document.kind === 'manifest') return [...document.apps.values()].some((app) => !app.registration && isTheApp(app.clientId));
  if (document.kind !== 'xaml') return false;
  return document.scopes.some((scope) => isTheApp(scope.settings.get('ApplicationId')?.text));
}

const shared = new WeakMap<RegistrationDocument, Record<'lent' | 'borrowed', RegistrationDocument>>();

/** A registration as its owner, or another automation, has it where several use it: one and the same object each time. */
function sharedAs(document: RegistrationDocument, sharing: 'lent' | 'borrowed'): RegistrationDocument {
  const known = shared.get(document) ?? { lent: { ...document, sharing: 'lent' }, borrowed: { ...document, sharing: 'borrowed' } };
  shared.set(document, known);
  return known[sharing];
}

function isProject(document: Document): boolean {
  return document.kind === 'project' && document.isAutomation;
}

/** A project.json of another tool; one that is too damaged to tell is none. */
export function isOtherProject(document: Document): boolean {
  return document.kind === 'project' && !document.isAutomation && !document.fault && !document.limit;
}

/** Whether a folder holds the project.json of an automation, or one that is too damaged to tell. */
export function isProjectFolder({ isThere, load }: Pick<Texts, 'isThere' | 'load'>, folder: string): boolean {
  const path = join(folder, 'project.json');
  if (!isThere(path)) return false;
  const document = load(path);
  return document.kind === 'project' && (document.isAutomation || document.fault !== undefined);
}

function nearestAbove(path: string, roots: ReadonlySet<string>): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (roots.has(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function governingFolder(document: Document, manifests: readonly ManifestDocument[]): string | undefined {
  if (document.kind === 'manifest') return dirname(document.path);
  // Globs speak of workflows: bindings and registrations are of the folder they stand in.
  const isGoverned = (manifest: ManifestDocument) =>
    document.kind === 'bindings' || document.kind === 'registration' || governs(manifest, document.path);
  const above = manifests.filter((manifest) => isBelow(dirname(manifest.path), document.path) && isGoverned(manifest));
  return above.map(({ path }) => dirname(path)).sort((a, b) => b.length - a.length)[0];
}

/** True when a path stands in a folder, at any depth. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // Between two drives of Windows there is no relative way.
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const matchers = new WeakMap<ManifestDocument, (path: string) => boolean>();

/** Whether a manifest's globs take in a file of its project; they are relative to the manifest's folder. Without globs it governs all of them. */
export function governs(manifest: ManifestDocument, path: string): boolean {
  const matcher = matchers.get(manifest) ?? makeMatcher(manifest);
  matchers.set(manifest, matcher);
  return matcher(path);
}

function makeMatcher(manifest: ManifestDocument): (path: string) => boolean {
  return manifest.workflows ? matcherOf(manifest.path, manifest.workflows) : () => true;
}

function matcherOf(manifestPath: string, globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch(
    globs.map((glob) => glob.replaceAll('\\', '/').replace(/^\.\//, '')),
    { dot: true, nocase: true },
  );
  return (path) => matches(pathFrom(manifestPath, path));
}

/** Whether a glob, relative to the manifest, takes in a file. */
export function matches(manifest: ManifestDocument, glob: string, path: string): boolean {
  return matcherOf(manifest.path, [glob])(path);
}

/** The way from a manifest to a file, with slashes. */
export function pathFrom(manifestPath: string, path: string): string {
  return relative(dirname(manifestPath), path).split(sep).join('/');
}

/** Whether the file that an exception names, relative to its manifest, is the one at a path. */
export function isSameFile(manifestPath: string, file: string, path: string): boolean {
  return join(dirname(manifestPath), file.replaceAll('\\', '/')).toLowerCase() === path.toLowerCase();
}

/** What core asks about paths, which it knows nothing of, and has done for it. */
export const pathOptions = { governs, matches, isSameFile, pathFrom, tools: nodeTools };

/**
 * Finds the folder of the automation that a path belongs to, from the path upwards to the repository's root.
 * @param isProjectFolder whether a folder holds the project.json of an automation.
 */
export function findRoot(fs: FileSystem, from: string, isProjectFolder: (folder: string) => boolean): string | undefined {
  let manifestFolder: string | undefined;
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProjectFolder(folder)) return folder;
    manifestFolder ??= hasManifest(fs, folder) ? folder : undefined;
    if (fs.stat(join(folder, '.git')) || dirname(folder) === folder) return manifestFolder;
  }
}

function hasManifest(fs: FileSystem, folder: string): boolean {
  try {
    return fs.list(folder).some(({ name }) => /(^|\.)m365-automation\.json$/i.test(name));
  } catch {
    return false;
  }
}
