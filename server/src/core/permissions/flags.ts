/** `Services`, the flags in which old packages store scopes: each stands for a family, Shared widens two of them. */
import type { Catalog, Permission } from '../catalog/types';
import type { Declaration } from '../project/model';
import type { KnownScope, NeededGroup } from './assess';
import { anySatisfies, findPermission, type Relation } from './satisfy';

const sharedFlag = 'Shared';

/** The flags an author can write, Shared last. */
export function flagNames(catalog: Catalog): string[] {
  return [...[...catalog.services.keys()].filter((name) => !name.includes('+')), sharedFlag];
}

/** Looks flags up as if they were permissions, so that unknown and doubled ones are found in the same way. */
export function flagPermissions(catalog: Catalog): (text: string) => Permission | undefined {
  const flags = new Map(
    flagNames(catalog).map((name): [string, Permission] => [name.toLowerCase(), { value: name, resource: 'graph', level: {} }]),
  );
  return (text) => flags.get(text.toLowerCase());
}

/** The scopes that a flag brings beside the others. */
export function scopesOfFlag(catalog: Catalog, flag: string, flags: readonly string[]): readonly string[] {
  const entries = [...catalog.services];
  if (flag.toLowerCase() !== sharedFlag.toLowerCase())
    return entries.find(([name]) => name.toLowerCase() === flag.toLowerCase())?.[1] ?? [];
  const widened = new Set(flags.map((name) => `${name}+${sharedFlag}`.toLowerCase()));
  return entries.flatMap(([name, scopes]) => (widened.has(name.toLowerCase()) ? scopes : []));
}

/** Replaces known flags by the scopes they stand for. */
export function flagScopes(catalog: Catalog, { scopes }: Declaration, flags: readonly KnownScope[]): KnownScope[] {
  const names = scopes.map(({ text }) => text);
  return flags.flatMap(({ declared, index }) =>
    scopesOfFlag(catalog, declared.text, names).flatMap((name) => {
      const permission = findPermission(catalog, name);
      return permission ? [{ declared, index, permission }] : [];
    }),
  );
}

/**
 * Flags without which everything that is satisfied stays satisfied; Shared is tried first, being the widest. One entry a flag.
 * @param missing scopes that a fix adds: a flag that theirs rests on (Calendar, for Shared) is needed.
 */
export function unusedFlags(
  { catalog, kind }: Relation,
  groups: readonly NeededGroup[],
  declaration: Declaration,
  known: readonly KnownScope[],
  missing: readonly string[],
): KnownScope[] {
  const relation = { catalog, kind };
  const present = declaration.scopes.map(({ text }) => text);
  const added = missing.flatMap((scope) => flagsFor(catalog, present, scope));
  const granted = (flags: readonly string[]) => flags.flatMap((flag) => scopesOfFlag(catalog, flag, flags));
  const needed = groups.filter(({ alternatives }) => anySatisfies(relation, granted([...present, ...added]), alternatives));
  const flags = [...new Map(known.map((scope) => [scope.index, scope])).values()];
  const isShared = ({ declared }: KnownScope) => declared.text.toLowerCase() === sharedFlag.toLowerCase();
  let kept = flags;
  for (const flag of [...flags.filter(isShared), ...flags.filter((other) => !isShared(other))]) {
    const rest = kept.filter((other) => other !== flag);
    const left = granted([...rest.map(({ declared }) => declared.text), ...added]);
    if (needed.every(({ alternatives }) => anySatisfies(relation, left, alternatives))) kept = rest;
  }
  return flags.filter((flag) => !kept.includes(flag));
}

/** Flags to add so that the groups are satisfied; empty where no flag brings what is needed. */
export function flagsFor(catalog: Catalog, flags: readonly string[], scope: string): string[] {
  const plain = flagNames(catalog).find((flag) => flag !== sharedFlag && scopesOfFlag(catalog, flag, flags).includes(scope));
  if (plain) return [plain];
  const family = [...catalog.services].find(([name, scopes]) => name.includes('+') && scopes.includes(scope))?.[0].split('+')[0];
  if (!family) return [];
  const present = new Set(flags.map((flag) => flag.toLowerCase()));
  return [family, sharedFlag].filter((flag) => !present.has(flag.toLowerCase()));
}
