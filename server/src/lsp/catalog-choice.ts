/** Which catalogue the server works with: the bundled one, or that of a folder that the settings name. */
import { resolve } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import type { GivenCatalog } from '../workspace/given-catalog';

export interface CatalogChoiceOptions {
  readonly bundled: Catalog;
  /** Reads a folder; only called when the settings name one. */
  readonly read: (folder: string) => GivenCatalog;
  readonly warn: (message: string) => void;
  /** Is told when another catalogue counts from now on. */
  readonly changed: (catalog: Catalog) => void;
}

/** Makes the choice; the bundled catalogue counts until a folder is named, and where the named one cannot be used. */
export function createCatalogChoice({ bundled, read, warn, changed }: CatalogChoiceOptions) {
  let named: string | undefined;
  let catalog = bundled;

  const load = (folder: string): Catalog => {
    const given = read(folder);
    if (!given.faults) return given.catalog;
    warn(`The catalogue that the settings name cannot be used, the bundled one counts. ${given.faults.join(' ')}`);
    return bundled;
  };

  return {
    current: (): Catalog => catalog,

    /**
     * Takes what the settings say. The same folder is not read again.
     * @param base what a relative folder starts from.
     */
    use(setting: unknown, base: string | undefined): void {
      const folder = typeof setting === 'string' && setting.trim() !== '' ? resolve(base ?? '', setting.trim()) : undefined;
      if (folder === named) return;
      named = folder;
      const next = folder === undefined ? bundled : load(folder);
      if (next === catalog) return;
      catalog = next;
      changed(next);
    },
  };
}
