/** What the client says at run time: one place, so that it can be translated. */
import { l10n } from 'vscode';

export const words = {
  name: () => l10n.t('Microsoft 365 scopes'),
  starting: () => l10n.t('The language server is starting'),
  stopped: () => l10n.t('The language server has stopped'),
  restart: () => l10n.t('Restart'),
  log: () => l10n.t('Log'),
  catalogue: (date: string) => l10n.t('Catalogue of {0}', date),
};
