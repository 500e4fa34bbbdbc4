/** What is read of a stored connection key: secrets by their place, and the scopes that Studio asked for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../server/src/core/limits';
import { connectionKeyText, scopesOfKey } from '../../server/src/core/project/connection-key';
import { analyzeTexts } from '../support/analyze';
import { activity, automation, commentOut, property, scope } from '../support/workflow-builder';

const secret = 'ThisIsTheSecretOfTheTests';
const key = (content: object, encoding: BufferEncoding = 'utf8') => Buffer.from(JSON.stringify(content), encoding).toString('base64');
const folder = (ConnectionKey: string) =>
  activity(
    'Mail.ForEachEmailConnections',
    {},
    property('Mail.ForEachEmailConnections', 'Folder', activity('Mail.Models.MailFolderArgument', { ConnectionKey })),
  );
const file = (ConnectionKey: string) =>
  activity(
    'Files.CreateFolderConnections',
    {},
    property('Files.CreateFolderConnections', 'Parent', activity('Files.Models.DriveItemArgument', { ConnectionKey })),
  );
const value = (text: string) => ({ kind: 'literal' as const, text, start: 0, end: text.length });

describe('scopes', () => {
  const cells: readonly (readonly [string, object, readonly string[]])[] = [
    ['a list', { Scopes: ['Mail.Read', 'User.Read'] }, ['Mail.Read', 'User.Read']],
    ['a text', { Scopes: 'Mail.Read User.Read,offline_access' }, ['Mail.Read', 'User.Read', 'offline_access']],
    ['another letter case', { scopes: ['mail.read'] }, ['mail.read']],
    ['nothing', { Scopes: null }, []],
    ['no such member', {}, []],
    ['what can be no permission', { Scopes: ['ab cd', 'https://x/y', '{"x":1}', 7, ['Mail.Read'], '=='] }, ['ab', 'cd']],
  ];
  for (const [name, content, expected] of cells)
    test(name, () =>
      assert.deepEqual(scopesOfKey(connectionKeyText(value(key({ Account: 'a@contoso.com', ...content }))) ?? ''), expected),
    );

  test('are not read from a GUID, an expression, or over the cap', () => {
    for (const text of ['11111111-2222-3333-4444-555555555555', 'AAAA', '', 'QUJD'.repeat(limits.connectionKey / 4 + 1)])
      assert.equal(connectionKeyText(value(text)), undefined);
    assert.equal(connectionKeyText({ ...value(key({ Scopes: ['Mail.Read'], Account: 'x' })), kind: 'expression' }), undefined);
  });
});

describe('a Microsoft 365 Scope', () => {
  const asked = key({ Account: 'robot@contoso.com', Scopes: ['Mail.Read', 'User.Read'] });
  const studio = (...content: string[]) => analyzeTexts(automation(content)).project.declarations.map(({ element }) => element?.studio);

  test('knows what Studio asked for in it, once each', () => {
    const more = file(key({ Account: 'robot@contoso.com', Scopes: ['Sites.ReadWrite.All', 'User.Read'] }));
    assert.deepEqual(studio(scope([], {}, folder(asked), folder(asked), more)), [['Mail.Read', 'User.Read', 'Sites.ReadWrite.All']]);
  });

  test('knows nothing of others, of what is commented out, or outside', () => {
    assert.deepEqual(studio(scope([], {}, folder(asked)), scope([], {}, commentOut(folder(asked))), folder(asked)), [
      ['Mail.Read', 'User.Read'],
      [],
    ]);
  });
});

describe('a secret in a key', () => {
  for (const encoding of ['utf8', 'utf16le'] as const)
    test(`is found by its place in ${encoding}, and never told`, () => {
      const { problems } = analyzeTexts(automation(scope([], {}, folder(key({ Account: 'a', ClientSecret: secret }, encoding)))));
      const found = problems.filter(({ rule }) => rule === 'secret-in-file');
      assert.equal(found.length, 1);
      assert.match(found[0]?.message ?? '', /^ConnectionKey \(ClientSecret\) holds/);
      assert.ok(!JSON.stringify(problems).includes(secret));
    });

  test('is found in UTF-16 with a byte order mark, in either order of bytes', () => {
    const little = Buffer.from(`\uFEFF${JSON.stringify({ Account: 'a', Password: secret })}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const { problems } = analyzeTexts(automation(scope([], {}, folder(bytes.toString('base64')))));
      const found = problems.filter(({ rule }) => rule === 'secret-in-file').map(({ message }) => message);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', /^ConnectionKey \(Password\) holds/);
      assert.ok(!JSON.stringify(problems).includes(secret));
    }
  });

  test('is none where the members are empty', () => {
    const empty = key({ Account: 'a', ClientSecret: null, Password: '', CertificateAsBase64: null });
    assert.ok(!analyzeTexts(automation(scope([], {}, folder(empty)))).problems.some(({ rule }) => rule === 'secret-in-file'));
  });
});
