/** Compares what a declaration declares with what its uses need: every scope rule reads its findings off here, so that fixes converge. */
import type { Catalog, Permission } from '../catalog/types';
import type { Declaration, DeclaredScope, Need, Use } from '../project/model';
import { type Excess, findExcess, type Reducible, type Redundant } from './excess';
import { flagPermissions, flagScopes, scopesOfFlag, unusedFlags } from './flags';
import { formFaultOf, isDefaultScope, type MalformedScope, namesMeant } from './form';
import { leastSet } from './minimal';
import { anySatisfies, findPermission, hasKind, isContentGroup, isSelected, type Relation, satisfies } from './satisfy';

/** A use, and the condition under which it has a need. */
export interface Cause {
  readonly use: Use;
  readonly condition: string;
  readonly operations: readonly string[];
  readonly alternatives: readonly string[];
  /** Its own need is weaker: what is added for another serves it as well. */
  readonly isServed?: true;
}

/** A need with the uses that have it. */
export interface NeededGroup {
  readonly alternatives: readonly string[];
  /** What a fix chooses from. */
  readonly additions: readonly string[];
  readonly causes: readonly Cause[];
  readonly guess: boolean;
  readonly certain: boolean;
  readonly by: string | undefined;
  readonly neverReducible: boolean;
}

/** A scope value that the catalogue knows. */
export interface KnownScope {
  readonly declared: DeclaredScope;
  readonly index: number;
  readonly permission: Permission;
}

export interface MissingGroup {
  readonly group: NeededGroup;
  /** This group's share of the joint least set to add. */
  readonly add: readonly string[];
  /** A `Selected` permission is declared, which may open what is needed. */
  readonly maybeSelected: boolean;
}

export interface Assessment {
  readonly declaration: Declaration;
  readonly groups: readonly NeededGroup[];
  readonly known: readonly KnownScope[];
  readonly unknown: readonly { readonly declared: DeclaredScope; readonly index: number }[];
  readonly malformed: readonly MalformedScope[];
  readonly duplicates: readonly (KnownScope & { readonly first: DeclaredScope })[];
  readonly missing: readonly MissingGroup[];
  /** Names as declared, once each, in the catalogue's letter case where it knows them; flags are replaced by what they stand for. */
  readonly declared: readonly string[];
  /** Names of what is unused, redundant or reducible. */
  readonly excess: readonly string[];
  /** Everything that is missing, once each. */
  readonly missingScopes: readonly string[];
  /** The same, and what a shared mailbox needs beside it. */
  readonly lacked: readonly string[];
  readonly unused: readonly KnownScope[];
  readonly redundant: readonly Redundant[];
  readonly reducible: readonly Reducible[];
  /** The least set for all certain needs, declared or not. */
  readonly required: readonly string[];
}

/** Assesses one declaration. A list that has no effect at run time has no findings of its own. */
export function assess(catalog: Catalog, declaration: Declaration): Assessment {
  const relation: Relation = { catalog, kind: declaration.kind };
  const groups = addable(catalog, declaration, groupsOf(declaration.uses, declaration.kind));
  const { known, unknown, duplicates, malformed } = sortScopes(catalog, declaration);
  const names = known.map(({ permission }) => permission.value);
  const meant = malformed.flatMap(({ fault }) => namesMeant(fault)).flatMap((text) => findPermission(catalog, text)?.value ?? []);
  // One slip is one finding: what a malformed value means is not missing as well.
  const missing = declaration.open ? [] : findMissing(relation, groups, [...names, ...meant]);
  const silent = declaration.open !== undefined || declaration.hasOpenUse;
  const isFlags = declaration.form?.kind === 'services';
  const judge = isFlags
    ? () => ({
        ...noExcess,
        unused: unusedFlags(
          relation,
          groups,
          declaration,
          known,
          missing.flatMap(({ add }) => add),
        ),
      })
    : () => findExcess(relation, groups, ofItsKind(declaration, known), neverUnused(catalog, declaration));
  const excess = silent ? noExcess : judge();
  const missingScopes = [...new Set(missing.flatMap(({ add }) => add))].sort();
  return {
    declaration,
    groups,
    known,
    unknown,
    malformed,
    duplicates,
    missing,
    missingScopes,
    lacked: declaration.open ? [] : lackedScopes(relation, groups, [...names, ...meant], missingScopes),
    declared: [...known, ...unknown]
      .sort((a, b) => a.index - b.index)
      .map((scope) => ('permission' in scope ? scope.permission.value : scope.declared.text)),
    excess: excessNames(catalog, declaration, excess),
    ...excess,
    required: requiredScopes(relation, groups),
  };
}

function excessNames(catalog: Catalog, declaration: Declaration, { unused, redundant, reducible }: Excess): string[] {
  const flags = declaration.scopes.map(({ text }) => text);
  const namesOf = ({ declared, permission }: KnownScope) =>
    declaration.form?.kind === 'services' ? scopesOfFlag(catalog, declared.text, flags) : [permission.value];
  return [...unused, ...redundant, ...reducible].flatMap(namesOf);
}

const noExcess: Pick<Assessment, 'unused' | 'redundant' | 'reducible'> = { unused: [], redundant: [], reducible: [] };

/** A flag can bring its own scopes only: of the alternatives, those are what a fix chooses from, where there are any. */
function addable(catalog: Catalog, { form }: Declaration, groups: readonly NeededGroup[]): readonly NeededGroup[] {
  if (form?.kind !== 'services') return groups;
  const brought = new Set([...catalog.services.values()].flat());
  return groups.map((group) => {
    const additions = group.alternatives.filter((scope) => brought.has(scope));
    return additions.length > 0 ? { ...group, additions } : group;
  });
}

