/** Holds every spelling of nothing, a literal and an expression to the same answer in every field that a rule on sign-in reads. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automation, ownClientId, type Properties, publicClientId, scope, tenantGuid, workflow } from '../../support/scope-builder';
import { findings } from '../../support/sign-in-findings';

type Kind = 'empty' | 'literal' | 'expression';
/** An attribute, or the raw content of a property element. */
interface Spelling {
  readonly attribute?: string;
  readonly child?: string;
}

const text = 'contoso.onmicrosoft.com';
const open = '<InArgument x:TypeArguments="x:String"';
const inArgument = (content: string) => `${open}>${content}</InArgument>`;
const csharp = (expression: string) => inArgument(`<mca:CSharpValue x:TypeArguments="x:String">${expression}</mca:CSharpValue>`);
const basic = (expression: string) => inArgument(`<mva:VisualBasicValue x:TypeArguments="x:String" ExpressionText="${expression}" />`);
const literal = (value: string) => inArgument(`<Literal x:TypeArguments="x:String" Value="${value}" />`);
const attributes = (...values: string[]): Spelling[] => values.map((attribute) => ({ attribute }));
const children = (...values: string[]): Spelling[] => values.map((child) => ({ child }));

const spellings: Readonly<Record<Kind, readonly Spelling[]>> = {
  empty: [
    {},
    ...attributes('{x:Null}', '', '[Nothing]', '[nothing]', '[null]', '[""]', '[String.Empty]', '[string.Empty]', '[ Nothing ]'),
    ...children(`${open} />`, inArgument(''), inArgument('\n    '), literal(''), '<x:Null />', inArgument('[Nothing]'), inArgument('[""]')),
    ...children(csharp('null'), csharp('""'), csharp('string.Empty'), basic('Nothing'), basic('&quot;&quot;'), basic('String.Empty')),
    ...children('', '<Literal x:TypeArguments="x:String" Value="" />'),
  ],
  literal: [
    ...attributes(text, `["${text}"]`, `[ "${text}" ]`, ` ${text} `, '[in_Text]', '[in_Quoted]', '{x:Reference __ReferenceText}'),
    ...children(text, inArgument(text), inArgument(`\n    ${text}\n  `), inArgument(`["${text}"]`), literal(text), csharp(`"${text}"`)),
    ...children(basic(`&quot;${text}&quot;`), inArgument('[in_Text]'), csharp('in_Text'), basic('in_Text')),
    ...children('<x:Reference>__ReferenceText</x:Reference>'),
  ],
  expression: [
    ...attributes(
      '[tenant]',
      '[in_Other]',
      '[in_Text.Trim]',
      '[in_Text + ""]',
      '["con" + "toso"]',
      '["con" & suffix]',
      '[Config("Text").ToString]',
    ),
    ...attributes('{x:Reference __ReferenceExpression}', '[If(isTest, "a", "b")]'),
    ...children(
      inArgument('[tenant]'),
      csharp('tenant'),
      csharp('"con" + "toso"'),
      csharp('$"{tenant}"'),
      basic('tenant'),
      basic('in_Other'),
    ),
    ...children('<x:Reference>__ReferenceExpression</x:Reference>'),
  ],
};

/** Arguments with defaults, of which one is declared without; what `{x:Reference}` names stands on another activity. */
const root: Properties = { 'this:Main.in_Text': text, 'this:Main.in_Quoted': `["${text}"]` };
const named = `<WriteLine><WriteLine.Text>
  <InArgument x:TypeArguments="x:String" x:Name="__ReferenceText">${text}</InArgument>
</WriteLine.Text></WriteLine>
<WriteLine><WriteLine.Text>
  <InArgument x:TypeArguments="x:String" x:Name="__ReferenceExpression">[tenant]</InArgument>
</WriteLine.Text></WriteLine>`;

interface Witness {
  readonly field: string;
  readonly others: Properties;
  readonly says: Readonly<Record<Kind, readonly string[]>>;
}

const required = { empty: ['auth-missing-field error'], literal: [], expression: [] };
const unneeded = { empty: [], literal: ['tenant-unneeded warning'], expression: ['tenant-unneeded information'] };
const forbidden = { empty: [], literal: ['auth-forbidden-field warning'], expression: ['auth-forbidden-field warning'] };
const ignored = { empty: [], literal: ['auth-forbidden-field information'], expression: ['auth-forbidden-field information'] };
const publicApp = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' };
const secretApp = {
  AuthenticationType: 'ApplicationIdAndSecret',
  ApplicationId: ownClientId,
  ApplicationSecret: '[in_Secret]',
  TenantId: tenantGuid,
};
const asset = { ConfigLocation: 'OrchestratorAsset' };
const missingTenant = { empty: ['tenant-missing error'], literal: [], expression: [] };

