/** A bare language client for tests: scripted sessions against the server in this process, or against the command over stdio. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { lineStarts } from '../../server/src/core/text';
import type { Features } from '../../server/src/lsp/features';
import { createServer } from '../../server/src/lsp/server';
import { loadParser } from '../../server/src/workspace/csharp/load';
import { readGivenCatalog } from '../../server/src/workspace/given-catalog';
import { nodeFileSystem } from '../../server/src/workspace/node-file-system';
import { catalog } from '../support/catalog';

export type Client = Awaited<ReturnType<typeof startClient>>;

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** Features that take the place of the server's own; in this process only. */
  readonly features?: Partial<Features>;
  /** `process`: the built command, over stdio. */
  readonly where?: 'here' | 'process';
  /** The answer to workspace/configuration. */
  readonly settings?: (scopeUri?: string) => object;
  /** Loads the parser for coded workflows, in place of the server's own way; in this process only. */
  readonly parser?: () => Promise<void>;
}

/** Pulls, resolves edits, versions them: what VS Code can do, without VS Code. */
export const pulling: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: { diagnostic: {}, codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
};

export const uriOf = (path: string) => pathToFileURL(path).href;

/** Starts a server and initializes it. */
export async function startClient({
  folders,
  capabilities = pulling,
  initializationOptions,
  features,
  where = 'here',
  settings = () => ({}),
  parser = () => loadParser(resolve('dist')),
}: ClientOptions) {
  const { connection, stop } = where === 'here' ? startHere(features, parser) : startProcess();
  const pushed = new Map<string, PublishDiagnosticsParams[]>();
  const logged: string[] = [];
  const registered: string[] = [];
  const applied: WorkspaceEdit[] = [];
  const shown: string[] = [];
  const catalogDates: string[] = [];
  let refreshed = 0;
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => void pushed.set(params.uri, [...(pushed.get(params.uri) ?? []), params]),
  );
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => void shown.push(message));
  connection.onNotification('m365Scopes/status', ({ catalogDate }: { catalogDate: string }) => void catalogDates.push(catalogDate));
  connection.onRequest(
    'client/registerCapability',
    ({ registrations }: { registrations: { method: string }[] }) => void registered.push(...registrations.map(({ method }) => method)),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => settings(scopeUri)),
  );
  connection.onRequest('workspace/diagnostic/refresh', () => void refreshed++);
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied.push(edit);
    return { applied: true };
  });
  connection.listen();
  const workspaceFolders = folders.map((folder) => ({ uri: uriOf(folder), name: folder }));
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders,
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const document = (path: string) => ({ textDocument: { uri: uriOf(path) } });
  return {
    connection,
    initialized,
    pushed,
    logged,
    registered,
    applied,
    shown,
    catalogDates,
    refreshed: () => refreshed,
    open: (path: string, text: string, version = 1) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uriOf(path), languageId: 'xml', version, text } }),
    change: (path: string, version: number, range: Range | undefined, text: string) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(path), version },
        contentChanges: [range ? { range, text } : { text }],
      }),
    close: (path: string) => connection.sendNotification('textDocument/didClose', document(path)),
    pull: (path: string, previousResultId?: string) =>
      connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { ...document(path), previousResultId }),
    items: async (path: string): Promise<Diagnostic[]> => {
      const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', document(path));
      return report.kind === 'full' ? report.items : [];
    },
    actions: (path: string, range: Range, only?: string[]) =>
      connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        ...document(path),
        range,
        context: { diagnostics: [], ...(only ? { only } : {}) },
      }),
    resolve: (action: CodeAction) => connection.sendRequest<CodeAction>('codeAction/resolve', action),
    lenses: (path: string) =>
      connection.sendRequest<{ range: Range; command: { title: string; command: string; arguments?: unknown[] } }[]>(
        'textDocument/codeLens',
        document(path),
      ),
    /** Shuts down in order. */
    async end(): Promise<void> {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      stop();
    },
    stop,
  };
}

function startHere(features: Partial<Features> | undefined, parser: () => Promise<void>) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, {
    fs: nodeFileSystem,
    catalog,
    readCatalog: readGivenCatalog,
    loadParser: parser,
    version: '0',
    today: () => '2026-11-24',
    ...(features ? { features } : {}),
  });
  server.listen();
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return {
    connection,
    stop: () => {
      connection.dispose();
      server.dispose();
    },
  };
}

function startProcess(): { connection: MessageConnection; stop: () => void } {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return { connection, stop: () => void child.kill() };
}

/** Applies an edit to texts by URI, and checks the versions it names. */
export function applyTo(texts: ReadonlyMap<string, string>, edit: WorkspaceEdit | undefined): Map<string, string> {
  const after = new Map(texts);
  const changes =
    edit?.documentChanges?.flatMap((change) => ('edits' in change ? [[change.textDocument.uri, change.edits] as const] : [])) ??
    Object.entries(edit?.changes ?? {});
  for (const [uri, edits] of changes) {
    const starts = lineStarts(after.get(uri) ?? '');
    const offset = ({ line, character }: Range['start']) => (starts[line] ?? 0) + character;
    const plain = edits.filter((change): change is { range: Range; newText: string } => 'newText' in change && 'range' in change);
    const sorted = [...plain].sort((a, b) => offset(b.range.start) - offset(a.range.start));
    let text = after.get(uri) ?? '';
    for (const { range, newText } of sorted) text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
    after.set(uri, text);
  }
  return after;
}

/** Waits until a condition holds, at most five seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (condition()) return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`waited in vain: ${what}`);
}
