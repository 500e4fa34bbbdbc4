/** Reads bindings in all the shapes they come in. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf, open } from '../../server/src/core/index';
import type { Binding, BindingsDocument } from '../../server/src/core/project/connection-model';
import { analyzeTexts } from '../support/analyze';
import { binding, bindings, codedBindings, connectors } from '../support/bindings';
import { activity, files, ids, manifest, projectJson, workflow } from '../support/workflow-builder';

const read = (text: string, path = '/project/bindings_v2.json') => open(path, text, 'bindings') as BindingsDocument;
const shown = ({ ids: known, connector, name, isExpression }: Binding) => [known.join(), connector, name, isExpression];

test('files are told by their names', () => {
  const names: readonly (readonly [string, string | undefined])[] = [
    ['/a/bindings_v2.json', 'bindings'],
    ['C:\\a\\Bindings_V2.json', 'bindings'],
    ['bindings_v2.json', 'bindings'],
    ['/a/.project/CodedBindingsMetadata.json', 'bindings'],
    ['C:\\a\\.project\\PackageBindingsMetadata.json', 'bindings'],
    ['.project/CodedBindingsMetadata.json', 'bindings'],
    ['/a/CodedBindingsMetadata.json', undefined],
    ['/a/.project/other.json', undefined],
    ['/a/.project/sub/CodedBindingsMetadata.json', undefined],
    ['/a/bindings.json', undefined],
    ['/a/my_bindings_v2.json', undefined],
  ];
  for (const [path, kind] of names) assert.equal(kindOf(path), kind, path);
});

const same = [ids.mail, connectors.outlook, 'Robot', false] as const;
const id = { defaultValue: ids.mail, isExpression: false, displayName: 'Robot' };

describe('a connection of bindings_v2.json', () => {
  const shapes: readonly (readonly [string, object, ...unknown[]])[] = [
    ['as Studio writes it', binding(ids.mail, connectors.outlook, 'Robot'), ...same],
    [
      'in lower case',
      { resource: 'connection', key: ids.mail, value: { connectionId: id }, metadata: { connector: connectors.outlook } },
      ...same,
    ],
    [
      'with capitals',
      { Resource: 'CONNECTION', Key: ids.mail.toUpperCase(), Value: { ConnectionId: id }, Metadata: { Connector: connectors.outlook } },
      ...same,
    ],
    ['without metadata', binding(ids.mail, null, 'Robot'), ids.mail, undefined, 'Robot', false],
    ['with empty metadata', { ...binding(ids.mail, null, 'Robot'), metadata: {} }, ids.mail, undefined, 'Robot', false],
    ['with a name that says nothing', binding(ids.mail, connectors.outlook, 'Connection'), ids.mail, connectors.outlook, undefined, false],
    ['with its GUID as name', binding(ids.mail, connectors.outlook, ids.mail), ids.mail, connectors.outlook, undefined, false],
    [
      'with a label',
      { ...binding(ids.mail, null), metadata: { DisplayLabel: 'Finance\n mail', Connector: connectors.outlook } },
      ids.mail,
      connectors.outlook,
      'Finance mail',
      false,
    ],
    ['with another default', { ...binding('Mail', null), value: { ConnectionId: id } }, `mail,${ids.mail}`, undefined, 'Robot', false],
    ['without a key', { resource: 'Connection', value: { ConnectionId: id } }, ids.mail, undefined, 'Robot', false],
    ['an expression', binding('in_Connection', connectors.outlook, 'Robot', true), 'in_connection', connectors.outlook, 'Robot', true],
    ['an expression in words', binding('in_Connection', null, 'Robot', 'True'), 'in_connection', undefined, 'Robot', true],
  ];
  for (const [name, resource, ...expected] of shapes)
    test(name, () => assert.deepEqual(read(bindings(resource)).bindings.map(shown), [expected]));
});

test('what is no connection, or names none, is left out', () => {
  const others = [
    { resource: 'asset', key: 'Folder.Asset', value: { name: { defaultValue: 'Asset', isExpression: false } } },
    { resource: 'queue', value: { name: { defaultValue: 'in_Queue', isExpression: true } }, metadata: {} },
    { resource: 'EventTrigger', key: ids.mail },
    { resource: 'Connection' },
    { resource: 'Connection', key: '', value: null },
    { resource: 7, key: ids.mail },
    {},
  ];
  assert.deepEqual(read(bindings(...others)).bindings, []);
  for (const text of ['{}', '[]', '{"resources":{}}', '{"resources":[null,1,"x",[]]}', '{"resources":null}'])
    assert.deepEqual(read(text).bindings, [], text);
});

test('the range is that of the key, with its quotes', () => {
  const text = bindings(binding(ids.mail, connectors.outlook));
  const [found] = read(text).bindings;
  assert.equal(text.slice(found?.keyRange.start, found?.keyRange.end), `"${ids.mail}"`);
});

test('bindings of coded workflows have the name that code calls the connection by', () => {
  const text = codedBindings({ 'O365Mail.Finance_mail': [ids.mail, connectors.outlook] });
  const { form, bindings: found } = read(text, '/project/.project/CodedBindingsMetadata.json');
  assert.equal(form, 'coded');
  assert.deepEqual(found.map(shown), [[ids.mail, connectors.outlook, 'Finance_mail', false]]);
});

test('what is about packages holds no connection of the project', () => {
  const text = codedBindings({ 'O365Mail.Finance_mail': [ids.mail, connectors.outlook] });
  assert.deepEqual(read(text, '/project/.project/PackageBindingsMetadata.json').bindings, []);
});

describe('faults and caps', () => {
  const main = { 'Main.xaml': workflow([activity('Mail.GetNewestEmail', { ConnectionId: ids.mail })]), 'project.json': projectJson() };
  const rulesOf = (texts: Record<string, string>) =>
    analyzeTexts(files({ ...main, ...texts })).problems.map(({ rule, file }) => `${rule} ${file}`);

  test('a damaged file is a fault, and nothing is held against it', () => {
    for (const name of ['bindings_v2.json', '.project/CodedBindingsMetadata.json', '.project/PackageBindingsMetadata.json'])
      assert.deepEqual(rulesOf({ [name]: '{"resources":[' }), [`syntax /project/${name}`]);
    assert.deepEqual(rulesOf({ 'bindings_v2.json': '' }), ['syntax /project/bindings_v2.json']);
    assert.deepEqual(rulesOf({ 'bindings_v2.json': '<<<<<<< HEAD\n{}' }), ['syntax /project/bindings_v2.json']);
  });

  test('one that nests too deep hits the cap', () => {
    assert.deepEqual(rulesOf({ 'bindings_v2.json': '['.repeat(5000) }), ['limit /project/bindings_v2.json']);
  });
});

describe('what bindings tell', () => {
  const mail = activity('Mail.GetNewestEmail', { ConnectionId: ids.mail.toUpperCase() });
  const reported = (texts: Record<string, string>, content: readonly string[] = [mail]) =>
    analyzeTexts(files({ 'Main.xaml': workflow(content), 'project.json': projectJson(), ...texts })).connections.map(
      ({ id: known, connector, name }) => [known.toLowerCase(), connector, name],
    );
  const bound = (...resources: object[]) => ({ 'bindings_v2.json': bindings(...resources) });
  const declared = (connection: object) => ({ 'm365-automation.json': manifest({ connections: { mail: connection } }) });

  test('the name of a connection that no manifest declares', () => {
    assert.deepEqual(reported(bound(binding(ids.mail, connectors.outlook, 'Finance'))), [[ids.mail, connectors.outlook, 'Finance']]);
  });

  test('the connector and the name of one that a manifest declares', () => {
    const texts = { ...declared({ id: ids.mail }), ...bound(binding(ids.mail, connectors.outlook, 'Finance')) };
    assert.deepEqual(reported(texts), [['mail', connectors.outlook, 'Finance']]);
  });

  test('nothing against what the manifest states', () => {
    const texts = { ...declared({ id: ids.mail, connector: connectors.outlook }), ...bound(binding(ids.mail, connectors.onedrive)) };
    assert.deepEqual(reported(texts), [['mail', connectors.outlook, undefined]]);
    assert.deepEqual(
      analyzeTexts(files({ 'Main.xaml': workflow([mail]), ...texts })).problems.map(({ rule }) => rule),
      [],
    );
  });

  test('nothing where they disagree', () => {
    const texts = bound(binding(ids.mail, connectors.onedrive, 'One'), binding(ids.mail, connectors.outlook, 'Other'));
    assert.deepEqual(reported(texts), [[ids.mail, connectors.outlook, undefined]], 'the connector is the activity’s');
  });

  test('one fact where several say the same', () => {
    const twice = binding(ids.mail, connectors.outlook, 'Finance');
    assert.deepEqual(reported(bound(twice, twice, binding(ids.mail, null))), [[ids.mail, connectors.outlook, 'Finance']]);
  });

  test('a coded name only where the project has no other', () => {
    const coded = { '.project/CodedBindingsMetadata.json': codedBindings({ 'O365Mail.Finance_mail': [ids.mail, connectors.outlook] }) };
    assert.deepEqual(reported(coded), [[ids.mail, connectors.outlook, 'Finance_mail']]);
    assert.deepEqual(reported({ ...coded, ...bound(binding(ids.mail, null, 'Finance')) }), [[ids.mail, connectors.outlook, 'Finance']]);
  });

  test('nothing of an expression', () => {
    const content = [activity('Mail.GetNewestEmail', { ConnectionId: '[in_Connection]' })];
    const texts = bound(binding('in_Connection', connectors.onedrive, 'Finance', true));
    assert.deepEqual(reported(texts, content), [['in_connection', connectors.outlook, undefined]]);
  });
});
