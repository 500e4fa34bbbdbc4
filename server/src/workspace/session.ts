/** Keeps the automations of an editor's folders: reads files once, takes unsaved texts in their place, analyses what changed. */
import { dirname } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { type Analysis, type AnalyzeOptions, analyze, kindOf, open } from '../core/index';
import type { Document } from '../core/project/model';
import { type Automation, findRoot, governs, groupAutomations, isBelow, isSameFile } from './automations';
import { discover } from './discover';
import type { FileSystem } from './file-system';
import { fileKind, loadFile } from './load';
import { isForeign } from './scan';

export interface SessionOptions {
  readonly fs: FileSystem;
  readonly catalog: Catalog;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: () => string;
}

export interface AnalyzedAutomation {
  readonly automation: Automation;
  readonly analysis: Analysis;
}

/** Severities for the automation in a folder. */
export type SeveritiesOf = (root: string) => AnalyzeOptions['severities'];

export type WorkspaceSession = ReturnType<typeof createWorkspaceSession>;

/** Makes a session without folders. Paths are absolute, as the file system writes them. */
export function createWorkspaceSession({ fs, catalog, today }: SessionOptions) {
  const unsaved = new Map<string, Document>();
  const onDisk = new Map<string, Document>();
  const listed = new Map<string, readonly string[]>();
  let folders: readonly string[] = [];
  let analyzed = new Map<string, AnalyzedAutomation & { readonly severities: AnalyzeOptions['severities']; readonly day: string }>();

  const load = (path: string): Document => {
    const known = unsaved.get(path) ?? onDisk.get(path);
    if (known) return known;
    const { document } = loadFile(fs, path);
    onDisk.set(path, document);
    return document;
  };

  const list = (root: string): readonly string[] => {
    const files = listed.get(root) ?? discover(fs, root).files;
    listed.set(root, files);
    return files;
  };

  /** The folder whose files are read for a path: a folder of the editor, or the project around a single file. */
  const rootOf = (path: string): string | undefined => {
    const folder = folders.filter((candidate) => isBelow(candidate, path)).sort((a, b) => a.length - b.length)[0];
    return folder ?? findRoot(fs, dirname(path), isProjectFolder);
  };

  const isProjectFolder = (folder: string): boolean => list(folder).some((file) => dirname(file) === folder && isProject(load(file)));

  const documentsBelow = (root: string): Document[] => {
    const extra = [...unsaved.keys()].filter((path) => isBelow(root, path));
    return [...new Set([...list(root), ...extra])].sort().map(load);
  };

  const analyzeRoot = (root: string, severitiesOf: SeveritiesOf): AnalyzedAutomation[] =>
    groupAutomations(documentsBelow(root), root).map((automation) => {
      const severities = severitiesOf(automation.root);
      const before = analyzed.get(automation.root);
      const day = today();
      if (before && before.day === day && before.severities === severities && isSame(before.automation.documents, automation.documents))
        return before;
      const analysis = analyze(automation.documents, catalog, { ...(severities ? { severities } : {}), today: day, governs, isSameFile });
      const result = { automation, analysis, severities, day };
      analyzed.set(automation.root, result);
      return result;
    });

  return {
    /** Replaces the folders of the editor. */
    setFolders(next: readonly string[]): void {
      folders = next;
      listed.clear();
      analyzed = new Map();
    },

    /** Lays an unsaved text over what is on disk. */
    openText(path: string, text: string): void {
      if (kindOf(path)) unsaved.set(path, open(path, text, fileKind(path)));
    },

    /** Goes back to what is on disk. */
    closeText(path: string): void {
      unsaved.delete(path);
      onDisk.delete(path);
    },

    /** Forgets what was read of files that changed on disk, and what was listed. */
    filesChanged(paths: readonly string[]): void {
      for (const path of paths) onDisk.delete(path);
      listed.clear();
    },

    /** Every automation of the editor's folders. */
    all(severitiesOf: SeveritiesOf): AnalyzedAutomation[] {
      return folders.flatMap((folder) => analyzeRoot(folder, severitiesOf));
    },

    /** The automation that a file belongs to; undefined where the file is none of ours. */
    automationOf(path: string, severitiesOf: SeveritiesOf): AnalyzedAutomation | undefined {
      if (!kindOf(path)) return undefined;
      const root = rootOf(path);
      const found =
        root === undefined
          ? undefined
          : analyzeRoot(root, severitiesOf).find(({ automation }) => automation.documents.some((document) => document.path === path));
      return found ?? alone(path, severitiesOf);
    },

    /** The text of a file on disk; undefined where there is none. */
    textOnDisk: (path: string): string | undefined => (kindOf(path) && fs.stat(path) ? load(path).text : undefined),

    /** The document at a path, unsaved or on disk. */
    document: (path: string): Document => load(path),
  };

  /** A file that belongs to nothing around it is analysed by itself. */
  function alone(path: string, severitiesOf: SeveritiesOf): AnalyzedAutomation | undefined {
    if (!unsaved.has(path) && !fs.stat(path)) return undefined;
    const document = load(path);
    if (isForeign(document)) return undefined;
    const automation = { root: dirname(path), documents: [document] };
    const severities = severitiesOf(automation.root);
    return {
      automation,
      analysis: analyze(automation.documents, catalog, { ...(severities ? { severities } : {}), today: today(), governs, isSameFile }),
    };
  }
}

function isProject(document: Document): boolean {
  return document.kind === 'project' && document.isAutomation;
}

function isSame(a: readonly Document[], b: readonly Document[]): boolean {
  return a.length === b.length && a.every((document, index) => document === b[index]);
}
