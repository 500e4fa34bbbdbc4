/** The language status item: which catalogue is used, and whether the server lives. */
import { type DocumentSelector, LanguageStatusSeverity, languages } from 'vscode';
import type { Status } from '../../../server/src/lsp/protocol';
import { words } from './words';

/** Makes the item, shown for the given files. */
export function createStatus(selector: DocumentSelector) {
  const item = languages.createLanguageStatusItem('m365Scopes.status', selector);
  item.name = words.name();
  item.text = words.name();
  return {
    dispose: () => item.dispose(),

    starting(): void {
      item.busy = true;
      item.detail = words.starting();
      item.severity = LanguageStatusSeverity.Information;
      delete (item as { command?: unknown }).command;
    },

    running({ catalogDate }: Status): void {
      item.busy = false;
      item.detail = words.catalogue(catalogDate);
      item.severity = LanguageStatusSeverity.Information;
      item.command = { title: words.log(), command: 'm365Scopes.showLog' };
    },

    stopped(): void {
      item.busy = false;
      item.detail = words.stopped();
      item.severity = LanguageStatusSeverity.Error;
      item.command = { title: words.restart(), command: 'm365Scopes.restart' };
    },
  };
}
