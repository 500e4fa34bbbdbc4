/** The text report: what people meet first. */
import type { ConnectionReport } from '../../core/index';
import type { Problem, Severity } from '../../core/problem';
import { isElsewhere, severities, whySentence } from '../../core/problem';
import { titleOf } from '../../core/project/bindings';
import type { Use } from '../../core/project/model';
import { excerpt } from './excerpt';
import { groupProblems } from './groups';
import { rangeOf } from './json';
import type { Report } from './model';
import type { Style } from './style';

/** Findings with the line they stand on, why, and what to do, those of one rule on one list together; then connections; then the count. */
export function textReport(report: Report, style: Style): string {
  const problems = groupProblems(report.problems).map(([first, ...others]) =>
    first && others.length > 0 ? groupText(report, [first, ...others], style) : first ? problemText(report, first, style) : '',
  );
  const connections = connectionsText(report, style);
  return [...problems, ...(connections === '' ? [] : [connections]), summaryText(report, style)].join('\n');
}

function problemText(report: Report, problem: Problem, style: Style): string {
  const { start, end } = rangeOf(report, problem.file, problem.range);
  const head = headOf(report, problem, style);
  const document = report.documents.get(problem.file);
  const lines = [
    problem.accepted
      ? `${head}  ${style.good(`accepted${problem.accepted.until ? ` until ${problem.accepted.until}` : ''}: ${problem.accepted.reason}`)}`
      : head,
    `  ${problem.message}`,
  ];
  if (document && document.text !== '')
    lines.push(
      ...excerpt({ text: document.text, lines: document.lines, secrets: 'secrets' in document ? document.secrets : [] }, start, end).map(
        (line, index) => `  ${index === 0 ? line : style.severity(problem.severity, line)}`,
      ),
    );
  lines.push(...reasonLines(report, problem, style));
  const [first, ...others] = [...problem.fixes].sort((a, b) => Number(b.preferred) - Number(a.preferred));
  if (first && !problem.accepted)
    lines.push(
      `  fix: ${first.preferred ? style.good(first.title) : first.title}${others.length > 0 ? style.faint(`   or: ${others.map(({ title }) => title).join('; ')}`) : ''}`,
    );
  return `${lines.join('\n')}\n`;
}

/** One block for several findings: each has its place and its sentence, and they share the reason. */
function groupText(report: Report, problems: readonly [Problem, ...Problem[]], style: Style): string {
  const [first] = problems;
  const places = problems.map((problem) => positionOf(report, problem));
  const width = Math.max(...places.map(({ length }) => length));
  const fixes = problems.flatMap(({ fixes }) => fixes.find(({ preferred }) => preferred) ?? fixes[0] ?? []);
  const titles = fixes.map(({ title, preferred }) => (preferred ? style.good(title) : title)).join('; ');
  return `${[
    `${headOf(report, first, style)}  ${style.faint(`${problems.length} findings on one list`)}`,
    ...problems.map(({ message }, index) => `  ${(places[index] ?? '').padEnd(width)}  ${message}`),
    ...reasonLines(report, first, style),
    ...(titles === '' ? [] : [`  fix: ${titles}`]),
  ].join('\n')}\n`;
}

function headOf(report: Report, problem: Problem, style: Style): string {
  return `${style.strong(`${report.show(problem.file)}:${positionOf(report, problem)}`)}  ${style.severity(problem.severity, problem.severity)}  ${problem.rule}`;
}

function positionOf(report: Report, { file, range }: Problem): string {
  const { line, character } = rangeOf(report, file, range).start;
  return `${line + 1}:${character + 1}`;
}

/** Why, and where the list is declared that a finding elsewhere is about. */
function reasonLines(report: Report, problem: Problem, style: Style): string[] {
  const { why, declaredAt } = problem;
  const many = why.length > mostWhy ? [`  why: … and ${why.length - mostWhy} more`] : [];
  const isFar = declaredAt && isElsewhere(problem, declaredAt) && declaredAt.file !== problem.file;
  return [
    ...why.slice(0, mostWhy).map((cause) => whyText(report, cause)),
    ...many.map(style.faint),
    ...(isFar ? [style.faint(`  declared: ${placeOf(report, declaredAt)}`)] : []),
  ];
}

