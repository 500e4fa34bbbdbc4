/** The data files: each matches its own JSON Schema, names only what exists, and says where it comes from. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { activityOf, titleOfMethod } from '../../server/src/core/catalog/coded';
import { missingClouds } from '../../server/src/core/catalog/notices';
import { findPermission } from '../../server/src/core/permissions/satisfy';
import { catalog } from '../support/catalog';

const read = (name: string) => JSON.parse(readFileSync(`schemas/${name}`, 'utf8'));

for (const name of ['permissions', 'covers', 'activities', 'operations', 'corrections', 'notices', 'coded', 'sign-in']) {
  test(`${name}.json matches ${name}.schema.json`, () => {
    const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(read(`${name}.schema.json`));
    assert.ok(validate(read(`${name}.json`)), JSON.stringify(validate.errors?.slice(0, 5)));
  });
}

test('every data file of the folder has a schema', () => {
  const files = readdirSync('schemas').filter((name) => !name.endsWith('.schema.json'));
  assert.deepEqual(
    files.filter((name) => !readdirSync('schemas').includes(name.replace('.json', '.schema.json'))),
    [],
  );
});

test('every permission that an activity names exists', () => {
  for (const activity of catalog.activities.values()) {
    const groups = [
      ...activity.delegated,
      ...activity.application,
      ...activity.conditional.flatMap(({ addDelegated = [], addApplication = [] }) => [...addDelegated, ...addApplication]),
    ];
    for (const scope of [...groups.flat(), ...(activity.recommended ?? [])])
      assert.equal(findPermission(catalog, scope)?.value, scope, `${activity.id}: ${scope}`);
  }
});

test('every alternative can be used in the kind of sign-in it is listed for', () => {
  for (const { id, delegated, application } of catalog.activities.values()) {
    for (const scope of delegated.flat())
      assert.ok(findPermission(catalog, scope)?.delegatedId, `${id}: ${scope} is no delegated permission`);
    for (const scope of application.flat())
      assert.ok(findPermission(catalog, scope)?.applicationId, `${id}: ${scope} is no application permission`);
  }
});

test('every edge of covers is between permissions that exist, and none covers itself', () => {
  for (const kind of ['delegated', 'application'] as const) {
    for (const [wide, edges] of catalog.covers[kind]) {
      for (const narrow of edges.keys()) {
        assert.notEqual(wide, narrow);
        assert.equal(findPermission(catalog, wide)?.value, wide);
        assert.equal(findPermission(catalog, narrow)?.value, narrow);
      }
    }
  }
});

test('the lists of the sign-in data name permissions that exist', () => {
  for (const scope of [
    ...[...catalog.services.values()].flat(),
    ...[...catalog.connectors.values()].flatMap(({ minimum }) => minimum),
    ...[...catalog.connectors.values(), catalog.publicApp].flatMap(({ requests = [] }) => requests),
  ]) {
    assert.ok(findPermission(catalog, scope), scope);
  }
});

test('nothing of the facts it was made from was lost', () => {
  assert.ok(catalog.activities.size >= 181 && catalog.permissions.size >= 1017);
  const confidence = [...catalog.activities.values()].map((activity) => activity.confidence);
  assert.ok(confidence.filter((found) => found === 'documented').length >= 9);
  assert.ok(confidence.filter((found) => found === 'guess').length <= 15, 'a new entry is not a guess');
});

test('every source that an activity names is in the list of sources', () => {
  const { sources, activities } = read('activities.json');
  for (const { id, provenance } of activities) {
    assert.ok(provenance.sources.length > 0, id);
    for (const tag of provenance.sources) assert.ok(Object.hasOwn(sources, tag), `${id}: ${tag}`);
  }
});

test('every notice is about a permission that exists, and says what to use where it names one', () => {
  const { managedConsent, changes } = catalog.notices();
  assert.equal(managedConsent.withheld.filter(({ resource }) => resource === 'graph').length, 32);
  for (const { value, resource } of [...managedConsent.withheld, ...changes])
    assert.ok(resource === 'exchange' || findPermission(catalog, value)?.delegatedId, `${value} of ${resource}`);
  for (const { instead } of changes)
    for (const [name] of instead.matchAll(/\b[A-Z][\w-]+\.(?:ReadWrite|Read)(?:\.\w+)*/g)) assert.ok(findPermission(catalog, name), name);
});

