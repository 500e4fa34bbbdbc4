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
  return {
    /** Starts to load, unless that goes on already or has failed. */
    need(): void {
      if (state !== 'idle') return;
      state = 'loading';
      load().then(
        () => {
          state = 'idle';
          ready();
        },
        (error: unknown) => {
          state = 'failed';
          failed(error instanceof Error ? error.message : String(error));
        },
      );
    },
  };
}
