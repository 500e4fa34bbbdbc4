/** Coded workflows in the rules: declared and missing, unused, unknown, mismatched, left out by globs, without their package. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Analysis } from '../../server/src/core/index';
import { analyzeTexts } from '../support/analyze';
import { coded, ids, inProject, manifestOf, projectJson, studioFiles, useParser } from '../support/coded-builder';

useParser();

const mail = 'var mail = office365.Mail(connections.O365Mail.Robot);';
const drive = 'var drive = office365.OneDrive(connections.OneDrive.Robot);';

function analyzeProject(code: string, manifest: string | undefined, more: Readonly<Record<string, string>> = {}): Analysis {
  const own: Record<string, string> = { 'project.json': projectJson, ...studioFiles(), 'Main.cs': code, ...more };
  return analyzeTexts(inProject(manifest === undefined ? own : { ...own, 'm365-automation.json': manifest }));
}

const told = ({ problems }: Analysis, ...rules: string[]) =>
  problems.flatMap(({ rule, severity, scopes, connection }) =>
    rules.includes(rule) ? [[severity, rule, connection, ...scopes].filter((part) => part !== undefined).join(' ')] : [],
  );

const scopeRules = ['missing-scope', 'unused-scope', 'reducible-scope', 'redundant-scope'];

describe('scopes of a connection that code uses', () => {
  const rows: Readonly<Record<string, readonly [body: string, scopes: readonly string[], ...expected: string[]]>> = {
    enough: ['mail.SendEmail("a", "b", "c");', ['Mail.ReadWrite', 'Mail.Send']],
    'one missing': ['mail.SendEmail("a", "b", "c");', ['Mail.ReadWrite'], 'error missing-scope robot Mail.Send'],
    'one unused': ['mail.GetEmails();', ['Mail.Read', 'Calendars.Read'], 'warning unused-scope robot Calendars.Read'],
    'one reducible': ['mail.GetEmails();', ['Mail.ReadWrite'], 'warning reducible-scope robot Mail.ReadWrite'],
    'needed for what may be': [
      'mail.GetEmails(markAsRead: in_Flag);',
      ['Mail.Read', 'Mail.ReadWrite'],
      'hint redundant-scope robot Mail.Read',
    ],
    'not called, as it is in a comment': [
      'mail.GetEmails(); // mail.SendEmail("a", "b", "c");',
      ['Mail.Read', 'Mail.Send'],
      'warning unused-scope robot Mail.Send',
    ],
    'handed on': ['mail.GetEmails(); Helper.Run(mail);', ['Mail.Read', 'Calendars.Read']],
    'of a damaged file': ['mail.GetEmails( ; ) }} class', ['Mail.Read', 'Calendars.Read']],
    'missing in a damaged file': ['mail.GetEmails(); var x = ;', ['Calendars.Read'], 'error missing-scope robot Mail.Read'],
  };
  for (const [name, [body, scopes, ...expected]] of Object.entries(rows))
    test(name, () => {
      const manifest = JSON.stringify({ connections: { robot: { id: ids.robot, account: 'personal', scopes } } });
      assert.deepEqual(told(analyzeProject(coded(`${mail} ${body}`), manifest), ...scopeRules), expected);
    });
});

test('the reason names the method, its file and its condition', () => {
  const text = coded(`${mail} mail.GetEmails(markAsRead: true);`);
  const manifest = JSON.stringify({ connections: { robot: { id: ids.robot, account: 'personal', scopes: ['Mail.Read'] } } });
  const [problem] = analyzeProject(text, manifest).problems.filter(({ rule }) => rule === 'missing-scope');
  const [why] = problem?.why ?? [];
  assert.equal(why?.displayName, 'office365.Mail.GetEmails');
  assert.equal(why?.file, '/project/Main.cs');
  assert.equal(text.slice(why?.start, why?.end), 'GetEmails');
  assert.match(why?.condition ?? '', /^markAsRead is True: /);
  assert.match(problem?.message ?? '', /office365\.Mail\.GetEmails|Get Email/);
});

describe('connections', () => {
  const declared = (connections: object, more: object = {}) => JSON.stringify({ connections, ...more });
  const code = coded(`${mail} mail.GetEmails(); ${drive} drive.GetFiles();`);
  const rules = ['unknown-connection', 'connector-mismatch', 'unused-connection'];
  const both = { mail: { id: ids.robot }, drive: { id: ids.drive } };
  const rows: Readonly<Record<string, readonly [manifest: string | undefined, ...expected: string[]]>> = {
    'no manifest': [undefined],
    'both declared': [declared(both)],
    'one not declared': [declared({ mail: both.mail }), `error unknown-connection ${ids.drive}`],
    'none declared': [declared({}), `error unknown-connection ${ids.robot}`, `error unknown-connection ${ids.drive}`],
    'one of another connector': [
      declared({ ...both, drive: { ...both.drive, connector: 'uipath-microsoft-outlook365' } }),
      'error connector-mismatch drive',
    ],
    'both of their connectors': [
      declared({
        mail: { ...both.mail, connector: 'uipath-microsoft-outlook365' },
        drive: { ...both.drive, connector: 'uipath-microsoft-onedrive' },
      }),
    ],
    'one that nothing uses, though Studio lists it': [declared({ ...both, team: { id: ids.team } }), 'warning unused-connection team'],
    'globs that leave the code out': [
      declared(both, { workflows: ['**/*.xaml'] }),
      'warning unused-connection mail',
      'warning unused-connection drive',
    ],
    'globs that take it in': [declared(both, { workflows: ['*.cs'] })],
  };
  for (const [name, [manifest, ...expected]] of Object.entries(rows))
    test(name, () => assert.deepEqual(told(analyzeProject(code, manifest), ...rules).sort(), [...expected].sort()));

  test('without a manifest each is listed with what it needs', () => {
    assert.deepEqual(
      analyzeProject(code, undefined).connections.map(({ id, connector, required, open }) => [id, connector, required, open]),
      [
        [ids.robot, 'uipath-microsoft-outlook365', ['Mail.Read'], true],
        [ids.drive, 'uipath-microsoft-onedrive', ['Files.Read'], true],
      ],
    );
  });

  test('one that a workflow uses as well needs what both need', () => {
    const xaml = `<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:m="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities"><m:GetNewestEmail ConnectionId="${ids.robot}" /></Activity>`;
    const { connections, project } = analyzeProject(coded(`${mail} mail.SendEmail("a", "b", "c");`), undefined, { 'Read.xaml': xaml });
    assert.deepEqual(
      connections.map(({ required }) => required),
      [['Mail.ReadWrite', 'Mail.Send']],
    );
    assert.equal(project.uses.length, 2);
  });
});

describe('the package', () => {
  const without = projectJson.replace('UiPath.MicrosoftOffice365.Activities', 'UiPath.System.Activities');
  test('is missed where code calls the service', () => {
    const analysis = analyzeProject(coded(`${mail} mail.GetEmails();`), undefined, { 'project.json': without });
    assert.deepEqual(told(analysis, 'package-missing'), ['warning package-missing']);
  });
  test('is not missed where it does not, or where it is there', () => {
    assert.deepEqual(told(analyzeProject(coded('Log("x");'), undefined, { 'project.json': without }), 'package-missing'), []);
    assert.deepEqual(told(analyzeProject(coded(`${mail} mail.GetEmails();`), undefined), 'package-missing'), []);
  });
});

test('rules for what is in a workflow leave code alone', () => {
  const { problems } = analyzeProject(coded(`${mail} mail.GetEmails();`), manifestOf({ robot: ['Mail.Read'] }));
  const others = problems.filter(({ file }) => file.endsWith('.cs'));
  assert.deepEqual(others, []);
});
