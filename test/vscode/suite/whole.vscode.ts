/** Whole projects in a real editor: a coded workflow, bindings and an app's registration each change what another file shows. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, replaceIn, ruleOf, sample, until } from './helpers';

const open = async (name: string) => vscode.workspace.openTextDocument(sample(name));
const messages = (name: string, rule: string) =>
  findings(sample(name))
    .filter((found) => ruleOf(found) === rule)
    .map(({ message }) => message);

describe('whole projects', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('an edit of a coded workflow changes what the manifest shows', async () => {
    const lacks = () => messages('coded/m365-automation.json', 'missing-scope');
    await until('the parser is loaded and the manifest compared', lacks, (found) => found.length === 1);
    const document = await open('coded/FileDeliveryNotes.cs');
    await vscode.window.showTextDocument(document);
    await replaceIn(document, 'drive.UploadFile(note.Value, note.Key.Name, folder, ConflictBehavior.Rename);', '// not filed');
    await until('nothing is missing', lacks, (found) => found.length === 0);
    await replaceIn(document, '// not filed', 'drive.UploadFile(note.Value, note.Key.Name, folder, ConflictBehavior.Rename);');
    const [back] = await until('it is missing again', lacks, (found) => found.length === 1);
    assert.match(back ?? '', /office365\.OneDrive\.UploadFile/);
  });

  it('another connection in the bindings is a mismatch in the workflow', async () => {
    const outlook = '7d1f3c52-9a41-4b0e-8f6b-2c5d9e1a7b30';
    const other = '7d1f3c52-9a41-4b0e-8f6b-2c5d9e1a7b31';
    const mismatches = () => messages('bound/Main.xaml', 'binding-mismatch');
    const document = await open('bound/bindings_v2.json');
    await vscode.window.showTextDocument(document);
    assert.deepEqual(mismatches(), []);
    await replaceIn(document, `"key": "${outlook}"`, `"key": "${other}"`);
    await replaceIn(document, `"defaultValue": "${outlook}"`, `"defaultValue": "${other}"`);
    const [first] = await until('the workflow shows it', mismatches, (found) => found.length > 0);
    assert.match(first ?? '', new RegExp(outlook.slice(0, 8)));
    await replaceIn(document, `"key": "${other}"`, `"key": "${outlook}"`);
    await replaceIn(document, `"defaultValue": "${other}"`, `"defaultValue": "${outlook}"`);
    await until('it is gone', mismatches, (found) => found.length === 0);
  });

  it('what the registration lists decides what the workflow shows; names stand beside its GUIDs', async () => {
    const lacks = () => messages('registered/Main.xaml', 'not-registered');
    await until('the workflow shows what is not registered', lacks, (found) => found.length === 2);
    const document = await open('registered/entra/onboarding.json');
    await vscode.window.showTextDocument(document);
    const text = document.getText();
    const hints = await until(
      'hints',
      () =>
        vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(document.positionAt(0), document.positionAt(text.length)),
        ),
      (found) => found.length > 0,
    );
    const names = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    assert.ok(
      names.some((name) => name.includes('Directory.Read.All')),
      names.join(),
    );
    const at = document.positionAt(text.indexOf('"id"', text.indexOf('"resourceAccess"')) + 8);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    assert.ok(hover, 'a GUID tells what it is');
  });
});
