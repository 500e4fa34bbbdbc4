/** The disk, through Node. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from './file-system';

/** Reads the disk. Links to folders are not followed: they can make a circle. */
export const nodeFileSystem: FileSystem = {
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isSymbolicLink())
        return entry.isDirectory() || entry.isFile() ? [{ name: entry.name, isDirectory: entry.isDirectory() }] : [];
      const target = statSync(join(folder, entry.name), { throwIfNoEntry: false });
      return target?.isFile() ? [{ name: entry.name, isDirectory: false }] : [];
    }),
  read: (file) => readFileSync(file),
  stat: (path) => {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      return found && { isDirectory: found.isDirectory(), size: found.size };
    } catch {
      return undefined;
    }
  },
};
