/** Reads a catalogue that the user points to: held to the schemas, capped in size, never fetched and never run. */

import validateActivities from 'm365:validate-activities';
import validateCovers from 'm365:validate-covers';
import validateOperations from 'm365:validate-operations';
import validatePermissions from 'm365:validate-permissions';
import validateSignIn from 'm365:validate-sign-in';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { readCatalog } from './catalog-files';

const validators = {
  'permissions.json': validatePermissions,
  'operations.json': validateOperations,
  'covers.json': validateCovers,
  'activities.json': validateActivities,
  'sign-in.json': validateSignIn,
};

/** In bytes: the largest bundled file is under 1 MB. */
const largestFile = 16 * 1024 * 1024;

/** How many faults of one file are told. */
const mostFaults = 3;

/** A catalogue, or what is wrong with the folder. */
export type GivenCatalog = { readonly catalog: Catalog; readonly faults?: never } | { readonly faults: readonly string[] };

/** Reads the files of the folder that are there; the others come from the bundled catalogue. */
export function readGivenCatalog(folder: string): GivenCatalog {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return { faults: [`${folder} is no folder.`] };
  const present = Object.entries(validators).filter(([name]) => statSync(join(folder, name), { throwIfNoEntry: false }));
  if (present.length === 0) return { faults: [`${folder} holds none of ${Object.keys(validators).join(', ')}.`] };
  const faults = present.flatMap(([name, validate]) => check(join(folder, name), validate));
  return faults.length > 0 ? { faults } : { catalog: readCatalog(folder) };
}

function check(file: string, validate: typeof validatePermissions): string[] {
  try {
    if (statSync(file).size > largestFile) return [`${file} is over ${largestFile / 1024 / 1024} MB.`];
    if (validate(JSON.parse(readFileSync(file, 'utf8')))) return [];
    return (validate.errors ?? [])
      .slice(0, mostFaults)
      .map(({ instancePath, message }) => `${file}: ${instancePath || 'the file'} ${message}.`);
  } catch (error) {
    return [`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}
