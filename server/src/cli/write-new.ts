/** Writes a file that is not there yet: the whole of it or nothing, and never over another. */
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf } from '../workspace/fault-code';
import { UsageError } from './io';
import { writeReason } from './write-reason';

/**
 * Writes the file.
 * @param shown how the path is told
 * @throws UsageError with a sentence where it cannot be written, or has come in the meantime
 */
export function writeNew(path: string, shown: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    try {
      // Unlike a rename, a link is refused where something stands already.
      linkSync(draft, path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error;
      // Not every file system has links.
      writeFileSync(path, text, { flag: 'wx' });
    }
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasons[codeOf(error)] ?? writeReason(error)}.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Give write permission to its folder, or take --dry-run and put the text elsewhere',
  EPERM: 'permission denied. Give write permission to its folder, or take --dry-run and put the text elsewhere',
  EROFS: 'the file system is read-only. Take --dry-run and put the text elsewhere',
  EEXIST: 'it is there already, and is left as it is',
};
