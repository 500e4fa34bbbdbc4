/** Carries what happens to files, in the editor and on disk, to the session, and tells the client when its answers may have changed. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceSession } from '../workspace/session';
import type { FileChange } from '../workspace/texts';
import type { ClientAbilities } from './capabilities';
import { toPath } from './convert';
import type { Follow } from './follow';
import type { OpenUris } from './open-uris';
import type { Push } from './push';
import { renameToChanges, toChange, toChanges } from './watch';

export interface FileListener {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly session: WorkspaceSession;
  readonly openUris: OpenUris;
  readonly follow: Follow;
  readonly push: Push;
  readonly client: () => ClientAbilities;
  /** The server's own answers may have changed. */
  readonly changed: () => void;
  /** The same, in a way that the client does not know of. */
  readonly refresh: () => void;
}

/** Starts to listen. */
export function listenToFiles({ connection, documents, session, openUris, follow, push, client, changed, refresh }: FileListener): void {
  const filesChanged = (happened: readonly FileChange[]) => {
    if (session.filesChanged(happened)) refresh();
  };

  documents.onDidOpen(({ document: { uri } }) => {
    const path = toPath(uri);
    if (path !== undefined) openUris.add(path, uri);
  });
  documents.onDidChangeContent(({ document }) => {
    const path = toPath(document.uri);
    if (path === undefined) return;
    if (!session.openText(path, document.getText())) return;
    changed();
    if (client().pulls && client().refreshes) follow.edited(document.uri);
  });
  documents.onDidClose(({ document }) => {
    const path = toPath(document.uri);
    if (path === undefined) return;
    openUris.remove(path, document.uri);
    const other = openUris.find(path);
    const still = other === undefined ? undefined : documents.get(other);
    const isOurs = still ? session.openText(path, still.getText()) : session.closeText(path);
    push.forget(document.uri);
    follow.forget(document.uri);
    if (!isOurs) return;
    if (!client().registersWatchers) session.filesChanged(toChange(document.uri, 'created'));
    // What was typed and not saved is gone: what other files show may change, and no other message says so.
    if (document.getText() === session.textOnDisk(path)) changed();
    else refresh();
  });
  documents.onDidSave(({ document: { uri } }) => {
    // A client that watches tells more: which files came, and which changed outside.
    if (!client().registersWatchers) filesChanged(toChange(uri, 'created'));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => filesChanged(toChanges(changes)));
  connection.workspace.onDidRenameFiles((params) => filesChanged(renameToChanges(params)));
  connection.workspace.onDidCreateFiles(({ files }) => filesChanged(files.flatMap(({ uri }) => toChange(uri, 'created'))));
}
