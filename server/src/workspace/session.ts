/** Keeps the automations of an editor's folders: reads files once, takes unsaved texts in their place, analyses what changed. */
import { dirname } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { type Analysis, type AnalyzeOptions, analyze, kindOf } from '../core/index';
import type { Document } from '../core/project/model';
import { type Automation, findRoot, groupAutomations, isBelow, isProjectFolder, pathOptions } from './automations';
import { discover } from './discover';
import type { FileSystem } from './file-system';
import { mayBeRegistration, namedRegistrations } from './registrations';
import { closedFolder, isForeign, lacksParser, tooManyFiles } from './scan';
import { type Surroundings, sharedUseOf, sharers } from './sharing';
import { createTexts, type FileChange } from './texts';

export interface SessionOptions {
  readonly fs: FileSystem;
  readonly catalog: Catalog;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: () => string;
  /** Is told, once each, what keeps files from being read. */
  readonly notify?: (message: string) => void;
  /** Is told when a coded workflow is met and there is no parser for it: what it uses is not known until `reanalyze`. */
  readonly needsParser?: () => void;
}

export interface AnalyzedAutomation {
  readonly automation: Automation;
  readonly analysis: Analysis;
}

/** Severities for the automation in a folder. */
export type SeveritiesOf = (root: string) => AnalyzeOptions['severities'];

export type WorkspaceSession = ReturnType<typeof createWorkspaceSession>;

