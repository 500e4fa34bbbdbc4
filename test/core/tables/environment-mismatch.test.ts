/** Says where a workflow, its tenant and the manifest name different clouds. */
import { type Cell, testCells } from '../../support/findings';
import { commentedOut, connectionProject, project, scope } from '../../support/project-builder';

const rule = 'environment-mismatch';
const warning = [`${rule} warning`];

/** The manifest's cloud across, `Environment` of the workflow down; M where they differ. Both have to be written down. */
const clouds = ['absent', 'office365', 'us-gov-l4', 'us-gov-l5', 'china'];
const workflows: Readonly<Record<string, string>> = {
  absent: '- - - - -',
  '{x:Null}': '- - - - -',
  '[environment]': '- - - - -',
  Default: '- - M M M',
  Global: '- - M M M',
  global: '- - M M M',
  USGovernment: '- M - M M',
  USGovernmentDOD: '- M M - M',
  China: '- M M M -',
};
const written = (name: string, value: string) => (value === 'absent' ? {} : { [name]: value });

testCells(
  rule,
  Object.entries(workflows).flatMap(([environment, row]) =>
    clouds.map(
      (cloud, column): Cell => ({
        name: `workflow ${environment}, manifest ${cloud}`,
        files: project({ content: scope({ attributes: written('Environment', environment) }), manifest: written('environment', cloud) }),
        expected: row.split(' ')[column] === 'M' ? warning : [],
      }),
    ),
  ),
);

/** `Environment` of the workflow across, its tenant down; M where the tenant is of another cloud. */
const environments = ['absent', 'Default', 'Global', 'USGovernment', 'USGovernmentDOD', 'China', '[environment]'];
const inWorkflow: Readonly<Record<string, string>> = {
  absent: '- - - - - - -',
  '{x:Null}': '- - - - - - -',
  '[tenant]': '- - - - - - -',
  common: '- - - - - - -',
  organizations: '- - - - - - -',
  'contoso.com': '- - - - - - -',
  '11111111-2222-3333-4444-888888888888': '- - - - - - -',
  'contoso.onmicrosoft.us': 'M M M - - M -',
  'CONTOSO.ONMICROSOFT.US': 'M M M - - M -',
  '["contoso.onmicrosoft.us"]': 'M M M - - M -',
  'contoso.partner.onmschina.cn': 'M M M M M - -',
};

testCells(
  rule,
  ['TenantId', 'Tenant'].flatMap((property) =>
    Object.entries(inWorkflow).flatMap(([tenant, row]) =>
      environments.map(
        (environment, column): Cell => ({
          name: `${property} ${tenant}, Environment ${environment}`,
          files: project({ content: scope({ attributes: { ...written(property, tenant), ...written('Environment', environment) } }) }),
          expected: row.split(' ')[column] === 'M' ? warning : [],
        }),
      ),
    ),
  ),
);

testCells(
  rule,
  ['InteractiveToken', 'UsernameAndPassword', 'ApplicationIdAndSecret'].map(
    (AuthenticationType): Cell => ({
      name: `whatever the type: ${AuthenticationType}`,
      files: project({ content: scope({ attributes: { AuthenticationType, TenantId: 'contoso.onmicrosoft.us', Environment: 'Global' } }) }),
      expected: warning,
    }),
  ),
);

testCells(rule, [
  {
    name: 'a scope that is commented out',
    files: project({ content: commentedOut(scope({ attributes: { Environment: 'China' } })), manifest: { environment: 'office365' } }),
    expected: [],
  },
  {
    name: 'one finding a scope',
    files: project({
      content: ['China', 'Global', 'USGovernment'].map((Environment) => scope({ attributes: { Environment } })).join('\n'),
      manifest: { environment: 'office365' },
    }),
    expected: [...warning, ...warning],
  },
  {
    name: 'the cloud of a connection is its own affair',
    files: connectionProject({ authentication: 'byo-app', environment: 'china' }, '', { environment: 'office365' }),
    expected: [],
  },
]);

/** The cloud of a connection across, the tenant of its app down. */
const ofApps: Readonly<Record<string, string>> = {
  absent: '- - - - -',
  common: '- - - - -',
  'contoso.com': '- - - - -',
  'contoso.onmicrosoft.us': 'M M - - M',
  'contoso.partner.onmschina.cn': 'M M M M -',
};

testCells(
  rule,
  Object.entries(ofApps).flatMap(([tenant, row]) =>
    clouds.flatMap((cloud, column): Cell[] => {
      const app = { apps: { intake: written('tenant', tenant) } };
      const connection = { authentication: 'byo-app', app: 'intake' };
      const expected = row.split(' ')[column] === 'M' ? warning : [];
      return [
        {
          name: `app of tenant ${tenant}, connection ${cloud}`,
          files: connectionProject({ ...connection, ...written('environment', cloud) }, '', app),
          expected,
        },
        {
          name: `app of tenant ${tenant}, manifest ${cloud}`,
          files: connectionProject(connection, '', { ...app, ...written('environment', cloud) }),
          expected,
        },
      ];
    }),
  ),
);
