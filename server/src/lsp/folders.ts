/** The editor's folders as paths, whichever way a client tells them. */
import { resolve } from 'node:path';
import type { InitializeParams } from 'vscode-languageserver';
import { toPath } from './convert';

/** Paths of the folders that a client opens with. */
export function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return toFolders(workspaceFolders);
  if (rootUri) return toFolders([{ uri: rootUri }]);
  return rootPath ? [resolve(rootPath)] : [];
}

/** Paths of folders, without a slash at the end. */
export function toFolders(folders: readonly { readonly uri: string }[]): string[] {
  return folders.flatMap(({ uri }) => {
    const path = toPath(uri);
    return path === undefined ? [] : [resolve(path)];
  });
}
