/** Pushes diagnostics to clients that cannot pull them: those of every open file, after a short rest, and only what changed. */
import type { Connection } from 'vscode-languageserver';
import { askedFor, type ServerContext } from './context';
import { toPath } from './convert';
import { diagnosticsOf } from './diagnostics';

/** Rest after the last change, in milliseconds: long enough to join keystrokes, too short to be noticed. */
const rest = 60;

export type Push = ReturnType<typeof createPush>;

/** Makes a pusher. */
export function createPush(connection: Connection, context: ServerContext, log: (message: string) => void) {
  const sent = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const pushOne = async (uri: string): Promise<void> => {
    const version = context.documents.get(uri)?.version;
    const asked = await askedFor(context, uri);
    const open = context.documents.get(uri);
    // The file may have been closed, or edited, while its settings were asked for: that change has its own push.
    if (!open || open.version !== version) return;
    const diagnostics = asked ? diagnosticsOf(context, asked.found, asked.path) : [];
    const content = JSON.stringify([version, diagnostics]);
    if (sent.get(uri) === content) return;
    sent.set(uri, content);
    await connection.sendDiagnostics({ uri, version: open.version, diagnostics });
  };

  const pushAll = async (): Promise<void> => {
    for (const uri of context.documents.keys()) {
      try {
        if (toPath(uri) !== undefined) await pushOne(uri);
      } catch (error) {
        log(`pushing diagnostics failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  };

  return {
    /** Pushes after the rest; a further call starts the rest anew. */
    schedule(): void {
      clearTimeout(timer);
      timer = setTimeout(() => void pushAll(), rest);
    },

    /** A closed file shows nothing. */
    forget(uri: string): void {
      if (sent.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
