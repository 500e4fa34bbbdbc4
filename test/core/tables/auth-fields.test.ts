/** Holds the rules on the fields of a sign-in to what every authentication type makes of every field, alone and in every combination. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneScope, ownClientId, type Properties, publicClientId, secretMark, tenantGuid } from '../../support/scope-builder';
import { findings, findingsAndFixes, problemsOf } from '../../support/sign-in-findings';

/** What a type makes of a field. Of the two fields with the role `pair` exactly one is wanted. */
type Role = 'required' | 'pair' | 'forbidden' | 'ignored' | 'free';

const fields = [
  'ApplicationId',
  'Username',
  'Password',
  'SecurePassword',
  'ApplicationSecret',
  'SecureApplicationSecret',
  'CertificateAsBase64',
  'CertificatePassword',
  'ImpersonatedUserEmailAddress',
] as const;
type Field = (typeof fields)[number];

interface Row {
  readonly who: string;
  readonly attributes: Properties;
  /** In the order of the fields above: r(equired), p(air), f(orbidden), i(gnored), or free. */
  readonly roles: string;
  readonly besides?: string;
}

const roleOf: Readonly<Record<string, Role>> = { r: 'required', p: 'pair', f: 'forbidden', i: 'ignored', '-': 'free' };
const type = (AuthenticationType: string | undefined, OAuthApplication?: string) => ({
  AuthenticationType,
  OAuthApplication,
  TenantId: tenantGuid,
});
const interactive = (OAuthApplication?: string) => ({ ...type('InteractiveToken', OAuthApplication), TenantId: undefined });
const legacy = 'legacy-auth warning';

const rows: readonly Row[] = [
  //                                                       application id, user name, password ×2, secret ×2, certificate ×2, impersonated
  { who: 'InteractiveToken, UiPath', attributes: interactive('UiPath'), roles: '- f ff ii ii i' },
  { who: 'InteractiveToken, Custom', attributes: interactive('Custom'), roles: 'r f ff ii ii i' },
  { who: 'InteractiveToken, CUSTOM', attributes: interactive('CUSTOM'), roles: 'r f ff ii ii i' },
  { who: 'InteractiveToken, no app named', attributes: interactive(), roles: '- f ff ii ii i' },
  { who: 'InteractiveToken, app by expression', attributes: interactive('[which]'), roles: '- f ff ii ii i' },
  { who: 'no type, Custom', attributes: { OAuthApplication: 'Custom' }, roles: 'r f ff ii ii i' },
  { who: 'null as type, UiPath', attributes: { AuthenticationType: '{x:Null}', OAuthApplication: 'UiPath' }, roles: '- f ff ii ii i' },
  { who: 'integrated Windows', attributes: type('IntegratedWindowsAuthentication', 'Custom'), roles: 'r i ii ii ii i', besides: legacy },
  {
    who: 'integrated Windows, UiPath',
    attributes: type('IntegratedWindowsAuthentication', 'UiPath'),
    roles: 'r i ii ii ii i',
    besides: legacy,
  },
  { who: 'user and password', attributes: type('UsernameAndPassword', 'Custom'), roles: 'r r pp ii ii i', besides: legacy },
  { who: 'user and password, no app named', attributes: type('UsernameAndPassword'), roles: 'r r pp ii ii i', besides: legacy },
  { who: 'id and secret', attributes: type('ApplicationIdAndSecret', 'Custom'), roles: 'r i ii pp ii -' },
  { who: 'id and secret, UiPath', attributes: type('ApplicationIdAndSecret', 'UiPath'), roles: 'r i ii pp ii -' },
  { who: 'id and certificate', attributes: type('ApplicationIdAndCertificate', 'Custom'), roles: 'r i ii ii r- -' },
  { who: 'id and certificate, UiPath', attributes: type('ApplicationIdAndCertificate', 'UiPath'), roles: 'r i ii ii r- -' },
  { who: 'a type by expression', attributes: type('[how]', 'Custom'), roles: '- - -- -- -- -' },
];

const empties = [undefined, '{x:Null}', '', '[Nothing]', '[String.Empty]'];
const rolesOf = ({ roles }: Row): Role[] => [...roles.replaceAll(' ', '')].map((letter) => roleOf[letter] ?? 'free');

function literalOf(field: Field): string {
  if (field === 'ApplicationId') return ownClientId;
  return field === 'Username' || field === 'ImpersonatedUserEmailAddress' ? 'robot@contoso.com' : `${secretMark}-${field}`;
}

