/** `--catalog DIR`: the option, and the catalogue that it names. */
import { resolve } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { readCatalog } from '../workspace/catalog-files';
import { readGivenCatalog } from '../workspace/given-catalog';
import { type Io, UsageError } from './io';

export const catalogOption = { catalog: { type: 'string' } } as const;

/** The catalogue of a call. Throws a UsageError that says what is wrong with the folder. */
export function catalogOf(io: Io, folder: string | undefined): Catalog {
  if (folder === undefined) return readCatalog();
  const given = readGivenCatalog(resolve(io.cwd, folder));
  if (given.faults) throw new UsageError(`The catalogue cannot be used.\n${given.faults.map((fault) => `  ${fault}`).join('\n')}`);
  return given.catalog;
}
