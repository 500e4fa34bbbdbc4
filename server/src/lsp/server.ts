/** The language server: what it can do, and which feature answers what. */
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog } from '../core/catalog/types';
import { governs, isSameFile } from '../workspace/automations';
import type { FileSystem } from '../workspace/file-system';
import { createWorkspaceSession } from '../workspace/session';
import { offer, readAbilities } from './capabilities';
import { createChangeSignal } from './changes';
import { codeActions } from './code-actions';
import { codeLenses } from './code-lens';
import type { ServerContext } from './context';
import { toPath, toUri } from './convert';
import { pullDocument, pullWorkspace } from './diagnostics';
import { toWorkspaceEdit } from './edits';
import { createFollow } from './follow';
import { guard } from './guard';
import { applyCommand, type EditData, type InitializationOptions, type Status, statusNotification } from './protocol';
import { createPush } from './push';
import { createSettings } from './settings';

/** What the server needs of the world around it. */
export interface Environment {
  readonly fs: FileSystem;
  readonly catalog: Catalog;
  readonly version: string;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: () => string;
  /** The features, so that a test can make one fail. */
  readonly features?: Partial<Features>;
}

export interface Features {
  readonly pullDocument: typeof pullDocument;
  readonly pullWorkspace: typeof pullWorkspace;
  readonly codeActions: typeof codeActions;
  readonly codeLenses: typeof codeLenses;
}

/** Files whose change on disk matters. */
const watched = ['**/*.xaml', '**/*.cs', '**/project.json', '**/m365-automation.json', '**/*.m365-automation.json', '**/.gitignore'];

/** A request to the client may find it gone: nothing hangs on the answer. */
function quietly(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

/** Wires a connection; listening is left to the caller. */
export function createServer(connection: Connection, { fs, catalog, version, today, features }: Environment): void {
  const feature: Features = { pullDocument, pullWorkspace, codeActions, codeLenses, ...features };
  const documents = new TextDocuments(TextDocument);
  const session = createWorkspaceSession({ fs, catalog, today });
  const log = (message: string) => connection.console.error(message);
  let client = readAbilities({});
  let settings = createSettings(connection, false);
  let options: InitializationOptions = {};
  let folders: readonly string[] = [];

  const severitiesOf = (root: string) => settings.get(settingsUri(root)).severities;
  const settingsUri = (path: string) =>
    toUri(folders.filter((folder) => path.startsWith(folder)).sort((a, b) => b.length - a.length)[0] ?? path);
  const context: ServerContext = {
    session,
    catalog,
    documents,
    get options() {
      return options;
    },
    analyzeOptions: (root) => ({ severities: severitiesOf(root), today: today(), governs, isSameFile }),
    automationOf: async (path) => {
      const uri = settingsUri(path);
      await settings.fetch(uri);
      return session.automationOf(path, () => settings.get(uri).severities);
    },
    automations: async () => {
      await Promise.all(folders.map((folder) => settings.fetch(toUri(folder))));
      return session.all(severitiesOf);
    },
  };
  const changes = createChangeSignal();
  let answeredAt = -1;
  const push = createPush(connection, context, log);
  const follow = createFollow(context, () => quietly(connection.languages.diagnostics.refresh()), log);

  const changed = () => {
    changes.raise();
    if (!client.pulls) push.schedule();
  };
  const refresh = () => {
    changed();
    if (client.pulls && client.refreshes) quietly(connection.languages.diagnostics.refresh());
    if (client.refreshesLenses) quietly(connection.sendRequest(CodeLensRefreshRequest.type));
  };

  connection.onInitialize((params): InitializeResult => {
    client = readAbilities(params);
    settings = createSettings(connection, client.asksSettings);
    options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    folders = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : [])).flatMap(({ uri }) => toPath(uri) ?? []);
    session.setFolders(folders);
    return {
      serverInfo: { name: 'm365-scopes', version },
      capabilities: offer(client),
    };
  });

  connection.onInitialized(() => {
    if (client.registersSettings) quietly(connection.client.register(DidChangeConfigurationNotification.type, { section: 'm365Scopes' }));
    if (client.registersWatchers)
      quietly(
        connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: watched.map((globPattern) => ({ globPattern })),
        }),
      );
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => toPath(uri)));
        folders = [...folders.filter((folder) => !gone.has(folder)), ...added.flatMap(({ uri }) => toPath(uri) ?? [])];
        session.setFolders(folders);
        refresh();
      });
    }
    sendStatus();
  });

  const sendStatus = () => {
    const status: Status = { catalogDate: catalog.date };
    void connection.sendNotification(statusNotification, status);
  };

  documents.onDidChangeContent(({ document }) => {
    const path = toPath(document.uri);
    if (path === undefined) return;
    session.openText(path, document.getText());
    changed();
    if (client.pulls && client.refreshes) follow.edited(document.uri);
  });
  documents.onDidClose(({ document }) => {
    const path = toPath(document.uri);
    if (path === undefined) return;
    session.closeText(path);
    push.forget(document.uri);
    follow.forget(document.uri);
    // What was typed and not saved is gone: what other files show may change, and no other message says so.
    if (document.getText() === session.textOnDisk(path)) changed();
    else refresh();
  });
  connection.onDidChangeWatchedFiles((event) => {
    session.filesChanged(event.changes.flatMap(({ uri }) => toPath(uri) ?? []));
    refresh();
  });
  connection.onDidChangeConfiguration(({ settings: sent }) => {
    settings.changed(sent);
    refresh();
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const fallback: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const report = await guard({ name: 'diagnostics', token, log, fallback }, () => feature.pullDocument(context, uri, previousResultId));
    follow.told(uri, report.resultId);
    return report;
  });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    // The client asks again at once: it is answered when something changed, not by a scan each time.
    await changes.after(answeredAt, token);
    answeredAt = changes.count();
    return guard({ name: 'workspace diagnostics', token, log, fallback: { items: [] } }, async () => ({
      items: await feature.pullWorkspace(context, previous, (path) => settings.get(settingsUri(path)).settings.problems !== 'openFiles'),
    }));
  });
  connection.onCodeAction((params, token) =>
    guard({ name: 'code actions', token, log, fallback: [] }, async () => {
      const prepared = await feature.codeActions(context, params);
      return prepared.map(({ action, data }) =>
        client.resolvesEdits ? { ...action, data } : { ...action, data, edit: toWorkspaceEdit(context, data, client.versionsEdits) },
      );
    }),
  );
  connection.onCodeActionResolve((action, token) =>
    guard({ name: 'resolving an action', token, log, fallback: action }, () => ({
      ...action,
      edit: toWorkspaceEdit(context, action.data as EditData, client.versionsEdits),
    })),
  );
  connection.onCodeLens(({ textDocument }, token) =>
    guard({ name: 'code lenses', token, log, fallback: [] }, async () => {
      const path = toPath(textDocument.uri);
      if (path === undefined || (await settings.fetch(settingsUri(path))).settings.codeLens?.enable === false) return [];
      return feature.codeLenses(context, textDocument.uri);
    }),
  );
  connection.onExecuteCommand(({ command, arguments: [data] = [] }, token) =>
    guard({ name: command, token, log, fallback: null }, async () => {
      if (command !== applyCommand) throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command ${command}.`);
      const { title } = data as EditData;
      await connection.workspace.applyEdit({ label: title, edit: toWorkspaceEdit(context, data as EditData, client.versionsEdits) });
      return null;
    }),
  );

  documents.listen(connection);
}
