/** What check, fix and list have in common: which files are meant, and their analysis. */
import { resolve } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { type Analysis, type AnalyzeOptions, analyze, kindOf } from '../core/index';
import type { Severity } from '../core/problem';
import type { Document } from '../core/project/model';
import type { Evidence } from '../identity/grants-json';
import { type Automation, pathOptions } from '../workspace/automations';
import { loadParser } from '../workspace/csharp/load';
import { nodeFileSystem } from '../workspace/node-file-system';
import { lacksParser, type Scan, scan } from '../workspace/scan';
import { sharedUseOf } from '../workspace/sharing';
import { catalogOf } from './given-catalog';
import { type GrantedRequest, placeGrants, readGranted, tellUncompared } from './granted';
import type { Io } from './io';

export interface SessionRequest extends GrantedRequest {
  readonly paths: readonly string[];
  /** `--stdin`: the text that stands in for a file. */
  readonly stdinFile?: string | undefined;
  /** `--catalog`: a folder with another catalogue. */
  readonly catalog?: string | undefined;
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** `--sign-in`: what Entra granted. */
  readonly evidence?: Evidence | undefined;
}

export interface Session {
  readonly catalog: Catalog;
  readonly options: AnalyzeOptions;
  /** How one automation is analysed beside the others, grants aside. */
  readonly optionsOf: (automation: Automation) => AnalyzeOptions;
  readonly scan: Scan;
  /** What is said of each path that is not there or is none of our files: the others are checked all the same. */
  readonly unusable: readonly string[];
  /** One for each automation, in the order of the scan. */
  readonly analyses: readonly Analysis[];
}

/** Scans and analyses; the parser for coded workflows is loaded where one is met. */
export async function startSession(io: Io, request: SessionRequest): Promise<Session> {
  const { paths, stdinFile, catalog: folder, severities = new Map(), connection } = request;
  const catalog = catalogOf(io, folder);
  const evidence = request.evidence ?? readGranted(io, request);
  const overlay = new Map(stdinFile === undefined ? [] : [[resolve(io.cwd, stdinFile), io.readStdin().replace(/^\uFEFF/, '')]]);
  const asked = stdinFile === undefined ? (paths.length > 0 ? paths : ['.']) : [stdinFile];
  const absolute = asked.map((path) => resolve(io.cwd, path));
  const found = scan(nodeFileSystem, { paths: absolute, overlay });
  const coded = new Set(found.automations.flatMap(({ documents }) => documents.filter(isCodedWorkflow).map(({ path }) => path)));
  const isRead = (path: string) => found.automations.some(({ documents }) => documents.some((document) => document.path === path));
  const isForeign = (path: string) => {
    const kind = kindOf(path);
    const isFile = overlay.has(path) || nodeFileSystem.stat(path)?.isDirectory === false;
    return isFile && ((kind === undefined && !isRead(path)) || (kind === 'coded' && !coded.has(path)));
  };
  if (found.automations.some(({ documents }) => lacksParser(documents, pathOptions.tools))) await loadParser();
  const options: AnalyzeOptions = { severities, today: io.today, ...pathOptions };
  const unusable = [
    ...found.absent.map((path) => `${path} is not there. Check the path.`),
    ...absolute.flatMap((path) => strayFile(path, found) ?? []),
    ...absolute
      .filter((path) => isForeign(path) && !found.strays.has(path))
      .map(
        (path) =>
          `${path} is none of the files that are checked: workflows (.xaml, or .cs that uses office365), project.json, bindings_v2.json, m365-automation.json and registrations of apps (*.entra.json, aad.manifest.json, or as a manifest names them).`,
      ),
  ];
  const inQuestion = found.automations.filter(({ documents }) => documents.some(({ path }) => found.isAsked(path)));
  const grantsOf = evidence && inQuestion.length > 0 ? placeGrants(evidence, connection, inQuestion) : () => undefined;
  const surroundings = { automations: found.automations, isWhole: found.isAsked };
  const optionsOf = (automation: Automation): AnalyzeOptions => ({
    ...options,
    sharedUse: sharedUseOf(automation, surroundings, catalog, options),
  });
  const analyses = found.automations.map((automation) =>
    analyze(automation.documents, catalog, { ...optionsOf(automation), grants: grantsOf(automation) }),
  );
  if (analyses.length > 0) tellUncompared(io, evidence, analyses);
  return { catalog, options, optionsOf, scan: found, unusable, analyses };
}

/** A C# file that was found readable and names the service; what cannot be read is told elsewhere. */
function isCodedWorkflow(document: Document): boolean {
  return document.kind === 'coded' ? document.usesService : document.kind === 'unreadable';
}

/** What is said of a file that was asked for by its name, and that no project runs. */
function strayFile(path: string, { strays }: Scan): string | undefined {
  if (!strays.has(path)) return undefined;
  return `${path} lies in a folder of templates, recorded objects or build output (.templates, .objects, bin, obj). What it calls is not counted. Move it out if the project runs it.`;
}

/** Where nothing was found, says so and what would count. */
function nothingToCheck(io: Io, { paths }: SessionRequest): string {
  const where = (paths.length > 0 ? paths : ['.']).map((path) => resolve(io.cwd, path)).join(', ');
  return `There is nothing to check in ${where}: no workflow (.xaml, or .cs that uses office365), project.json, bindings_v2.json, m365-automation.json or registration of an app (*.entra.json). Name the folder of an automation project.`;
}

/** Says what could not be checked. Returns whether that makes the call a wrong one. */
export function tellUnusable(io: Io, request: SessionRequest, { scan: { files, notices }, unusable }: Session): boolean {
  const nothing = files === 0 && unusable.length === 0 ? [nothingToCheck(io, request)] : [];
  for (const sentence of [...notices, ...unusable, ...nothing]) io.err(`m365-scopes: ${sentence}\n`);
  return unusable.length > 0 || nothing.length > 0;
}
