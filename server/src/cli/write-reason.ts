/** Why a file could not be written, in words. */
import { codeOf } from '../workspace/fault-code';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a file stands where its folder should be',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

/** The reason as a clause, without a full stop; of an unknown fault what the system says. */
export function writeReason(error: unknown): string {
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}
