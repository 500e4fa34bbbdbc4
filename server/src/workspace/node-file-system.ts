/** The disk, through Node. */
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from './file-system';

/** Reads the disk. Links to folders are not followed: they can make a circle. */
export const nodeFileSystem: FileSystem = {
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isSymbolicLink())
        return entry.isDirectory() || entry.isFile() ? [{ name: entry.name, isDirectory: entry.isDirectory() }] : [];
      return statOf(join(folder, entry.name))?.isFile() ? [{ name: entry.name, isDirectory: false }] : [];
    }),
  read: (file) => readFileSync(file),
  stat: (path) => {
    const found = statOf(path);
    return found && { isDirectory: found.isDirectory(), size: found.size, isSpecial: !found.isFile() && !found.isDirectory() };
  },
};

/** What stands at a path; undefined also where a link goes in a circle or leads to where nobody may look. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
