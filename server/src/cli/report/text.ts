/** The text report: what people meet first. */
import type { ConnectionReport } from '../../core/index';
import type { Problem, Severity } from '../../core/problem';
import { severities } from '../../core/problem';
import { excerpt } from './excerpt';
import { rangeOf } from './json';
import type { Report } from './model';
import type { Style } from './style';

/** Findings with the line they stand on, why, and what to do; then connections; then the count. */
export function textReport(report: Report, style: Style): string {
  const problems = report.problems.map((problem) => problemText(report, problem, style));
  const connections = connectionsText(report, style);
  return [...problems, ...(connections === '' ? [] : [connections]), summaryText(report, style)].join('\n');
}

function problemText(report: Report, problem: Problem, style: Style): string {
  const { start, end } = rangeOf(report, problem.file, problem.range);
  const head = `${style.strong(`${report.show(problem.file)}:${start.line + 1}:${start.character + 1}`)}  ${style.severity(problem.severity, problem.severity)}  ${problem.rule}`;
  const document = report.documents.get(problem.file);
  const lines = [problem.accepted ? `${head}  ${style.good(`accepted: ${problem.accepted.reason}`)}` : head, `  ${problem.message}`];
  if (document && document.text !== '')
    lines.push(
      ...excerpt(document.text, document.lines, start, end).map(
        (line, index) => `  ${index === 0 ? line : style.severity(problem.severity, line)}`,
      ),
    );
  const many = problem.why.length > mostWhy ? [`  why: … and ${problem.why.length - mostWhy} more`] : [];
  lines.push(...problem.why.slice(0, mostWhy).map((cause) => whyText(report, cause)), ...many.map(style.faint));
  const [first, ...others] = [...problem.fixes].sort((a, b) => Number(b.preferred) - Number(a.preferred));
  if (first)
    lines.push(
      `  fix: ${first.preferred ? style.good(first.title) : first.title}${others.length > 0 ? style.faint(`   or: ${others.map(({ title }) => title).join('; ')}`) : ''}`,
    );
  return `${lines.join('\n')}\n`;
}

const mostWhy = 4;

function whyText(report: Report, cause: Problem['why'][number]): string {
  const line = rangeOf(report, cause.file, cause).start.line + 1;
  return `  why: ${cause.displayName} (${report.show(cause.file)}:${line}) needs it${cause.condition === 'always' ? '' : `, because ${cause.condition}`}`;
}

/** What each connection needs, where no manifest says what it has; and what the manifest's connections need and have. */
function connectionsText(report: Report, style: Style): string {
  if (report.connections.length === 0) return '';
  const blocks = report.connections.map((connection) => connectionText(report, connection, style));
  const advice = report.connections.some(({ inManifest }) => !inManifest)
    ? style.faint(
        '  No file of a project says which scopes a connection has: write them into m365-automation.json to have them compared.\n',
      )
    : '';
  return `${style.strong('Connections')}\n${blocks.join('\n')}\n${advice}`;
}

function connectionText(
  report: Report,
  { id, connector, uses, required, declared, inManifest, isExpression, open }: ConnectionReport,
  style: Style,
): string {
  const name = isExpression ? `[${id}] (known only at run time)` : id;
  const counted = new Map<string, number>();
  for (const use of uses)
    counted.set(use.activity?.displayName ?? use.displayName, (counted.get(use.activity?.displayName ?? use.displayName) ?? 0) + 1);
  const activities = [...counted].map(([activity, count]) => (count > 1 ? `${activity} ×${count}` : activity)).join(', ');
  const files = [...new Set(uses.map((use) => report.show(use.document.path)))];
  const where = files.length > 2 ? `${files.length} files` : files.join(', ');
  const lines = [`  ${style.strong(name)}${connector ? `  ${connector}` : ''}`];
  lines.push(`    used by   ${activities === '' ? 'nothing' : `${activities} (${where})`}`);
  lines.push(
    `    needs     ${required.length > 0 ? required.join(' ') : uses.some((use) => use.open) ? 'depends on the requests it makes' : 'nothing'}`,
  );
  if (inManifest)
    lines.push(`    declares  ${declared.length > 0 ? declared.join(' ') : 'nothing'}${open ? style.faint(' (open: not compared)') : ''}`);
  return lines.join('\n');
}

function summaryText({ summary }: Report, style: Style): string {
  const plural: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', information: 'informations', hint: 'hints' };
  const counts = severities
    .filter((severity) => summary[severity] > 0)
    .map((severity) => style.severity(severity, `${summary[severity]} ${summary[severity] === 1 ? severity : plural[severity]}`));
  const accepted = summary.accepted > 0 ? [`${summary.accepted} accepted`] : [];
  const found = [...counts, ...accepted].join(', ') || style.good('No problems');
  const disabled = summary.disabledUses > 0 ? ` (${summary.disabledUses} more commented out)` : '';
  return `${found} in ${count(summary.files, 'file')}: ${count(summary.uses, 'Microsoft 365 activity', 'Microsoft 365 activities')}${disabled}, ${count(summary.declarations, 'list of scopes', 'lists of scopes')}.\n`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
