/** Writes permissions as Microsoft Entra keeps them in the manifest of an app. */
import { apis, entryTypes } from '../project/registration-edits';
import type { NeededPermission } from './needed-access';

export interface RequiredResourceAccess {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: 'Scope' | 'Role' }[];
}

/** The list of an app, one member for each API. */
export function requiredResourceAccess(
  permissions: readonly Pick<NeededPermission, 'permission' | 'kind' | 'id'>[],
): RequiredResourceAccess[] {
  return (['graph', 'exchange'] as const).flatMap((api) => {
    const own = permissions.filter(({ permission }) => permission.resource === api);
    if (own.length === 0) return [];
    return [{ resourceAppId: apis[api].id, resourceAccess: own.map(({ id, kind }) => ({ id, type: entryTypes[kind] })) }];
  });
}
