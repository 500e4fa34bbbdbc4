/** Studio's table of connections where part of it is missing, or written another way: what a name stands for is known all the same. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyzeTexts, openText } from '../support/analyze';
import { coded, ids, inProject, manifestOf, projectJson, studioFiles, toldCalls, useParser } from '../support/coded-builder';

useParser();

const factoryPath = '.codedworkflows/ConnectionsFactory.cs';
const managerPath = '.codedworkflows/ConnectionsManager.cs';
const { [factoryPath]: factory = '', [managerPath]: manager = '' } = studioFiles();
const type = 'UiPath.MicrosoftOffice365.Activities.Api.MailConnection';
const mailFactory = (members: string, head = 'public class O365MailFactory') => `namespace Robot { ${head} { ${members} } }`;
const made = `new ${type}("${ids.robot}", resolver)`;

const reads = coded('var mail = office365.Mail(connections.O365Mail.Robot); mail.GetEmails();');
const calls = (generated: Readonly<Record<string, string>>, main = reads) =>
  toldCalls(analyzeTexts(inProject({ 'project.json': projectJson, 'm365-automation.json': manifestOf(), ...generated, 'Main.cs': main })));

const robot = ['Mail.GetEmails robot'];
const unknown = ['Mail.GetEmails [connections.O365Mail.Robot]'];

const rows: Readonly<Record<string, readonly [generated: Readonly<Record<string, string>>, expected: readonly string[]]>> = {
  'both files': [{ [factoryPath]: factory, [managerPath]: manager }, robot],
  'the factories alone': [{ [factoryPath]: factory }, robot],
  'the manager does not name the part': [{ [factoryPath]: factory, [managerPath]: 'public class ConnectionsManager { }' }, robot],
  'the manager is damaged': [{ [factoryPath]: factory, [managerPath]: 'public class {' }, robot],
  'a factory without a namespace': [
    { [factoryPath]: mailFactory(`public ${type} Robot => ${made};`).slice('namespace Robot { '.length, -2) },
    robot,
  ],
  'a property with its value': [
    { [factoryPath]: mailFactory(`public ${type} Robot { get; } = new ${type}("${ids.robot}", null);`) },
    robot,
  ],
  'a property that makes it': [{ [factoryPath]: mailFactory(`public ${type} Robot { get { return ${made}; } }`) }, robot],
  'a property that makes it, in short': [{ [factoryPath]: mailFactory(`public ${type} Robot { get => ${made}; }`) }, robot],
  'a type that is not repeated': [{ [factoryPath]: mailFactory(`public ${type} Robot => new("${ids.robot}", resolver);`) }, robot],
  'a field': [{ [factoryPath]: mailFactory(`public readonly ${type} Robot = ${made};`) }, robot],
  'a value of this': [
    { [factoryPath]: mailFactory(`public ${type} Robot { get; set; } public O365MailFactory(object resolver) { this.Robot = ${made}; }`) },
    robot,
  ],
  'not public': [
    { [factoryPath]: mailFactory(`internal ${type} Robot => ${made};`, 'internal sealed partial class O365MailFactory') },
    robot,
  ],
  'another connection alone': [{ [factoryPath]: mailFactory(`public ${type} Team => ${made};`) }, unknown],
  'the factory of another part': [{ [factoryPath]: mailFactory(`public ${type} Robot => ${made};`, 'public class ExcelFactory') }, unknown],
  'nothing at all': [{}, unknown],
};

const metadata = (key: string, id: string, isExpression = false) => ({
  [key]: { Resource: 'Connection', Key: id, Value: { ConnectionId: { DefaultValue: id, IsExpression: isExpression } }, Metadata: null },
});
const metadataPath = '.project/CodedBindingsMetadata.json';
const told = (...entries: readonly object[]) => ({ [metadataPath]: JSON.stringify(Object.assign({}, ...entries)) });

const byMetadata: typeof rows = {
  'none of the classes': [told(metadata('O365Mail.Robot', ids.robot)), robot],
  'the manager alone': [{ ...told(metadata('O365Mail.Robot', ids.robot)), [managerPath]: manager }, robot],
  'a factory that is older': [
    { ...told(metadata('O365Mail.Robot', ids.robot)), [factoryPath]: mailFactory(`public ${type} Team => ${made};`) },
    robot,
  ],
  'a factory that says another': [{ ...told(metadata('O365Mail.Robot', ids.team)), [factoryPath]: factory }, robot],
  'a GUID in capitals': [told(metadata('O365Mail.Robot', ids.robot.toUpperCase())), robot],
  'another part': [told(metadata('OneDrive.Robot', ids.robot)), unknown],
  'another name': [told(metadata('O365Mail.robot', ids.robot)), unknown],
  'an expression': [told(metadata('O365Mail.Robot', ids.robot, true)), unknown],
  'no GUID': [told(metadata('O365Mail.Robot', 'Robot')), unknown],
  'no part': [told(metadata('Robot', ids.robot)), unknown],
  'nothing in it': [{ [metadataPath]: '{ "O365Mail.Robot": null }' }, unknown],
  'two that disagree': [
    { ...told(metadata('O365Mail.Robot', ids.robot)), [`a/${metadataPath}`]: JSON.stringify(metadata('O365Mail.Robot', ids.team)) },
    unknown,
  ],
};

describe('where Studio’s classes do not say it, its metadata does', () => {
  for (const [name, [generated, expected]] of Object.entries(byMetadata)) test(name, () => assert.deepEqual(calls(generated), expected));

  test('and a change of it counts at once', () => {
    const textOf = (id: string) => JSON.stringify(metadata('O365Mail.Robot', id));
    const before = analyzeTexts(inProject({ 'project.json': projectJson, [metadataPath]: textOf(ids.robot), 'Main.cs': reads }));
    const changed = openText(`/project/${metadataPath}`, textOf(ids.team));
    const documents = before.project.documents.map((document) => (document.path === changed.path ? changed : document));
    const after = analyzeTexts(new Map(), undefined, documents);
    assert.deepEqual([toldCalls(before), toldCalls(after)], [robot, ['Mail.GetEmails team']]);
  });
});

describe('what a name in the table stands for', () => {
  for (const [name, [generated, expected]] of Object.entries(rows)) test(name, () => assert.deepEqual(calls(generated), expected));

  test('what lists every connection is no use of any', () => assert.deepEqual(calls({ [factoryPath]: factory }, coded('')), []));
});
