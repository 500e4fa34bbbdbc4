/** The text report puts findings of one rule on one list together; the other formats tell each. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, runCommand, withFolder } from '../support/command';
import { ownClientId, projectJson, scope, workflow } from '../support/scope-builder';

const attributes = { ApplicationId: ownClientId, AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom' };
const tooMany = [
  'Files.Read',
  'Calendars.Read',
  'Contacts.Read',
  'Notes.Read',
  'Tasks.Read',
  'Chat.Read',
  'Sites.Read.All',
  'People.Read',
  'MailboxSettings.Read',
];
const usual = scope({ attributes, scopes: ['Mail.Send', ...tooMany] });
const files = (content: string, others: Record<string, string> = {}) => ({
  'project.json': projectJson({ targetFramework: 'Windows' }),
  'Main.xaml': workflow(content),
  ...others,
});
const textOf = (cwd: string) => runCommand(['check', '--fail-on', 'never'], { cwd }).out;
const heads = (out: string, rule = 'unused-scope') => out.match(new RegExp(`^\\S+:\\d+:\\d+  \\w+  ${rule}.*$`, 'gm')) ?? [];
/** The block that a head opens, up to the empty line after it. */
const block = (out: string, rule = 'unused-scope') => new RegExp(`^\\S+  \\w+  ${rule}[^]*?\\n\\n`, 'm').exec(out)?.[0] ?? '';

describe('findings of one rule on one list', () => {
  test('are one block, and each says its line and its name', () => {
    withFolder(files(usual), (folder) => {
      const out = textOf(folder);
      assert.equal(heads(out).length, 1);
      assert.match(heads(out)[0] ?? '', /9 findings on one list$/);
      const told = checkJson(folder, '--fail-on', 'never').problems.filter(({ rule }) => rule === 'unused-scope');
      assert.deepEqual(told.map(({ scopes }) => scopes[0]).sort(), [...tooMany].sort(), 'JSON tells each');
      for (const { scopes, range, fixes, message } of told) {
        const line = block(out)
          .split('\n')
          .find((text) => text.includes(message));
        assert.match(line ?? '', new RegExp(`^  ${range.start.line + 1}:${range.start.character + 1} `), scopes.join());
        assert.ok(block(out).includes(fixes[0]?.title ?? '?'), 'the fix of each is named');
      }
      assert.match(out, /(^|, )9 warnings/m, 'each counts');
    });
  });

  test('of two lists stay apart', () => {
    withFolder(files(`${usual}\n${usual}`), (folder) => assert.equal(heads(textOf(folder)).length, 2));
  });

  test('for two reasons stay apart', () => {
    const activities = '<umam:SendMail IsDraft="False" Subject="a" To="[to]" /><umam:GetMail MailFolder="Inbox" />';
    withFolder(files(scope({ attributes, scopes: ['User.Read'], activities })), (folder) => {
      const found = heads(textOf(folder), 'missing-scope');
      assert.equal(found.length, 2);
      assert.doesNotMatch(found.join(), /on one list/);
    });
  });

  test('one alone keeps its excerpt', () => {
    withFolder(files(scope({ attributes, scopes: ['Mail.Send', 'Files.Read'] })), (folder) => {
      assert.match(block(textOf(folder)), /\^{3,}/);
      assert.doesNotMatch(block(textOf(folder)), /on one list/);
    });
  });

  test('one that is accepted stands by itself, with its reason', () => {
    const accept = [{ rule: 'unused-scope', scope: 'Notes.Read', file: 'Main.xaml', reason: 'asked for by the pilot' }];
    withFolder(files(usual, { 'm365-automation.json': JSON.stringify({ accept }) }), (folder) => {
      const found = heads(textOf(folder));
      assert.equal(found.length, 2);
      assert.equal(found.filter((head) => /8 findings on one list$/.test(head)).length, 1);
      assert.equal(found.filter((head) => /accepted: asked for by the pilot$/.test(head)).length, 1);
    });
  });
});
