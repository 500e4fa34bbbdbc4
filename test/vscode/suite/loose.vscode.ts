/** Workflows without a project around them: the extension checks them as the command does, and as soon as it is opened. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, sample, until, untilOneServer, untilRules } from './helpers';

const expected = ['missing-scope', 'redundant-scope', 'unused-scope'];

describe('a folder of loose workflows', () => {
  it('is checked without anybody asking', async () => {
    await until('activation', () => extension().isActive, Boolean);
    await untilRules(sample('SendReport.xaml'), expected);
  });

  it('keeps one server when a project comes while it is restarted', async () => {
    const restarted = vscode.commands.executeCommand('m365Scopes.restart');
    await vscode.workspace.fs.writeFile(sample('project.json'), Buffer.from('{ "main": "SendReport.xaml", "dependencies": {} }'));
    await restarted;
    await untilRules(sample('SendReport.xaml'), expected);
    await untilOneServer();
  });

  it('offers its commands only where it has something to do', () => {
    const { commands, menus } = extension().packageJSON.contributes;
    const ofSessions = ['signOut', 'switchAccount', 'requestConsent'].map((name) => `m365Scopes.${name}`);
    const whenOf = (command: string) => `m365Scopes.active${ofSessions.includes(command) ? ' && m365Scopes.signedIn' : ''}`;
    assert.deepEqual(
      menus.commandPalette.map(({ command, when }: Record<string, string>) => [command, when]),
      commands.map(({ command = '' }: Record<string, string>) => [command, whenOf(command)]),
    );
  });
});
