/** The language server: what it can do, and which feature answers what. */
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog } from '../core/catalog/types';
import { isBelow, pathOptions } from '../workspace/automations';
import type { FileSystem } from '../workspace/file-system';
import type { GivenCatalog } from '../workspace/given-catalog';
import { createWorkspaceSession } from '../workspace/session';
import { offer, readAbilities } from './capabilities';
import { createCatalogChoice } from './catalog-choice';
import { createChangeSignal } from './changes';
import { listenToCommands } from './commands';
import type { ServerContext } from './context';
import { toPath, toUri } from './convert';
import { toWorkspaceEdit } from './edits';
import { allFeatures, type Features, showBeside } from './features';
import { listenToFiles } from './file-events';
import { foldersOf, toFolders } from './folders';
import { createFollow } from './follow';
import { guard } from './guard';
import { createOpenUris } from './open-uris';
import { createParserLoad } from './parser-load';
import { type EditData, type InitializationOptions, type Status, statusNotification } from './protocol';
import { createPush } from './push';
import { createSettings } from './settings';
import { createHeldGrants, listenToSignIn } from './sign-in';
import { folderWatchers, outerWatchers } from './watch';

/** What the server needs of the world around it. */
export interface Environment {
  readonly fs: FileSystem;
  readonly catalog: Catalog;
  /** Reads the catalogue of a folder that the settings name. */
  readonly readCatalog: (folder: string) => GivenCatalog;
  /** Loads the parser for coded workflows. */
  readonly loadParser: () => Promise<void>;
  readonly version: string;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: () => string;
  /** The features, so that a test can make one fail. */
  readonly features?: Partial<Features>;
}

