/** What check, fix and list have in common: which files are meant, and their analysis. */
import { resolve } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { type Analysis, type AnalyzeOptions, analyze, kindOf } from '../core/index';
import type { Severity } from '../core/problem';
import { governs, isSameFile } from '../workspace/automations';
import { readCatalog } from '../workspace/catalog-files';
import { nodeFileSystem } from '../workspace/node-file-system';
import { type Scan, scan } from '../workspace/scan';
import { type Io, UsageError } from './io';

export interface SessionRequest {
  readonly paths: readonly string[];
  /** `--stdin`: the text that stands in for a file. */
  readonly stdinFile?: string | undefined;
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
}

export interface Session {
  readonly catalog: Catalog;
  readonly options: AnalyzeOptions;
  readonly scan: Scan;
  /** One for each automation, in the order of the scan. */
  readonly analyses: readonly Analysis[];
}

/** Scans and analyses. Throws a UsageError where there is nothing to check; `scan.absent` names paths that are not there. */
export function startSession(io: Io, { paths, stdinFile, severities = new Map() }: SessionRequest): Session {
  const overlay = new Map(stdinFile === undefined ? [] : [[resolve(io.cwd, stdinFile), io.readStdin().replace(/^\uFEFF/, '')]]);
  const asked = stdinFile === undefined ? (paths.length > 0 ? paths : ['.']) : [stdinFile];
  const absolute = asked.map((path) => resolve(io.cwd, path));
  const found = scan(nodeFileSystem, { paths: absolute, overlay });
  for (const path of absolute) {
    const isFile = overlay.has(path) || nodeFileSystem.stat(path)?.isDirectory === false;
    const kind = kindOf(path);
    if (isFile && (!kind || kind === 'coded'))
      throw new UsageError(`${path} is none of the files that are checked: workflows (.xaml), project.json and m365-automation.json.`);
  }
  const catalog = readCatalog();
  const options: AnalyzeOptions = { severities, today: io.today, governs, isSameFile };
  return { catalog, options, scan: found, analyses: found.automations.map(({ documents }) => analyze(documents, catalog, options)) };
}

/** Where nothing was found, says so and what would count. */
export function nothingToCheck(io: Io, { paths }: SessionRequest): string {
  const where = (paths.length > 0 ? paths : ['.']).map((path) => resolve(io.cwd, path)).join(', ');
  return `There is nothing to check in ${where}: no workflow (.xaml), project.json or m365-automation.json. Name the folder of an automation project.`;
}
