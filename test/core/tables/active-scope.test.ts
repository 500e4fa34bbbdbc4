/** Holds the rules on sign-in to silence where a scope's own fields do not decide its sign-in, and to the two exceptions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  automation,
  commentedOut,
  ownClientId,
  type Properties,
  type ScopeParts,
  scope,
  secretMark,
  tenantGuid,
  workflow,
} from '../../support/scope-builder';
import { findings, findingsAndFixes } from '../../support/sign-in-findings';

/** Around every scope: a background process, and an own app that can do nothing. */
const around = {
  project: { targetFramework: 'Windows', requiresUserInteraction: false, outputType: 'Process' },
  manifest: { apps: { intake: { clientId: ownClientId, audience: 'single-tenant', redirectUris: {} } } },
};
const found = (activities: string) => findings(automation({ ...around, workflow: workflow(activities) }));

interface Loaded {
  readonly type: string;
  readonly attributes: Properties;
  /** What is said of it where it is active. */
  readonly active: readonly string[];
}

const user = { Username: 'robot@contoso.com', Password: `${secretMark}-password` };
const unattended = 'unattended-interactive warning';
const loaded: readonly Loaded[] = [
  {
    type: 'InteractiveToken, UiPath',
    attributes: { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath', TenantId: tenantGuid, ...user },
    active: ['auth-forbidden-field warning', 'tenant-unneeded warning', unattended],
  },
  {
    type: 'InteractiveToken, own app',
    attributes: { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: ownClientId, ...user },
    active: ['auth-forbidden-field warning', 'redirect-uri warning', 'tenant-missing error', unattended],
  },
  {
    type: 'IntegratedWindowsAuthentication',
    attributes: { AuthenticationType: 'IntegratedWindowsAuthentication', OAuthApplication: 'Custom', ...user },
    active: ['auth-forbidden-field information', 'auth-missing-field error', 'legacy-auth warning', 'tenant-missing error'],
  },
  {
    type: 'UsernameAndPassword',
    attributes: { AuthenticationType: 'UsernameAndPassword', ApplicationId: ownClientId, ...user, SecurePassword: '[in_Password]' },
    active: ['auth-exclusive-fields error', 'legacy-auth warning', 'tenant-missing error'],
  },
  {
    type: 'ApplicationIdAndSecret',
    attributes: { AuthenticationType: 'ApplicationIdAndSecret', ApplicationId: ownClientId, ...user },
    active: ['auth-forbidden-field information', 'auth-missing-field error', 'tenant-missing error'],
  },
  {
    type: 'ApplicationIdAndCertificate',
    attributes: { AuthenticationType: 'ApplicationIdAndCertificate', ApplicationId: ownClientId, ...user },
    active: ['auth-forbidden-field information', 'auth-missing-field error', 'tenant-missing error'],
  },
];

const make = (attributes: Properties, parts: Omit<ScopeParts, 'attributes'> = {}) => scope({ attributes, ...parts });
const backupSlot = (content: string) => `<usau:BackupSlot x:TypeArguments="x:Object" StoredValue="{x:Null}"><usau:BackupSlot.BackupValues>
${content}
</usau:BackupSlot.BackupValues></usau:BackupSlot>`;

/** Ways to write a scope whose fields decide the sign-in. */
const active: readonly [string, (attributes: Properties) => string][] = [
  ['as it is', (attributes) => make(attributes)],
  ['ConfigLocation PropertiesPanel', (attributes) => make({ ...attributes, ConfigLocation: 'PropertiesPanel' })],
  ['UseConnectionService False', (attributes) => make({ ...attributes, UseConnectionService: 'False' })],
  ['UseConnectionService null', (attributes) => make({ ...attributes, UseConnectionService: '{x:Null}' })],
  ['a connection that it does not use', (attributes) => make({ ...attributes, UseConnectionService: 'False', ConnectionId: tenantGuid })],
  ['an asset that it does not use', (attributes) => make({ ...attributes, ConfigLocation: 'PropertiesPanel', BrowserItemId: '42' })],
  ['beside a copy in CommentOut', (attributes) => `${commentedOut(make(attributes))}\n${make(attributes)}`],
  ['with its activities in CommentOut', (attributes) => make(attributes, { activities: commentedOut('<umam:SendMail To="[to]" />') })],
  ['without an activity', (attributes) => make(attributes, { activities: '' })],
  ['without a list', (attributes) => make(attributes, { scopes: [] })],
];

/** Ways to write one whose fields do not, or nobody knows. */
const inactive: readonly [string, (attributes: Properties) => string][] = [
  ['in CommentOut', (attributes) => commentedOut(make(attributes))],
  ['in CommentOut in CommentOut', (attributes) => commentedOut(commentedOut(make(attributes)))],
  [
    'in CommentOut of a scope',
    (attributes) =>
      make({ AuthenticationType: 'IntegrationService', ConnectionId: tenantGuid }, { activities: commentedOut(make(attributes)) }),
  ],
  [
    'the asset decides',
    (attributes) => make({ ...attributes, ConfigLocation: 'OrchestratorAsset', BrowserItemFullPath: 'Shared/Settings' }),
  ],
  ['the connection decides', (attributes) => make({ ...attributes, UseConnectionService: 'True', ConnectionId: tenantGuid })],
  ['the connection decides, none is named', (attributes) => make({ ...attributes, UseConnectionService: 'True' })],
  ['the connection decides, in small letters', (attributes) => make({ ...attributes, UseConnectionService: 'true' })],
  ['the connection decides, as an element', (attributes) => make(attributes, { children: { UseConnectionService: 'True' } })],
  [
    'the type is IntegrationService',
    (attributes) => make({ ...attributes, AuthenticationType: 'IntegrationService', ConnectionId: tenantGuid }),
  ],
  ['the type is an expression', (attributes) => make({ ...attributes, AuthenticationType: '[how]' })],
  ['the place is an expression', (attributes) => make({ ...attributes, ConfigLocation: '[where]' })],
  ['the connection is an expression', (attributes) => make({ ...attributes, UseConnectionService: '[useIt]' })],
  ['the connection is an expression that is True', (attributes) => make({ ...attributes, UseConnectionService: '[True]' })],
  ['in a BackupSlot', (attributes) => `<WriteLine><WriteLine.Text>${backupSlot(make(attributes))}</WriteLine.Text></WriteLine>`],
  [
    'of another package',
    (attributes) =>
      `<Sequence xmlns:ita="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=Impower.Office365.Activities">${make(attributes, { prefix: 'ita' })}</Sequence>`,
  ],
];

describe('a scope whose own fields decide', () => {
  for (const { type, attributes, active: expected } of loaded) {
    for (const [name, write] of active) test(`${type}: ${name}`, () => assert.deepEqual(found(write(attributes)), expected));
  }
});

describe('a scope whose own fields do not decide', () => {
  for (const { type, attributes } of loaded) {
    for (const [name, write] of inactive) test(`${type}: ${name}`, () => assert.deepEqual(found(write(attributes)), []));
  }
});

const missing = ['auth-missing-field error'];
const fixedAndFound = (activities: string) => findingsAndFixes(automation({ workflow: workflow(activities) }));
const items = ['BrowserItemId', 'BrowserItemFullPath', 'BrowserRuntimeItemId', 'ManualRuntimeItemFullPath'] as const;

describe('an asset that nothing names', () => {
  const asset = { ConfigLocation: 'OrchestratorAsset' };
  const none = Object.fromEntries(items.map((item) => [item, '{x:Null}']));
  const cases: readonly [string, string, readonly string[]][] = [
    ['no item', make(asset), missing],
    ['every item null', make({ ...asset, ...none }), missing],
    ['every item nothing', make({ ...asset, BrowserItemId: '', BrowserItemFullPath: '[Nothing]', BrowserRuntimeItemId: '[""]' }), missing],
    ['a friendly name only', make({ ...asset, BrowserItemFriendlyName: 'Settings', BrowserParentItemId: '7' }), missing],
    [
      'items in a BackupSlot only',
      make(asset, { children: { RuntimeItemFullPathBackup: backupSlot(`<x:String x:Key="Browse">Shared</x:String>`) } }),
      missing,
    ],
    [
      'an item that a BackupSlot keeps',
      make(asset, {
        children: {
          RuntimeItemFullPathBackup: backupSlot(
            '<uma:Office365ApplicationScope.BrowserItemId>42</uma:Office365ApplicationScope.BrowserItemId>',
          ),
        },
      }),
      missing,
    ],
    ['whatever the type is', make({ ...asset, AuthenticationType: 'ApplicationIdAndSecret', ...none }), missing],
    ['in CommentOut', commentedOut(make(asset)), []],
    ...items.flatMap((item): [string, string, readonly string[]][] => [
      [`${item} set`, make({ ...asset, ...none, [item]: 'Shared/Settings' }), []],
      [`${item} by expression`, make({ ...asset, ...none, [item]: '[in_Asset]' }), []],
      [`${item} as an element`, make(asset, { children: { [item]: '<InArgument x:TypeArguments="x:String">42</InArgument>' } }), []],
    ]),
  ];
  for (const [name, activities, expected] of cases) test(name, () => assert.deepEqual(fixedAndFound(activities), expected));
});

describe('an Integration Service scope that names no connection', () => {
  const service = { AuthenticationType: 'IntegrationService' };
  const cases: readonly [string, string, readonly string[]][] = [
    ['no connection', make(service), missing],
    ['null', make({ ...service, ConnectionId: '{x:Null}' }), missing],
    ['nothing', make({ ...service, ConnectionId: '' }), missing],
    ['an empty element', make(service, { children: { ConnectionId: '<InArgument x:TypeArguments="x:String" />' } }), missing],
    ['UseConnectionService True', make({ ...service, UseConnectionService: 'True' }), missing],
    ['an account name only', make({ ...service, ConnectionAccountName: 'robot@contoso.com' }), missing],
    ['a connection', make({ ...service, ConnectionId: tenantGuid }), []],
    ['a connection by expression', make({ ...service, ConnectionId: '[in_Connection]' }), []],
    ['in CommentOut', commentedOut(make(service)), []],
  ];
  for (const [name, activities, expected] of cases) test(name, () => assert.deepEqual(fixedAndFound(activities), expected));
});

test('what a BackupSlot keeps is no value of the scope', () => {
  const kept = (name: string, value: string) => `<uma:Office365ApplicationScope.${name}>${value}</uma:Office365ApplicationScope.${name}>`;
  const children = {
    AuthenticationBackup: backupSlot(['Username', 'Password', 'TenantId'].map((name) => kept(name, secretMark)).join('\n')),
  };
  assert.deepEqual(fixedAndFound(make({ AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' }, { children })), []);
  const secret = { AuthenticationType: 'ApplicationIdAndSecret', ApplicationId: ownClientId, ApplicationSecret: '[in_Secret]' };
  assert.deepEqual(fixedAndFound(make(secret, { children })), ['tenant-missing error']);
});
