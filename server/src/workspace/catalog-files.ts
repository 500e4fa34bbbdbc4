/** Reads the catalogue's data files from the folder they ship in. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodedData } from '../core/catalog/coded';
import type { OperationsData } from '../core/catalog/import/operations';
import { type CatalogData, loadCatalog } from '../core/catalog/load';
import type { Notices } from '../core/catalog/notices';
import { makeOperationTable } from '../core/catalog/operations';
import type { Catalog } from '../core/catalog/types';

/** The folder of the bundled data, beside the folder of the bundles. */
export const bundledCatalog = join(__dirname, '..', 'schemas');

/** Reads and loads the catalogue; files that a folder lacks come from the bundled one. Throws when one is not there or is no JSON. */
export function readCatalog(folder: string = bundledCatalog): Catalog {
  const read = (name: string) => {
    const own = join(folder, name);
    return JSON.parse(readFileSync(existsSync(own) ? own : join(bundledCatalog, name), 'utf8')) as unknown;
  };
  return loadCatalog({
    permissions: read('permissions.json') as CatalogData['permissions'],
    covers: read('covers.json') as CatalogData['covers'],
    activities: read('activities.json') as CatalogData['activities'],
    operations: once(() => makeOperationTable(read('operations.json') as OperationsData)),
    notices: once(() => read('notices.json') as Notices),
    coded: once(() => read('coded.json') as CodedData),
    signIn: read('sign-in.json') as CatalogData['signIn'],
  });
}

/** What few calls need is read when the first asks for it, and kept. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
