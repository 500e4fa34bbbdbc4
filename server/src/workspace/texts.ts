/** Keeps documents: texts that stand in for files before the files themselves, each parsed once and only when asked for. */
import { basename, dirname, sep } from 'node:path';
import { kindOf, open } from '../core/index';
import type { Document } from '../core/project/model';
import type { FileSystem } from './file-system';
import { fileKind, loadFile } from './load';

/** Something that happened on disk. A folder may stand for all that is below it. */
export interface FileChange {
  readonly path: string;
  readonly kind: 'created' | 'changed' | 'deleted';
}

export type Texts = ReturnType<typeof createTexts>;

/** Makes an empty store. */
export function createTexts(fs: FileSystem) {
  const unsaved = new Map<string, { readonly text: string; document: Document | undefined }>();
  const read = new Map<string, Document>();
  const marked = new Set<string>();

  const onDisk = (path: string): Document => {
    const known = read.get(path);
    if (known) return known;
    const { document, hasMark, isThere } = loadFile(fs, path);
    // What is not there now may come.
    if (isThere) read.set(path, document);
    if (hasMark) marked.add(path);
    return document;
  };

  const forgetBelow = (folder: string): boolean => {
    const gone = [...read.keys()].filter((path) => path.startsWith(folder + sep));
    for (const path of gone) read.delete(path);
    return gone.length > 0;
  };

  return {
    onDisk,

    /** Files that were read and have a byte order mark. */
    marked: marked as ReadonlySet<string>,

    /** The document at a path. */
    load(path: string): Document {
      const entry = unsaved.get(path);
      if (!entry) return onDisk(path);
      entry.document ??= open(path, entry.text, fileKind(path));
      return entry.document;
    },

    /** Whether there is a text at a path; what was read once counts until it is forgotten. */
    isThere: (path: string): boolean => unsaved.has(path) || read.has(path) || fs.stat(path)?.isDirectory === false,

    /** Paths of the open files. */
    open: (): readonly string[] => [...unsaved.keys()],

    /** Lays a text over a file. A byte order mark becomes a blank, so that no offset moves. */
    put: (path: string, text: string): void => void unsaved.set(path, { text: text.replace(/^\uFEFF/, ' '), document: undefined }),

    /** Goes back to the file. */
    remove(path: string): void {
      unsaved.delete(path);
      read.delete(path);
    },

    /** Reads a file anew when it is next asked for. */
    forget: (path: string): void => void read.delete(path),

    /** Forgets what changed. `concerned`: one of our files may have; `names`: one may have come or gone. `isNamed`: a manifest names it. */
    filesChanged(
      changes: readonly FileChange[],
      lists: readonly (readonly string[])[],
      isNamed: (path: string) => boolean,
    ): { concerned: boolean; names: boolean } {
      let [concerned, names] = [false, false];
      let known: ReadonlySet<string> | undefined;
      for (const { path, kind } of changes) {
        const isRule = basename(path) === '.gitignore';
        if (kindOf(path) !== undefined || isRule || isNamed(path)) {
          read.delete(path);
          // The text that is open counts, whatever is saved: nothing that was told changes.
          concerned ||= kind !== 'changed' || !unsaved.has(path);
          names ||= isRule || kind !== 'changed';
          continue;
        }
        if (kind === 'deleted') known ??= foldersOf([...read.keys(), ...lists.flat()]);
        const isOurs = kind === 'deleted' ? known?.has(path) : kind === 'created' && fs.stat(path)?.isDirectory === true;
        if (!isOurs) continue;
        forgetBelow(path);
        [concerned, names] = [true, true];
      }
      return { concerned, names };
    },
  };
}

/** Every folder above the given files. */
function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) for (let folder = dirname(path); !found.has(folder); folder = dirname(folder)) found.add(folder);
  return found;
}
