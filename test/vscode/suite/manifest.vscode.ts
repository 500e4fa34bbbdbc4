/** Projects without a manifest in a real VS Code: the command in the palette and the lens make one, on disk and on screen. */
import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { extension, sample, until } from './helpers';

const outer = 'm365-automation.json';
const inner = 'suppliers (copy)/m365-automation.json';
const textOf = (name: string) => readFileSync(sample(name).fsPath, 'utf8');
const run = (command: string, ...args: unknown[]) => Promise.resolve(vscode.commands.executeCommand(command, ...args));

/** The lenses of a file that write a manifest. */
async function offers(name: string): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', sample(name));
  return (lenses ?? []).filter(({ command }) => command?.command === 'm365Scopes.writeManifest');
}

/** A manifest that was made is whole on disk, is what the editor shows, and has no finding of its own. */
async function untilMade(name: string): Promise<void> {
  await until(
    `${name} is shown`,
    () => vscode.window.activeTextEditor?.document,
    (document) => document?.uri.fsPath === sample(name).fsPath && !document.isDirty,
  );
  assert.match(textOf(name), /^\{\n {2}\/\/ Made from what the workflows say\.[\s\S]*"outlook365-2": \{[\s\S]*\n\}\n$/);
  assert.equal(vscode.window.activeTextEditor?.document.languageId, 'jsonc');
  assert.equal(vscode.window.activeTextEditor?.document.getText(), textOf(name));
  await until(
    'the manifest is read',
    () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', sample(name)),
    (lenses) => lenses?.length === 3 && lenses.every(({ command }) => !command?.title.includes('missing')),
  );
  const grave = vscode.languages.getDiagnostics(sample(name)).filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
  assert.deepEqual(grave, []);
}

describe('projects without a manifest', () => {
  before(async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(sample('Main.xaml')));
    await until('activation', () => extension().isActive, Boolean);
    await until(
      'the lens',
      () => offers('Main.xaml'),
      ({ length }) => length === 1,
    );
  });

  it('are asked for where there are several; who closes the list gets none', async () => {
    const answer = run('m365Scopes.createManifest');
    let isDone = false;
    void answer.finally(() => {
      isDone = true;
    });
    // The list opens when the server has answered: closing it is tried until then.
    await until('the list is closed', () => run('workbench.action.closeQuickOpen').then(() => isDone), Boolean);
    await answer;
    assert.ok(!existsSync(sample(outer).fsPath) && !existsSync(sample(inner).fsPath));
  });

  it('get one from the palette', async () => {
    const answer = run('m365Scopes.createManifest');
    await until(
      'one is chosen',
      () => run('workbench.action.acceptSelectedQuickOpenItem').then(() => existsSync(sample(outer).fsPath)),
      Boolean,
    );
    await answer;
    await untilMade(outer);
    assert.ok(!existsSync(sample(inner).fsPath));
    await until(
      'the lens is gone',
      () => offers('Main.xaml'),
      ({ length }) => length === 0,
    );
  });

  it('get one from the lens', async () => {
    const name = 'suppliers (copy)/Main.xaml';
    const document = await vscode.workspace.openTextDocument(sample(name));
    await vscode.window.showTextDocument(document);
    const [lens] = await until(
      'the lens',
      () => offers(name),
      ({ length }) => length === 1,
    );
    assert.equal(lens?.command?.title, 'Write a manifest for 3 connections');
    assert.match(document.lineAt(lens.range.start).text, /NewEmailReceived/);
    await run('m365Scopes.writeManifest', ...(lens.command?.arguments ?? []));
    await untilMade(inner);
    assert.equal(textOf(inner), textOf(outer), 'the same project has the same manifest');
  });

  it('are no more: the command says so and writes nothing', async () => {
    const before = [textOf(outer), textOf(inner)];
    await run('m365Scopes.createManifest');
    assert.deepEqual([textOf(outer), textOf(inner)], before);
  });
});
