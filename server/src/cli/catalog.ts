/** `catalog info` and `catalog import`: what the catalogue holds, and how to make a newer one from public files. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Corrections } from '../core/catalog/import/corrections';
import { type CoversData, makeCovers } from '../core/catalog/import/covers';
import { makeOperations } from '../core/catalog/import/operations';
import { makePermissions } from '../core/catalog/import/permissions';
import { type Read, readLive, readModel } from '../core/catalog/import/sources';
import { permissionMap } from '../core/catalog/load';
import { makeOperationTable } from '../core/catalog/operations';
import type { Confidence } from '../core/catalog/types';
import { bundledCatalog, readCatalog } from '../workspace/catalog-files';
import { writeCovers, writeOperations, writePermissions } from '../workspace/catalog-format';
import { oneOf, parseCommand } from './arguments';
import { catalogOf } from './given-catalog';
import { exit, type Io, UsageError } from './io';

const importOptions = {
  permissions: { type: 'string' },
  'service-principal': { type: 'string' },
  delegated: { type: 'string' },
  application: { type: 'string' },
  date: { type: 'string' },
  output: { type: 'string', short: 'o' },
  format: { type: 'string' },
  names: { type: 'boolean' },
  catalog: { type: 'string' },
} as const;

/** Public files are far smaller: anything larger was named by mistake. In bytes. */
const largestFile = 64 * 1024 * 1024;

/** Runs the command. */
export function catalogCommand(args: readonly string[], io: Io): number {
  const { values, positionals } = parseCommand(args, importOptions);
  const [action, ...rest] = positionals;
  if (rest.length > 0 || (action !== 'info' && action !== 'import')) throw new UsageError('catalog takes info or import.');
  return action === 'info' ? info(values, io) : importFiles(values, io);
}

type Values = ReturnType<typeof parseCommand<typeof importOptions>>['values'];

function info({ format, names, catalog: folder }: Values, io: Io): number {
  const catalog = catalogOf(io, folder);
  const confidences = [...catalog.activities.values()].map(({ confidence }) => confidence);
  const count = (confidence: Confidence) => confidences.filter((found) => found === confidence).length;
  const confidence = { documented: count('documented'), derived: count('derived'), guess: count('guess') };
  const facts = {
    date: catalog.date,
    permissions: catalog.permissions.size,
    activities: catalog.activities.size,
    operations: catalog.operations().size,
    confidence,
  };
  const list = [...catalog.permissions.values()].map(({ value }) => value);
  if (oneOf('format', format, ['text', 'json'] as const, 'text') === 'json') {
    io.out(`${JSON.stringify(names ? { ...facts, names: list } : facts, undefined, 2)}\n`);
    return exit.clean;
  }
  const { documented, derived, guess } = confidence;
  io.out(
    `Catalogue of ${facts.date}: ${facts.permissions} permissions, ${facts.operations} Graph operations, ${facts.activities} activities (${documented} documented, ${derived} derived, ${guess} guessed).\n${names ? `${list.join('\n')}\n` : ''}`,
  );
  return exit.clean;
}

function importFiles(values: Values, io: Io): number {
  const path = (name: 'permissions' | 'service-principal' | 'delegated' | 'application' | 'output') => {
    const value = values[name];
    return value === undefined ? undefined : resolve(io.cwd, value);
  };
  const [permissionsFile, output] = [path('permissions'), path('output')];
  const principal = path('service-principal');
  const [delegatedFile, applicationFile] = [principal ?? path('delegated'), principal ?? path('application')];
  if (!permissionsFile || !delegatedFile || !applicationFile || !output)
    throw new UsageError(
      'catalog import needs --permissions FILE, --service-principal FILE (or --delegated FILE and --application FILE) and --output DIR.',
    );
  const date = values.date ?? newest([permissionsFile, delegatedFile, applicationFile]);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new UsageError(`--date takes YYYY-MM-DD, not "${date}".`);
  const faults: string[] = [];
  const take = <T>(file: string, read: Read<readonly T[]>): readonly T[] => {
    faults.push(...read.faults.map((fault) => `${file}: ${fault}`));
    return read.value ?? [];
  };
  const model = take(permissionsFile, readModel(readJson(permissionsFile)));
  const delegated = take(delegatedFile, readLive(readJson(delegatedFile), 'delegated'));
  const application = take(applicationFile, readLive(readJson(applicationFile), 'application'));
  if (faults.length > 0) return refuse(io, faults);
  const corrections = readJson(join(bundledCatalog, 'corrections.json')) as Corrections;
  const permissions = makePermissions({ model, delegated, application, corrections });
  const catalog = { ...readCatalog(), permissions: permissionMap(permissions) };
  const operations = makeOperations({ model, corrections, catalog });
  if (operations.faults.length > 0) return refuse(io, operations.faults);
  const { openedBy } = makeOperationTable(operations.data);
  const before = readJson(join(bundledCatalog, 'covers.json')) as CoversData;
  const covers = makeCovers({ permissions, before, openedBy });
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'permissions.json'), writePermissions(date, permissions));
  writeFileSync(join(output, 'operations.json'), writeOperations(date, operations.data));
  writeFileSync(join(output, 'covers.json'), writeCovers(date, covers.data));
  for (const edge of covers.dropped) io.err(`m365-scopes: ${edge} is left out of covers.json: a permission of it is gone.\n`);
  io.out(
    `Wrote ${permissions.length} permissions, what covers what, and ${Object.keys(operations.data.paths).length} paths of Microsoft Graph to ${output}.\n`,
  );
  return exit.clean;
}

function refuse(io: Io, faults: readonly string[]): number {
  io.err(
    `m365-scopes: nothing was written, since this cannot be placed:\n${faults
      .slice(0, 20)
      .map((fault) => `  ${fault}\n`)
      .join('')}`,
  );
  if (faults.length > 20) io.err(`  … and ${faults.length - 20} more\n`);
  return exit.usage;
}

function readJson(file: string): unknown {
  try {
    if (statSync(file).size > largestFile) throw new Error('it is over 64 MB');
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The day of the newest file, UTC. */
function newest(files: readonly string[]): string {
  const times = files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return new Date(Math.max(...times)).toISOString().slice(0, 10);
}
