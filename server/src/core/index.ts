/** The façade of the core: open files, analyse the project they make, all as plain data. Nothing here does IO, asks a clock or throws. */
import type { Catalog } from './catalog/types';
import { type Assessment, assess, groupsOf, requiredScopes } from './permissions/assess';
import { type Consent, consentsOf, type Grants, signedInPersonally } from './permissions/grants';
import type { Problem, Reach, Severity, Why } from './problem';
import { acceptAll, nothingAccepted } from './project/accept';
import { fromBindings } from './project/from-bindings';
import { fromCoded } from './project/from-coded';
import { fromManifest } from './project/from-manifest';
import { fromProjectJson } from './project/from-project-json';
import { fromRegistration } from './project/from-registration';
import { fromXaml } from './project/from-xaml';
import { type LinkOptions, link } from './project/link';
import type { Document, Project, UnreadableDocument, Use } from './project/model';
import { readReach } from './project/reach';
import { registrationsOf } from './project/registrations';
import { findRule, rules } from './rules/index';
import type { Rule, RuleContext } from './rules/rule';
import { isJudged } from './rules/support/judged';

export type FileKind = 'xaml' | 'project' | 'manifest' | 'coded' | 'bindings' | 'registration';

/** Says what kind of file a path names; undefined for files that are none of ours, unless a manifest names them as a registration. */
export function kindOf(path: string): FileKind | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (name === 'project.json') return 'project';
  if (name === 'm365-automation.json' || name.endsWith('.m365-automation.json')) return 'manifest';
  if (name === 'bindings_v2.json' || /(?:^|[\\/])\.project[\\/][^\\/]*bindingsmetadata\.json$/i.test(path)) return 'bindings';
  if (name === 'aad.manifest.json' || name.endsWith('.entra.json')) return 'registration';
  if (name.endsWith('.cs')) return 'coded';
  return name.endsWith('.xaml') ? 'xaml' : undefined;
}

/** Reads the text of a file, a byte order mark already taken off. */
export function open(path: string, text: string, kind: FileKind): Document {
  if (kind === 'xaml') return fromXaml(path, text);
  if (kind === 'coded') return fromCoded(path, text);
  if (kind === 'bindings') return fromBindings(path, text);
  if (kind === 'registration') return fromRegistration(path, text);
  return kind === 'project' ? fromProjectJson(path, text) : fromManifest(path, text);
}

/** Stands for a file that could not be read as text. */
export function unreadable(path: string, reason: string): UnreadableDocument {
  return { kind: 'unreadable', path, text: '', lines: [0], fault: undefined, limit: undefined, reason };
}

export interface AnalyzeOptions extends LinkOptions {
  /** Severity by rule id; `off` leaves a rule out. Never turns a guess into an error. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** The day it is, `YYYY-MM-DD`, UTC: exceptions end on a date. */
  readonly today: string;
  /** What was granted to an app, or to several, where that is known. */
  readonly grants?: Grants | readonly Grants[] | undefined;
  /** The way from a manifest to a file, with slashes. */
  readonly pathFrom: (manifestPath: string, path: string) => string;
}

/** What is known of one connection, declared in a manifest or only named by activities. */
export interface ConnectionReport {
  /** The manifest's key, or the GUID, or the expression. */
  readonly id: string;
  readonly isExpression: boolean;
  readonly inManifest: boolean;
  readonly connector: string | undefined;
  /** What people call it, where bindings say so. */
  readonly name: string | undefined;
  readonly required: readonly string[];
  readonly declared: readonly string[];
  readonly missing: readonly string[];
  /** Declared and unused, redundant or reducible. */
  readonly excess: readonly string[];
  readonly open: boolean;
  readonly uses: readonly Use[];
}

export interface Analysis {
  readonly project: Project;
  readonly assessments: readonly Assessment[];
  /** What was granted, for the declarations that `grants` speaks of. */
  readonly consents: ReadonlyMap<Assessment, Consent>;
  readonly problems: readonly Problem[];
  readonly connections: readonly ConnectionReport[];
}

