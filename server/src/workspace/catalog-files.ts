/** Reads the catalogue's data files from the folder they ship in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogData, loadCatalog } from '../core/catalog/load';
import type { Catalog } from '../core/catalog/types';

/** The folder of the bundled data, beside the folder of the bundles. */
export const bundledCatalog = join(__dirname, '..', 'schemas');

/** Reads and loads the catalogue. Throws when a file is not there: the installation is broken. */
export function readCatalog(folder: string = bundledCatalog): Catalog {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
  return loadCatalog({
    permissions: read('permissions.json') as CatalogData['permissions'],
    covers: read('covers.json') as CatalogData['covers'],
    activities: read('activities.json') as CatalogData['activities'],
    signIn: read('sign-in.json') as CatalogData['signIn'],
  });
}