const mostWhy = 4;

function placeOf(report: Report, place: NonNullable<Problem['declaredAt']>): string {
  return `${report.show(place.file)}:${rangeOf(report, place.file, place).start.line + 1}`;
}

function whyText(report: Report, cause: Problem['why'][number]): string {
  const line = rangeOf(report, cause.file, cause).start.line + 1;
  return `  why: ${whySentence(cause, ` (${report.show(cause.file)}:${line})`)}`;
}

/** What each connection needs, where no manifest says what it has; and what the manifest's connections need and have. */
function connectionsText(report: Report, style: Style): string {
  if (report.connections.length === 0) return '';
  const blocks = report.connections.map((connection) => connectionText(report, connection, style));
  const hasManifest = [...report.documents.values()].some(({ kind }) => kind === 'manifest');
  const advice = report.connections.some(({ inManifest }) => !inManifest)
    ? style.faint(
        `  UiPath projects do not store the scopes of a connection: write them into m365-automation.json to have them compared${hasManifest ? '' : ' (m365-scopes init starts it)'}.\n`,
      )
    : '';
  return `${style.strong('Connections')}\n${blocks.join('\n')}\n${advice}`;
}

function connectionText(report: Report, connection: ConnectionReport, style: Style): string {
  const { id, name, connector, uses, required, declared, missing, excess, inManifest, isExpression, open } = connection;
  const names = (scopes: readonly string[]) => (scopes.length > 0 ? scopes.join(' ') : 'nothing');
  const lines = [
    `  ${style.strong(isExpression ? `${id} (an expression, known only at run time)` : titleOf(id, name))}${connector ? `  ${connector}` : ''}`,
  ];
  lines.push(`    used by   ${usersOf(report, uses)}`);
  lines.push(
    `    needs     ${required.length === 0 && uses.some((use) => use.open) ? 'depends on the requests it makes' : names(required)}`,
  );
  if (inManifest) lines.push(`    declares  ${open ? style.faint('not compared: the list is open') : names(declared)}`);
  if (missing.length > 0) lines.push(`    lacks     ${style.severity('error', missing.join(' '))}`);
  if (excess.length > 0) lines.push(`    too much  ${style.severity('warning', excess.join(' '))}`);
  return lines.join('\n');
}

/** The activities that use a connection, each once with how often, and their files. */
export function usersOf(report: Report, uses: readonly Use[]): string {
  const counted = new Map<string, number>();
  for (const use of uses) {
    const name = use.activity?.displayName ?? use.displayName;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  const activities = [...counted].map(([activity, times]) => (times > 1 ? `${activity} ×${times}` : activity)).join(', ');
  const files = [...new Set(uses.map((use) => report.show(use.document.path)))];
  return activities === '' ? 'nothing' : `${activities} (${files.length > 2 ? `${files.length} files` : files.join(', ')})`;
}

function summaryText({ summary, problems }: Report, style: Style): string {
  const plural: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', information: 'information', hint: 'hints' };
  const counts = severities
    .filter((severity) => summary[severity] > 0)
    .map((severity) => style.severity(severity, `${summary[severity]} ${summary[severity] === 1 ? severity : plural[severity]}`));
  const accepted = summary.accepted > 0 ? [`${summary.accepted} accepted`] : [];
  const found = [...counts, ...accepted].join(', ') || style.good('No problems');
  const disabled = summary.disabledUses > 0 ? ` (${summary.disabledUses} more commented out)` : '';
  const mendable = problems.filter(
    ({ severity, accepted, fixes }) =>
      !accepted && (severity === 'error' || severity === 'warning') && fixes.some(({ preferred }) => preferred),
  ).length;
  const advice =
    mendable > 0 ? `m365-scopes fix mends ${mendable === 1 ? '1 of them' : `${mendable} of them`}; --dry-run shows the changes.\n` : '';
  return `${found} in ${count(summary.files, 'file')}: ${count(summary.uses, 'Microsoft 365 activity', 'Microsoft 365 activities')}${disabled}, ${count(summary.declarations, 'list of scopes', 'lists of scopes')}.\n${advice}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
