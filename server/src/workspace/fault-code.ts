/** What tells faults of the file system apart. */

/** The code of a fault, such as EACCES; empty where there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
