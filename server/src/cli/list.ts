/** `list`: what each scope and connection needs, declares, and the difference. */

import type { Catalog, PermissionKind } from '../core/catalog/types';
import type { Analysis, ConnectionReport } from '../core/index';
import type { Assessment } from '../core/permissions/assess';
import type { Consent } from '../core/permissions/grants';
import { findPermission } from '../core/permissions/satisfy';
import { titleOf } from '../core/project/bindings';
import type { Project, Use } from '../core/project/model';
import { positionAt } from '../core/text';
import { oneOf, parseCommand } from './arguments';
import { checkOptions, write } from './check';
import { catalogOption } from './given-catalog';
import { grantedOptions } from './granted';
import { exit, type Io } from './io';
import { type Column, columnsJson, consentColumns, registeredColumns, uipathColumns } from './list-columns';
import { makeReport, type Report } from './report/model';
import { makeStyle, type Style } from './report/style';
import { usersOf } from './report/text';
import { startSession, tellUnusable } from './session';
import { toolInfo } from './tool';

/** Runs the command. */
export async function list(args: readonly string[], io: Io): Promise<number> {
  const options = { format: checkOptions.format, output: checkOptions.output, ...catalogOption, ...grantedOptions };
  const { values, positionals } = parseCommand(args, options);
  const format = oneOf('format', values.format, ['text', 'json'] as const, 'text');
  const { catalog, granted, connection } = values;
  const request = { paths: positionals, catalog, granted, connection };
  const session = await startSession(io, request);
  const report = makeReport(session.analyses, session.scan.isAsked, io.cwd);
  const rows = session.analyses
    .flatMap((analysis) => rowsOf(session.catalog, analysis, report))
    .filter((row) => session.scan.isAsked(row.path) || row.uses.some((use) => session.scan.isAsked(use.document.path)));
  if (tellUnusable(io, request, session)) return exit.usage;
  const style = makeStyle(io.colour && !values['no-color'] && values.output === undefined);
  const text =
    format === 'json'
      ? `${JSON.stringify({ version: 1, tool: toolInfo(session.catalog.date), ...toJson(rows) }, undefined, 2)}\n`
      : toText(rows, report, style);
  write(io, values.output, text);
  return exit.clean;
}

interface Row {
  readonly id: string;
  readonly kind: 'connection' | 'scope';
  readonly permissions: PermissionKind;
  readonly path: string;
  readonly place: { readonly file: string; readonly line: number } | undefined;
  /** What people call it, where bindings say so. */
  readonly name: string | undefined;
  readonly connector: string | undefined;
  readonly required: readonly string[];
  readonly declared: readonly string[];
  readonly missing: readonly string[];
  readonly excess: readonly string[];
  readonly unknown: readonly string[];
  /** What would be enough, by the name of a reducible scope. */
  readonly narrower: ReadonlyMap<string, string>;
  readonly open: string | undefined;
  /** What Studio asked for where it works the list out itself. */
  readonly studio: readonly string[];
  readonly uses: readonly Use[];
  /** What Entra knows of it, beside what is declared: each only where it was given. */
  readonly columns: readonly Column[];
}

function rowsOf(catalog: Catalog, { project, assessments, connections, consents }: Analysis, report: Report): Row[] {
  return [
    ...assessments.map((assessment) => declarationRow(catalog, project, assessment, consents.get(assessment), report)),
    ...connections.filter(({ inManifest }) => !inManifest).map(undeclaredRow),
  ];
}

function declarationRow(catalog: Catalog, project: Project, assessment: Assessment, consent: Consent | undefined, report: Report): Row {
  const { declaration, required, declared, lacked, excess, unknown, reducible } = assessment;
  const { document, connection, label, connector, kind, open, uses, nameRange, entry, element } = declaration;
  return {
    id: connection ?? label,
    kind: connection === undefined ? 'scope' : 'connection',
    permissions: kind,
    path: document.path,
    place: { file: report.show(document.path), line: positionAt(document.lines, nameRange.start).line },
    name: entry && project.factsOf(entry.ids).name,
    connector,
    required,
    declared,
    missing: lacked,
    excess,
    unknown: unknown.map((scope) => scope.declared.text),
    narrower: new Map(reducible.map((scope) => [scope.permission.value, scope.narrower])),
    open,
    studio: open === 'empty' ? knownNames(catalog, element?.studio ?? []) : [],
    uses,
    columns: [
      ...uipathColumns(catalog, declaration, required),
      ...registeredColumns(catalog, declaration),
      ...(consent ? consentColumns(consent, declaration) : []),
    ],
  };
}

