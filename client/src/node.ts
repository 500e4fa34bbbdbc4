/** Entry of the extension on the desktop: starts the server as a process of its own, once a workflow or a manifest is there. */
import * as path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { createExtension } from './common/extension';

let stop: (() => Promise<void>) | undefined;

/** Called by VS Code. Returns what tests need to wait for: nothing else uses it. */
export async function activate(context: ExtensionContext) {
  const module = context.asAbsolutePath(path.join('dist', 'server.js'));
  const serverOptions = { module, transport: TransportKind.ipc };
  const extension = createExtension(
    context,
    (options) => new LanguageClient('m365Scopes', 'Microsoft 365 Automation Scopes', serverOptions, options),
  );
  stop = extension.stop;
  await extension.start();
}

/** Called by VS Code when it closes or the extension is turned off. */
export function deactivate(): Promise<void> | undefined {
  return stop?.();
}
