/** Makes manifests of Entra apps, and the small projects around them. */
import { catalog } from './catalog';
import { ownClientId, paths } from './scope-builder';

export const graphId = '00000003-0000-0000-c000-000000000000';
export const registrationPath = '/fixture/entra/intake.entra.json';

/** `Mail.Send scope`: a name and the type it is registered with. */
export type Registered = `${string} ${'Scope' | 'Role'}`;

/** The entry of a permission, by GUID as Microsoft has it. */
export function entry(registered: Registered): { readonly id: string; readonly type: string } {
  const [name = '', type = ''] = registered.split(' ');
  const permission = catalog.permissions.get(name.toLowerCase());
  const id = type === 'Scope' ? permission?.delegatedId : permission?.applicationId;
  if (id === undefined) throw new Error(`${registered} has no id`);
  return { id, type };
}

/** The registration of the app `intake`. */
export function registration(registered: readonly Registered[], others: object = {}): string {
  const requiredResourceAccess = [{ resourceAppId: graphId, resourceAccess: registered.map(entry) }];
  return JSON.stringify({ appId: ownClientId, displayName: 'Intake', requiredResourceAccess, ...others }, undefined, 2);
}

/** A project whose manifest states connections and what uses them. */
export function registeredProject(
  connections: object,
  activities: readonly object[],
  text: string,
  others: object = {},
): Map<string, string> {
  const apps = { intake: { clientId: ownClientId, registration: 'entra/intake.entra.json' } };
  return new Map([
    [paths.manifest, JSON.stringify({ apps, connections, activities, ...others }, undefined, 2)],
    [registrationPath, text],
  ]);
}

/** What a tool fills in before the registration is used. */
export function filledIn(name: string): string {
  return ['$', '{{', name, '}}'].join('');
}
