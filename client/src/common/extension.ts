/** The extension without its entry: when the server runs, how it is asked, and what the user can do about it. */
import { commands, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  adminConsentCommand,
  checkConsentCommand,
  compareCommand,
  type InitializationOptions,
  requestConsentCommand,
  settingsSection,
} from '../../../server/src/lsp/protocol';
import { createSignIn } from '../auth/commands';
import { createComparison } from './compare';
import { documentSelector, hasOurs, onOurs, ownFiles } from './files';
import { createManifest, saveManifest } from './manifest';
import { createServer } from './server';
import { createStatus } from './status';

/** Set once there is something to do: until then the commands are not offered. */
const activeKey = 'm365Scopes.active';

type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Makes the extension; nothing runs before `start`. */
export function createExtension(context: ExtensionContext, makeClient: MakeClient) {
  const log = window.createOutputChannel('Microsoft 365 Automation Scopes', { log: true });
  const status = createStatus(ownFiles);
  const server = createServer(
    () => makeClient(clientOptions(log)),
    status,
    log,
    () => signIn.resend(),
  );
  const signIn = createSignIn(server.ask, context);
  const comparison = createComparison(server.ask);
  let isActive = false;
  context.subscriptions.push(
    log,
    status,
    signIn,
    comparison,
    commands.registerCommand('m365Scopes.restart', async () => {
      if (isActive) return server.restart();
      // A key or another extension can ask anywhere.
      log.info('There is no server to restart: no workflow and no manifest is here.');
    }),
    commands.registerCommand('m365Scopes.createManifest', async () => {
      if (isActive) return createManifest(server.ask);
      log.info('There is no project to create a manifest for: no workflow and no manifest is here.');
    }),
    commands.registerCommand('m365Scopes.compareRegistration', async () => {
      if (isActive) return comparison.show();
      log.info('There is nothing to compare with an app registration: no workflow and no manifest is here.');
    }),
    commands.registerCommand('m365Scopes.showLog', () => log.show()),
  );

  return {
    stop: server.stop,

    /** Starts the server where a workflow or manifest is there, or as soon as one comes. */
    async start(): Promise<void> {
      const waiting = onOurs(() => void begin());
      context.subscriptions.push(waiting);
      if (await hasOurs()) await begin();

      async function begin(): Promise<void> {
        if (isActive) return;
        isActive = true;
        waiting.dispose();
        await Promise.all([commands.executeCommand('setContext', activeKey, true), signIn.showContext(), server.start()]);
      }
    },
  };
}

function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    editorValidatesJson: true,
    commands: [checkConsentCommand, compareCommand, requestConsentCommand, adminConsentCommand],
  };
  return {
    documentSelector,
    outputChannel: log,
    initializationOptions,
    synchronize: { configurationSection: settingsSection },
    middleware: saveManifest,
    diagnosticPullOptions: { onChange: true, onSave: true },
  };
}
