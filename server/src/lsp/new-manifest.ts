/** The first manifest of a project: where it is offered, and the edit that makes it. */
import { join } from 'node:path';
import { initManifest, planManifest } from '../core/init/manifest';
import { pathOptions } from '../workspace/automations';
import type { AnalyzedAutomation } from '../workspace/session';
import { type Asked, askedFor, type ServerContext } from './context';
import { toUri } from './convert';
import { toEditData } from './edits';
import type { EditData, ManifestOrder, ProjectWithoutManifest } from './protocol';

/** The edit that makes the manifest of the project that a file belongs to, or why there is none, as a sentence. */
export async function newManifest(
  context: ServerContext,
  { file }: ManifestOrder,
): Promise<{ readonly uri: string; readonly data: EditData } | { readonly reason: string }> {
  if (!context.createsFiles) return { reason: 'This editor makes no files for a language server: run m365-scopes init in a terminal.' };
  const asked = await askedFor(context, file);
  if (!asked) return { reason: 'This file belongs to no project that a manifest could be written for.' };
  const { automation, analysis } = asked.found;
  const path = placeOf(asked.found);
  const made = initManifest(analysis.project, context.catalog, { ...pathOptions, newManifest: path });
  if (made.kind === 'refused') return made;
  if (isTaken(context, path)) return { reason: `${path} is there already, and was not read. It is left as it is.` };
  const title = `Write a manifest for ${automation.root}`;
  const data = toEditData(context, title, [{ file: path, isNew: true, edits: [{ start: 0, end: 0, text: made.text }] }]);
  return { uri: toUri(path), data };
}

/** Every project of the editor's folders that has no manifest and could have one. */
export async function projectsWithoutManifest(context: ServerContext): Promise<ProjectWithoutManifest[]> {
  return (await context.automations()).flatMap((found) => {
    const { connections, refused } = planManifest(found.analysis.project, context.catalog);
    const file = found.automation.documents.find(({ kind }) => kind === 'project' || kind === 'xaml' || kind === 'coded')?.path;
    if (file === undefined || refused !== undefined || isTaken(context, placeOf(found))) return [];
    return [{ folder: toUri(found.automation.root), file: toUri(file), connections }];
  });
}

/** How many connections a manifest would hold, where the project has none and the editor can make one; 0 elsewhere. */
export function connectionsWithoutManifest(context: ServerContext, { found }: Asked): number {
  if (!context.createsFiles) return 0;
  const { connections, refused } = planManifest(found.analysis.project, context.catalog);
  return refused !== undefined || isTaken(context, placeOf(found)) ? 0 : connections;
}

function placeOf({ automation }: AnalyzedAutomation): string {
  return join(automation.root, 'm365-automation.json');
}

/** One that git ignores is not read, and is there all the same. */
function isTaken({ session, openUri }: ServerContext, path: string): boolean {
  return openUri(path) !== undefined || session.textOnDisk(path) !== undefined;
}