/** The needs of all uses, the same ones joined, in the order they are met. */
export function groupsOf(uses: readonly Use[], kind: Declaration['kind']): NeededGroup[] {
  const joined = new Map<string, { needs: Need[]; causes: Cause[] }>();
  for (const use of uses) {
    for (const need of use.needs[kind]) {
      const key = [need.alternatives.join(), need.recommended?.join() ?? '', need.certain, need.by ?? ''].join('|');
      const known = joined.get(key) ?? { needs: [], causes: [] };
      known.needs.push(need);
      known.causes.push({ use, condition: need.condition, operations: need.operations, alternatives: need.alternatives });
      joined.set(key, known);
    }
  }
  return [...joined.values()].flatMap(({ needs, causes }) => {
    const [first] = needs;
    if (!first) return [];
    const { alternatives, recommended, certain, by } = first;
    const common = { guess: needs.every(({ guess }) => guess), neverReducible: needs.some(({ neverReducible }) => neverReducible) };
    return [{ alternatives, additions: recommended ?? alternatives, causes, certain, by, ...common }];
  });
}

function sortScopes(catalog: Catalog, declaration: Declaration) {
  const first = new Map<Permission, KnownScope>();
  const unknown: { declared: DeclaredScope; index: number }[] = [];
  const duplicates: (KnownScope & { first: DeclaredScope })[] = [];
  const malformed: MalformedScope[] = [];
  const isFlags = declaration.form?.kind === 'services';
  const names = isFlags ? flagPermissions(catalog) : (text: string) => findPermission(catalog, text);
  for (const [index, declared] of (declaration.effective ? declaration.scopes : []).entries()) {
    const fault = formFaultOf(declaration, declared);
    if (fault) malformed.push({ declared, index, fault });
    if (fault || isDefaultScope(declared.text)) continue;
    const permission = names(declared.text);
    if (!permission) {
      unknown.push({ declared, index });
      continue;
    }
    const before = first.get(permission);
    if (before) duplicates.push({ declared, index, permission, first: before.declared });
    else first.set(permission, { declared, index, permission });
  }
  const known = [...first.values()];
  return isFlags
    ? { known: flagScopes(catalog, declaration, known), unknown, duplicates, malformed }
    : { known, unknown, duplicates, malformed };
}

function findMissing(relation: Relation, groups: readonly NeededGroup[], declared: readonly string[]): MissingGroup[] {
  const open = groups.filter(
    ({ certain, by, alternatives }) => certain && by === undefined && !anySatisfies(relation, declared, alternatives),
  );
  if (open.length === 0) return [];
  const strict = withoutImplied(relation, open);
  const least = leastAdditions(relation, strict);
  return strict.map((group) => ({
    group,
    add: least.filter((scope) => satisfies(relation, scope, group.additions)),
    maybeSelected: isContentGroup(group.alternatives) && declared.some(isSelected),
  }));
}

/** Drops a group that a stricter one implies; its causes are told with the stricter one. */
function withoutImplied(relation: Relation, groups: readonly NeededGroup[]): NeededGroup[] {
  const implies = (strict: NeededGroup, loose: NeededGroup) =>
    strict.additions.every((scope) => satisfies(relation, scope, loose.additions));
  const kept = groups.filter(
    (group, index) => !groups.some((other, place) => other !== group && implies(other, group) && (place < index || !implies(group, other))),
  );
  return kept.map((group) => {
    const weaker = groups.filter((other) => !kept.includes(other) && implies(group, other));
    return {
      ...group,
      causes: [...group.causes, ...weaker.flatMap(({ causes }) => causes.map((cause) => ({ ...cause, isServed: true as const })))],
    };
  });
}

function leastAdditions(relation: Relation, groups: readonly NeededGroup[]): string[] {
  const lists = groups.map(({ additions }) => additions);
  const scopes = leastSet(relation, lists, lists.flat()) ?? [];
  // What is recommended for one need may be superfluous beside what another takes.
  const needed = groups.map(({ alternatives }) => alternatives);
  return leastSet(relation, needed, scopes) ?? scopes;
}

/** The least set for all certain needs of a declaration or connection, a shared mailbox included. */
export function requiredScopes(relation: Relation, groups: readonly NeededGroup[]): string[] {
  return leastAdditions(
    relation,
    groups.filter((group) => group.certain && isOfConnection(group)),
  );
}

/** Whether a need can be judged for a connection: whose mailbox an `Account` is, only a scope in a workflow can tell. */
export function isOfConnection({ by, causes }: NeededGroup): boolean {
  return by === undefined || causes.some(({ condition }) => condition.startsWith('UseSharedMailbox'));
}

/** What a closed list lacks, whichever rule reports it. */
function lackedScopes(
  relation: Relation,
  groups: readonly NeededGroup[],
  declared: readonly string[],
  missing: readonly string[],
): string[] {
  const names = [...declared, ...missing];
  const left = groups.filter((group) => group.certain && isOfConnection(group) && !anySatisfies(relation, names, group.alternatives));
  return [...new Set([...missing, ...leastAdditions(relation, left)])].sort();
}

/** In a manifest a permission of the other kind has a rule of its own; in a workflow it is a scope that nothing needs. */
function ofItsKind({ connection, kind }: Declaration, known: readonly KnownScope[]): readonly KnownScope[] {
  return connection === undefined ? known : known.filter(({ permission }) => hasKind(permission, kind));
}

function neverUnused(catalog: Catalog, declaration: Declaration): ReadonlySet<string> {
  const minimum = catalog.connectors.get(declaration.connector ?? '')?.minimum ?? [];
  return declaration.kind === 'delegated' ? new Set([...catalog.implied, ...minimum]) : new Set();
}
