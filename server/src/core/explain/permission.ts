/** Explains a permission: its ids, who may consent to it, what covers it, and what needs it. */
import { changesOf, type PermissionChange, type WithheldConsent, withheldConsent } from '../catalog/notices';
import type { Activity, Catalog, CoverTier, Permission, PermissionKind } from '../catalog/types';

/** A permission on the other end of the covers relation. */
export interface Cover {
  readonly value: string;
  readonly kind: PermissionKind;
  readonly tier: CoverTier;
}

export interface PermissionExplanation {
  readonly kind: 'permission';
  readonly permission: Permission;
  /** Microsoft's managed consent policy lets no user consent to it. */
  readonly withheld: WithheldConsent | undefined;
  readonly changes: readonly PermissionChange[];
  /** UiPath's own app and connectors that ask for it, by name. */
  readonly requestedBy: readonly string[];
  readonly covers: readonly Cover[];
  readonly coveredBy: readonly Cover[];
  /** Activities that it can serve, for themselves or under a condition. */
  readonly activities: readonly Activity[];
  /** Graph operations that it opens, of either kind of sign-in. */
  readonly operations: readonly string[];
}

const kinds: readonly PermissionKind[] = ['delegated', 'application'];

/** Explains a permission of the catalogue. */
export function explainPermission(catalog: Catalog, permission: Permission): PermissionExplanation {
  const { value, resource } = permission;
  const isGraph = resource === 'graph';
  const table = catalog.operations();
  return {
    kind: 'permission',
    permission,
    withheld: withheldConsent(catalog.notices(), permission),
    changes: changesOf(catalog.notices(), permission),
    requestedBy: isGraph ? requestedBy(catalog, value) : [],
    covers: isGraph
      ? kinds.flatMap((kind) => [...(catalog.covers[kind].get(value) ?? [])].map(([name, tier]) => ({ value: name, kind, tier })))
      : [],
    coveredBy: isGraph ? kinds.flatMap((kind) => coveredBy(catalog, value, kind)) : [],
    activities: isGraph ? [...catalog.activities.values()].filter((activity) => scopesOf(activity).has(value)) : [],
    operations: isGraph ? [...new Set(kinds.flatMap((kind) => table.openedBy(value, kind)))].sort() : [],
  };
}

function requestedBy({ publicApp, connectors }: Catalog, value: string): string[] {
  return [publicApp, ...connectors.values()].filter(({ requests }) => requests?.includes(value)).map(({ name }) => name);
}

function coveredBy({ covers }: Catalog, value: string, kind: PermissionKind): Cover[] {
  return [...covers[kind]].flatMap(([wide, narrow]) => {
    const tier = narrow.get(value);
    return tier === undefined ? [] : [{ value: wide, kind, tier }];
  });
}

function scopesOf({ delegated, application, conditional, recommended = [] }: Activity): Set<string> {
  const added = conditional.flatMap(({ addDelegated = [], addApplication = [] }) => [...addDelegated, ...addApplication]);
  return new Set([...delegated, ...application, ...added, recommended].flat());
}