/** Makes a session without folders. Paths are absolute, as the file system writes them. */
export function createWorkspaceSession({
  fs,
  catalog: usual,
  today,
  notify = () => undefined,
  needsParser = () => undefined,
}: SessionOptions) {
  const texts = createTexts(fs);
  let catalog = usual;
  let grants: AnalyzeOptions['grants'] = [];
  const told = new Set<string>();
  let folders: readonly string[] = [];
  /** What follows from the names of the files: forgotten when one comes or goes. */
  let [listed, roots] = [new Map<string, readonly string[]>(), new Map<string, string | undefined>()];
  /** Registrations that manifests name, by the folder they were read for: what they are called says nothing. */
  const named = new Map<string, readonly string[]>();
  /** Before anything was read, every JSON file may be one. */
  const isNamed = (path: string) =>
    named.size === 0 ? mayBeRegistration(path) : [...named.values()].some((paths) => paths.includes(path));
  /** What follows from their texts too. */
  let grouped = new Map<string, readonly Automation[]>();
  let analyzed = new Map<
    string,
    AnalyzedAutomation & { readonly severities: AnalyzeOptions['severities']; readonly day: string; readonly sharing: readonly Document[] }
  >();

  const forgetNames = () => {
    [listed, roots, grouped] = [new Map(), new Map(), new Map()];
    named.clear();
  };

  const tellOnce = (message: string) => {
    if (!told.has(message)) notify(message);
    told.add(message);
  };

  const list = (root: string): readonly string[] => {
    const known = listed.get(root);
    if (known) return known;
    const { files, unreadable, capped } = discover(fs, root);
    for (const folder of unreadable) if (fs.stat(folder)) tellOnce(`${folder}: ${closedFolder}`);
    if (capped) tellOnce(`${root}: ${tooManyFiles}`);
    listed.set(root, files);
    return files;
  };

  const rootAbove = (folder: string): string | undefined => {
    if (!roots.has(folder))
      roots.set(
        folder,
        findRoot(fs, folder, (candidate) => isProjectFolder(texts, candidate)),
      );
    return roots.get(folder);
  };

  /** The folder whose files are read for a path: that of the project above, else the editor's. */
  const rootOf = (path: string): string | undefined => {
    const folder = folders.find((candidate) => isBelow(candidate, path));
    return folder === undefined ? rootAbove(dirname(path)) : (rootAbove(folder) ?? folder);
  };

  const documentsBelow = (root: string): Document[] => {
    const files = list(root).filter(texts.isThere);
    // An open file that is not listed is either new, or was left out on purpose.
    const fresh = texts.open().filter((path) => kindOf(path) && isBelow(root, path) && !fs.stat(path));
    const found = [...new Set([...files, ...fresh])].sort().map(texts.load);
    const elsewhere = namedRegistrations(fs, found, folders).filter((path) => !files.includes(path) && !fresh.includes(path));
    named.set(root, elsewhere);
    return [...found, ...elsewhere.filter(texts.isThere).map(texts.load)];
  };

  /** The automation that a registration belongs to which stands beside the folders that are read. */
  const ownerElsewhere = (path: string): Automation | undefined =>
    folders.flatMap((folder) => automationsBelow(rootAbove(folder) ?? folder)).find(holds(path));

  const automationsBelow = (root: string): readonly Automation[] => {
    const found = grouped.get(root) ?? groupAutomations(documentsBelow(root), root);
    grouped.set(root, found);
    return found;
  };

  const optionsFor = (severities: AnalyzeOptions['severities']): AnalyzeOptions => ({
    ...(severities ? { severities } : {}),
    today: today(),
    grants,
    ...pathOptions,
  });

  /** What is told of a registration rests on every automation that uses its app. */
  const surroundings: Surroundings = {
    get automations() {
      return folders.flatMap((folder) => automationsBelow(rootAbove(folder) ?? folder));
    },
    isWhole: (path) => folders.some((folder) => folder === path || isBelow(folder, path)),
  };

  const analyzeBeside = (automation: Automation, severities: AnalyzeOptions['severities']): AnalyzedAutomation => {
    const options = optionsFor(severities);
    const sharedUse = sharedUseOf(automation, surroundings, catalog, options);
    const analysis = analyze(automation.documents, catalog, { ...options, sharedUse });
    // Asked for afterwards: it may also have broken down on the way.
    if (lacksParser(automation.documents, pathOptions.tools)) needsParser();
    return { automation, analysis };
  };

  const analyzeOne = (automation: Automation, severitiesOf: SeveritiesOf): AnalyzedAutomation => {
    const severities = severitiesOf(automation.root);
    const before = analyzed.get(automation.root);
    const day = today();
    const sharing = sharers(automation, surroundings).flatMap(({ documents }) => documents);
    if (
      before &&
      before.day === day &&
      before.severities === severities &&
      isSame(before.automation.documents, automation.documents) &&
      isSame(before.sharing, sharing)
    )
      return before;
    const result = { ...analyzeBeside(automation, severities), severities, day, sharing };
    analyzed.set(automation.root, result);
    return result;
  };

  /** A file that was left out of its folder is analysed with its project, but nothing else is told because of it. */
  const withGuest = (root: string | undefined, path: string, severitiesOf: SeveritiesOf): AnalyzedAutomation | undefined => {
    if (!texts.isThere(path)) return undefined;
    const guest = texts.load(path);
    if (isForeign(guest)) return undefined;
    const company = root === undefined ? [] : documentsBelow(root);
    const automation = groupAutomations([...company, guest], root ?? dirname(path)).find(holds(path));
    if (!automation) return undefined;
    return analyzeBeside(automation, severitiesOf(automation.root));
  };

  return {
    /** Analyses with another catalogue from now on. */
    setCatalog(next: Catalog): void {
      catalog = next;
      analyzed = new Map();
    },

    /** Compares with these grants from now on; they are kept here only. */
    setGrants(next: AnalyzeOptions['grants']): void {
      grants = next;
      analyzed = new Map();
    },

    /** Forgets what was worked out: something that is not a file has changed. */
    reanalyze(): void {
      analyzed = new Map();
    },

    /** Replaces the folders of the editor. */
    setFolders(next: readonly string[]): void {
      folders = [...next].sort((a, b) => a.length - b.length);
      forgetNames();
      analyzed = new Map();
    },

    /**
     * Lays an unsaved text over what is on disk; it is parsed when somebody asks.
     * @returns false where it is none of our files.
     */
    openText(path: string, text: string): boolean {
      const kind = kindOf(path);
      if (!kind && !mayBeRegistration(path)) return false;
      // A manifest may come to name it.
      texts.put(path, text);
      if (!kind && !isNamed(path)) return false;
      grouped = new Map();
      if (kind === 'project' || kind === 'manifest') roots = new Map();
      return true;
    },

    /**
     * Goes back to what is on disk.
     * @returns false where it is none of our files.
     */
    closeText(path: string): boolean {
      texts.remove(path);
      if (!kindOf(path) && !isNamed(path)) return false;
      [roots, grouped] = [new Map(), new Map()];
      return true;
    },

    /** Reads a file anew when it is next asked for. */
    reread(path: string): void {
      texts.forget(path);
      grouped = new Map();
    },

    /**
     * Forgets what was read of files that changed on disk, and what was listed where files came or went.
     * @returns false where none of our files is concerned.
     */
    filesChanged(changes: readonly FileChange[]): boolean {
      const { concerned, names } = texts.filesChanged(changes, [...listed.values()], isNamed);
      if (names) forgetNames();
      else if (concerned) [roots, grouped] = [new Map(), new Map()];
      return concerned;
    },

    /** Every automation of the editor's folders, each once. */
    all(severitiesOf: SeveritiesOf): AnalyzedAutomation[] {
      const found = new Map<string, Automation>();
      for (const folder of folders)
        for (const automation of automationsBelow(rootAbove(folder) ?? folder))
          if (!found.has(automation.root)) found.set(automation.root, automation);
      return [...found.values()].map((automation) => analyzeOne(automation, severitiesOf));
    },

    /** The automation that a file belongs to; undefined where the file is none of ours. */
    automationOf(path: string, severitiesOf: SeveritiesOf): AnalyzedAutomation | undefined {
      const isJson = mayBeRegistration(path);
      if (!kindOf(path) && !isJson) return undefined;
      const root = rootOf(path);
      const own = root === undefined ? undefined : automationsBelow(root).find(holds(path));
      const automation = own ?? (isJson || kindOf(path) === 'registration' ? ownerElsewhere(path) : undefined);
      if (automation) return analyzeOne(automation, severitiesOf);
      return isJson ? undefined : withGuest(root, path, severitiesOf);
    },

    /** Folders of projects that reach beyond the editor's own: nobody watches them unless asked to. */
    outerRoots: (): readonly string[] => [
      ...new Set(
        folders
          .flatMap((folder) => rootAbove(folder) ?? [])
          .filter((root) => !folders.some((folder) => folder === root || isBelow(folder, root))),
      ),
    ],

    /** Whether a path stands in one of the editor's folders. */
    isInside: (path: string): boolean => folders.some((folder) => isBelow(folder, path)),

    /** The text of a file on disk; undefined where there is none. */
    textOnDisk: (path: string): string | undefined =>
      (kindOf(path) || isNamed(path)) && fs.stat(path) ? texts.onDisk(path).text : undefined,

    /** The document at a path, unsaved or on disk. */
    document: (path: string): Document => texts.load(path),
  };
}

function holds(path: string): (automation: Automation) => boolean {
  const isOwned = (document: Document) => document.kind !== 'registration' || document.sharing !== 'borrowed';
  return ({ documents }) => documents.some((document) => document.path === path && isOwned(document));
}

function isSame(a: readonly Document[], b: readonly Document[]): boolean {
  return a.length === b.length && a.every((document, index) => document === b[index]);
}
