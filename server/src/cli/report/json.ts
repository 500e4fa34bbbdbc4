/** The JSON report: the contract in schemas/report.schema.json, for agents and scripts. */
import type { ConnectionReport } from '../../core/index';
import type { Problem } from '../../core/problem';
import { positionAt, type Span } from '../../core/text';
import { toolInfo } from '../tool';
import type { Report } from './model';

/** Lines zero-based, characters in UTF-16 units, paths relative with forward slashes. */
export function jsonReport(report: Report, catalogDate: string): string {
  return `${JSON.stringify(
    {
      version: 1,
      tool: toolInfo(catalogDate),
      problems: report.problems.map((problem) => toProblem(report, problem)),
      connections: report.connections.map(toConnection),
      summary: report.summary,
    },
    undefined,
    2,
  )}\n`;
}

function toProblem(report: Report, problem: Problem) {
  const { rule, severity, file, message, scopes, connection, declaration, declaredAt, activity, why, fixes, accepted } = problem;
  return {
    rule,
    severity,
    file: report.show(file),
    range: rangeOf(report, file, problem.range),
    message,
    scopes,
    ...(connection === undefined ? {} : { connection }),
    ...(declaration === undefined ? {} : { declaration }),
    ...(activity === undefined ? {} : { activity }),
    ...(declaredAt
      ? { declaredAt: { file: report.show(declaredAt.file), line: rangeOf(report, declaredAt.file, declaredAt).start.line } }
      : {}),
    why: why.map((cause) => ({
      activity: cause.activity,
      displayName: cause.displayName,
      file: report.show(cause.file),
      line: rangeOf(report, cause.file, cause).start.line,
      condition: cause.condition,
      ...(cause.operations && cause.operations.length > 0 ? { operations: cause.operations } : {}),
      ...(cause.permissions ? { permissions: cause.permissions } : {}),
      ...(cause.reach ? { reachedFrom: cause.reach.from.map(report.show) } : {}),
    })),
    fixes: fixes.map(({ title, preferred }) => ({ title, kind: 'quickfix', preferred })),
    ...(accepted ? { accepted } : {}),
  };
}

/** Where a span stands in a file, as the report counts it. */
export function rangeOf(report: Report, file: string, { start, end }: Span) {
  const lines = report.documents.get(file)?.lines ?? [0];
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

function toConnection({ id, name, connector, required, declared, open }: ConnectionReport) {
  return { id, ...(name === undefined ? {} : { name }), ...(connector === undefined ? {} : { connector }), required, declared, open };
}
