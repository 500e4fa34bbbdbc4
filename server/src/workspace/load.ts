/** Reads one file of an automation into a document, whatever state it is in. */
import { type FileKind, kindOf, open, unreadable } from '../core/index';
import { limits, tooLong } from '../core/limits';
import type { Document } from '../core/project/model';
import { decodeText } from './decode-text';
import { codeOf } from './fault-code';
import type { FileSystem } from './file-system';

export interface LoadedFile {
  readonly document: Document;
  /** A byte order mark stands before the text on disk. */
  readonly hasMark: boolean;
  /** Something stands at the path. */
  readonly isThere: boolean;
}

/** Reads a file; every failure becomes a document that says so. */
export function loadFile(fs: FileSystem, path: string): LoadedFile {
  const stat = fs.stat(path);
  const isThere = stat !== undefined;
  const size = stat?.size ?? 0;
  if (size > limits.fileLength && fileKind(path) === 'registration')
    return {
      document: { ...open(path, '', 'registration'), fault: undefined, limit: tooLong(size, 'registration') },
      hasMark: false,
      isThere,
    };
  if (size > limits.fileLength)
    return {
      document: { ...unreadable(path, ''), kind: 'xaml', limit: tooLong(size, fileKind(path)), ...emptyWorkflow },
      hasMark: false,
      isThere,
    };
  // Nobody may ever write into the other end of a pipe.
  if (stat?.isSpecial) return { document: unreadable(path, 'This is a pipe or a device, and not a file.'), hasMark: false, isThere };
  try {
    const decoded = decodeText(fs.read(path));
    if ('reason' in decoded) return { document: unreadable(path, decoded.reason), hasMark: false, isThere };
    return { document: open(path, decoded.text, fileKind(path)), hasMark: decoded.hasMark, isThere };
  } catch (error) {
    return { document: unreadable(path, `This file cannot be read: ${reason(error)}.`), hasMark: false, isThere };
  }
}

const emptyWorkflow = { root: undefined, scopes: [], candidates: [], secrets: [], connectorActivities: [], invokes: [], cards: [] };

/** The kind of a path that was found by its name; any other JSON is read only where a manifest names it as a registration. */
export function fileKind(path: string): FileKind {
  return kindOf(path) ?? (/\.json$/i.test(path) ? 'registration' : 'xaml');
}

function reason(error: unknown): string {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it is not there any more',
    EISDIR: 'it is a folder',
    EMFILE: 'too many files are open',
    ELOOP: 'its link goes in a circle',
  };
  return reasons[code] ?? (code === '' ? 'an unknown fault' : code);
}
