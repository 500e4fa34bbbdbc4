/** Lets other open files follow an edit at once: VS Code pulls those that nobody types in only every two seconds. */
import type { ServerContext } from './context';
import { pullDocument } from './diagnostics';

/** Rest after the last edit, in milliseconds, before other files are looked at. */
const rest = 120;

export type Follow = ReturnType<typeof createFollow>;

/**
 * Makes a follower.
 * @param refresh asks the client to pull again
 */
export function createFollow(context: ServerContext, refresh: () => void, log: (message: string) => void) {
  const answered = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const look = async (edited: string): Promise<void> => {
    for (const uri of context.documents.keys()) {
      const last = answered.get(uri);
      if (uri === edited || last === undefined) continue;
      const { kind } = await pullDocument(context, uri, last);
      if (kind === 'full') return refresh();
    }
  };

  return {
    /** Remembers what the client was told about a file. */
    told(uri: string, resultId: string | undefined): void {
      if (resultId !== undefined) answered.set(uri, resultId);
    },

    /** Forgets a file that was closed. */
    forget: (uri: string): void => void answered.delete(uri),

    /** Looks, after the rest, whether another open file would be told something else now; a further edit starts the rest anew. */
    edited(uri: string): void {
      clearTimeout(timer);
      timer = setTimeout(() => void look(uri).catch((error: unknown) => log(`following an edit failed: ${String(error)}`)), rest);
    },
  };
}
