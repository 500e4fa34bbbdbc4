/** Runs the language server, one at a time: who starts, restarts or stops it waits for what was asked before. */
import type { LogOutputChannel } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type Status, statusNotification } from '../../../server/src/lsp/protocol';
import type { createStatus } from './status';

type StatusItem = ReturnType<typeof createStatus>;

/**
 * Makes the runner; nothing runs before `start`.
 * @param started is called each time a server has started
 */
export function createServer(
  makeClient: () => BaseLanguageClient,
  status: StatusItem,
  log: LogOutputChannel,
  started: () => Promise<void>,
) {
  let client: BaseLanguageClient | undefined;
  let last: Promise<void> = Promise.resolve();

  /** None of the tasks may reject: the chain would carry the fault to who comes next. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    last = last.then(task);
    return last;
  }

  async function begin(): Promise<void> {
    if (client) return;
    status.starting();
    try {
      const made = makeClient();
      client = made;
      made.onNotification(statusNotification, (sent: Status) => status.running(sent));
      made.onDidChangeState(({ newState }) => {
        if (newState === State.Stopped && client === made) status.stopped();
        // Also one that came back after a crash knows nothing yet.
        if (newState === State.Running)
          void started().catch((error) => log.debug(`After the language server started: ${messageOf(error)}`));
      });
      await made.start();
    } catch (error) {
      log.error(`The language server did not start: ${messageOf(error)}`);
      status.stopped();
    }
  }

  async function end(): Promise<void> {
    const running = client;
    client = undefined;
    // After a crash the client starts the server anew by itself, and refuses to stop until that is done.
    if (running?.state === State.Starting) await running.start().catch(() => undefined);
    // One that never ran, or ended by itself, refuses too: there is nothing to tell the user.
    await running?.dispose().catch((error) => log.debug(`While the language server stopped: ${messageOf(error)}`));
  }

  return {
    /** Starts the server unless it runs. */
    start: () => inTurn(begin),
    stop: () => inTurn(end),
    restart: () => inTurn(() => end().then(begin)),

    /** Asks the server something, once what was asked of it before is done; undefined where none runs. */
    async ask<T>(method: string, params: object): Promise<T | undefined> {
      await last;
      return client?.isRunning() ? client.sendRequest<T>(method, params) : undefined;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
