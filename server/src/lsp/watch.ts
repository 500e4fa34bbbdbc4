/** Which changes on disk the server wants to hear of, and how it reads them. */
import {
  FileChangeType,
  type FileEvent,
  type FileOperationOptions,
  type FileSystemWatcher,
  type RenameFilesParams,
  WatchKind,
} from 'vscode-languageserver';
import type { FileChange } from '../workspace/texts';
import { toPath, toUri } from './convert';

/** Files whose change on disk may matter: a manifest can name any JSON as the registration of its app. */
const ours = ['**/*.xaml', '**/*.cs', '**/*.json', '**/.gitignore'];

/** Watchers below the editor's folders. Of a folder that is deleted, the client says nothing about what was in it: every deletion is heard. */
export function folderWatchers(): FileSystemWatcher[] {
  return [...ours.map((globPattern) => ({ globPattern })), { globPattern: '**/*', kind: WatchKind.Delete }];
}

/** Watchers below a folder that is none of the editor's: the project around an opened subfolder. */
export function outerWatchers(root: string): FileSystemWatcher[] {
  return ours.map((pattern) => ({ globPattern: { baseUri: toUri(root), pattern } }));
}

/** Folders that are renamed or copied in the editor: what is in them comes without events of its own. */
export const folderOperations: FileOperationOptions = (() => {
  const folders = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } }] };
  return { didRename: folders, didCreate: folders };
})();

const kinds = { [FileChangeType.Created]: 'created', [FileChangeType.Changed]: 'changed', [FileChangeType.Deleted]: 'deleted' } as const;

/** Reads watched changes; those of what is no file are passed over. */
export function toChanges(events: readonly FileEvent[]): FileChange[] {
  return events.flatMap(({ uri, type }) => toChange(uri, kinds[type] ?? 'changed'));
}

/** A rename is a deletion and a creation. */
export function renameToChanges({ files }: RenameFilesParams): FileChange[] {
  return files.flatMap(({ oldUri, newUri }) => [...toChange(oldUri, 'deleted'), ...toChange(newUri, 'created')]);
}

/** One change; none where the URI is no file. */
export function toChange(uri: string, kind: FileChange['kind']): FileChange[] {
  const path = toPath(uri);
  return path === undefined ? [] : [{ path, kind }];
}
