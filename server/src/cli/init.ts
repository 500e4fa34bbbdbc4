/** `init`: writes the first manifest of a project from what its workflows say. */
import { join, resolve } from 'node:path';
import { initManifest } from '../core/init/manifest';
import { type Automation, isBelow } from '../workspace/automations';
import { nodeFileSystem } from '../workspace/node-file-system';
import { parseCommand } from './arguments';
import { catalogOption } from './given-catalog';
import { exit, type Io, UsageError } from './io';
import { makeReport } from './report/model';
import { type Session, startSession, tellUnusable } from './session';
import { writeNew } from './write-new';

/** Runs the command. With `--dry-run` the file is printed, and nothing is written. */
export async function init(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args, { 'dry-run': { type: 'boolean' }, ...catalogOption });
  if (positionals.length > 1) throw new UsageError('init takes one path: a manifest is written for one project at a time.');
  const request = { paths: positionals, catalog: values.catalog };
  const session = await startSession(io, request);
  if (tellUnusable(io, request, session)) return exit.usage;
  const { show } = makeReport(session.analyses, session.scan.isAsked, io.cwd);
  const { root } = chooseProject(session, resolve(io.cwd, positionals[0] ?? '.'), show);
  const path = join(root, 'm365-automation.json');
  const analysis = session.analyses[session.scan.automations.findIndex((automation) => automation.root === root)];
  if (!analysis) throw new UsageError(`There is no project in ${show(root)}.`);
  const made = initManifest(analysis.project, session.catalog, { ...session.options, newManifest: path });
  if (made.kind === 'refused') throw new UsageError(made.reason);
  // One that git ignores is not read, and is there all the same.
  if (nodeFileSystem.stat(path)) throw new UsageError(`${show(path)} is there already, and was not read. It is left as it is.`);
  if (values['dry-run']) {
    io.out(made.text);
    return exit.clean;
  }
  writeNew(path, show(path), made.text);
  const counts = [counted(made.connections, 'connection'), counted(made.apps, 'app')].filter((count) => count !== undefined);
  io.out(`Wrote ${show(path)}${counts.length > 0 ? ` with ${counts.join(' and ')}` : ''}. Its comments say what to fill in.\n`);
  return exit.clean;
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The project that a path stands in, else the only one below it. Of loose workflows beside projects, the projects count. */
function chooseProject({ scan: { automations } }: Session, path: string, show: (path: string) => string): Automation {
  const [around] = automations
    .filter((automation) => automation.root === path || isBelow(automation.root, path))
    .sort((a, b) => b.root.length - a.root.length);
  if (around && (automations.length === 1 || hasProject(around) || usesSomething(around))) return around;
  const below = automations.filter((automation) => automation !== around);
  const [only, ...others] = below;
  if (only && others.length === 0) return only;
  throw new UsageError(
    `There are ${below.length} projects in ${show(path)}: ${below.map(({ root }) => show(root)).join(', ')}. Name the one that gets a manifest.`,
  );
}

function hasProject({ documents, root }: Automation): boolean {
  return documents.some(({ kind, path }) => kind === 'project' && path === join(root, 'project.json'));
}

/** Loose workflows with an activity of Microsoft 365, or code that names its service. */
function usesSomething({ documents }: Automation): boolean {
  return documents.some((document) =>
    document.kind === 'coded'
      ? document.usesService
      : document.kind === 'xaml' && (document.candidates.some(({ disabled }) => !disabled) || document.connectorActivities.length > 0),
  );
}
