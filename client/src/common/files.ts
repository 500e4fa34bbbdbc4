/** Which files are ours, and whether there are any: decides when the server has something to do. */
import { Disposable, languages, RelativePattern, type TextDocument, type Uri, workspace } from 'vscode';

const toSelector = (patterns: readonly string[]) => patterns.map((pattern) => ({ scheme: 'file', pattern }));

/** Files that are ours by their name alone. */
const ownPatterns = [
  '**/*.xaml',
  '**/*.cs',
  '**/project.json',
  '**/bindings_v2.json',
  '**/.project/*BindingsMetadata.json',
  '**/m365-automation.json',
  '**/*.m365-automation.json',
  '**/*.entra.json',
  '**/aad.manifest.json',
];

/** With them the status is shown. */
export const ownFiles = toSelector(ownPatterns);

/** Files the server is asked about: a manifest can name any JSON as the registration of its app, and only the server knows which. */
export const documentSelector = toSelector([...ownPatterns, '**/*.json']);

/** What generated or foreign folders hold is nobody's automation: the server leaves them out too. */
const skippedFolders = ['node_modules', '.git', '.local'];
const skipped = `**/{${skippedFolders.join()}}/**`;
/**
 * What there is to check; the activation events of package.json name the same. A project.json or bindings alone are none: without workflow
 * or manifest nothing can be found, and other tools (Nx, for one) have many files of that name. Nor is C# alone: Studio's own
 * folder tells that it is that of coded workflows.
 */
const checked = '**/{*.xaml,m365-automation.json,*.m365-automation.json,.codedworkflows/*.cs}';

/** Whether a workflow or a manifest is open, or in a folder of the workspace. */
export async function hasOurs(): Promise<boolean> {
  return workspace.textDocuments.some(isOurs) || isFound(checked);
}

/** Calls back whenever one comes: made, opened, or in a folder that is added. */
export function onOurs(found: () => void): Disposable {
  // A pattern without a folder follows the workspace: folders that are added later are watched too.
  const watcher = workspace.createFileSystemWatcher(checked, false, true, true);
  return Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => isSkipped(uri) || found()),
    workspace.onDidOpenTextDocument((document) => isOurs(document) && found()),
    workspace.onDidChangeWorkspaceFolders(async ({ added }) => {
      const holding = await Promise.all(added.map((folder) => isFound(new RelativePattern(folder, checked))));
      if (holding.includes(true)) found();
    }),
  );
}

async function isFound(pattern: string | RelativePattern): Promise<boolean> {
  return (await workspace.findFiles(pattern, skipped, 1)).length > 0;
}

function isOurs(document: TextDocument): boolean {
  return languages.match({ scheme: 'file', pattern: checked }, document) > 0;
}

function isSkipped(uri: Uri): boolean {
  const parts = workspace.asRelativePath(uri, false).split('/');
  return parts.some((part) => skippedFolders.includes(part));
}
