/** Makes the list of permissions from the live service principal and Microsoft's own model. */
import type { Permission } from '../types';
import type { Corrections } from './corrections';
import { compareText } from './order';
import type { LivePermission, ModelPermission } from './sources';

/** A row of `schemas/permissions.json`. */
export type PermissionRow = Permission & { readonly source: 'live' | 'model-only' | 'docs' };

export interface PermissionSources {
  readonly delegated: readonly LivePermission[];
  readonly application: readonly LivePermission[];
  readonly model: readonly ModelPermission[];
  readonly corrections: Corrections;
}

/** One row a name, in alphabetical order. What no file says is absent. */
export function makePermissions({ delegated, application, model, corrections }: PermissionSources): PermissionRow[] {
  const live = { delegated: byValue(delegated), application: byValue(application) };
  const models = byValue(model);
  const names = new Set([...live.delegated.keys(), ...live.application.keys(), ...models.keys()]);
  const rows = [...names]
    .filter((name) => !Object.hasOwn(corrections.permissions.drop, name))
    .map((name) => makeRow(name, live.delegated.get(name), live.application.get(name), models.get(name), corrections));
  const added = corrections.permissions.add.map(({ reason: _reason, ...row }) => row as PermissionRow);
  return [...rows, ...added].sort((a, b) => compareText(a.value, b.value) || compareText(b.resource, a.resource));
}

function makeRow(
  value: string,
  scope: LivePermission | undefined,
  role: LivePermission | undefined,
  model: ModelPermission | undefined,
  corrections: Corrections,
): PermissionRow {
  const work = model?.schemes.get('DelegatedWork');
  const isDelegated = scope !== undefined || work !== undefined;
  const { reason: _reason, ...corrected } = corrections.permissions.set[value] ?? { reason: '' };
  const level = { ...defined('delegated', work?.level), ...defined('application', model?.schemes.get('Application')?.level) };
  return {
    value,
    resource: 'graph',
    ...defined('delegatedId', corrected.delegatedId ?? scope?.id),
    ...defined('applicationId', corrected.applicationId ?? role?.id),
    ...defined('adminConsent', corrected.adminConsent ?? scope?.adminConsent ?? work?.adminConsent),
    ...defined(
      'personalAccount',
      corrected.personalAccount ?? (isDelegated ? model?.schemes.has('DelegatedPersonal') === true : undefined),
    ),
    level,
    ...defined('enabled', scope || role ? (scope?.isEnabled ?? true) && (role?.isEnabled ?? true) : undefined),
    ...(model?.resourceSpecific ? { resourceSpecific: true } : {}),
    source: scope || role ? 'live' : 'model-only',
  };
}

function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function byValue<T extends { readonly value: string }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.value, entry]));
}
