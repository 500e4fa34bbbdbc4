/** What is called on mails, files and folders that the service returned, and where a call points to: nothing that it may need is called too much. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { loadParser } from '../../server/src/workspace/csharp/load';
import { analyzeTexts } from '../support/analyze';

const guid = '11111111-2222-3333-4444-555555555555';
const head = 'using UiPath.MicrosoftOffice365.Activities.Api;\npublic class Flow : CodedWorkflow {\n  [Workflow] public void Execute() {\n';

function excess(body: string, scopes: readonly string[], connection = 'MailConnection'): string[] {
  const service = connection === 'MailConnection' ? 'Mail' : 'OneDrive';
  const code = `${head}    var s = office365.${service}(new ${connection}("${guid}", services));\n    ${body}\n  }\n}\n`;
  const manifest = JSON.stringify({ connections: { it: { id: guid, scopes } } });
  return analyzeTexts(
    new Map([
      ['/p/Flow.cs', code],
      ['/p/m365-automation.json', manifest],
    ]),
  )
    .problems.filter(({ rule }) => /^(unused|reducible|redundant|missing)-scope$/.test(rule))
    .map(({ rule, scopes: names }) => `${rule} ${names.join()}`);
}

const files = ['Files.Read', 'Files.ReadWrite', 'Sites.ReadWrite.All'];
const cases: readonly (readonly [string, string, readonly string[], string, readonly string[]])[] = [
  ['only read', 's.GetEmails();', ['Mail.ReadWrite'], 'MailConnection', ['reducible-scope Mail.ReadWrite']],
  ['each is deleted', 's.GetEmails().ToList().ForEach(e => e.Delete());', ['Mail.ReadWrite', 'Mail.Send'], 'MailConnection', []],
  ['each is moved', 'foreach (var e in s.GetEmails()) e.MoveTo(s.SystemFolders.Archive);', ['Mail.ReadWrite'], 'MailConnection', []],
  ['one is answered', 's.GetNewestEmail()?.Reply("thanks");', ['Mail.ReadWrite', 'Mail.Send'], 'MailConnection', []],
  [
    'a file of the disk is deleted',
    's.GetEmails(); File.Delete("x");',
    ['Mail.ReadWrite'],
    'MailConnection',
    ['reducible-scope Mail.ReadWrite'],
  ],
  [
    'an upload to a site',
    's.UploadFile("a", s.GetFolder("https://contoso.sharepoint.com/sites/x/Shared Documents"));',
    files,
    'OneDriveConnection',
    ['redundant-scope Files.Read', 'redundant-scope Files.ReadWrite'],
  ],
  [
    'an upload to a site of a team',
    's.UploadFile("a", s.GetFolder("https://contoso.sharepoint.com/teams/x/Shared Documents"));',
    files,
    'OneDriveConnection',
    ['redundant-scope Files.Read', 'redundant-scope Files.ReadWrite'],
  ],
  [
    'an upload to who knows where',
    's.UploadFile("a", s.GetFolder(where));',
    ['Files.ReadWrite', 'Sites.ReadWrite.All'],
    'OneDriveConnection',
    ['redundant-scope Files.ReadWrite'],
  ],
  ['a folder of a site is shared', 'var f = s.GetFolder("x"); f.Share();', ['Files.Read', 'Files.ReadWrite.All'], 'OneDriveConnection', []],
];

for (const [name, body, scopes, connection, expected] of cases)
  test(name, async () => {
    await loadParser(resolve('dist'));
    assert.deepEqual(excess(body, scopes, connection), expected);
  });
