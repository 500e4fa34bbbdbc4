/** How long a sign-in counts: until somebody signs out, which ends whatever is under way. */

export type Life = ReturnType<typeof createLife>;

/** Begins one. */
export function createLife() {
  let controller = new AbortController();
  return {
    /** Aborted once it ends; hold it from the start of what takes time, and look at it before anything is kept. */
    signal: (): AbortSignal => controller.signal,

    /** Ends what is under way, and begins anew. */
    end(): void {
      controller.abort(new Error('cancelled'));
      controller = new AbortController();
    },
  };
}
