/** Holds the list of rules to the design: each is there in code, docs, settings and tests, with the severity that was promised. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../../server/src/core/rules/index';

/** Ids are public: one that goes, or changes its severity, breaks somebody's settings. */
const promised: Readonly<Record<string, string>> = {
  'missing-scope': 'error',
  'unused-scope': 'warning',
  'reducible-scope': 'warning',
  'redundant-scope': 'hint',
  'duplicate-scope': 'warning',
  'unknown-scope': 'error',
  'connection-minimum': 'warning',
  'scope-kind': 'error',
  'scope-syntax': 'error',
  'public-app-scope': 'warning',
  'retired-scope': 'warning',
  'admin-consent': 'information',
  'not-consented': 'warning',
  'account-kind': 'warning',
  'environment-unavailable': 'warning',
  'environment-mismatch': 'warning',
  'unknown-activity': 'warning',
  'activity-outside-scope': 'error',
  'unknown-connection': 'error',
  'unused-connection': 'warning',
  'connector-mismatch': 'error',
  'binding-mismatch': 'warning',
  'auth-missing-field': 'error',
  'auth-forbidden-field': 'warning',
  'auth-exclusive-fields': 'error',
  'auth-app-mismatch': 'error',
  'tenant-missing': 'error',
  'tenant-unneeded': 'warning',
  'redirect-uri': 'warning',
  'unattended-interactive': 'warning',
  'app-only-account': 'error',
  'app-only-unsupported': 'error',
  'legacy-auth': 'warning',
  'shared-mailbox-scope': 'warning',
  'services-legacy': 'information',
  'portable-scope': 'error',
  'package-missing': 'warning',
  'secret-in-file': 'error',
  'filter-syntax': 'warning',
  'not-registered': 'error',
  'registered-unused': 'warning',
  'accept-expired': 'warning',
  'accept-unused': 'warning',
  schema: 'error',
  syntax: 'error',
  'unreadable-file': 'error',
  limit: 'information',
};

/** None: every rule of the design is there. */
const later: readonly string[] = [];

/** Of these two no fixture can be a text: the command's tests make the files. */
const withoutFixture = ['limit', 'unreadable-file'];

test('the rules are those of the design, each with its severity', () => {
  assert.deepEqual(
    Object.fromEntries(rules.map(({ id, severity }) => [id, severity]).sort()),
    Object.fromEntries(Object.entries(promised).sort()),
  );
  assert.deepEqual(
    rules.filter(({ id }) => later.includes(id)).map(({ id }) => id),
    [],
    'a rule that came is promised',
  );
});

for (const id of Object.keys(promised)) {
  test(`${id}: a page, a setting and fixtures`, () => {
    const page = readFileSync(`docs/rules/${id}.md`, 'utf8');
    assert.match(page, /\*\*When it fires\.\*\*/);
    assert.match(page, /\*\*How to fix\.\*\*/);
    assert.match(page, /\*\*How to silence\.\*\*/);
    assert.match(page, /\*\*What (happens|it means)/);
    assert.ok(readFileSync('docs/rules/README.md', 'utf8').includes(`(${id}.md)`));
    const settings = JSON.parse(readFileSync('package.json', 'utf8')).contributes.configuration.properties['m365Scopes.rules'].properties;
    assert.deepEqual(settings[id]?.enum, ['error', 'warning', 'information', 'hint', 'off']);
    if (withoutFixture.includes(id)) return;
    assert.ok(existsSync(`test/rules/${id}`), 'fixtures');
    assert.ok(readdirSync(`test/rules/${id}`).length >= 2, 'one where it fires, one where it is silent');
  });
}
