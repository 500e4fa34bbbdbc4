/** What is shown of permissions at a place, and the names beside GUIDs, as plain data. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverAt } from '../../server/src/core/features/hover';
import { nameHints } from '../../server/src/core/features/inlay-hints';
import { analyzeTexts, type Files, openText } from '../support/analyze';
import { catalog } from '../support/catalog';
import { registeredProject, registration, registrationPath } from '../support/registration-builder';
import { automation, ownClientId, paths, scope, workflow } from '../support/scope-builder';

const hover = (files: Files, path: string, part: string, into = 1) =>
  hoverAt(analyzeTexts(files), catalog, path, (files.get(path) ?? '').indexOf(part) + into);

describe('hover', () => {
  const robot = { authentication: 'client-secret', app: 'intake', scopes: ['Files.Read.All'] };
  const uses = [{ operation: 'GET /users/{id}/drive/root/children', connection: 'robot' }];
  const files = registeredProject({ robot }, uses, registration(['Files.Read.All Role', 'Files.Read.All Scope', 'Mail.Send Scope']));

  test('on a GUID of a registration: the permission, its kind, and who needs it as that kind', () => {
    const found = hover(files, registrationPath, '01d4889c');
    assert.equal(found?.permission.value, 'Files.Read.All');
    assert.deepEqual([found?.kind, found?.id, found?.consent], ['application', '01d4889c-1287-42c6-ac1f-5d1e02578ef6', 'administrator']);
    assert.equal(found?.personalAccount, undefined, 'an application has no account');
    assert.deepEqual(
      found?.why.map(({ activity }) => activity),
      ['GET /users/{id}/drive/root/children'],
    );
    const other = hover(files, registrationPath, 'df85f4d6');
    assert.deepEqual([other?.kind, other?.consent, other?.personalAccount, other?.why], ['delegated', 'withheld', true, []]);
    assert.equal(hover(files, registrationPath, 'e383f46e')?.consent, 'user');
  });

  test('anywhere in the entry, and nowhere else', () => {
    const text = files.get(registrationPath) ?? '';
    const found = hover(files, registrationPath, '"type": "Role"');
    assert.equal(found?.permission.value, 'Files.Read.All');
    assert.match(text.slice(found?.start, found?.end), /^\{[^{}]*\}$/);
    assert.equal(hover(files, registrationPath, 'resourceAppId'), undefined);
    assert.equal(hover(files, registrationPath, 'appId'), undefined);
    assert.equal(hover(files, '/fixture/nowhere.xaml', ''), undefined);
  });

  test('on a scope of a manifest and of a workflow', () => {
    const inManifest = hover(files, paths.manifest, 'Files.Read.All');
    assert.deepEqual([inManifest?.kind, inManifest?.why.length], ['application', 1]);
    assert.equal(hover(files, paths.manifest, '"intake"'), undefined);
    const attributes = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: ownClientId };
    const flow = automation({ workflow: workflow(scope({ attributes, scopes: ['mail.send', 'mail.raed'] })) });
    const inWorkflow = hover(flow, paths.workflow, 'mail.send<');
    assert.deepEqual([inWorkflow?.permission.value, inWorkflow?.kind, inWorkflow?.label], ['Mail.Send', 'delegated', 'Send mail']);
    assert.equal(inWorkflow?.why.length, 1);
    assert.equal(hover(flow, paths.workflow, 'mail.raed<'), undefined, 'nobody knows it');
  });

  test('tells what it covers, and what is announced', () => {
    const text = registration(['Mail.ReadWrite Role'], {});
    const found = hover(registeredProject({}, [], text), registrationPath, 'e2a3a72e');
    assert.ok(found?.covers.includes('Mail.Read'));
    const exchange = JSON.stringify({
      requiredResourceAccess: [
        {
          resourceAppId: '00000002-0000-0ff1-ce00-000000000000',
          resourceAccess: [{ id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', type: 'Role' }],
        },
      ],
    });
    const ending = hover(registeredProject({}, [], exchange), registrationPath, 'dc890d15');
    assert.deepEqual([ending?.permission.value, ending?.changes.length !== 0, ending?.covers], ['full_access_as_app', true, []]);
  });
});

describe('names beside GUIDs', () => {
  const hints = (text: string, span = { start: 0, end: text.length }) =>
    nameHints(openText('/a/app.entra.json', text), catalog, span).map(({ offset, name }) => `${text.slice(offset - 13, offset)} ${name}`);
  const text = registration(['Mail.Send Scope', 'Mail.Send Role']);

  test('stand behind the quote', () => {
    assert.deepEqual(hints(text), ['000000000000" Microsoft Graph', '0e479a3ffac0" Mail.Send', '9f11b44c7e96" Mail.Send']);
  });

  test('of the stretch that is asked for', () => {
    const start = text.indexOf('b633e1c5');
    assert.deepEqual(hints(text, { start, end: text.length }), ['9f11b44c7e96" Mail.Send']);
  });

  test('say where the GUID is that of the other kind; what is named needs none', () => {
    const swapped = text.replaceAll('"Scope"', '"?"').replaceAll('"Role"', '"Scope"');
    assert.deepEqual(hints(swapped), ['000000000000" Microsoft Graph', '0e479a3ffac0" Mail.Send', '9f11b44c7e96" Mail.Send (application)']);
    assert.deepEqual(
      hints(
        text
          .replace('00000003-0000-0000-c000-000000000000', 'Microsoft Graph')
          .replace('e383f46e-2787-4529-855e-0e479a3ffac0', 'Mail.Send'),
      ),
      ['9f11b44c7e96" Mail.Send'],
    );
    assert.deepEqual(hints(text.replace('e383f46e', 'ffffffff')), ['000000000000" Microsoft Graph', '9f11b44c7e96" Mail.Send']);
  });

  test('are for registrations only', () => {
    assert.deepEqual(nameHints(openText('/a/m365-automation.json', text), catalog, { start: 0, end: text.length }), []);
  });
});
