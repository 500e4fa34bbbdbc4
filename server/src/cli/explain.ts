/** `explain`: all that the catalogue knows of one scope, activity or Graph request, and what an error of signing in means. */
import { explain } from '../core/explain/explain';
import { explainSignInError, isSignInError, type SignInExplanation } from '../identity/aadsts';
import { oneOf, parseCommand } from './arguments';
import { checkOptions, write } from './check';
import { catalogOf, catalogOption } from './given-catalog';
import { exit, type Io, UsageError } from './io';
import { explanationToJson } from './report/explain-json';
import { explanationToText } from './report/explain-text';
import { makeStyle } from './report/style';

/** Runs the command. A request may come as one argument or as two: method and URL. */
export function explainCommand(args: readonly string[], io: Io): number {
  const { values, positionals } = parseCommand(args, { format: checkOptions.format, output: checkOptions.output, ...catalogOption });
  const format = oneOf('format', values.format, ['text', 'json'] as const, 'text');
  const asked = positionals.join(' ').trim();
  if (asked === '')
    throw new UsageError(
      'explain takes a scope, an activity or a request, such as Mail.Send, SendMail or "GET /me/messages", or an error of signing in, such as AADSTS65001.',
    );
  if (isSignInError(asked)) {
    const error = explainSignInError({ code: asked });
    // A whole message may be asked about: only its code is repeated.
    if (!error.isKnown) throw new UsageError(error.sentence);
    write(io, values.output, format === 'json' ? `${JSON.stringify(errorToJson(error), undefined, 2)}\n` : errorToText(error));
    return exit.clean;
  }
  const found = explain(catalogOf(io, values.catalog), asked);
  if (found.kind === 'none') {
    const names = found.names.slice(0, 8).map((name) => `  ${name}\n`);
    io.err(`m365-scopes: ${found.reason}${names.length > 0 ? ` Did you mean one of these?\n${names.join('')}` : '\n'}`);
    return exit.usage;
  }
  const style = makeStyle(io.colour && !values['no-color'] && values.output === undefined);
  write(
    io,
    values.output,
    format === 'json' ? `${JSON.stringify(explanationToJson(found), undefined, 2)}\n` : explanationToText(found, style),
  );
  return exit.clean;
}

function errorToJson({ kind, code, sentence, source }: SignInExplanation): object {
  return { kind, code, sentence, source };
}

function errorToText({ code, sentence, source }: SignInExplanation): string {
  return `${code}\n  ${sentence}\n  source: ${source}\n`;
}