const witnesses: readonly Witness[] = [
  { field: 'TenantId', others: publicApp, says: unneeded },
  { field: 'Tenant', others: publicApp, says: unneeded },
  { field: 'TenantId', others: { ...secretApp, TenantId: undefined }, says: missingTenant },
  { field: 'Tenant', others: { ...secretApp, TenantId: undefined }, says: missingTenant },
  { field: 'ApplicationId', others: { ...publicApp, OAuthApplication: 'Custom' }, says: required },
  { field: 'ApplicationId', others: secretApp, says: required },
  { field: 'ApplicationSecret', others: { ...secretApp, ApplicationSecret: undefined }, says: required },
  { field: 'SecureApplicationSecret', others: { ...secretApp, ApplicationSecret: undefined }, says: required },
  { field: 'Username', others: publicApp, says: forbidden },
  { field: 'CertificateAsBase64', others: secretApp, says: ignored },
  { field: 'ConnectionId', others: { AuthenticationType: 'IntegrationService' }, says: required },
  { field: 'BrowserItemId', others: asset, says: required },
  { field: 'BrowserItemFullPath', others: asset, says: required },
  { field: 'BrowserRuntimeItemId', others: asset, says: required },
  { field: 'ManualRuntimeItemFullPath', others: asset, says: required },
];

for (const kind of ['empty', 'literal', 'expression'] as const) {
  describe(`spellings: ${kind}`, () => {
    for (const { attribute, child } of spellings[kind]) {
      test(attribute ?? child ?? 'absent', () => {
        const found: Record<string, readonly string[]> = {};
        const expected: typeof found = {};
        for (const { field, others, says } of witnesses) {
          const key = `${field} of ${others.AuthenticationType ?? 'an asset'}`;
          const parts = { attributes: { ...others, [field]: attribute }, children: { [field]: child } };
          found[key] = findings(automation({ workflow: workflow(`${scope(parts)}\n${named}`, root) }));
          expected[key] = says[kind];
        }
        assert.deepEqual(found, expected);
      });
    }
  });
}

describe('defaults of arguments', () => {
  const cases: readonly [string, Properties, Properties, readonly string[]][] = [
    ['a special tenant', { ...secretApp, TenantId: '[in_Tenant]' }, { 'this:Main.in_Tenant': 'common' }, ['tenant-missing error']],
    ['a real tenant', { ...secretApp, TenantId: '[in_Tenant]' }, { 'this:Main.in_Tenant': tenantGuid }, []],
    ['no default', { ...secretApp, TenantId: '[in_Tenant]' }, {}, []],
    [
      'a default of another argument',
      { ...publicApp, TenantId: '[in_Tenant]' },
      { 'this:Main.in_Tenant2': 'common' },
      ['tenant-unneeded information'],
    ],
    [
      'the public id',
      { ...publicApp, OAuthApplication: 'Custom', ApplicationId: '[in_App]', TenantId: tenantGuid },
      { 'this:Main.in_App': publicClientId },
      ['tenant-unneeded warning'],
    ],
    [
      'a user name',
      { ...publicApp, Username: '[in_User]' },
      { 'this:Main.in_User': 'robot@contoso.com' },
      ['auth-forbidden-field warning'],
    ],
  ];
  for (const [name, scopeAttributes, rootAttributes, expected] of cases) {
    test(name, () => {
      assert.deepEqual(findings(automation({ workflow: workflow(scope({ attributes: scopeAttributes }), rootAttributes) })), expected);
    });
  }
});

test('the type and the app can stand in property elements', () => {
  const parts = {
    children: { AuthenticationType: 'ApplicationIdAndSecret', ApplicationId: inArgument(ownClientId), ApplicationSecret: csharp('secret') },
  };
  assert.deepEqual(findings(automation({ workflow: workflow(scope(parts)) })), ['tenant-missing error']);
  const shared = { children: { OAuthApplication: 'UIPATH', TenantId: inArgument(tenantGuid) } };
  assert.deepEqual(findings(automation({ workflow: workflow(scope(shared)) })), ['tenant-unneeded warning']);
});
