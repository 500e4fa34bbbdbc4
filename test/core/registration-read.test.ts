/** Reads registrations as tools and portals write them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf, open } from '../../server/src/core/index';
import { identify, registeredOf } from '../../server/src/core/permissions/registered';
import type { RegistrationDocument } from '../../server/src/core/project/registration-model';
import { analyzeTexts } from '../support/analyze';
import { catalog } from '../support/catalog';
import { filledIn, graphId, registration } from '../support/registration-builder';
import { ownClientId, secretMark } from '../support/scope-builder';

const read = (value: object | string): RegistrationDocument => {
  const document = open('/a/app.entra.json', typeof value === 'string' ? value : JSON.stringify(value), 'registration');
  assert.equal(document.kind, 'registration');
  return document as RegistrationDocument;
};
const told = (document: RegistrationDocument) =>
  registeredOf(catalog, document).map(({ permission, kind, fault }) => [permission?.value, kind, fault].join(' '));
const api = (resourceAppId: string, ...resourceAccess: object[]) => ({ requiredResourceAccess: [{ resourceAppId, resourceAccess }] });

test('files are known by name', () => {
  for (const name of ['a/intake.entra.json', 'INTAKE.ENTRA.JSON', 'aad.manifest.json', 'x\\aad.manifest.json'])
    assert.equal(kindOf(name), 'registration');
  for (const name of ['entra.json', 'manifest.json', 'my.aad.manifest.json', 'a.entra.json.bak']) assert.equal(kindOf(name), undefined);
  assert.equal(kindOf('x.m365-automation.json'), 'manifest');
});

describe('permissions', () => {
  test('by GUID and by name, of the API by GUID and by name', () => {
    const entries = [
      { id: 'E383F46E-2787-4529-855E-0E479A3FFAC0', type: 'Scope' },
      { id: 'files.read.all', type: 'role' },
      { id: ' Mail.Read ', type: 'Scope' },
    ];
    for (const name of [graphId, graphId.toUpperCase(), 'Microsoft Graph', 'microsoft graph'])
      assert.deepEqual(told(read(api(name, ...entries))), ['Mail.Send delegated ', 'Files.Read.All application ', 'Mail.Read delegated ']);
  });

  test('of Exchange Online, of which but two are known', () => {
    const entries = [
      { id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', type: 'Role' },
      { id: 'EWS.AccessAsUser.All', type: 'Scope' },
      { id: 'Mail.Send', type: 'Role' },
    ];
    for (const name of ['00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'])
      assert.deepEqual(told(read(api(name, ...entries))), [
        'full_access_as_app application ',
        'EWS.AccessAsUser.All delegated ',
        ' application ',
      ]);
  });

  test('of any other API are nothing to us', () => {
    assert.deepEqual(told(read(api('11111111-2222-3333-4444-555555555555', { id: 'Mail.Sned', type: 'Scope' }))), []);
  });

  test('that are none, or of the other kind', () => {
    const entries = [
      { id: '00000000-0000-0000-0000-000000000001', type: 'Scope' },
      { id: 'Mail.Sned', type: 'Role' },
      { id: 'User.Read', type: 'Role' },
      { id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96', type: 'Scope' },
      { id: 'Mail.Send', type: 'Other' },
      { id: 'Mail.Send' },
      { type: 'Role' },
      'Mail.Send',
    ];
    const document = read(api(graphId, ...(entries as object[])));
    assert.deepEqual(told(document), [
      ' delegated unknown',
      ' application unknown',
      'User.Read application kind',
      'Mail.Send delegated kind',
      'Mail.Send  ',
      'Mail.Send  ',
    ]);
    assert.ok(document.isOpen, 'an entry that is not read may be anything');
  });

  test('one GUID can be of both kinds', () => {
    const id = '405a51b5-8d8d-430b-9842-8be4b0e9f324';
    assert.deepEqual(identify(catalog, 'graph', id)?.kinds, ['delegated', 'application']);
    assert.deepEqual(told(read(api(graphId, { id, type: 'Scope' }, { id, type: 'Role' }))), [
      'User.Export.All delegated ',
      'User.Export.All application ',
    ]);
  });

  test('every GUID of the catalogue is found again, as its own permission and kind', () => {
    for (const permission of catalog.permissions.values()) {
      for (const [kind, id] of [['delegated', permission.delegatedId] as const, ['application', permission.applicationId] as const]) {
        if (id === undefined) continue;
        const found = identify(catalog, permission.resource, id);
        assert.equal(found?.permission, permission);
        assert.ok(found?.kinds.includes(kind));
      }
    }
  });
});

describe('what signs in', () => {
  const audiences = [
    'AzureADMyOrg',
    'azureadmultipleorgs',
    'AzureADandPersonalMicrosoftAccount',
    'PersonalMicrosoftAccount',
    'Other',
    filledIn('A'),
  ];
  test('audience', () => {
    assert.deepEqual(
      audiences.map((signInAudience) => read({ signInAudience }).audience),
      ['single-tenant', 'multi-tenant', 'multi-tenant-and-personal', 'personal', undefined, undefined],
    );
  });

  test('redirect URIs, by platform and form; a file that speaks of none says nothing', () => {
    const uris = (value: object) => {
      const { publicClient, web, holder } = read(value).redirectUris ?? { publicClient: ['?'], web: ['?'], holder: '?' };
      return [publicClient, web, holder];
    };
    assert.deepEqual(uris({ appId: ownClientId }), [['?'], ['?'], '?']);
    assert.deepEqual(uris({ spa: { redirectUris: ['https://a'] } }), [[], [], 'graph']);
    assert.deepEqual(uris({ publicClient: { redirectUris: ['http://localhost'] }, web: null }), [['http://localhost'], [], 'graph']);
    const replyUrlsWithType = ['InstalledClient', 'web', 'Spa', 'Other'].map((type) => ({ type, url: `https://${type}` }));
    assert.deepEqual(uris({ replyUrlsWithType }), [['https://InstalledClient'], ['https://web'], 'portal']);
  });

  test('id and name; what a tool fills in is not known', () => {
    const { appId, label } = read({ appId: filledIn('ID'), displayName: filledIn('NAME'), name: 'intake-aad' });
    assert.deepEqual([appId, label], [undefined, 'intake-aad']);
    assert.deepEqual([read({ appId: ownClientId.toUpperCase() }).appId, read({}).label], [ownClientId, 'app.entra.json']);
  });
});

describe('whatever stands in the file', () => {
  const odd = [
    '',
    'null',
    '[]',
    '"text"',
    '7',
    '{',
    '{"requiredResourceAccess":',
    '{"requiredResourceAccess":{}}',
    '{"requiredResourceAccess":[null,1,[],{}]}',
  ];
  for (const text of [
    ...odd,
    '{"requiredResourceAccess":[{"resourceAppId":7,"resourceAccess":7}],"web":[],"publicClient":"x","replyUrlsWithType":{}}',
  ]) {
    test(JSON.stringify(text), () => {
      const { problems } = analyzeTexts(new Map([['/fixture/app.entra.json', text]]));
      assert.deepEqual(
        problems.map(({ rule }) => rule).filter((rule) => rule !== 'syntax'),
        [],
      );
    });
  }

  test('nested too deep: a limit, and no more', () => {
    const { problems } = analyzeTexts(new Map([['/fixture/app.entra.json', '['.repeat(1000)]]));
    assert.deepEqual(
      problems.map(({ rule }) => rule),
      ['limit'],
    );
  });

  test('no secret is told', () => {
    const passwordCredentials = [{ secretText: `${secretMark}-1`, hint: 'abc' }, { value: `${secretMark}-2` }, { secretText: null }];
    const keyCredentials = [
      { usage: 'Verify', type: 'AsymmetricX509Cert', value: 'public' },
      { usage: 'Verify', type: 'Symmetric', key: `${secretMark}-3` },
      { usage: 'Sign', key: filledIn('KEY') },
    ];
    const text = registration(['Mail.Send Role'], { passwordCredentials, keyCredentials });
    const { problems } = analyzeTexts(new Map([['/fixture/app.entra.json', text]]));
    const secrets = problems.filter(({ rule }) => rule === 'secret-in-file');
    assert.deepEqual(
      secrets.map(({ range }) => text.slice(range.start, range.end)),
      [1, 2, 3].map((index) => JSON.stringify(`${secretMark}-${index}`)),
    );
    assert.ok(!JSON.stringify(problems).includes(secretMark));
  });
});
