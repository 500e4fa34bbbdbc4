/** Says which values in a list of scopes are no scope at all, and that the preferred fix makes some of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyzeTexts } from '../../support/analyze';
import { type Cell, findingsOf, mended, testCells } from '../../support/findings';
import { type Attributes, activity, commentedOut, connectionProject, project, scope } from '../../support/project-builder';

const rule = 'scope-syntax';
const errors = (count: number) => Array.from({ length: count }, () => `${rule} error`);

const inWorkflow = (scopes: readonly string[], attributes: Attributes = {}): Cell['files'] =>
  project({ content: scope({ attributes, scopes, body: activity('Mail.GetMail') }) });
const inManifest = (scopes: readonly string[], rest: object = {}): Cell['files'] =>
  connectionProject({ authentication: 'byo-app', scopes, ...rest });

/** Lists, how many values in them are malformed, and the names that are declared once those are mended. */
const lists: readonly [readonly string[], number, string][] = [
  [['Mail.Read'], 0, 'Mail.Read'],
  [['Mail.Read', 'Mail.Send'], 0, 'Mail.Read Mail.Send'],
  [['Mail.Read Mail.Send'], 1, 'Mail.Read Mail.Send'],
  [['Mail.Read,Mail.Send'], 1, 'Mail.Read Mail.Send'],
  [['Mail.Read, Mail.Send'], 1, 'Mail.Read Mail.Send'],
  [['mail.read mail.send'], 1, 'Mail.Read Mail.Send'],
  [['offline_access Mail.Read Files.Read.All'], 1, 'Files.Read.All Mail.Read offline_access'],
  [['Mail.Read Mail.Send', 'Files.Read,User.Read'], 2, 'Files.Read Mail.Read Mail.Send User.Read'],
  [['Files.Read', 'Mail.Read Mail.Send'], 1, 'Files.Read Mail.Read Mail.Send'],
  [['https://graph.microsoft.com/Mail.Read'], 0, 'Mail.Read'],
  [['https://graph.microsoft.com//Mail.Read'], 0, 'Mail.Read'],
  [['00000003-0000-0000-c000-000000000000/Mail.Read'], 0, 'Mail.Read'],
  [['https://outlook.office365.com/EWS.AccessAsUser.All'], 0, 'EWS.AccessAsUser.All'],
  [['https://outlook.office.com/EWS.AccessAsUser.All'], 0, 'EWS.AccessAsUser.All'],
  [['https://graph.microsoft.us/Mail.Read'], 1, 'Mail.Read'],
  [['https://dod-graph.microsoft.us/Mail.Read', 'https://microsoftgraph.chinacloudapi.cn/Mail.Send'], 2, 'Mail.Read Mail.Send'],
];

const places = { 'a connection': inManifest, 'a workflow': inWorkflow };

testCells(
  rule,
  lists.flatMap(([scopes, count]) =>
    Object.entries(places).map(
      ([place, make]): Cell => ({
        name: `${place} declares ${JSON.stringify(scopes)}`,
        files: make(scopes),
        expected: errors(count),
      }),
    ),
  ),
);

/** What the neighbouring rule says: a malformed value is never unknown as well. */
const unknownIn = (files: Cell['files']) => findingsOf('unknown-scope', files).map(({ message }) => message);

for (const [scopes, , names] of lists) {
  for (const [place, make] of Object.entries(places)) {
    test(`${rule}: ${place} declares ${JSON.stringify(scopes)}: never unknown, and mended it reads as it should`, () => {
      assert.deepEqual(unknownIn(make(scopes)), []);
      const files = mended(rule, make(scopes));
      assert.deepEqual(unknownIn(files), []);
      const [assessment] = analyzeTexts(files).assessments;
      assert.deepEqual([...(assessment?.declared ?? [])].sort(), names.split(' '));
    });
  }
}

test(`${rule}: a list that is as it should be stays as it is`, () => {
  for (const [scopes, count] of lists) if (count === 0) assert.deepEqual(mended(rule, inManifest(scopes)), inManifest(scopes));
});

/** What `.default` stands beside, and whether that is one value too many. Either way it is one finding. */
const besides: readonly [readonly string[], boolean][] = [
  [[], false],
  [['openid'], false],
  [['profile'], false],
  [['email'], false],
  [['offline_access'], false],
  [['openid', 'profile', 'email', 'offline_access'], false],
  [['OFFLINE_ACCESS'], false],
  [['Mail.Read'], true],
  [['User.Read'], true],
  [['offline_access', 'Mail.Read'], true],
  [['Mail.Read', 'Mail.Send'], true],
];
const defaults = [
  'https://graph.microsoft.com/.default',
  'https://graph.microsoft.com//.default',
  '00000003-0000-0000-c000-000000000000/.default',
  'https://graph.microsoft.com/.DEFAULT',
];

