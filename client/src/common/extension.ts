/** The extension without its entry: which files it looks at, when the server runs, and what the user can do about it. */
import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, RelativePattern, window, workspace } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import { type InitializationOptions, type Status, settingsSection, statusNotification } from '../../../server/src/lsp/protocol';
import { createStatus } from './status';

/** Files the server is asked about. */
export const documentSelector = ['**/*.xaml', '**/project.json', '**/m365-automation.json', '**/*.m365-automation.json'].map((pattern) => ({
  scheme: 'file',
  pattern,
}));

/** What makes a folder one of ours. */
const telling = '**/{project.json,m365-automation.json,*.m365-automation.json}';
const skipped = '**/{node_modules,.git,.local}/**';

type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Makes the extension; nothing runs before `start`. */
export function createExtension(context: ExtensionContext, makeClient: MakeClient) {
  const log = window.createOutputChannel('Microsoft 365 Automation Scopes', { log: true });
  const status = createStatus(documentSelector);
  let client: BaseLanguageClient | undefined;
  context.subscriptions.push(
    log,
    status,
    commands.registerCommand('m365Scopes.restart', () => restart()),
    commands.registerCommand('m365Scopes.showLog', () => log.show()),
  );

  async function startServer(): Promise<void> {
    status.starting();
    client = makeClient(clientOptions(log));
    client.onNotification(statusNotification, (sent: Status) => status.running(sent));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && client) status.stopped();
    });
    try {
      await client.start();
    } catch (error) {
      log.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      status.stopped();
    }
  }

  async function restart(): Promise<void> {
    await stop();
    await startServer();
  }

  async function stop(): Promise<void> {
    const running = client;
    client = undefined;
    await running?.dispose().catch(() => undefined);
  }

  return {
    stop,

    /** Starts the server where a project or manifest is there, or as soon as one comes. */
    async start(): Promise<void> {
      const found = await workspace.findFiles(telling, skipped, 1);
      if (found.length > 0) return startServer();
      const watchers = (workspace.workspaceFolders ?? []).map((folder) =>
        workspace.createFileSystemWatcher(new RelativePattern(folder, telling), false, true, true),
      );
      const once: Disposable[] = watchers.map((watcher) =>
        watcher.onDidCreate(() => {
          for (const watching of [...once, ...watchers]) watching.dispose();
          void startServer();
        }),
      );
      context.subscriptions.push(...watchers, ...once);
    },
  };
}

function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { editorValidatesJson: true };
  return {
    documentSelector,
    outputChannel: log,
    initializationOptions,
    synchronize: { configurationSection: settingsSection },
    diagnosticPullOptions: { onChange: true, onSave: true },
  };
}
