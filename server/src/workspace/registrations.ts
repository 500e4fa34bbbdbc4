/** Follows manifests to the registrations of apps that they name, whatever those are called. */
import { dirname, join, relative, sep } from 'node:path';
import { kindOf } from '../core/index';
import type { Document, ManifestDocument } from '../core/project/model';
import { isBelow } from './automations';
import { skippedFolders } from './discover';
import type { FileSystem } from './file-system';

/** Whether a path may be a registration that only a manifest can tell from any other JSON. */
export function mayBeRegistration(path: string): boolean {
  return kindOf(path) === undefined && /\.json$/i.test(path);
}

/**
 * Paths that manifests name as registrations, whether or not anything is there. A manifest can be written by anybody, and what is
 * read is shown in reports: it reaches JSON files of its own repository only.
 */
export function namedRegistrations(fs: FileSystem, documents: readonly Document[]): string[] {
  return [...new Set(documents.flatMap((document) => (document.kind === 'manifest' ? namedBy(fs, document) : [])))];
}

function namedBy(fs: FileSystem, { path, apps }: ManifestDocument): string[] {
  const folder = dirname(path);
  const names = [...apps.values()].flatMap(({ registration }) => (registration ? [registration.text] : []));
  if (names.length === 0) return [];
  const boundary = repositoryAbove(fs, folder) ?? folder;
  return names
    .map((name) => join(folder, name.replaceAll('\\', '/')))
    .filter((named) => mayBeRegistration(named) || kindOf(named) === 'registration')
    .filter(
      (named) =>
        isBelow(boundary, named) &&
        !relative(boundary, named)
          .split(sep)
          .some((part) => skippedFolders.has(part.toLowerCase())),
    );
}

function repositoryAbove(fs: FileSystem, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (fs.stat(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
