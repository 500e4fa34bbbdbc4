/** Tells personal, guest and work accounts apart, by their home and the tenant that they signed in to. */
import type { AccountKind } from '../../../server/src/core/permissions/grants';
import { personalTenant } from '../../../server/src/identity/clouds';
import { isGuid } from './guid';

/**
 * What somebody is in the tenant; undefined where it cannot be told.
 * @param id the account's id at VS Code's Microsoft provider: object id and home tenant, with a dot between
 * @param tenant the id of the tenant that was signed in to, where its token can be read
 */
export function accountKindOf(id: string, tenant: string | undefined): AccountKind | undefined {
  const home = id.split('.')[1];
  if (home === undefined || !isGuid(home)) return undefined;
  if (home.toLowerCase() === personalTenant) return tenant === undefined || isSame(tenant, personalTenant) ? 'personal' : 'guest';
  return tenant === undefined ? undefined : isSame(home, tenant) ? 'work' : 'guest';
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
