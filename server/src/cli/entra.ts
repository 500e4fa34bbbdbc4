/** `entra`: the least that has to be registered in Microsoft Entra for a project, app by app, ready to paste. */
import { neededAccess, usersOfUipath } from '../core/entra/needed-access';
import { oneOf, parseCommand } from './arguments';
import { checkOptions, write } from './check';
import { catalogOption } from './given-catalog';
import { exit, type Io } from './io';
import { accessToJson, accessToText } from './report/entra';
import { makeReport } from './report/model';
import { makeStyle } from './report/style';
import { startSession, tellUnusable } from './session';
import { toolInfo } from './tool';

/** Runs the command. */
export async function entra(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args, { format: checkOptions.format, output: checkOptions.output, ...catalogOption });
  const format = oneOf('format', values.format, ['text', 'json'] as const, 'text');
  const request = { paths: positionals, catalog: values.catalog };
  const session = await startSession(io, request);
  const report = makeReport(session.analyses, session.scan.isAsked, io.cwd);
  // An app has one registration, whichever of the project's files was named.
  const apps = neededAccess(session.analyses, session.catalog);
  const ofUipath = usersOfUipath(session.analyses);
  const style = makeStyle(io.colour && !values['no-color'] && values.output === undefined);
  const text =
    format === 'json'
      ? `${JSON.stringify({ version: 1, tool: toolInfo(session.catalog.date), ...accessToJson(apps, ofUipath, report) }, undefined, 2)}\n`
      : session.scan.files === 0
        ? ''
        : accessToText(apps, ofUipath, report, style);
  write(io, values.output, text);
  return tellUnusable(io, request, session) ? exit.usage : exit.clean;
}
