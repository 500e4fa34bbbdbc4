/** A folder that holds nothing of ours: the extension sleeps, starts no server when it is woken, and one once a workflow comes. */
import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { extension, findings, sample, until, untilRules } from './helpers';

const report = path.join(__dirname, '../../samples/classic-mail-robot/Mail/SendReport.xaml');

describe('a folder without workflows', () => {
  it('does not wake the extension', async () => {
    await new Promise((next) => setTimeout(next, 1000));
    assert.equal(extension().isActive, false);
  });

  it('gets no server, not even when a restart is asked for', async () => {
    await vscode.workspace.fs.writeFile(sample('note.xml'), Buffer.from('<note />'));
    await vscode.workspace.openTextDocument(sample('note.xml'));
    await until('an XML file wakes the extension', () => extension().isActive, Boolean);
    await vscode.commands.executeCommand('m365Scopes.restart');
    // Only a client that runs registers the command of the lenses.
    assert.ok(!(await vscode.commands.getCommands(true)).includes('m365Scopes.applyEdit'));
  });

  it('gets one when a workflow comes, which need not be opened', async () => {
    await vscode.workspace.fs.writeFile(sample('SendReport.xaml'), readFileSync(report));
    await untilRules(sample('SendReport.xaml'), ['missing-scope', 'redundant-scope', 'unused-scope']);
    assert.ok((await vscode.commands.getCommands(true)).includes('m365Scopes.applyEdit'));
    assert.deepEqual(findings(sample('note.xml')), []);
  });
});
