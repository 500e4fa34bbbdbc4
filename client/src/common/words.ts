/** What the client says at run time: one place, so that it can be translated. */
import { l10n } from 'vscode';

export const words = {
  name: () => l10n.t('Microsoft 365 scopes'),
  starting: () => l10n.t('The language server is starting'),
  stopped: () => l10n.t('The language server has stopped'),
  restart: () => l10n.t('Restart'),
  log: () => l10n.t('Log'),
  noProject: () => l10n.t('No project here needs a manifest: each has one already, or uses no connection and no app of its own.'),
  which: () => l10n.t('Create a manifest for which project?'),
  connections: (count: number) => (count === 1 ? l10n.t('1 connection') : l10n.t('{0} connections', count)),
  notCompared: () => l10n.t('The comparison failed: the log says why.'),
  catalogue: (date: string) => l10n.t('Catalogue of {0}', date),
};
