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
 * read is shown in reports: it reaches JSON files of its own repository only, or, where there is none, of the folder that was asked for.
 */
export function namedRegistrations(fs: FileSystem, documents: readonly Document[], asked: readonly string[]): string[] {
  return [...new Set(documents.flatMap((document) => (document.kind === 'manifest' ? namedBy(fs, document, asked) : [])))];
}

function namedBy(fs: FileSystem, { path, apps }: ManifestDocument, asked: readonly string[]): string[] {
  const folder = dirname(path);
  const names = [...apps.values()].flatMap(({ registration }) => (registration ? [registration.text] : []));
  if (names.length === 0) return [];
  const boundary = repositoryAbove(fs, folder) ?? outermost(asked.filter((one) => isBelow(one, folder))) ?? folder;
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

function outermost(folders: readonly string[]): string | undefined {
  return [...folders].sort((a, b) => a.length - b.length)[0];
}

function repositoryAbove(fs: FileSystem, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (fs.stat(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