/** The same reading as a function: what is to be said when exactly these fields are set. */
function expectedOf(row: Row, set: ReadonlySet<Field>): string[] {
  const roles = rolesOf(row);
  const having = (role: Role) => fields.filter((_, index) => roles[index] === role);
  const setOf = (role: Role) => having(role).filter((field) => set.has(field)).length;
  const isMissing = setOf('required') < having('required').length || (having('pair').length > 0 && setOf('pair') === 0);
  const forbidden = setOf('forbidden') > 0 ? 'warning' : setOf('ignored') > 0 ? 'information' : undefined;
  return [
    ...(isMissing ? ['auth-missing-field error'] : []),
    ...(setOf('pair') === 2 ? ['auth-exclusive-fields error'] : []),
    ...(forbidden ? [`auth-forbidden-field ${forbidden}`] : []),
    ...(row.besides ? [row.besides] : []),
  ].sort();
}

/** What the type requires, the first of a pair only. */
function complete(row: Row): Field[] {
  const roles = rolesOf(row);
  return fields.filter((_, index) => roles[index] === 'required' || (roles[index] === 'pair' && roles.indexOf('pair') === index));
}

describe('one field at a time', () => {
  for (const row of rows) {
    test(row.who, () => {
      const found: Record<string, readonly string[]> = {};
      const expected: typeof found = {};
      for (const field of fields) {
        const others = complete(row).filter((name) => name !== field);
        const base = { ...row.attributes, ...Object.fromEntries(others.map((name) => [name, `[in_${name}]`])) };
        const values = [
          ...empties.map((value) => [value, false] as const),
          [literalOf(field), true] as const,
          ['[in_Value]', true] as const,
        ];
        for (const [value, isSet] of values) {
          const key = `${field}: ${value}`;
          found[key] = findingsAndFixes(oneScope({ ...base, [field]: value }));
          expected[key] = expectedOf(row, new Set(isSet ? [...others, field] : others));
        }
      }
      assert.deepEqual(found, expected);
    });
  }
});

describe('every combination of fields', () => {
  for (const row of rows) {
    test(row.who, () => {
      for (let mask = 0; mask < 2 ** fields.length; mask++) {
        const set = fields.filter((_, index) => mask & (1 << index));
        const attributes = { ...row.attributes, ...Object.fromEntries(set.map((field) => [field, `[in_${field}]`])) };
        // Several fields may be missing in one finding or in one each.
        const found = [...findings(oneScope(attributes))].filter(
          (text, index, all) => text !== all[index - 1] || !text.startsWith('auth-missing-field'),
        );
        assert.deepEqual(found, expectedOf(row, new Set(set)), set.join());
      }
    });
  }
});

describe('the app of an interactive scope decides whether it needs an id', () => {
  const cases: readonly [string, Properties, readonly string[]][] = [
    ['Custom with the public id', { OAuthApplication: 'Custom', ApplicationId: publicClientId }, []],
    ['Custom without an id', { OAuthApplication: 'Custom' }, ['auth-missing-field error']],
    ['UiPath without an id', { OAuthApplication: 'UiPath' }, []],
    ['UiPath with an id', { OAuthApplication: 'UiPath', ApplicationId: ownClientId }, []],
    ['UiPath with an id by expression', { OAuthApplication: 'UiPath', ApplicationId: '[in_App]' }, []],
    ['nothing at all', {}, []],
  ];
  for (const [name, attributes, expected] of cases) {
    test(name, () => assert.deepEqual(findingsAndFixes(oneScope({ AuthenticationType: 'InteractiveToken', ...attributes })), expected));
  }
});

test('fields that belong to no type are never called ignored', () => {
  const neutral = {
    OAuthApplication: 'UiPath',
    EmailAddress: 'robot@contoso.com',
    DataStoreLocation: 'DISK',
    Environment: 'Global',
    Account: 'Please select an account.',
    ConfigLocation: 'PropertiesPanel',
    UseBroker: 'False',
    Folder: 'Shared',
    Timeout: '30000',
    ContinueOnError: 'False',
  };
  for (const row of rows.filter(({ attributes }) => attributes.TenantId !== undefined)) {
    const fieldsSet = Object.fromEntries(complete(row).map((name) => [name, `[in_${name}]`]));
    const without = findings(oneScope({ ...row.attributes, ...fieldsSet }));
    assert.deepEqual(findings(oneScope({ ...row.attributes, ...neutral, ...fieldsSet })), without, row.who);
  }
});

test('the password "a" of public samples is a forbidden field', () => {
  const attributes = { ...interactive('UiPath'), Username: '[in_User]', Password: 'a' };
  const problems = problemsOf(oneScope(attributes));
  assert.deepEqual(
    problems.map(({ rule, severity }) => [rule, severity]),
    [['auth-forbidden-field', 'warning']],
  );
});