test('every path that a national cloud lacks is one of the table', () => {
  const paths = Object.entries(read('operations.json').paths as Record<string, Record<string, number>>);
  const operations = paths.flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  for (const gap of catalog.notices().clouds) {
    const alone = { ...catalog.notices(), clouds: [gap] };
    assert.ok(
      operations.some((operation) => missingClouds(alone, operation).length > 0),
      gap.path,
    );
  }
  assert.deepEqual(missingClouds(catalog.notices(), 'GET /me/presence'), ['china']);
  assert.deepEqual(missingClouds(catalog.notices(), 'GET /me/messages'), []);
});

test('every method of coded workflows does the work of an activity, but for those that are local', () => {
  const { methods } = catalog.coded();
  assert.equal(methods.filter(({ connectionClass }) => connectionClass !== undefined).length, 71);
  assert.deepEqual(
    methods.filter((method) => !activityOf(catalog, method)).map((method) => titleOfMethod(method)),
    ['office365.Sharepoint.CreateItem', 'ISharepointList.CreateItem', 'ISharepointList.CreateFilter'],
  );
  for (const method of methods) {
    const activity = activityOf(catalog, method);
    for (const { removeDelegated = [], addDelegated = [] } of method.conditional ?? []) {
      for (const scope of removeDelegated) assert.ok(activity?.delegated.flat().includes(scope), `${method.method}: ${scope}`);
      for (const scope of addDelegated.flat()) assert.ok(findPermission(catalog, scope)?.delegatedId, `${method.method}: ${scope}`);
    }
  }
});

test('objects that the service returns have the methods that are written down of them, each once, and lead to each other', () => {
  const { methods, properties, extends: parents } = catalog.coded();
  const ofObjects = methods.filter(({ connectionClass }) => connectionClass === undefined);
  const counts: Record<string, number> = {};
  for (const { interface: type } of ofObjects) counts[type] = (counts[type] ?? 0) + 1;
  assert.deepEqual(counts, {
    ...{ IMail: 12, IMailFolder: 2, IMailAttachmentInfo: 1, ICalendar: 6, ICalendarEvent: 4, IWorkbook: 6, IWorksheet: 4, IRange: 7 },
    ...{ IDriveItem: 5, IFile: 4, IFolder: 8, ISharepointList: 6 },
  });
  const names = methods.map((method) => `${method.interface}.${method.method}`);
  assert.deepEqual([...new Set(names)], names);
  const known = new Set([...methods.map((method) => method.interface), ...properties.map((one) => one.interface), ...Object.keys(parents)]);
  const named = [...methods.flatMap(({ returns }) => returns ?? []), ...properties.map(({ type }) => type), ...Object.values(parents)];
  assert.deepEqual(
    named.filter((name) => !known.has(name.replace('[]', ''))),
    [],
  );
  for (const { service, interface: type, method, activity } of ofObjects) {
    const same = methods.filter((other) => other.connectionClass !== undefined && other.service === service && other.activity === activity);
    assert.ok(same.length > 0, `${type}.${method}: no method of ${service} does the same work`);
  }
});

test('what UiPath asks for with its own app, and with the Outlook connector, is complete and can be delegated', () => {
  const outlook = catalog.connectors.get('uipath-microsoft-outlook365')?.requests ?? [];
  assert.deepEqual({ outlook: outlook.length, publicApp: catalog.publicApp.requests.length }, { outlook: 16, publicApp: 28 });
  for (const scope of [...outlook, ...catalog.publicApp.requests]) assert.ok(findPermission(catalog, scope)?.delegatedId, scope);
});
