/** Loads the parser for coded workflows when the first is met: nobody waits for it, and what was told without it is told anew. */

/** Who is told how loading ended. */
export interface ParserListener {
  readonly ready: () => void;
  /** Told once. */
  readonly failed: (reason: string) => void;
}

/** Makes the loader; nothing is loaded before `need`. */
export function createParserLoad(load: () => Promise<void>, { ready, failed }: ParserListener) {
  let state: 'idle' | 'loading' | 'failed' = 'idle';

  const run = async (): Promise<void> => {
    state = 'loading';
    let fault: unknown;
    try {
      await load();
      state = 'idle';
    } catch (error) {
      state = 'failed';
      fault = error;
    }
    try {
      if (state === 'idle') ready();
      else failed(fault instanceof Error ? fault.message : String(fault));
    } catch {
      // The client has gone in the meantime: nobody is there to be told.
    }
  };

  return {
    /** Starts to load, unless that goes on already or has failed. */
    need(): void {
      if (state === 'idle') void run();
    },
  };
}
