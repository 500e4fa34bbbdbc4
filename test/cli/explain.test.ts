/** `explain`: what the catalogue knows of a permission, an activity and a request, in both forms. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runCommand } from '../support/command';

const json = (...asked: string[]) => {
  const { code, out, err } = runCommand(['explain', ...asked, '--format', 'json']);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  return JSON.parse(out);
};
const text = (asked: string) => runCommand(['explain', asked]).out;

test('a permission: ids, consent, what covers it, what it serves and opens', () => {
  const found = json('mail.send');
  assert.equal(found.kind, 'permission');
  assert.equal(found.value, 'Mail.Send');
  assert.equal(found.label, 'Send mail');
  assert.equal(found.delegatedId, 'e383f46e-2787-4529-855e-0e479a3ffac0');
  assert.equal(found.applicationId, 'b633e1c5-b582-4048-a93e-9f11b44c7e96');
  assert.deepEqual(found.adminConsent, { delegated: false, application: true });
  assert.ok(found.activities.includes('UiPath.MicrosoftOffice365.Activities.Mail.SendMail'));
  assert.ok(found.operations >= 10);
  assert.deepEqual(found.requestedBy, ['UiPathStudioO365App', 'Microsoft Outlook 365']);
  assert.deepEqual(json('https://graph.microsoft.com/Mail.Send'), found, 'a resource prefix is no hindrance');
});

test('a permission by its id in a registration, delegated or of the application', () => {
  for (const [id, value] of [
    ['570282fd-fa5c-430d-a7fd-fc8dc98a9dca', 'Mail.Read'],
    ['570282FD-FA5C-430D-A7FD-FC8DC98A9DCA', 'Mail.Read'],
    ['b633e1c5-b582-4048-a93e-9f11b44c7e96', 'Mail.Send'],
  ] as const)
    assert.equal(json(id).value, value);
});

test('covers and covered by are two ends of one relation', () => {
  assert.ok(json('Mail.ReadWrite').covers.includes('Mail.Read'));
  assert.ok(json('Mail.Read').coveredBy.includes('Mail.ReadWrite'));
  assert.ok(!json('Mail.Read').covers.includes('Mail.ReadWrite'));
});

test('what a permission does not have is null, not made up', () => {
  const delegatedOnly = json('offline_access');
  assert.equal(delegatedOnly.applicationId, null);
  assert.equal(delegatedOnly.adminConsent.application, null);
  assert.equal(json('full_access_as_app').resource, 'exchange');
});

test('an activity: groups, conditions, and where it is from', () => {
  const entry = JSON.parse(readFileSync('schemas/activities.json', 'utf8')).activities.find((activity: { id: string }) =>
    activity.id.endsWith('.Mail.SendMail'),
  );
  const ways = ['UiPath.MicrosoftOffice365.Activities.Mail.SendMail', 'sendmail', 'Send Mail'].map((name) => json(name));
  for (const found of ways) assert.deepEqual(found, ways[0]);
  const [found] = ways;
  assert.equal(found.kind, 'activity');
  assert.deepEqual(
    { delegated: found.delegated, application: found.application, conditional: found.conditional },
    { delegated: entry.delegated, application: entry.application, conditional: entry.conditional },
  );
  assert.equal(found.provenance.confidence, entry.provenance.confidence);
  assert.equal(found.provenance.sources.length, entry.provenance.sources.length);
  for (const source of found.provenance.sources) assert.match(source, /^(?:https|github):/);
});

test('a method of a coded workflow: what its activity needs, under conditions of its own', () => {
  const found = json('office365.Mail.SendEmail');
  for (const way of ['Mail.SendEmail(...)', 'IMailService.SendEmail', 'sendemail']) assert.deepEqual(json(way), found, way);
  assert.equal(found.id, 'UiPath.MicrosoftOffice365.Activities.Mail.SendMailConnections');
  assert.deepEqual(found.delegated, json('SendMailConnections').delegated);
  assert.deepEqual(found.conditional[0].when, { argument: 'asDraft', equals: true });
  assert.match(text('office365.Mail.SendEmail'), /^office365\.Mail\.SendEmail [^\n]*\n[\s\S]*when asDraft is True: a draft is saved/);
});

test('a request that takes two permissions together: one of each group, by kind of sign-in', () => {
  const request = 'PATCH /policies/identitySecurityDefaultsEnforcementPolicy';
  const writers = ['Policy.ReadWrite.SecurityDefaults', 'Policy.ReadWrite.ConditionalAccess'];
  assert.deepEqual(json(request).together, {
    delegatedWork: [writers, ['Policy.Read.All']],
    application: [writers, ['Policy.Read.All']],
  });
  assert.match(text(request), /application: one of each of Policy\.ReadWrite\.SecurityDefaults or \S+ {2}and {2}Policy\.Read\.All\n/);
  assert.match(text(request.replace('PATCH', 'GET')), /application: any one of Policy\.Read\.All \(least\)\n/);
});

test('a request: as one argument or as two, in any spelling', () => {
  const found = json('GET /me/messages');
  assert.deepEqual(Object.keys(found).sort(), [
    'application',
    'delegatedPersonal',
    'delegatedWork',
    'kind',
    'least',
    'matched',
    'missingClouds',
  ]);
  assert.equal(found.matched, 'GET /me/messages');
  assert.ok(found.delegatedWork.includes('Mail.Read'));
  assert.deepEqual(found.application, []);
  assert.deepEqual(json('GET', 'https://graph.microsoft.com/v1.0/me/messages?$top=5'), found);
  assert.equal(json('POST /users/a@b.c/sendMail').least.application, 'Mail.Send');
});

test('notices: consent that users cannot give, dates of change, clouds that lack an operation', () => {
  assert.deepEqual(json('Files.Read.All').managedConsent, { withheldSince: '2025-08', confidence: 'documented' });
  assert.equal(json('Mail.Send').managedConsent, null);
  assert.deepEqual(
    json('full_access_as_app').changes.map(({ date }: { date: string }) => date),
    ['2026-10-01', '2027-04-01'],
  );
  assert.match(text('Mail.ReadWrite'), /from 2026-12-31: no longer enough to change subject[^\n]*instead: Mail-Advanced\.ReadWrite/);
  assert.match(text('Files.Read.All'), /consent: users cannot consent where Microsoft manages the policy, since 2025-08/);
  assert.match(text('GET /me/presence'), /not in: China \(21Vianet\)/);
  assert.doesNotMatch(text('GET /me/messages'), /not in:/);
});

test('text says the same to a person', () => {
  assert.match(
    text('Mail.Send'),
    /^Mail\.Send: Send mail\n {2}delegated: e383f46e-[^\n]*the user may consent[^\n]*\n {2}application: b633e1c5-/,
  );
  assert.match(text('SendMail'), /when Account is set: another mailbox is addressed; delegated also needs Mail\.ReadWrite\.Shared/);
  assert.match(text('HttpRequestConnections'), /delegated: what the request in RequestMethod and RequestUrl needs/);
  assert.match(text('GET /me/messages'), /delegated, work account: any one of Mail\.ReadBasic \(least\), Mail\.Read, Mail\.ReadWrite/);
  assert.match(text('GET /me/messages'), /application: not possible/);
});

const refused: readonly (readonly [asked: string[], says: RegExp])[] = [
  [[], /explain takes a scope, an activity or a request/],
  [['Mail.Sendd'], /knows no "Mail\.Sendd"\. Did you mean one of these\?\n {2}Mail\.Send\n/],
  [['nothing of the kind'], /knows no "nothing of the kind"\.\n$/],
  [['TRACE /me/messages'], /knows no "TRACE \/me\/messages"\. That path has GET, POST\.\n$/],
  [['POST https://graph.microsoft.com/v1.0/$batch'], /explain each of them/],
  [['office365.Sharepoint.CreateItem'], /calls nothing: it needs no scope/],
  [['Mail.Send', '--format', 'xml'], /text, json|text or json/],
];
for (const [asked, says] of refused) {
  test(`refused: ${asked.join(' ') || 'nothing'}`, () => {
    const { code, out, err } = runCommand(['explain', ...asked]);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, says);
  });
}
