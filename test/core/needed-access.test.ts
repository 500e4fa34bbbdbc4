/** The least to register, app by app: grouped rightly, least in the right sense, and accepted by our own comparison. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type NeededAccess, neededAccess, usersOfUipath } from '../../server/src/core/entra/needed-access';
import { requiredResourceAccess } from '../../server/src/core/entra/required-resource-access';
import { analyzeTexts, type Files } from '../support/analyze';
import { catalog } from '../support/catalog';
import { graphId, registeredProject, registration, registrationPath } from '../support/registration-builder';
import { automation, otherClientId, ownClientId, type Properties, scope, workflow } from '../support/scope-builder';

const needed = (...projects: Files[]) =>
  neededAccess(
    projects.map((files) => analyzeTexts(files)),
    catalog,
  );
const shown = ({ app, clientId, permissions }: NeededAccess) =>
  `${app ?? clientId ?? '?'}: ${permissions.map(({ permission, kind, reason }) => `${permission.value} ${kind}${reason === 'activities' ? '' : ` (${reason})`}`).join(', ')}`;

const robot = { authentication: 'client-secret', app: 'intake' };
const person = { authentication: 'interactive-token', app: 'intake' };
const use = (operation: string, connection: string) => ({ operation, connection });
const empty = registration([]);
const interactive: Properties = { AuthenticationType: 'InteractiveToken', OAuthApplication: 'Custom', ApplicationId: ownClientId };

describe('one app', () => {
  test('an application: one set for all it does', () => {
    const uses = [use('GET /users/{id}/messages', 'robot'), use('PATCH /users/{id}/messages/{id}', 'second')];
    assert.deepEqual(needed(registeredProject({ robot, second: robot }, uses, empty)).map(shown), ['intake: Mail.ReadWrite application']);
  });

  test('users: what each sign-in asks for by name, and what the sign-in brings', () => {
    const uses = [use('GET /me/messages', 'person'), use('PATCH /me/messages/{id}', 'second')];
    assert.deepEqual(needed(registeredProject({ person, second: person }, uses, empty)).map(shown), [
      'intake: Mail.Read delegated, Mail.ReadWrite delegated, User.Read delegated (sign-in)',
    ]);
  });

  test('a connection: what its connector cannot do without', () => {
    const drive = { connector: 'uipath-microsoft-onedrive', authentication: 'byo-app', app: 'intake' };
    assert.deepEqual(needed(registeredProject({ drive }, [], empty)).map(shown), ['intake: Files.Read delegated (sign-in)']);
  });

  test('of both kinds, in two projects, under one id', () => {
    const first = registeredProject({ robot }, [use('POST /users/{id}/sendMail', 'robot')], empty);
    const second = automation({ workflow: workflow(scope({ attributes: interactive })) });
    const [access, ...others] = needed(first, second);
    assert.deepEqual(others, []);
    assert.equal(
      access && shown(access),
      'intake: Mail.ReadWrite delegated, Mail.Send delegated, User.Read delegated (sign-in), Mail.Send application',
    );
    assert.equal(access?.registration, registrationPath);
    assert.deepEqual(
      access?.users.map(({ label, isConnection }) => [label, isConnection]),
      [
        ['robot', true],
        ['Microsoft 365 Scope', false],
      ],
    );
  });

  test('a shared mailbox: the permission that reaches it; where only an address differs, it may be the own one', () => {
    const newest = (flag: unknown) => ({ activity: 'GetNewestEmail', connection: 'person', with: { UseSharedMailbox: flag } });
    const told = (flag: unknown) => needed(registeredProject({ person }, [newest(flag)], empty)).map(shown);
    assert.deepEqual(told(true), ['intake: Mail.Read.Shared delegated, User.Read delegated (sign-in)']);
    assert.deepEqual(told(false), ['intake: Mail.Read delegated, User.Read delegated (sign-in)']);
    assert.deepEqual(told('[flag]'), ['intake: Mail.Read delegated, User.Read delegated (sign-in)']);
    const literal = '<umam:GetMail Account="team@contoso.com" />';
    const attributes = { ...interactive, EmailAddress: 'me@contoso.com' };
    assert.deepEqual(needed(automation({ workflow: workflow(scope({ attributes, activities: literal })) })).map(shown), [
      `${ownClientId}: Mail.Read delegated, User.Read delegated (sign-in)`,
    ]);
  });

  test('whose need only the run knows: what is declared counts too, and the list is not all', () => {
    const request = { activity: 'HttpRequestConnections', connection: 'person', with: { RequestUrl: '[url]', RequestMethod: 'GET' } };
    const declared = { ...person, scopes: ['Mail.Read'] };
    const [access] = needed(registeredProject({ person: declared }, [request], empty));
    assert.equal(access?.isPartial, true);
    assert.equal(access && shown(access), 'intake: Mail.Read delegated (declared), User.Read delegated (sign-in)');
  });
});

describe('which app', () => {
  test("UiPath's own is registered by UiPath", () => {
    const files = automation({
      workflow: workflow(scope({ attributes: { AuthenticationType: 'InteractiveToken', OAuthApplication: 'UiPath' } })),
    });
    assert.deepEqual(needed(files), []);
    assert.deepEqual(
      usersOfUipath([analyzeTexts(files)]).map(({ label }) => label),
      ['Microsoft 365 Scope'],
    );
  });

  test('a literal id is enough; an expression, and a connection that no manifest declares, come last together', () => {
    const of = (ApplicationId: string) => scope({ attributes: { ...interactive, ApplicationId } });
    const files = automation({ workflow: workflow([of('[id]'), of(otherClientId), of('[other]')].join('\n')) });
    const modern = automation({ workflow: workflow(`<umam:GetNewestEmail ConnectionId="${ownClientId}" />`) });
    assert.deepEqual(needed(files, modern).map(shown), [
      `${otherClientId}: Mail.ReadWrite delegated, Mail.Send delegated, User.Read delegated (sign-in)`,
      '?: Mail.Read delegated, Mail.ReadWrite delegated, Mail.Send delegated, User.Read delegated (sign-in)',
    ]);
  });

  test('a scope that leaves its sign-in to a connection adds nothing of its own', () => {
    const attributes = { AuthenticationType: 'IntegrationService', ConnectionId: ownClientId, UseConnectionService: 'True' };
    const [access, ...others] = needed(automation({ workflow: workflow(scope({ attributes })) }));
    assert.deepEqual(others, []);
    assert.deepEqual(
      access?.users.map(({ label }) => label),
      access ? [ownClientId] : undefined,
    );
  });
});

test('as Entra keeps it, sorted, an API each', () => {
  const uses = [use('POST /users/{id}/sendMail', 'robot'), use('GET /users/{id}/drive/root/children', 'robot')];
  const [access] = needed(registeredProject({ robot }, uses, empty));
  assert.deepEqual(requiredResourceAccess(access?.permissions ?? []), [
    {
      resourceAppId: graphId,
      resourceAccess: [
        { id: '01d4889c-1287-42c6-ac1f-5d1e02578ef6', type: 'Role' },
        { id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96', type: 'Role' },
      ],
    },
  ]);
  assert.deepEqual(requiredResourceAccess([]), []);
});

test('what is told to register is what the rules ask for: no more, no less', () => {
  const uses = [
    use('POST /users/{id}/sendMail', 'robot'),
    use('GET /users/{id}/drive/root/children', 'robot'),
    use('GET /me/messages', 'person'),
  ];
  const connections = {
    robot: { ...robot, scopes: ['Files.Read.All', 'Mail.Send'] },
    person: { ...person, scopes: ['Mail.Read', 'User.Read'] },
  };
  const [access] = needed(registeredProject(connections, uses, empty));
  const list = requiredResourceAccess(access?.permissions ?? []);
  const text = registration([], { requiredResourceAccess: list });
  const { problems } = analyzeTexts(registeredProject(connections, uses, text));
  assert.deepEqual(
    problems.filter(({ rule }) => /regist|unknown-scope|scope-kind/.test(rule)).map(({ message }) => message),
    [],
  );
});
