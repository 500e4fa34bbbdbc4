/** Writes the catalogue's data files: one entry a line, so that a difference between two versions can be read. */
import type { CoversData } from '../core/catalog/import/covers';
import type { OperationsData } from '../core/catalog/import/operations';
import type { PermissionRow } from '../core/catalog/import/permissions';

const permissionSources = {
  live: 'the live Microsoft Graph service principal',
  'model-only': 'microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json',
  docs: 'learn.microsoft.com, Exchange Online permissions',
};

/** The text of permissions.json. */
export function writePermissions(date: string, permissions: readonly PermissionRow[]): string {
  return `{
"$schema": "./permissions.schema.json",
"date": ${JSON.stringify(date)},
"sources": ${JSON.stringify(permissionSources, undefined, 1)},
"permissions": [
${permissions.map((row) => JSON.stringify(row)).join(',\n')}
]
}
`;
}

/** The text of operations.json. */
export function writeOperations(date: string, { names, rows, paths, together = {} }: OperationsData): string {
  return `{
"$schema": "./operations.schema.json",
"date": ${JSON.stringify(date)},
"source": "microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json, with schemas/corrections.json",
"names": ${JSON.stringify(names)},
"rows": [
${rows.map((row) => JSON.stringify(row)).join(',\n')}
],
"paths": {
${Object.entries(paths)
  .map(([path, methods]) => `${JSON.stringify(path)}:${JSON.stringify(methods)}`)
  .join(',\n')}
},
"together": {
${Object.entries(together)
  .map(([row, groups]) => `${JSON.stringify(row)}:${JSON.stringify(groups)}`)
  .join(',\n')}
}
}
`;
}

/** The text of covers.json. */
export function writeCovers(date: string, { delegated, application }: CoversData): string {
  const block = (edges: CoversData['delegated']) =>
    Object.entries(edges)
      .map(([wide, narrow]) => `${JSON.stringify(wide)}: ${JSON.stringify(narrow)}`)
      .join(',\n');
  return `{
"$schema": "./covers.schema.json",
"date": ${JSON.stringify(date)},
"source": "microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json, and the names of the permissions; the tier says how well an edge is supported",
"delegated": {
${block(delegated)}
},
"application": {
${block(application)}
}
}
`;
}
