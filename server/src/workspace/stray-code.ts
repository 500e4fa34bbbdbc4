/** Tells C# files that no project runs: what they call is no use of anybody's connections. */
import { basename, dirname, relative, sep } from 'node:path';
import type { Document } from '../core/project/model';

/** Templates and recorded objects of Studio, and what a build leaves. */
const aside: ReadonlySet<string> = new Set(['.templates', '.objects', 'bin', 'obj']);

/**
 * Whether a C# file lies where a project keeps what it does not run.
 * @param root the folder of the project above it, or of the manifest that governs it; undefined: none does, and it counts as any loose file
 */
export function isStray(path: string, root: string | undefined): boolean {
  if (root === undefined) return false;
  const folders = relative(root, dirname(path)).split(sep);
  return folders.some((folder) => aside.has(folder.toLowerCase()));
}

/** Whether a document is the project.json of an automation, or one that cannot be read well enough to tell. */
export function mayMakeProject(document: Document): boolean {
  if (document.kind === 'unreadable') return basename(document.path).toLowerCase() === 'project.json';
  return document.kind === 'project' && (document.isAutomation || document.fault !== undefined || document.limit !== undefined);
}
