/** Says what a connection with an own app lacks to be made, and to last. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, mended, shownWithScopes, testCells } from '../../support/findings';
import { connectionProject, paths } from '../../support/project-builder';

const rule = 'connection-minimum';
const lacks = (names: string) => (names === '' ? [] : [`${rule} warning ${names.split(' ').sort().join(',')}`]);

/** What each connector cannot do without; absent: no connector is named. */
const minimum: Readonly<Record<string, string>> = {
  absent: 'offline_access',
  'uipath-microsoft-outlook365': 'offline_access',
  'uipath-microsoft-365': 'offline_access',
  'uipath-microsoft-onedrive': 'openid offline_access email Files.Read',
  'uipath-microsoft-teams': 'openid offline_access User.Read',
};
const ofConnector = (connector: string) => (connector === 'absent' ? {} : { connector });

/** Lists as they are written, and the names they hold. */
const lists: readonly [readonly string[], string][] = [
  [['Mail.Read'], 'Mail.Read'],
  [['offline_access'], 'offline_access'],
  [['OFFLINE_ACCESS', 'Mail.Read'], 'offline_access Mail.Read'],
  [['openid', 'offline_access'], 'openid offline_access'],
  [['openid', 'offline_access', 'email', 'Files.Read'], 'openid offline_access email Files.Read'],
  [['openid', 'offline_access', 'email', 'https://graph.microsoft.com/files.read'], 'openid offline_access email Files.Read'],
  [['openid', 'offline_access', 'User.Read', 'Chat.ReadWrite'], 'openid offline_access User.Read'],
  [['openid', 'profile', 'email', 'User.Read', 'Files.Read'], 'openid profile email User.Read Files.Read'],
  [['openid', 'profile', 'email', 'offline_access', 'User.Read', 'Files.Read'], 'openid profile email offline_access User.Read Files.Read'],
  [['Mail.Raed'], ''],
];

testCells(
  rule,
  Object.entries(minimum).flatMap(([connector, needed]) =>
    lists.map(
      ([scopes, held]): Cell => ({
        name: `${connector} declares ${scopes.join(', ')}`,
        files: connectionProject({ ...ofConnector(connector), authentication: 'byo-app', scopes }),
        expected: lacks(
          needed
            .split(' ')
            .filter((name) => !held.split(' ').includes(name))
            .join(' '),
        ),
      }),
    ),
  ),
  shownWithScopes,
);

const graph = 'https://graph.microsoft.com/.default';

/** Other sign-ins, and lists that say nothing. */
testCells(
  rule,
  Object.keys(minimum).flatMap((connector): Cell[] => [
    ...[
      undefined,
      'interactive-token',
      'username-password',
      'client-secret',
      'oauth-authorization-code',
      'oauth-client-credentials',
      'oauth-client-certificate',
    ].map((authentication) => ({
      name: `${connector}, ${authentication ?? 'no type'}`,
      files: connectionProject({ ...ofConnector(connector), ...(authentication ? { authentication } : {}), scopes: ['Mail.Read'] }),
      expected: [],
    })),
    ...[undefined, [], [graph], [graph, 'openid']].map((scopes) => ({
      name: `${connector}, ${JSON.stringify(scopes ?? 'no list')}`,
      files: connectionProject({ ...ofConnector(connector), authentication: 'byo-app', ...(scopes ? { scopes } : {}) }),
      expected: [],
    })),
  ]),
  shownWithScopes,
);

for (const [connector, needed] of Object.entries(minimum)) {
  for (const scopes of [['Mail.Read'], ['Mail.Read', 'openid']]) {
    test(`${rule}: the preferred fix adds what ${connector} lacks beside ${scopes.join(', ')}`, () => {
      const files = mended(rule, connectionProject({ ...ofConnector(connector), authentication: 'byo-app', scopes }));
      const { connections } = JSON.parse(files.get(paths.manifest) ?? '') as { connections: { robot: { scopes: string[] } } };
      assert.deepEqual(
        connections.robot.scopes.map((name) => name.toLowerCase()).sort(),
        [...new Set([...scopes, ...needed.split(' ')].map((name) => name.toLowerCase()))].sort(),
      );
    });
  }
}
