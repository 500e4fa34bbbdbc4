/** Edits that are bound to the text they were made for: none is ever applied to another version. */
import { LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdits } from '../core/problem';
import type { TextEdit } from '../core/text';
import type { ServerContext } from './context';
import { documentFingerprint, toPath, toRange, toUri } from './convert';
import type { EditData, FileEditData } from './protocol';

/** Binds edits to the present versions of their files. */
export function toEditData(context: ServerContext, title: string, changes: readonly FileEdits[]): EditData {
  return {
    title,
    files: changes.map(({ file, isNew, edits }): FileEditData => {
      if (isNew) return { uri: toUri(file), version: null, fingerprint: '', isNew, edits: edits.map(atStart) };
      const document = context.session.document(file);
      const uri = uriOf(context, file);
      return {
        uri,
        version: context.documents.get(uri)?.version ?? null,
        fingerprint: documentFingerprint(document),
        edits: edits.map((edit) => ({ range: toRange(document, edit), newText: edit.text })),
      };
    }),
  };
}

const atStart = ({ text }: TextEdit) => ({ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text });

/** The URI that the client uses for a file: its own spelling where the file is open. */
function uriOf(context: ServerContext, file: string): string {
  return context.openUri(file) ?? toUri(file);
}

/** Makes the edit of an action; answers ContentModified where a file is no longer the one it was made for. */
export function toWorkspaceEdit(context: ServerContext, { files }: EditData, canVersion: boolean): WorkspaceEdit {
  for (const file of files)
    if (!isCurrent(context, file)) throw new ResponseError(LSPErrorCodes.ContentModified, 'The file was changed since: ask again.');
  const plain = (edits: FileEditData['edits']) => edits.map(({ range, newText }) => ({ range, newText }));
  if (!canVersion) return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, plain(edits)])) };
  return {
    documentChanges: files.flatMap(({ uri, version, isNew, edits }) => [
      ...(isNew ? [{ kind: 'create' as const, uri, options: { overwrite: false, ignoreIfExists: false } }] : []),
      { textDocument: { uri, version }, edits: plain(edits) },
    ]),
  };
}

function isCurrent({ session, documents }: ServerContext, { uri, version, fingerprint: made, isNew }: FileEditData): boolean {
  const open = documents.get(uri);
  if (isNew) return !open && session.textOnDisk(toPath(uri) ?? '') === undefined;
  if ((open?.version ?? null) !== version) return false;
  const path = toPath(uri);
  if (path === undefined) return false;
  if (!open) session.reread(path);
  return documentFingerprint(session.document(path)) === made;
}
