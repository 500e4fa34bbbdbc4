/** The catalogue that ships, for tests. */
import { readCatalog } from '../../server/src/workspace/catalog-files';

export const catalog = readCatalog('schemas');
