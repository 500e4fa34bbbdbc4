/** What a mail that is only saved as a draft leaves unused, told as any other: Studio may list it again. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeTexts } from '../../support/analyze';
import { activity, automation, ids, scope } from '../../support/workflow-builder';

const mail = (IsDraft: string) => activity('Mail.SendMail', { Account: '{x:Null}', IsDraft, Subject: 'Report', To: '[to]' });
const modern = (SaveAsDraft: string) => activity('Mail.SendMailConnections', { ConnectionId: ids.mail, SaveAsDraft });
const both = ['Mail.ReadWrite', 'Mail.Send'];
const connection = { connections: { mail: { id: ids.mail, scopes: both } } };

const cells: readonly (readonly [string, readonly string[], object | undefined, ...string[]])[] = [
  ['a draft', [scope(both, {}, mail('True'))], undefined, 'warning Mail.Send true'],
  ['two drafts', [scope(both, {}, mail('True'), mail('True'))], undefined, 'warning Mail.Send true'],
  ['a draft, as an expression of VB', [scope(both, {}, mail('[True]'))], undefined, 'warning Mail.Send true'],
  ['a draft and a mail', [scope(both, {}, mail('True'), mail('False'))], undefined],
  ['what only the run knows', [scope(both, {}, mail('[isDraft]'))], undefined],
  ['a mail', [scope(both, {}, mail('False'))], undefined],
  [
    'a draft beside a scope of another family',
    [scope(['Mail.ReadWrite', 'Files.Read'], {}, mail('True'))],
    undefined,
    'warning Files.Read true',
  ],
  ['a draft on a connection, whose list Studio does not write', [modern('True')], connection, 'warning Mail.Send true'],
  ['a mail on a connection', [modern('False')], connection],
];

describe('unused beside a draft', () => {
  for (const [name, content, manifest, ...expected] of cells)
    test(name, () => {
      const { problems } = analyzeTexts(automation(content, manifest));
      const found = problems.filter(({ rule }) => rule === 'unused-scope');
      assert.deepEqual(
        found.map(({ severity, scopes, fixes }) => `${severity} ${scopes.join()} ${fixes[0]?.preferred}`),
        expected,
      );
    });
});
