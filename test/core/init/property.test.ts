/** After init nothing is worse: no error and no warning comes, whatever the project is; and the same project gives the same bytes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { kindOf } from '../../../server/src/core/index';
import { parseJson } from '../../../server/src/core/json/parse';
import type { ManifestDocument } from '../../../server/src/core/project/model';
import { analyzeTexts, type Files } from '../../support/analyze';
import { catalog } from '../../support/catalog';
import { readFixtures } from '../../support/fixtures';
import { initOf, manifestPath, textOf, withManifest } from '../../support/init';
import { activity, commentOut, files, ids, mailbox, projectJson, scope, workflow } from '../../support/workflow-builder';

const isManifest = (path: string) => kindOf(path) === 'manifest';

/** Errors and warnings, as one text each. */
function grave(automation: Files): string[] {
  return analyzeTexts(automation)
    .problems.filter(({ severity, accepted }) => !accepted && (severity === 'error' || severity === 'warning'))
    .map(({ rule, severity, file, range, scopes }) => `${severity} ${rule} ${file}:${range.start}-${range.end} ${scopes.join()}`)
    .sort();
}

/** Holds an automation without a manifest to the property. Returns whether one was made. */
function holds(automation: Files): boolean {
  const made = initOf(automation);
  if (made.kind === 'refused') {
    assert.match(made.reason, /^There is (nothing to write a manifest about|a manifest already): .+\.$/);
    return false;
  }
  const path = manifestPath(automation);
  const { text } = made;
  const after = withManifest(automation);
  assert.deepEqual(grave(after), grave(automation));
  assert.equal(parseJson(text).fault, undefined);
  assert.match(text, /^\{\n {2}[^\r\t]*\n\}\n$/);
  assert.deepEqual(
    text.split('\n').filter((line) => line !== line.trimEnd() || (line.length > 120 && line.includes(' // '))),
    [],
  );
  const analysis = analyzeTexts(after);
  const manifest = analysis.project.manifests.find((document) => document.path === path) as ManifestDocument;
  for (const { authentication, account, environment, runs, app } of manifest.connections)
    assert.deepEqual([authentication, account, environment, runs, app], [undefined, undefined, undefined, undefined, undefined]);
  for (const { audience, redirectUris } of manifest.apps.values()) assert.deepEqual([audience, redirectUris], [undefined, undefined]);
  const ofManifest = analysis.assessments.filter(({ declaration }) => declaration.connection !== undefined);
  for (const { missing, unused, redundant, reducible, declaration } of ofManifest) {
    assert.deepEqual([missing, unused, redundant, reducible], [[], [], [], []], declaration.label);
    assert.ok(declaration.uses.length > 0, 'it is used');
  }
  const left = analysis.project.undeclared.filter(({ isExpression }) => !isExpression);
  assert.deepEqual(left, [], 'every connection whose id is known is declared');
  const moved = new Map([...automation].map(([name, content]) => [`/else/where${name}`, content]));
  assert.equal(textOf(moved), text, 'the text does not depend on where the project stands');
  assert.equal(textOf(new Map([...automation].reverse())), text, 'nor on the order of its files');
  return true;
}

describe('fixtures and samples', () => {
  const fixtures = readFixtures().map(({ name, files: texts }): [string, Files] => [name, texts]);
  const samples = readdirSync('samples')
    .filter((name) => statSync(join('samples', name)).isDirectory())
    .map((name): [string, Files] => {
      const names = (readdirSync(join('samples', name), { recursive: true }) as string[]).filter((file) => kindOf(file) !== undefined);
      return [name, new Map(names.sort().map((file) => [`/project/${file}`, readFileSync(join('samples', name, file), 'utf8')]))];
    });
  let made = 0;
  for (const [name, texts] of [...fixtures, ...samples]) {
    if ([...texts.keys()].some(isManifest)) test(`${name}: is refused`, () => assert.equal(initOf(texts).kind, 'refused'));
    const bare: Files = new Map([...texts].filter(([path]) => !isManifest(path)));
    if (bare.size > 0)
      test(`${name}: without a manifest`, () => {
        if (holds(bare)) made++;
      });
  }
  test('there were enough to make', () => assert.ok(made > 20, `${made}`));
});

/** The part of a type below the package's namespace. */
const below = (id: string) => id.replace('UiPath.MicrosoftOffice365.Activities.', '');
const known = [...catalog.activities.values()].filter(({ kind }) => kind === 'modern' || kind === 'trigger');
const values = { MarkAsRead: 'True', SaveAsDraft: 'False', UseSharedMailbox: 'True' };
const hidden = { MarkAsRead: '[mark]', SaveAsDraft: '[draft]', UseSharedMailbox: '[shared]' };

/** One use of an activity, with values that change what it needs. */
function uses(id: string, attributes: Readonly<Record<string, string>>, ConnectionId: string): string | undefined {
  try {
    return activity(below(id), { ConnectionId, ...attributes });
  } catch {
    return undefined; // Its namespace has no prefix in tests.
  }
}

describe('every activity that has a connection', () => {
  for (const [name, attributes] of Object.entries({ plain: {}, values, hidden })) {
    for (const { id } of known) {
      const use = uses(id, attributes, ids.mail);
      if (use)
        test(`${below(id)}, ${name}`, () => assert.ok(holds(files({ 'Main.xaml': workflow([use]), 'project.json': projectJson() }))));
    }
  }
});

test('every two activities of a connector share a connection', () => {
  const body = (id: string) => uses(id, values, ids.mail);
  for (const connector of catalog.connectors.keys()) {
    const own = known.filter((one) => one.connector === connector);
    for (const [index, one] of own.entries()) {
      const other = own[(index * 7 + 3) % own.length];
      const parts = [body(one.id), other && body(other.id)].filter((part) => part !== undefined);
      if (parts.length > 0) holds(files({ 'Main.xaml': workflow(parts), 'project.json': projectJson() }));
    }
  }
});

test('all activities at once, each connector with two connections', () => {
  const parts = known.flatMap(({ id }, index) => uses(id, {}, index % 2 === 0 ? ids.mail : ids.files) ?? []);
  assert.ok(holds(files({ 'Main.xaml': workflow(parts), 'project.json': projectJson() })));
});

test('classic activities and mailboxes in a scope whose connection signs in', () => {
  const service = { AuthenticationType: 'IntegrationService', UseConnectionService: 'True', ConnectionId: ids.other };
  const shared = activity(
    'Mail.GetNewestEmail',
    { ConnectionId: ids.mail },
    mailbox('Mail.GetNewestEmail', { UseSharedMailbox: 'True', SharedMailbox: 'team@contoso.com' }),
  );
  const parts = [scope(undefined, service, activity('Mail.SendMail', { Account: 'team@contoso.com' })), shared, commentOut(shared)];
  const automation = files({ 'Main.xaml': workflow(parts), 'project.json': projectJson() });
  assert.ok(holds(automation));
  assert.match(textOf(automation), /"Mail\.Read\.Shared"/);
});