/** Names that the catalogue knows, in its letter case: nothing else of a stored key is ever shown. */
function knownNames(catalog: Catalog, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => findPermission(catalog, name)?.value ?? []))].sort();
}

function undeclaredRow({ id, name, connector, required, uses }: ConnectionReport): Row {
  const nothing = { declared: [], missing: [], excess: [], unknown: [], narrower: new Map<string, string>(), columns: [] };
  return {
    id,
    kind: 'connection',
    permissions: 'delegated',
    path: '',
    place: undefined,
    name,
    connector,
    required,
    ...nothing,
    open: 'undeclared',
    studio: [],
    uses,
  };
}

function toJson(rows: readonly Row[]) {
  const entry = ({
    id,
    name,
    permissions,
    place,
    connector,
    required,
    declared,
    missing,
    excess,
    unknown,
    open,
    studio,
    uses,
    columns,
  }: Row) => ({
    id,
    ...(name === undefined ? {} : { name }),
    ...(place ?? {}),
    ...(connector === undefined ? {} : { connector }),
    permissions,
    required,
    declared,
    missing,
    excess,
    unknown,
    ...columnsJson(columns),
    open: open !== undefined,
    ...(open === undefined ? {} : { openBecause: open }),
    ...(studio.length > 0 ? { studio } : {}),
    activities: uses.map((use) => use.id),
    usedBy: [...new Set(uses.map((use) => use.displayName))],
  });
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).map(entry);
  return { connections: of('connection'), scopes: of('scope') };
}

/** Why a list is not compared, in a few words. */
const openWords: Readonly<Record<string, string>> = {
  expression: 'an expression: known only at run time',
  empty: 'an empty list: not compared',
  broken: 'the file is damaged here: not compared',
  default: '.default: whatever the app was granted',
  absent: 'no list',
  'app-only': 'app-only sign-in: the roles granted to the app count, not this list',
  asset: 'an Orchestrator asset decides the sign-in',
  connection: 'a connection decides the sign-in',
  'services-ignored': 'Services has no effect in this project',
  undeclared: 'no manifest says what it has',
};

function toText(rows: readonly Row[], report: Report, style: Style): string {
  if (rows.length === 0) return 'No Microsoft 365 Scope and no connection is used here.\n';
  return rows.map((row) => rowText(row, report, style)).join('\n');
}

function rowText(row: Row, report: Report, style: Style): string {
  const {
    id,
    name,
    kind,
    place,
    connector,
    permissions,
    required,
    declared,
    missing,
    excess,
    unknown,
    narrower,
    open,
    studio,
    uses,
    columns,
  } = row;
  const names = (scopes: readonly string[]) => (scopes.length > 0 ? scopes.join(' ') : style.faint('none'));
  const where = place && `${place.file}:${place.line + 1}`;
  const isOpen = required.length === 0 && uses.some((use) => use.open);
  const tooMuch = excess.map((scope) => (narrower.has(scope) ? `${scope} (${narrower.get(scope)} is enough)` : scope));
  const needed = isOpen ? 'depends on the requests it makes' : names(required);
  const facts = columns.filter(({ isDifference }) => !isDifference);
  const lines: (readonly [string, string])[] = [
    ...(kind === 'connection' ? [['used by', usersOf(report, uses)] as const] : []),
    ['required', `${needed}${permissions === 'application' ? style.faint(' (application permissions)') : ''}`],
    ['declared', open === undefined ? names(declared) : style.faint(openWords[open] ?? open)],
    ...(studio.length > 0 ? [['studio', `asked for ${studio.join(' ')}`] as const] : []),
    ...facts.map(({ label, scopes, note }) => [label, `${names(scopes)}${style.faint(note)}`] as const),
  ];
  const differences = [
    { label: 'missing', scopes: missing, severity: 'error', note: '' },
    { label: 'too much', scopes: tooMuch, severity: 'warning', note: '' },
    { label: 'unknown', scopes: unknown, severity: 'error', note: '' },
    ...columns.filter(({ isDifference }) => isDifference),
  ] as const;
  for (const { label, scopes, severity, note } of differences)
    if (scopes.length > 0) lines.push([label, `${style.severity(severity, scopes.join(' '))}${style.faint(note)}`]);
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  const head = `${style.strong(titleOf(id, name))}  ${[connector, where].filter(Boolean).join('  ')}`;
  return `${[head, ...lines.map(([label, text]) => `  ${label.padEnd(width)}${text}`)].join('\n')}\n`;
}