/** A request to the client may find it gone: nothing hangs on the answer. */
function quietly(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

/** Wires a connection; listening is left to the caller. */
export function createServer(
  connection: Connection,
  { fs, catalog, readCatalog, loadParser, version, today, features }: Environment,
): void {
  const feature: Features = { ...allFeatures, ...features };
  const documents = new TextDocuments(TextDocument);
  const openUris = createOpenUris();
  const log = (message: string) => connection.console.error(message);
  const warn = (message: string) =>
    quietly(connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message }));
  const session = createWorkspaceSession({ fs, catalog, today, notify: warn, needsParser: () => parser.need() });
  const catalogs = createCatalogChoice({
    bundled: catalog,
    read: readCatalog,
    warn,
    changed: (next) => {
      session.setCatalog(next);
      sendStatus();
    },
  });
  let client = readAbilities({});
  let settings = createSettings(connection, false, log);
  let options: InitializationOptions = {};
  let folders: readonly string[] = [];

  const severitiesOf = (root: string) => settings.get(settingsUri(root)).severities;
  /** The deepest folder of the editor around a path; for the project around an opened subfolder, that subfolder. */
  const settingsUri = (path: string) => {
    const around = folders.filter((folder) => folder === path || isBelow(folder, path)).sort((a, b) => b.length - a.length)[0];
    return toUri(around ?? folders.find((folder) => isBelow(path, folder)) ?? path);
  };
  /** One catalogue for all folders: that of the first folder's settings. */
  const chooseCatalog = (uri: string) => catalogs.use(settings.get(uri).settings.catalog ?? options.catalog, folders[0]);
  const context: ServerContext = {
    session,
    get catalog() {
      return catalogs.current();
    },
    documents,
    openUri: openUris.find,
    get options() {
      return options;
    },
    get createsFiles() {
      return client.createsFiles;
    },
    today,
    analyzeOptions: (root) => ({ severities: severitiesOf(root), today: today(), grants: grants.all(), ...pathOptions }),
    automationOf: async (path) => {
      const uri = settingsUri(path);
      const ofFolders = folders.map(toUri);
      await Promise.all([uri, ...ofFolders].map(settings.fetch));
      chooseCatalog(ofFolders[0] ?? uri);
      // One automation has one set of settings, whichever of its files is asked for.
      return session.automationOf(path, (root) => settings.get(ofFolders.find((known) => known === settingsUri(root)) ?? uri).severities);
    },
    automations: async () => {
      await Promise.all(folders.map((folder) => settings.fetch(toUri(folder))));
      if (folders[0] !== undefined) chooseCatalog(toUri(folders[0]));
      return session.all(severitiesOf);
    },
  };
  const grants = createHeldGrants(session, () => refresh());
  const changes = createChangeSignal();
  let failedAt = -1;
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

  const parser = createParserLoad(loadParser, {
    ready: () => {
      session.reanalyze();
      refresh();
    },
    failed: (reason) => warn(`Coded workflows (.cs) are not read: the parser could not be loaded. ${reason}`),
  });

  connection.onInitialize((params): InitializeResult => {
    client = readAbilities(params);
    settings = createSettings(connection, client.asksSettings, log);
    options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    folders = foldersOf(params);
    session.setFolders(folders);
    return {
      serverInfo: { name: 'm365-scopes', version },
      capabilities: offer(client),
    };
  });

  connection.onInitialized(() => {
    if (client.registersSettings) quietly(connection.client.register(DidChangeConfigurationNotification.type, { section: 'm365Scopes' }));
    if (client.registersWatchers)
      quietly(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: folderWatchers() }));
    watchOuterRoots();
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(toFolders(removed));
        folders = [...folders.filter((folder) => !gone.has(folder)), ...toFolders(added)];
        session.setFolders(folders);
        watchOuterRoots();
        refresh();
      });
    }
    sendStatus();
  });

  const outerRoots = new Set<string>();
  const watchOuterRoots = () => {
    if (!client.registersWatchers || !client.watchesElsewhere) return;
    const fresh = session.outerRoots().filter((root) => !outerRoots.has(root));
    if (fresh.length === 0) return;
    for (const root of fresh) outerRoots.add(root);
    quietly(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: fresh.flatMap(outerWatchers) }));
  };

  const sendStatus = () => {
    const status: Status = { catalogDate: catalogs.current().date };
    void connection.sendNotification(statusNotification, status);
  };

  listenToFiles({ connection, documents, session, openUris, follow, push, client: () => client, changed, refresh });
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
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    guard({ name: 'workspace diagnostics', token, log, fallback: { items: [] } }, async () => {
      const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const isShown = (path: string) => settings.get(settingsUri(path)).settings.problems !== 'openFiles';
      // After a failure only a change is worth another try.
      await changes.after(failedAt, token);
      // The client asks again as soon as it is answered: where there is no news, the answer waits for a change.
      while (!token.isCancellationRequested) {
        const seen = changes.count();
        failedAt = seen;
        const items = await feature.pullWorkspace(context, previous, isShown);
        failedAt = -1;
        if (answeredAt !== seen || items.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full)) {
          answeredAt = seen;
          return { items };
        }
        await changes.after(seen, token);
      }
      return { items: [] };
    }),
  );
  connection.onCodeAction((params, token) =>
    guard({ name: 'code actions', token, log, fallback: [] }, async () => {
      const prepared = await feature.codeActions(context, params);
      return prepared.map(({ action, data }) =>
        data === undefined
          ? action
          : client.resolvesEdits
            ? { ...action, data }
            : { ...action, data, edit: toWorkspaceEdit(context, data, client.versionsEdits) },
      );
    }),
  );
  connection.onCodeActionResolve((action, token) =>
    guard({ name: 'resolving an action', token, log, fallback: action }, () =>
      // One that runs a command of the client has nothing to resolve.
      action.data === undefined ? action : { ...action, edit: toWorkspaceEdit(context, action.data as EditData, client.versionsEdits) },
    ),
  );
  connection.onCodeLens(({ textDocument }, token) =>
    guard({ name: 'code lenses', token, log, fallback: [] }, async () => {
      const path = toPath(textDocument.uri);
      if (path === undefined || (await settings.fetch(settingsUri(path))).settings.codeLens?.enable === false) return [];
      return feature.codeLenses(context, textDocument.uri);
    }),
  );
  listenToCommands({ connection, context, feature, client: () => client, warn, log });
  showBeside({ connection, context, feature, client: () => client, log });
  listenToSignIn({ connection, context, feature, grants, log });

  documents.listen(connection);
}
