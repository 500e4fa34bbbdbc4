/** Shows what is declared, registered and granted as a page that nobody can edit: the server writes it, VS Code's own preview shows it. */
import { commands, Disposable, EventEmitter, Uri, window, workspace } from 'vscode';
import { compareRegistrationRequest } from '../../../server/src/lsp/protocol';
import type { Ask } from './manifest';
import { words } from './words';

const scheme = 'm365-scopes';
/** Its name is what the tab shows. */
const page = Uri.from({ scheme, path: '/App Registration.md' });

/** Makes the page; nothing is asked before `show`. */
export function createComparison(ask: Ask): Disposable & { readonly show: () => Promise<void> } {
  let text = '';
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  });
  return Object.assign(Disposable.from(changed, provider), {
    /** Compares anew, and shows the page or brings it up to date. */
    async show(): Promise<void> {
      const answer = await ask<string | null>(compareRegistrationRequest, {});
      if (answer === undefined) return void window.showWarningMessage(words.stopped());
      if (answer === null) return void window.showWarningMessage(words.notCompared());
      text = answer;
      changed.fire(page);
      await commands.executeCommand('markdown.showPreview', page);
    },
  });
}
