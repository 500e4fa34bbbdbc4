/** `check`: what is missing, too much or wrong, as a report and an exit code. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { severities } from '../core/problem';
import { oneOf, parseCommand, ruleSeverities } from './arguments';
import { catalogOption } from './given-catalog';
import { grantedOptions } from './granted';
import { exit, type Io, UsageError } from './io';
import { jsonReport } from './report/json';
import { makeReport, type Report } from './report/model';
import { makeStyle } from './report/style';
import { textReport } from './report/text';
import { startSession, tellUnusable } from './session';

const formats = ['text', 'json'] as const;
const thresholds = ['error', 'warning', 'information', 'never'] as const;

/** Options of `check`; `list` and `fix` share some of them. */
export const checkOptions = {
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  'fail-on': { type: 'string' },
  rule: { type: 'string', multiple: true },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  ...catalogOption,
  ...grantedOptions,
} as const;

/** Runs the command. */
export async function check(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args, checkOptions);
  const format = oneOf('format', values.format, formats, 'text');
  const failOn = oneOf('fail-on', values['fail-on'], thresholds, 'error');
  if (values.stdin && positionals.length > 0)
    throw new UsageError('--stdin takes no paths: --stdin-filename says which file the text stands for.');
  const { catalog, granted, connection } = values;
  const given = { catalog, granted, connection };
  const request = { ...given, paths: positionals, stdinFile: stdinFile(values), severities: ruleSeverities(values.rule) };
  const session = await startSession(io, request);
  const report = makeReport(session.analyses, session.scan.isAsked, io.cwd);
  const isNothing = session.scan.files === 0;
  const text =
    format === 'json'
      ? jsonReport(report, session.catalog.date)
      : isNothing
        ? ''
        : textReport(report, makeStyle(io.colour && !values['no-color'] && values.output === undefined));
  write(io, values.output, text);
  if (tellUnusable(io, request, session)) return exit.usage;
  return fails(report, failOn) ? exit.findings : exit.clean;
}

/** Whether a finding that is not accepted reaches the threshold. */
export function fails({ summary }: Report, failOn: (typeof thresholds)[number]): boolean {
  if (failOn === 'never') return false;
  return severities.slice(0, severities.indexOf(failOn) + 1).some((severity) => summary[severity] > 0);
}

/** The file that standard input stands in for. */
export function stdinFile(values: {
  readonly stdin?: boolean | undefined;
  readonly 'stdin-filename'?: string | undefined;
}): string | undefined {
  const name = values['stdin-filename'];
  if (values.stdin && name === undefined)
    throw new UsageError('--stdin needs --stdin-filename PATH: the name says what kind of file it is and which project it belongs to.');
  if (!values.stdin && name !== undefined) throw new UsageError('--stdin-filename goes with --stdin.');
  return name;
}

/** Writes a report to a file or to standard output. */
export function write(io: Io, output: string | undefined, text: string): void {
  if (output === undefined) {
    io.out(text);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, output), text);
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${output}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
