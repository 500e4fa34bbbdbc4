/** What a command reads and writes: passed in, so that no command touches the process itself. */

export interface Io {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStdin: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colour: boolean;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/** Exit codes; of several that apply the highest wins. */
export const exit = { clean: 0, findings: 1, usage: 2, fault: 3 } as const;

/** A mistake in how the command was called: told without a stack. */
export class UsageError extends Error {}
