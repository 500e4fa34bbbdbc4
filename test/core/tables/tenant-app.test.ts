/** Holds the way from a Microsoft 365 Scope to its app in the manifest: by id, by `applicationScopes`, as the only own app, or not known. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automation, otherClientId, ownClientId, type Properties, paths, scope, tenantGuid, workflow } from '../../support/scope-builder';
import { findings } from '../../support/sign-in-findings';

// A scope without a tenant tells which app was found: a single-tenant app needs one, every other is silent.
const single = { clientId: ownClientId, audience: 'single-tenant', tenant: tenantGuid };
const many = { clientId: otherClientId, audience: 'multi-tenant' };
const found = ['tenant-missing error'];
const unknown: readonly string[] = [];

const byExpression = '[in_App]';
const otherId = ownClientId.replace('6', '7');
const two = { single, many };
/** Two own apps, none of which is the default. */
const map = (...applicationScopes: object[]) => ({ apps: two, applicationScopes });

interface Case {
  readonly name: string;
  readonly id: string;
  readonly manifest: object | undefined;
  readonly expected: readonly string[];
  readonly attributes?: Properties;
  readonly root?: Properties;
}

const cases: readonly Case[] = [
  { name: 'by the id', id: ownClientId, manifest: { apps: two }, expected: found },
  { name: 'by the id in capitals', id: ownClientId.toUpperCase(), manifest: { apps: two }, expected: found },
  { name: 'by the id as a string', id: `["${ownClientId}"]`, manifest: { apps: two }, expected: found },
  {
    name: 'by the id that an argument has as its default',
    id: '[in_App]',
    root: { 'this:Main.in_App': ownClientId },
    manifest: { apps: two },
    expected: found,
  },
  { name: 'by the id of the other app', id: otherClientId, manifest: { apps: two }, expected: unknown },
  { name: 'by the id, before applicationScopes', id: ownClientId, manifest: map({ workflows: '**/*.xaml', app: 'many' }), expected: found },
  { name: 'the only own app', id: byExpression, manifest: { apps: { single } }, expected: found },
  { name: "the only own app beside UiPath's", id: byExpression, manifest: { apps: { uipath: {}, single } }, expected: found },
  { name: 'one of two own apps', id: byExpression, manifest: { apps: two }, expected: unknown },
  { name: 'an id that neither of two apps has', id: otherId, manifest: { apps: two }, expected: unknown },
  { name: 'no manifest', id: ownClientId, manifest: undefined, expected: unknown },
  { name: 'no apps', id: ownClientId, manifest: {}, expected: unknown },
  { name: 'an app without an audience', id: ownClientId, manifest: { apps: { intake: { clientId: ownClientId } } }, expected: unknown },
  {
    name: 'a manifest that does not govern the workflow',
    id: ownClientId,
    manifest: { apps: { single }, workflows: ['Other/**'] },
    expected: unknown,
  },
  { name: 'applicationScopes: by a glob', id: byExpression, manifest: map({ workflows: '**/*.xaml', app: 'single' }), expected: found },
  {
    name: 'applicationScopes: by the name of the file',
    id: byExpression,
    manifest: map({ workflows: 'Main.xaml', app: 'single' }),
    expected: found,
  },
  { name: 'applicationScopes: another file', id: byExpression, manifest: map({ workflows: 'Mail/**', app: 'single' }), expected: unknown },
  { name: 'applicationScopes: every scope', id: byExpression, manifest: map({ app: 'single' }), expected: found },
  {
    name: 'applicationScopes: by the display name',
    id: byExpression,
    attributes: { DisplayName: 'Mail of the office' },
    manifest: map({ displayName: 'Mail of the office', app: 'single' }),
    expected: found,
  },
  {
    name: 'applicationScopes: another display name',
    id: byExpression,
    manifest: map({ displayName: 'Mail of the office', app: 'single' }),
    expected: unknown,
  },
  {
    name: 'applicationScopes: the glob matches, the display name does not',
    id: byExpression,
    manifest: map({ workflows: '**/*.xaml', displayName: 'Mail of the office', app: 'single' }),
    expected: unknown,
  },
  {
    name: 'applicationScopes: the first match counts',
    id: byExpression,
    manifest: map({ workflows: 'Other.xaml', app: 'many' }, { workflows: '**', app: 'single' }, { app: 'many' }),
    expected: found,
  },
  {
    name: 'applicationScopes: the first match counts, a later one does not',
    id: byExpression,
    manifest: map({ app: 'many' }, { workflows: 'Main.xaml', app: 'single' }),
    expected: unknown,
  },
];

describe('the app of a scope', () => {
  for (const { name, id, manifest, expected, attributes = {}, root = {} } of cases) {
    test(name, () => {
      const sign = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: id, ...attributes };
      assert.deepEqual(findings(automation({ workflow: workflow(scope({ attributes: sign }), root), manifest })), expected);
    });
  }
});

test('a glob is relative to the folder of the manifest', () => {
  const attributes = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: byExpression };
  const text = workflow(scope({ attributes }));
  const files = new Map([
    ...automation({ manifest: map({ workflows: 'Mail/*.xaml', app: 'single' }, { app: 'many' }), workflow: text }),
    [paths.workflow.replace('Main', 'Mail/Send'), text],
  ]);
  assert.deepEqual(findings(files), found);
});
