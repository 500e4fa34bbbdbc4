/** What the tests in the extension host have in common: poll, since a real editor answers when it can. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

const extensionId = 'm365-automation-scopes.m365-automation-scopes';

/** The installed extension. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (!found) throw new Error(`${extensionId} is not installed`);
  return found;
}

/** The URI of a file of the sample that is open. */
export function sample(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.file(path.join(folder.uri.fsPath, name));
}

/** Polls until a value satisfies a condition; at most 20 seconds. */
export async function until<T>(what: string, read: () => T | PromiseLike<T>, isDone: (value: T) => boolean): Promise<T> {
  let last: T | undefined;
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    try {
      last = await read();
      if (isDone(last)) return last;
    } catch (error) {
      // During start-up VS Code answers "Canceled"; any other fault is worth telling.
      if (!/cancel/i.test(String(error))) throw error;
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`waited in vain: ${what}; last seen: ${JSON.stringify(last)}`);
}

/** Our findings in a file. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'm365-scopes');
}

/** The rules of our findings in a file, once they are as expected. */
export function untilRules(uri: vscode.Uri, expected: readonly string[]): Promise<string[]> {
  return until(
    `${path.basename(uri.fsPath)} shows ${expected.join(', ')}`,
    () => findings(uri).map(ruleOf).sort(),
    (rules) => JSON.stringify(rules) === JSON.stringify([...expected].sort()),
  );
}

/** Every list of rules that a file shows within a time, in order, each joined to one text. */
export async function rulesDuring(milliseconds: number, uri: vscode.Uri): Promise<string[]> {
  const seen: string[] = [];
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    const rules = findings(uri).map(ruleOf).sort().join();
    if (rules !== seen.at(-1)) seen.push(rules);
    await new Promise((next) => setTimeout(next, 50));
  }
  return seen;
}

/** The rule of a finding. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The actions that are offered at a place. */
export function actionsAt(uri: vscode.Uri, range: vscode.Range, wanted: string): Promise<vscode.CodeAction[]> {
  return until(
    `the action "${wanted}"`,
    () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, undefined, 20),
    (actions) => actions.some(({ title }) => title === wanted),
  );
}

/** Applies the edit of an action with a title. */
export async function applyAction(uri: vscode.Uri, range: vscode.Range, title: string): Promise<void> {
  const action = (await actionsAt(uri, range, title)).find((candidate) => candidate.title === title);
  if (!action?.edit || !(await vscode.workspace.applyEdit(action.edit))) throw new Error(`"${title}" could not be applied`);
}

/** The process of the language server, once exactly one runs. Where processes cannot be read as files (no Linux) this is not looked at. */
export async function untilOneServer(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const module = path.join(extension().extensionPath, 'dist', 'server.js');
  const [id] = await until(
    'one language server',
    () => readdirSync('/proc').filter((id) => /^\d+$/.test(id) && commandLine(id).includes(module)),
    ({ length }) => length === 1,
  );
  return id;
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}

/** Replaces text in a document, as an edit of its author would. */
export async function replaceIn(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const offset = document.getText().indexOf(before);
  if (offset < 0) throw new Error(`${before} is not in ${document.fileName}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + before.length)), after);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the edit was refused');
}