/** Analyses documents that belong together. Problems come in a stable order: file, position, rule. */
export function analyze(documents: readonly Document[], catalog: Catalog, options: AnalyzeOptions): Analysis {
  const project = link(documents, catalog, options);
  // What is said of a registration by itself is told once, with the automation that it belongs to.
  const borrowed = new Set(registrationsOf(project).flatMap(({ path, sharing }) => (sharing === 'borrowed' ? [path] : [])));
  const assessments = project.declarations.map((declaration) => assess(catalog, declaration));
  const consents = consentsOf(catalog, project, assessments, options.grants);
  const context = {
    project,
    catalog,
    assessments,
    consents,
    signedInPersonally: signedInPersonally(catalog, project, assessments, options.grants),
    today: options.today,
    acceptance: nothingAccepted,
  };
  // Most automations have nothing to give a reason for: who invokes whom is worked out when the first one is asked for.
  let reach: ReachOf | undefined;
  const reachOf: ReachOf = (path) => {
    reach ??= readReach(project, options.pathFrom);
    return reach(path);
  };
  const found = rules
    .filter(({ isLast }) => !isLast)
    .flatMap((rule) => findingsOf(rule, context, options, reachOf))
    .filter(({ file, connection, declaration }) => connection !== undefined || declaration !== undefined || !borrowed.has(file));
  const acceptance = acceptAll(found.sort(compareProblems), project.manifests, {
    ...options,
    isJudged: (manifest, entry) => isJudged(context, options, manifest, entry),
  });
  const last = rules.filter(({ isLast }) => isLast).flatMap((rule) => findingsOf(rule, { ...context, acceptance }, options, reachOf));
  const problems = last.length === 0 ? acceptance.problems : [...acceptance.problems, ...last].sort(compareProblems);
  return {
    project,
    assessments,
    consents,
    problems,
    connections: [...declaredConnections(project, assessments, problems), ...undeclaredConnections(project, catalog)],
  };
}

function findingsOf(rule: Rule, context: RuleContext, { severities }: AnalyzeOptions, reachOf: ReachOf): Problem[] {
  const set = severities?.get(rule.id);
  if (set === 'off') return [];
  return rule.check(context).map(
    (finding): Problem => ({
      ...finding,
      why: finding.why.map((cause) => withReach(cause, reachOf(cause.file))),
      rule: rule.id,
      severity: severityOf(set, finding.severity, rule.severity, finding.guess === true),
    }),
  );
}

type ReachOf = ReturnType<typeof readReach>;

function withReach(cause: Why, reach: Reach | undefined): Why {
  return reach ? { ...cause, reach } : cause;
}

function severityOf(set: Severity | undefined, own: Severity | undefined, usual: Severity, isGuess: boolean): Severity {
  const severity = set ?? own ?? usual;
  return isGuess && severity === 'error' ? (own ?? 'information') : severity;
}

function compareProblems(a: Problem, b: Problem): number {
  const text = (first: string, second: string) => (first < second ? -1 : first > second ? 1 : 0);
  return (
    text(a.file, b.file) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    text(a.rule, b.rule) ||
    text(a.scopes.join(), b.scopes.join())
  );
}

function declaredConnections({ factsOf }: Project, assessments: readonly Assessment[], problems: readonly Problem[]): ConnectionReport[] {
  return assessments.flatMap(({ declaration, required, declared, missingScopes, excess }) => {
    const { connection, connector, open, uses, entry } = declaration;
    if (connection === undefined) return [];
    const accepted = new Set(
      problems
        .filter(({ rule, accepted, connection: key }) => accepted && key === connection && changesList(rule))
        .flatMap(({ scopes }) => scopes),
    );
    const left = (scopes: readonly string[]) => scopes.filter((scope) => !accepted.has(scope));
    const difference = { missing: left(missingScopes), excess: left(excess) };
    return [
      {
        id: connection,
        isExpression: false,
        inManifest: true,
        connector,
        name: factsOf(entry?.ids ?? []).name,
        required,
        declared,
        ...difference,
        open: open !== undefined,
        uses,
      },
    ];
  });
}

/** A finding on consent that is accepted says nothing on what the list lacks or has too much of. */
function changesList(rule: string): boolean {
  const stage = findRule(rule)?.stage;
  return stage === 'missing' || stage === 'excess';
}

function undeclaredConnections(project: Project, catalog: Catalog): ConnectionReport[] {
  return project.undeclared.map(({ id, isExpression, connector, name, uses }) => {
    const required = requiredScopes({ catalog, kind: 'delegated' }, groupsOf(uses, 'delegated'));
    return { id, isExpression, inManifest: false, connector, name, required, declared: [], missing: [], excess: [], open: true, uses };
  });
}
