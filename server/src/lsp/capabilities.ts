/** What the two sides can do: what the server offers, and what it asks of the client. */
import { CodeActionKind, type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { applyCommand, fixAllKind, writeManifestCommand } from './protocol';
import { folderOperations } from './watch';

export type ClientAbilities = ReturnType<typeof readAbilities>;

/** What the client can do, as far as the server asks. */
export function readAbilities({ capabilities }: Partial<InitializeParams>) {
  const { workspace, textDocument, window } = capabilities ?? {};
  return {
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    asksSettings: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesElsewhere: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    resolvesEdits:
      textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true && textDocument.codeAction.dataSupport === true,
    showsMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    versionsEdits: workspace?.workspaceEdit?.documentChanges === true,
    showsDocuments: window?.showDocument?.support === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
  };
}

/** What the server offers: diagnostics are pulled where the client can, and pushed otherwise, never both. */
export function offer({ pulls }: ClientAbilities): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
    codeLensProvider: {},
    hoverProvider: true,
    inlayHintProvider: true,
    executeCommandProvider: { commands: [applyCommand, writeManifestCommand] },
    ...(pulls ? { diagnosticProvider: { identifier: 'm365-scopes', interFileDependencies: true, workspaceDiagnostics: true } } : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: folderOperations },
  };
}
