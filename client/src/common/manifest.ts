/** Creates the first manifest of a project: asks which one where several lack it, and saves and shows what the server makes. */
import { commands, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';
import {
  type ManifestOrder,
  type ProjectWithoutManifest,
  projectsWithoutManifestRequest,
  writeManifestCommand,
} from '../../../server/src/lsp/protocol';
import { words } from './words';

/** Asks the server something; undefined where none runs. */
export type Ask = <T>(method: string, params: object) => Promise<T | undefined>;

/** What the command in the palette does. */
export async function createManifest(ask: Ask): Promise<void> {
  const projects = await ask<ProjectWithoutManifest[]>(projectsWithoutManifestRequest, {});
  if (projects === undefined) return void window.showWarningMessage(words.stopped());
  if (projects.length === 0) return void window.showInformationMessage(words.noProject());
  const chosen =
    projects.length === 1 ? projects[0] : (await window.showQuickPick(projects.map(toItem), { title: words.which() }))?.project;
  if (!chosen) return;
  const order: ManifestOrder = { file: chosen.file };
  await commands.executeCommand(writeManifestCommand, order);
}

function toItem(project: ProjectWithoutManifest): QuickPickItem & { readonly project: ProjectWithoutManifest } {
  const folder = Uri.parse(project.folder);
  return {
    label: folder.path.slice(folder.path.lastIndexOf('/') + 1),
    description: words.connections(project.connections),
    detail: workspace.asRelativePath(folder),
    project,
  };
}

/** A manifest that was made, from the palette or a lens, is on disk at once: an empty one there would be a broken one. */
export const saveManifest: ExecuteCommandMiddleware = {
  executeCommand: async (command, args, next) => {
    const answer: unknown = await next(command, args);
    if (command !== writeManifestCommand || typeof answer !== 'string') return answer;
    const document = await workspace.openTextDocument(Uri.parse(answer));
    await document.save();
    await window.showTextDocument(document);
    return answer;
  },
};
