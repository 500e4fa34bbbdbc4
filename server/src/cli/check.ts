/** `check`: what is missing, too much or wrong, as a report and an exit code. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { severities } from '../core/problem';
import type { Evidence } from '../identity/grants-json';
import type { AuthorityOverride } from '../identity/types';
import { oneOf, parseCommand, ruleSeverities } from './arguments';
import { catalogOption } from './given-catalog';
import { grantedOptions } from './granted';
import { exit, type Io, UsageError } from './io';
import { jsonReport } from './report/json';
import { makeReport, type Report } from './report/model';
import { makeStyle } from './report/style';
import { textReport } from './report/text';
import { startSession, tellUnusable } from './session';
import { signInForEvidence, signInOptions } from './sign-in';
import { flows } from './sign-in-target';
import { writeReason } from './write-reason';

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
  ...signInOptions,
  ...catalogOption,
  ...grantedOptions,
} as const;

/** Runs the command. With `--sign-in` it first asks Entra what was granted. */
export async function check(args: readonly string[], io: Io, override?: AuthorityOverride): Promise<number> {
  const { values, positionals } = parseCommand(args, checkOptions);
  const { connection } = values;
  const settings = readSettings(values, positionals);
  if (values['sign-in'] === undefined) return report(io, settings);
  if (values.granted !== undefined) throw new UsageError('--sign-in and --granted both say what was granted: give one of them.');
  const flow = oneOf('sign-in', values['sign-in'], flows, 'device-code');
  const { paths, stdinFile: file } = settings.request;
  const request = { flow, connection, paths: file === undefined ? paths : [file], override };
  return report(io, settings, await signInForEvidence(io, request));
}

/** What is wrong with the options is told before anybody signs in. */
function readSettings(values: Values, paths: readonly string[]) {
  const format = oneOf('format', values.format, formats, 'text');
  const failOn = oneOf('fail-on', values['fail-on'], thresholds, 'error');
  if (values.stdin && paths.length > 0)
    throw new UsageError('--stdin takes no paths: --stdin-filename says which file the text stands for.');
  const { catalog, granted, connection } = values;
  const given = { catalog, granted, connection };
  const request = { ...given, paths, stdinFile: stdinFile(values), severities: ruleSeverities(values.rule) };
  return { format, failOn, request, output: values.output, noColor: values['no-color'] };
}

type Values = ReturnType<typeof parseCommand<typeof checkOptions>>['values'];

/** Checks and reports, held to what was granted where that is known. */
async function report(io: Io, settings: ReturnType<typeof readSettings>, evidence?: Evidence): Promise<number> {
  const { format, failOn, request, output, noColor } = settings;
  const session = await startSession(io, { ...request, evidence });
  const made = makeReport(session.analyses, session.scan.isAsked, io.cwd);
  const isNothing = session.scan.files === 0;
  const text =
    format === 'json'
      ? jsonReport(made, session.catalog.date)
      : isNothing
        ? ''
        : textReport(made, makeStyle(io.colour && !noColor && output === undefined));
  write(io, output, text);
  if (tellUnusable(io, request, session)) return exit.usage;
  return fails(made, failOn) ? exit.findings : exit.clean;
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
    throw new UsageError(`The report cannot be written to ${output}: ${writeReason(error)}.`);
  }
}
