/** Connector activities: what is read out of their packed configuration, and what is not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { limits } from '../../server/src/core/limits';
import { readConfiguration } from '../../server/src/core/project/connector-configuration';
import { nodeTools } from '../../server/src/workspace/node-tools';
import { analyzeTexts, options } from '../support/analyze';
import { configuration, connectorActivity, connectors, headerMark, httpActivity, pack } from '../support/bindings';
import { activity, automation, commentOut, ids } from '../support/workflow-builder';

const read = (content: unknown) => readConfiguration(pack(content), nodeTools);
const known = (connector: string | undefined, name?: string, request?: string) => ({ connector, name, request });

describe('a configuration', () => {
  const instance = (ConnectorKey: string) => ({ InstanceParameters: { ConnectorKey } });
  const preview = (Method: unknown, Url: unknown) => ({ RequestPreviewParameters: { Method, Url } });
  const cells: readonly (readonly [string, unknown, unknown])[] = [
    ['with all of it', { ...instance('uipath-microsoft-teams'), LocalizedActivityName: 'Send' }, known('uipath-microsoft-teams', 'Send')],
    ['with a key in capitals', instance('UiPath-Microsoft-Teams'), known('uipath-microsoft-teams')],
    ['in camel case', { instanceParameters: { connectorKey: 'a' }, localizedActivityName: 'b' }, known('a', 'b')],
    ['with a key at the top', { ConnectorKey: 'a' }, known('a')],
    ['without a key', { ConnectorName: 'Microsoft Teams' }, known(undefined)],
    ['with a key that is none', { InstanceParameters: { ConnectorKey: 7 } }, known(undefined)],
    ['with a request', { ...instance('a'), ...preview('get', '/me/messages') }, known('a', undefined, 'get /me/messages')],
    ['with a request to be filled in', { ...instance('a'), ...preview('GET', '/me/{{folder}}') }, known('a')],
    ['with a request that is put together', { ...instance('a'), ...preview('GET', '"/me/" + part') }, known('a')],
    ['with an expression in brackets', { ...instance('a'), ...preview('GET', '[url]') }, known('a')],
    ['with an expression as method', { ...instance('a'), ...preview('[method]', '/me') }, known('a')],
    ['with half a request', { ...instance('a'), ...preview('GET', null) }, known('a')],
    ['that is a list', [instance('a')], undefined],
    ['that is a text', '"uipath-microsoft-teams"', undefined],
    ['that is no JSON', 'uipath-microsoft-teams', undefined],
    ['that holds keys of objects', '{"__proto__":{"ConnectorKey":"a"},"constructor":1}', known(undefined)],
  ];
  for (const [name, content, expected] of cells) test(name, () => assert.deepEqual(read(content), expected));

  test('that is cut off or damaged is none', () => {
    const packed = configuration(connectors.teams);
    for (const text of [
      '',
      'H4sI',
      'AAAA',
      packed.slice(0, 40),
      `${packed.slice(0, 60)}!!`,
      Buffer.from('{}').toString('base64'),
      `[${packed}]`,
    ])
      assert.equal(readConfiguration(text, nodeTools), undefined, text);
  });

  test('with line breaks is read all the same', () => {
    const packed = configuration(connectors.teams).replaceAll(/(.{20})/g, '$1\n');
    assert.equal(typeof readConfiguration(packed, nodeTools), 'object');
  });

  test('in UTF-16 is read all the same', () => {
    const text = Buffer.from(JSON.stringify({ ConnectorKey: 'ä' }), 'utf16le');
    assert.deepEqual(readConfiguration(gzipSync(text).toString('base64'), nodeTools), known('ä'));
  });

  test('over a cap is not read', () => {
    assert.equal(readConfiguration('A'.repeat(limits.configuration + 1), nodeTools), 'too-large');
    assert.equal(read({ ConnectorKey: 'a', more: 'x'.repeat(limits.unpacked) }), 'too-large', 'a bomb');
    assert.equal(read(`{"ConnectorKey":"a","b":${'['.repeat(300)}${']'.repeat(300)}}`), 'too-large', 'too deep');
  });

  test('is unpacked once for a document', () => {
    let calls = 0;
    const gunzip = (bytes: Uint8Array) => {
      calls++;
      return nodeTools.gunzip(bytes);
    };
    const counting = { ...options, tools: { gunzip } };
    const texts = automation([connectorActivity(ids.other, configuration(connectors.teams))]);
    const { project } = analyzeTexts(texts, counting);
    assert.equal(calls, 1);
    assert.equal(project.connectorUses.length, 1);
    analyzeTexts(texts, counting, project.documents);
    assert.equal(calls, 1);
  });
});

const teams = connectorActivity(ids.other, configuration(connectors.teams));
const connectionsOf = (content: readonly string[], manifest?: object) =>
  analyzeTexts(automation(content, manifest)).connections.map(({ id, connector, required, open, uses }) => ({
    id,
    connector,
    required,
    open,
    users: uses.map(({ displayName }) => displayName),
  }));

describe('an activity of a connector that the catalogue knows', () => {
  test('is listed with its connection, by the name that Studio has for it', () => {
    assert.deepEqual(connectionsOf([teams]), [
      { id: ids.other, connector: connectors.teams, required: [], open: true, users: ['Send Channel Message'] },
    ]);
  });

  test('falls back to its display name, then to its type', () => {
    const packed = pack({ InstanceParameters: { ConnectorKey: connectors.teams } });
    for (const [attributes, name] of [
      [{ DisplayName: 'Tell them' }, 'Tell them'],
      [{}, 'ConnectorTriggerActivity'],
    ] as const)
      assert.deepEqual(
        connectionsOf([connectorActivity(ids.other, packed, attributes, 'ConnectorTriggerActivity')]).map(({ users }) => users),
        [[name]],
      );
  });

  test('does not count as a use, nor does one that is commented out', () => {
    const { project } = analyzeTexts(automation([teams, commentOut(teams)]));
    assert.equal(project.uses.length, 0);
    assert.equal(project.disabledUses.length, 0);
    assert.equal(project.connectorUses.length, 1);
  });

  test('shares a connection with the package’s own activities', () => {
    const http = httpActivity(ids.mail, connectors.outlook, 'POST', '/me/sendMail');
    const [found] = connectionsOf([activity('Mail.GetNewestEmail', { ConnectionId: ids.mail }), http]);
    assert.deepEqual(found?.required, ['Mail.Read', 'Mail.Send']);
    assert.deepEqual(found?.users, ['Get Newest Email', 'HTTP Request']);
  });

  for (const [name, connection, expected] of [
    ['an unknown GUID', ids.mail, ['unknown-connection', 'unused-connection']],
    ['the declared one', ids.other, []],
    ['an expression', '[connection]', []],
  ] as const)
    test(`is held against the manifest: ${name}`, () => {
      const declared = {
        connections: { teams: { connector: connectors.teams, id: ids.other, scopes: ['ChannelMessage.Send', 'Team.ReadBasic.All'] } },
      };
      const found = analyzeTexts(automation([connectorActivity(connection, configuration(connectors.teams))], declared));
      const rules = found.problems.map(({ rule }) => rule).filter((rule) => rule !== 'admin-consent' && rule !== 'unused-scope');
      assert.deepEqual(rules, expected);
    });

  test('makes its connection one of another connector where that is so', () => {
    const declared = { connections: { mail: { connector: connectors.outlook, id: ids.other } } };
    const [found, ...others] = analyzeTexts(automation([teams], declared)).problems;
    assert.deepEqual([found?.rule, others.length], ['connector-mismatch', 0]);
    assert.match(found?.message ?? '', /^Send Channel Message works with Microsoft Teams, and .* Outlook 365\.$/);
  });
});

describe('a request', () => {
  const cells: readonly (readonly [string, string, readonly string[], boolean])[] = [
    ['GET', 'https://graph.microsoft.com/v1.0/me/messages?$top=5', ['Mail.Read'], false],
    ['post', '/me/sendMail', ['Mail.Send'], false],
    ['GET', '/me/joinedTeams', ['Team.ReadBasic.All'], false],
    ['GET', '/teams/{id}/channels', ['Channel.ReadBasic.All'], false],
    ['GET', '/users', ['User.Read.All'], false],
    ['GET', '/groups', ['Group.Read.All'], false],
    ['GET', 'https://example.com/me/messages', [], true],
    ['GET', '/no/such/thing', [], true],
    ['GET', '[url]', [], true],
    ['[method]', '/me/messages', [], true],
    ['POST', '/$batch', [], true],
  ];
  for (const [method, url, required, open] of cells)
    test(`${method} ${url}`, () => {
      const { connections, project } = analyzeTexts(automation([httpActivity(ids.mail, connectors.outlook, method, url)]));
      assert.deepEqual(connections[0]?.required, required);
      assert.equal(project.connectorUses[0]?.open, open);
    });

  test('of an activity that makes none of its own does not count', () => {
    const packed = configuration(connectors.outlook, { RequestPreviewParameters: { Method: 'POST', Url: '/me/sendMail' } });
    const { project } = analyzeTexts(automation([connectorActivity(ids.mail, packed)]));
    assert.equal(project.connectorUses[0]?.open, true);
  });

  test('is compared with what the connection declares, and closes it', () => {
    const declared = { connections: { mail: { id: ids.mail, account: 'personal', scopes: ['Mail.Read', 'Files.Read'] } } };
    const { problems } = analyzeTexts(automation([httpActivity(ids.mail, connectors.outlook, 'POST', '/me/sendMail')], declared));
    assert.deepEqual(
      problems.map(({ rule, scopes }) => `${rule} ${scopes}`),
      ['missing-scope Mail.Send', 'unused-scope Mail.Read', 'unused-scope Files.Read'],
    );
  });

  test('shows nothing of its headers anywhere', () => {
    const found = analyzeTexts(automation([httpActivity(ids.mail, connectors.outlook, 'POST', '/me/sendMail')], { connections: {} }));
    const { problems, connections, project } = found;
    const told = JSON.stringify([
      problems,
      connections.map(({ uses, ...rest }) => [rest, uses.map(({ document, ...use }) => use)]),
      project.caps,
    ]);
    assert.ok(told.includes('HTTP Request'));
    assert.ok(!told.includes(headerMark));
  });
});

describe('an activity of another maker', () => {
  const packed = configuration(connectors.other);
  const declared = {
    connections: {
      crm: { connector: connectors.other, id: ids.other, account: 'personal', scopes: ['Mail.Read'] },
      mail: { connector: connectors.outlook, id: ids.mail, account: 'personal', scopes: ['Mail.Send'] },
    },
  };
  const rules = (content: readonly string[], manifest: object | undefined) =>
    analyzeTexts(automation(content, manifest)).problems.map(({ rule, connection }) => `${rule} ${connection}`);

  test('is silent without a manifest, and not listed', () => {
    assert.deepEqual(rules([connectorActivity(ids.other, packed)], undefined), []);
    assert.deepEqual(connectionsOf([connectorActivity(ids.other, packed)]), []);
  });

  test('keeps its connection from being unused, and what that needs is not known', () => {
    assert.deepEqual(rules([connectorActivity(ids.other, packed)], declared), ['unused-connection mail']);
  });

  test('with an expression keeps only those of its own connector', () => {
    assert.deepEqual(rules([connectorActivity('[connection]', packed)], declared), ['unused-connection mail']);
  });

  test('with a connection that nobody declares is silent', () => {
    assert.deepEqual(rules([connectorActivity(ids.files, packed)], { connections: {} }), []);
  });
});

test('a configuration over the cap is told, and the activity is open', () => {
  const declared = { connections: { mail: { id: ids.mail, account: 'personal', scopes: ['Mail.Send'] } } };
  const packed = configuration(connectors.outlook, { more: 'x'.repeat(limits.unpacked) });
  const { problems } = analyzeTexts(automation([connectorActivity(ids.mail, packed)], declared));
  assert.deepEqual(
    problems.map(({ rule, severity }) => `${rule} ${severity}`),
    ['limit information'],
  );
  assert.match(problems[0]?.message ?? '', /over the limit \(1024 kB, 4 MB unpacked\)/);
});
