/** Keeps one failing request from taking the server with it: every handler runs through here. */
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

export interface GuardOptions<T> {
  /** Named in the log. */
  readonly name: string;
  readonly token?: CancellationToken;
  /** The answer where the handler fails. */
  readonly fallback: T;
  readonly log: (message: string) => void;
}

/** Answers that a handler gives on purpose; any other error came from the client, whose faults are not answered to it. */
const deliberate: ReadonlySet<number> = new Set([
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.RequestFailed,
  ErrorCodes.InvalidParams,
]);

/**
 * Runs a handler. A cancelled request is answered RequestCancelled, before and after the work; a failure is logged once and answered by the fallback.
 * @throws ResponseError where the handler answers an error on purpose, or the request was cancelled.
 */
export async function guard<T>({ name, token, fallback, log }: GuardOptions<T>, handler: () => T | Promise<T>): Promise<T> {
  // A turn of the event loop, so that a cancellation that is already waiting is seen before the work.
  await new Promise((next) => setImmediate(next));
  stopIfCancelled(token);
  try {
    const answer = await handler();
    stopIfCancelled(token);
    return answer;
  } catch (error) {
    if (error instanceof ResponseError && deliberate.has(error.code)) throw error;
    log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return fallback;
  }
}

function stopIfCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
