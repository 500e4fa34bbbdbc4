/** `fix`: applies the preferred fixes until nothing is left that it could mend. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { analyze, open } from '../core/index';
import { maskSpans } from '../core/text';
import { decodeText } from '../workspace/decode-text';
import { type AppliedFix, fixAll } from '../workspace/fix';
import { fileKind } from '../workspace/load';
import { knownRule, oneOf, parseCommand } from './arguments';
import { fails } from './check';
import { catalogOption } from './given-catalog';
import { exit, type Io } from './io';
import { jsonReport } from './report/json';
import { makeReport, type Report } from './report/model';
import { makeStyle } from './report/style';
import { textReport } from './report/text';
import { type Session, startSession, tellUnusable } from './session';
import { writeReason } from './write-reason';

const options = {
  'dry-run': { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  ...catalogOption,
} as const;

/** Runs the command. With `--dry-run` nothing is written: the differences are printed, and the exit code is the one the fix would have. */
export async function fix(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args, options);
  const format = oneOf('format', values.format, ['text', 'json'] as const, 'text');
  const failOn = oneOf('fail-on', values['fail-on'], ['error', 'warning', 'information', 'never'] as const, 'error');
  const rules = values.rule && new Set(values.rule.map(knownRule));
  const request = { paths: positionals, catalog: values.catalog };
  const session = await startSession(io, request);
  if (tellUnusable(io, request, session)) return exit.usage;
  const { catalog, optionsOf, scan } = session;
  const results = scan.automations.map((automation) => {
    const options = optionsOf(automation);
    const result = fixAll({ documents: automation.documents, catalog, options, rules, mayChange: scan.isAsked });
    return { ...result, analysis: analyze(result.documents, catalog, options) };
  });
  const after = results.map(({ analysis }) => analysis);
  const changes = results.flatMap(({ changed }) => [...changed]).sort(([a], [b]) => (a < b ? -1 : 1));
  const failures = values['dry-run'] ? [] : changes.flatMap(([path, text]) => save(session, path, text));
  // What could not be written is not fixed: the report then speaks of what is on disk.
  const failed = new Set(failures.map(({ path }) => path));
  const report = failures.length === 0 ? makeReport(after, session.scan.isAsked, io.cwd) : await reportNow(io, positionals);
  const applied = results.flatMap((result) => result.applied).filter(({ problem }) => !failed.has(problem.file));
  const style = makeStyle(io.colour && !values['no-color']);
  if (format === 'json') io.out(jsonReport(report, session.catalog.date));
  else if (values['dry-run']) io.out(changes.map(([path, text]) => patch(session, report, path, text)).join(''));
  else
    io.out(
      (failed.size > 0 && applied.length === 0 ? '' : fixedText(applied, changes.length - failed.size, report)) + textReport(report, style),
    );
  if (values['dry-run'] && changes.length === 0) io.err('m365-scopes: nothing to fix.\n');
  if (values['dry-run'] && changes.some(([path]) => hasSecrets(session, path)))
    io.err('m365-scopes: secrets are blacked out in this diff, so it cannot be applied. Run fix without --dry-run.\n');
  for (const { reason } of failures) io.err(`m365-scopes: ${reason}\n`);
  if (failures.length > 0) return exit.usage;
  return fails(report, failOn) ? exit.findings : exit.clean;
}

async function reportNow(io: Io, paths: readonly string[]): Promise<Report> {
  const { analyses, scan } = await startSession(io, { paths });
  return makeReport(analyses, scan.isAsked, io.cwd);
}

function originalText(session: Session, path: string): string {
  return session.analyses.flatMap(({ project }) => project.documents).find((document) => document.path === path)?.text ?? '';
}

/** Writes a file back as it was encoded, unless somebody changed it in the meantime. */
function save(session: Session, path: string, text: string): { path: string; reason: string }[] {
  try {
    const decoded = decodeText(readFileSync(path));
    if (!('text' in decoded) || decoded.text !== originalText(session, path))
      return [{ path, reason: `${path} was changed while it was being fixed: it is left as it is. Run fix again.` }];
    writeFileSync(path, (session.scan.marked.has(path) ? '\uFEFF' : '') + text);
    return [];
  } catch (error) {
    return [{ path, reason: `${path} cannot be written: ${writeReason(error)}. It is left as it is.` }];
  }
}

/** The differences of a file. Secrets are blacked out: a diff goes to logs. */
function patch(session: Session, report: Report, path: string, text: string): string {
  const name = report.show(path);
  const mark = session.scan.marked.has(path) ? '\uFEFF' : '';
  const difference = createTwoFilesPatch(
    `a/${name}`,
    `b/${name}`,
    mark + withoutSecrets(path, originalText(session, path)),
    mark + withoutSecrets(path, text),
    '',
    '',
    { context: 3 },
  ).replace(/^=+\n/, '');
  // As git does: patch(1) takes a name up to its first space unless a tab ends it.
  return difference.replace(/^--- a\/.* .*\n\+\+\+ b\/.*(?=\n)/, (names) => names.replace('\n', '\t\n').concat('\t'));
}

function withoutSecrets(path: string, text: string): string {
  const document = open(path, text, fileKind(path));
  return 'secrets' in document ? maskSpans(text, document.secrets) : text;
}

function hasSecrets(session: Session, path: string): boolean {
  const text = originalText(session, path);
  return withoutSecrets(path, text) !== text;
}

/** Findings that only offer a choice. */
function choicesIn({ problems }: Report): number {
  return problems.filter(({ accepted, fixes }) => !accepted && fixes.length > 0 && !fixes.some(({ preferred }) => preferred)).length;
}

function fixedText(applied: readonly AppliedFix[], files: number, report: Report): string {
  const choices = choicesIn(report);
  if (applied.length === 0)
    return `${choices === 0 ? 'Nothing to fix.' : `Nothing to fix without you: ${choices} ${choices === 1 ? 'finding has' : 'findings have'} fixes to choose from. Apply them in an editor, or by hand.`}\n\n`;
  const lines = applied.map(({ problem, title }) => `  ${report.show(problem.file)}: ${title}`);
  return `Fixed ${applied.length} ${applied.length === 1 ? 'problem' : 'problems'} in ${files} ${files === 1 ? 'file' : 'files'}:\n${lines.join('\n')}\n\n`;
}
