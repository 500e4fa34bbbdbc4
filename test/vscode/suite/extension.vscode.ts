/** The packaged extension in a real VS Code: squiggles, quick fixes, a manifest that follows its workflows. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  applyAction,
  extension,
  findings,
  replaceIn,
  ruleOf,
  rulesDuring,
  sample,
  until,
  untilOneServer,
  untilRules,
} from './helpers';

const atStart = ['admin-consent', 'admin-consent', 'duplicate-scope', 'missing-scope', 'missing-scope', 'unknown-scope', 'unused-scope'];
const ofClosed = ['missing-scope', 'redundant-scope', 'unused-scope'];
const outlook = 'fc6f1c6d-f03a-583c-a313-fd41d6f1e209';

describe('the packaged extension', () => {
  const manifest = () => sample('m365-automation.json');

  before(async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(manifest()));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is the one that was installed, and is active because of what the folder holds', async () => {
    assert.ok(!extension().extensionPath.includes('tests-extension'));
    assert.deepEqual(
      extension().packageJSON.activationEvents.filter((event: string) => !/^(workspaceContains:|onLanguage:xa?ml$)/.test(event)),
      [],
    );
    await until('activation', () => extension().isActive, Boolean);
  });

  it('shows findings with rule, page, reason and fading', async () => {
    await untilRules(manifest(), atStart);
    const missing = findings(manifest()).find((found) => ruleOf(found) === 'missing-scope');
    assert.equal(missing?.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof missing?.code === 'object' && /docs\/rules\/missing-scope\.md$/.test(missing.code.target.toString()));
    assert.ok(missing?.relatedInformation?.[0]?.location.uri.fsPath.endsWith('Main.xaml'));
    const unused = findings(manifest()).find((found) => ruleOf(found) === 'unused-scope');
    assert.deepEqual(unused?.tags, [vscode.DiagnosticTag.Unnecessary]);
  });

  it('opens the manifest as JSON with comments, and leaves its schema to the editor', async () => {
    const document = await vscode.workspace.openTextDocument(manifest());
    assert.equal(document.languageId, 'jsonc');
    await replaceIn(document, '"name": "claims-intake"', '"nmae": "claims-intake"');
    const all = await until(
      'the JSON service speaks',
      () => vscode.languages.getDiagnostics(manifest()),
      (list) => list.some(({ message }) => message.includes('nmae')),
    );
    assert.equal(all.filter(({ message }) => message.includes('nmae')).length, 1, 'no finding is shown twice');
  });

  it('a quick fix adds the missing scope, and the finding vanishes', async () => {
    await untilRules(manifest(), atStart);
    const document = await vscode.workspace.openTextDocument(manifest());
    const missing = findings(manifest()).find(({ message }) => message.includes('"outlook"') && message.includes('does not declare'));
    assert.ok(missing);
    const titles = (await actionsAt(manifest(), missing.range, 'Add Mail.Send')).map(({ title }) => title);
    assert.ok(titles.includes('Add Mail.Send.Shared'), titles.join());
    await applyAction(manifest(), missing.range, 'Add Mail.Send');
    assert.ok(document.getText().includes('"Mail.Send"'));
    await untilRules(manifest(), ['admin-consent', 'admin-consent', 'duplicate-scope', 'missing-scope', 'unknown-scope', 'unused-scope']);
  });

  it('one action mends the whole file', async () => {
    await untilRules(manifest(), atStart);
    await vscode.commands.executeCommand('editor.action.fixAll');
    // What an administrator has to do is not mended here.
    await untilRules(manifest(), ['admin-consent', 'admin-consent']);
    const text = (await vscode.workspace.openTextDocument(manifest())).getText();
    assert.ok(text.includes('// without it the connection ends within the hour'), 'comments stay');
  });

  it('the manifest follows an edit of a workflow, which need not be saved', async () => {
    await untilRules(manifest(), atStart);
    const workflow = await vscode.workspace.openTextDocument(sample('Main.xaml'));
    const added = `<umam:TurnOffAutomaticRepliesConnections ConnectionId="${outlook}" /></Activity>`;
    await replaceIn(workflow, '</Activity>', added);
    await until(
      'the manifest follows',
      () => findings(manifest()).some(({ message }) => message.includes('MailboxSettings.ReadWrite')),
      Boolean,
    );
    await replaceIn(workflow, added, '</Activity>');
    await untilRules(manifest(), atStart);
  });

  it('offers the fix at the activity that needs the scope', async () => {
    const workflow = await vscode.workspace.openTextDocument(sample('Main.xaml'));
    const offset = workflow.getText().indexOf('umam:SendMailConnections ');
    const at = new vscode.Range(workflow.positionAt(offset + 2), workflow.positionAt(offset + 2));
    await actionsAt(workflow.uri, at, 'Add Mail.Send to the connection "outlook"');
  });

  it('shows a lens on lists of scopes', async () => {
    const lenses = await until(
      'lenses',
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', manifest()),
      (list) => list.length === 4,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      [...['needs 2 scopes · 1 missing — fix', 'check what is granted'], ...['needs 1 scope · 1 missing — fix', 'check what is granted']],
    );
  });

  it('shows problems of files that are not open, and keeps them while others are edited', async () => {
    const closed = sample('claims (copy)/Mail/SendReport.xaml');
    assert.ok(!vscode.workspace.textDocuments.some(({ uri }) => uri.fsPath === closed.fsPath));
    await untilRules(closed, ofClosed);
    await untilRules(manifest(), atStart);
    const document = await vscode.workspace.openTextDocument(manifest());
    await replaceIn(document, '"Mail.ReadWrite"', '"Mail.ReadWrites"');
    await until('the edit shows', () => findings(manifest()).some(({ message }) => message.includes('Mail.ReadWrites')), Boolean);
    assert.deepEqual(await rulesDuring(2500, closed), [ofClosed.join()]);
    // By now the workbench may have saved the edit by itself, so that a revert would bring it back.
    await replaceIn(document, '"Mail.ReadWrites"', '"Mail.ReadWrite"');
    await document.save();
    await untilRules(manifest(), atStart);
  });

  it('forgets a folder that is deleted', async () => {
    const file = sample('claims (copy)/Mail/SendReport.xaml');
    await untilRules(file, ofClosed);
    await vscode.workspace.fs.delete(sample('claims (copy)'), { recursive: true });
    await until(
      'no finding below the folder',
      () => vscode.languages.getDiagnostics().filter(([uri, list]) => uri.path.includes('/claims (copy)/') && list.length > 0).length,
      (count) => count === 0,
    );
  });

  it('comes back after a restart, and after two at once as one server', async () => {
    await untilRules(manifest(), atStart);
    await vscode.commands.executeCommand('m365Scopes.restart');
    await untilRules(manifest(), atStart);
    const restart = () => vscode.commands.executeCommand('m365Scopes.restart');
    await Promise.all([restart(), restart(), restart()]);
    await untilRules(manifest(), atStart);
    const id = await untilOneServer();
    // One that nobody holds any more would outlive the next restart.
    await restart();
    await untilRules(manifest(), atStart);
    const next = await untilOneServer();
    if (id !== undefined) assert.notEqual(next, id);
  });

  it('shows the comparison with the registration in a preview', async () => {
    await vscode.commands.executeCommand('m365Scopes.compareRegistration');
    const page = vscode.Uri.from({ scheme: 'm365-scopes', path: '/App Registration.md' });
    const document = await vscode.workspace.openTextDocument(page);
    assert.match(document.getText(), /^# Declared, registered, granted\n/);
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('the preview', labels, (all) => all.some((label) => label.includes('App Registration')));
  });

  it('knows every command that it contributes', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    assert.deepEqual(
      contributed.filter(({ command }) => !known.has(command)),
      [],
    );
  });
});
