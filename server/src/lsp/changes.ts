/** Tells those who wait that something changed. */
import type { CancellationToken } from 'vscode-languageserver';

/** Makes a signal. `count` grows with each change, so that an answer can be compared with what came after it. */
export function createChangeSignal() {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    count: (): number => count,

    /** Wakes everybody who waits. */
    raise(): void {
      count++;
      for (const wake of [...waiting]) wake();
    },

    /** Resolves once there was a change after `seen`, or the token is cancelled. */
    after: (seen: number, token: CancellationToken): Promise<void> =>
      new Promise((resolve) => {
        if (count !== seen || token.isCancellationRequested) return resolve();
        const done = () => {
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
        token.onCancellationRequested(done);
      }),
  };
}