testCells(
  rule,
  defaults.flatMap((value) =>
    besides.flatMap(([others, isMixed]): Cell[] => [
      {
        name: `a connection declares ${[value, ...others].join(', ')}`,
        files: inManifest([value, ...others]),
        expected: errors(isMixed ? 1 : 0),
      },
      {
        name: `a workflow declares ${[...others, value].join(', ')}`,
        files: inWorkflow([...others, value]),
        expected: errors(isMixed ? 1 : 0),
      },
    ]),
  ),
);

// Names that are not enough for the activity would be missing without it: then nothing is mended unasked.
for (const [others] of besides.filter(([names, isMixed]) => isMixed && names.includes('Mail.Read'))) {
  test(`${rule}: .default beside ${others.join(', ')}: mended it is one or the other`, () => {
    for (const make of [inManifest, inWorkflow]) {
      const files = mended(rule, make(['https://graph.microsoft.com/.default', ...others]));
      assert.deepEqual(unknownIn(files), []);
    }
  });
}

/** Hosts of Microsoft Graph by the cloud they belong to. */
const hosts: Readonly<Record<string, string>> = {
  office365: 'https://graph.microsoft.com',
  'us-gov-l4': 'https://graph.microsoft.us',
  'us-gov-l5': 'https://dod-graph.microsoft.us',
  china: 'https://microsoftgraph.chinacloudapi.cn',
};
/** Clouds of a workflow by how it writes them; undefined: nobody knows. */
const environments: Readonly<Record<string, string | undefined>> = {
  absent: 'office365',
  Default: 'office365',
  Global: 'office365',
  USGovernment: 'us-gov-l4',
  USGovernmentDOD: 'us-gov-l5',
  China: 'china',
  '[environment]': undefined,
};

testCells(
  rule,
  Object.entries(hosts).flatMap(([owner, host]) =>
    ['Mail.Read', 'mail.read', '.default'].flatMap((name): Cell[] => [
      ...Object.entries(environments).map(([environment, cloud]) => ({
        name: `workflow in ${environment} declares ${host}/${name}`,
        files: inWorkflow([`${host}/${name}`], environment === 'absent' ? {} : { Environment: environment }),
        expected: errors(cloud === undefined || cloud === owner ? 0 : 1),
      })),
      ...['absent', ...Object.keys(hosts)].flatMap((cloud) => {
        const expected = errors((cloud === 'absent' ? 'office365' : cloud) === owner ? 0 : 1);
        const environment = cloud === 'absent' ? {} : { environment: cloud };
        const list = { authentication: 'byo-app', scopes: [`${host}/${name}`] };
        return [
          { name: `connection in ${cloud} declares ${host}/${name}`, files: connectionProject({ ...list, ...environment }), expected },
          { name: `manifest for ${cloud} declares ${host}/${name}`, files: connectionProject(list, '', environment), expected },
        ];
      }),
    ]),
  ),
);

testCells(
  rule,
  Object.keys(hosts).flatMap((environment): Cell[] => [
    { name: `in ${environment}: a name alone`, files: inManifest(['Mail.Read'], { environment }), expected: [] },
    {
      name: `in ${environment}: the id of Microsoft Graph`,
      files: inManifest(['00000003-0000-0000-c000-000000000000/Mail.Read'], { environment }),
      expected: [],
    },
  ]),
);

/** Where a list has no effect, nothing is said about how it is written. */
const malformed = ['Mail.Read Mail.Send', 'https://graph.microsoft.us/Files.Read'];

testCells(rule, [
  ...['ApplicationIdAndSecret', 'ApplicationIdAndCertificate'].map(
    (AuthenticationType): Cell => ({ name: AuthenticationType, files: inWorkflow(malformed, { AuthenticationType }), expected: [] }),
  ),
  { name: 'an asset signs in', files: inWorkflow(malformed, { ConfigLocation: 'OrchestratorAsset' }), expected: [] },
  { name: 'commented out', files: project({ content: commentedOut(scope({ scopes: malformed })) }), expected: [] },
  { name: 'a list with an expression', files: inWorkflow(['[more]', ...malformed]), expected: errors(2) },
  {
    name: 'permissions of an application',
    files: inManifest(malformed, { authentication: 'oauth-client-credentials' }),
    expected: errors(2),
  },
  ...['Files, Mail', 'Mail,Shared'].map(
    (Services): Cell => ({ name: `Services ${Services}`, files: project({ content: scope({ attributes: { Services } }) }), expected: [] }),
  ),
]);
