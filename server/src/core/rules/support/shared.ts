/** What several scope rules say or do alike. */
import type { Assessment, KnownScope, NeededGroup } from '../../permissions/assess';
import { scopesOfFlag } from '../../permissions/flags';
import { anySatisfies } from '../../permissions/satisfy';
import type { Fix, Why } from '../../problem';
import type { Declaration, DeclaredScope } from '../../project/model';
import { addScopes, removeScope, replaceScope } from '../../project/scope-edits';
import type { Finding, RuleContext } from '../rule';

/** The places that need a group, once each, as the reason for a finding: those that need it first, those it serves as well after them. */
export function whyOf(groups: readonly NeededGroup[]): Why[] {
  const found = new Map<string, Why>();
  const causes = groups.flatMap((group) => group.causes);
  for (const { use, condition, operations, alternatives, isServed } of [
    ...causes.filter((cause) => !cause.isServed),
    ...causes.filter((cause) => cause.isServed),
  ]) {
    const why: Why = {
      activity: use.id,
      displayName: use.displayName,
      file: use.document.path,
      condition,
      operations,
      permissions: alternatives,
      start: use.range.start,
      end: use.range.end,
      ...(isServed ? { isServed } : {}),
    };
    const key = `${why.file}:${why.start}`;
    const before = found.get(key);
    if (!before || (before.condition === 'always' && !isServed)) found.set(key, why);
  }
  return [...found.values()];
}

/** Who needs one of the scopes that a finding is about: those for whose need it will do. */
export function whyOfScopes({ catalog }: RuleContext, { declaration, groups }: Assessment, scopes: readonly string[]): Why[] {
  const relation = { catalog, kind: declaration.kind };
  return whyOf(groups.filter(({ alternatives, certain }) => certain && anySatisfies(relation, scopes, alternatives)));
}

/** What every finding about a declaration carries. */
export function about(declaration: Declaration): Pick<Finding, 'file' | 'connection' | 'declaration' | 'declaredAt'> {
  const { document, connection, label, nameRange } = declaration;
  const { path: file } = document;
  const common = { file, declaredAt: { file, start: nameRange.start, end: nameRange.end } };
  return connection === undefined ? { ...common, declaration: label } : { ...common, connection };
}

/** How a declaration is called at the start of a sentence. */
export function nameOf({ connection, label }: Declaration): string {
  return connection === undefined ? `"${label}"` : `The connection "${connection}"`;
}

/** The same inside a sentence. */
export function namedIn({ connection, label }: Declaration): string {
  return connection === undefined ? `"${label}"` : `the connection "${connection}"`;
}

/** Whether a connection of a manifest is declared for nothing: all that could use it is known. */
export function isUnusedConnection({ entry, uses, hasOpenUse, document, open }: Declaration): boolean {
  return entry !== undefined && document.kind === 'manifest' && uses.length === 0 && !hasOpenUse && !document.fault && open !== 'broken';
}

/** The one scope or flag a finding is about: its place and its names in the catalogue's letter case. */
export function atScope(
  { catalog }: RuleContext,
  { declaration }: Assessment,
  { declared, permission }: KnownScope,
): Pick<Finding, 'range' | 'scopes'> {
  const range = { start: declared.start, end: declared.end };
  if (declaration.form?.kind !== 'services') return { range, scopes: [permission.value] };
  const flags = declaration.scopes.map(({ text }) => text);
  return { range, scopes: scopesOfFlag(catalog, declared.text, flags) };
}

/** A fix that removes one value of a list. */
export function removal(declaration: Declaration, index: number, declared: DeclaredScope, preferred = true): Fix {
  return {
    title: `Remove ${declared.text}`,
    preferred,
    changes: [{ file: declaration.document.path, edits: removeScope(declaration, index) }],
  };
}

/** A fix that puts another name in place of one value, in the letter case of the list. */
export function replacement(declaration: Declaration, index: number, name: string, preferred: boolean): Fix {
  const { text, edits } = replaceScope(declaration, index, name);
  const old = declaration.scopes[index]?.text ?? '';
  return { title: `Replace ${old} by ${text}`, preferred, changes: [{ file: declaration.document.path, edits }] };
}

/** A fix that adds scopes; undefined where the list cannot hold them. */
export function addition(
  context: RuleContext,
  declaration: Declaration,
  names: readonly string[],
  preferred: boolean,
  title?: string,
): Fix | undefined {
  const added = addScopes(declaration, names, context.catalog);
  if (!added) return undefined;
  return { title: title ?? `Add ${added.texts.join(', ')}`, preferred, changes: [{ file: declaration.document.path, edits: added.edits }] };
}

/** Lists names in a sentence: `a`, `a or b`, `a, b or c`. */
export function listed(names: readonly string[], last: 'or' | 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** Several activities of one name are named once. */
export function isOne(why: readonly Why[]): boolean {
  return new Set(why.filter(({ isServed }) => !isServed).map(({ displayName }) => displayName)).size <= 1;
}

/** Names the activities behind a finding: the first ones, and how many more there are. */
export function activityNames(why: readonly Why[]): string {
  const names = [...new Set(why.filter(({ isServed }) => !isServed).map(({ displayName }) => displayName))];
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more activities` : listed(names, 'and');
}
