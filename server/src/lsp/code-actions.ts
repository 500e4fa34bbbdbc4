/** Quick fixes at the place of a finding and at the activity that needs the scope, and the action that mends a whole file. */
import { join } from 'node:path';
import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind, type Range } from 'vscode-languageserver';
import type { Fix, Problem } from '../core/problem';
import { acceptFix } from '../core/project/accept-edit';
import type { Document } from '../core/project/model';
import { offsetAt, type Span } from '../core/text';
import { pathOptions } from '../workspace/automations';
import type { AnalyzedAutomation } from '../workspace/session';
import { consentActions } from './consent-actions';
import { type Asked, askedFor, type ServerContext, shownProblems } from './context';
import { toDiagnostic } from './convert';
import { toEditData } from './edits';
import { wholeFileEdits } from './file-fixes';
import { type EditData, fixAllKind } from './protocol';

/** An action whose edit is made when it is resolved, or at once for clients that cannot resolve. */
export interface PreparedAction {
  readonly action: CodeAction;
  /** Undefined: it runs a command of the client. */
  readonly data?: EditData;
}

/** The actions for a place in a file. */
export async function codeActions(
  context: ServerContext,
  { textDocument, range, context: wanted }: CodeActionParams,
): Promise<PreparedAction[]> {
  const asked = await askedFor(context, textDocument.uri);
  if (!asked) return [];
  const isWanted = (kind: string) =>
    !wanted.only || wanted.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  // A light bulb is asked for at every move of the caret: what takes a whole file waits until somebody opens the menu.
  const isInvoked = wanted.triggerKind !== CodeActionTriggerKind.Automatic;
  return [
    ...(isWanted(CodeActionKind.QuickFix) ? quickFixes(context, asked, range, isInvoked) : []),
    ...(isWanted(fixAllKind) && (isInvoked || wanted.only) ? fixEverything(context, asked) : []),
  ];
}

function quickFixes(context: ServerContext, { path, found }: Asked, range: Range, isInvoked: boolean): PreparedAction[] {
  const document = context.session.document(path);
  const at: Span = { start: offsetOf(document, range.start), end: offsetOf(document, range.end) };
  const problems = shownProblems(context, found);
  const here = problems.filter(({ file, range: place }) => file === path && touches(place, at));
  const caused = problems.filter(
    (problem) => !here.includes(problem) && problem.why.some((cause) => cause.file === path && touches(cause, at)),
  );
  const isMany = here.length + caused.length > mostAtOnce;
  const prepared = [...here, ...caused].flatMap((problem) =>
    problem.fixes.filter(({ preferred }) => preferred || !isMany).map((fix) => toAction(context, problem, fix, here.includes(problem))),
  );
  if (!isInvoked) return prepared;
  return [
    ...prepared,
    ...consentActions(context, found, here),
    ...(prepared.length > 0 ? missingInFile(context, { path, found }, [...here, ...caused]) : []),
    ...acceptActions(context, found, here),
  ];
}

function toAction(context: ServerContext, problem: Problem, { title, preferred, changes }: Fix, isHere: boolean): PreparedAction {
  const where = isHere
    ? ''
    : ` ${prepositionOf(title)} ${problem.connection === undefined ? `"${problem.declaration ?? 'the list'}"` : `the connection "${problem.connection}"`}`;
  return {
    action: {
      title: title + where,
      kind: CodeActionKind.QuickFix,
      isPreferred: preferred,
      diagnostics: isHere ? [toDiagnostic(problem, context.session.document)] : [],
    },
    data: toEditData(context, title, changes),
  };
}

/** How the place of a fix is named, where the action is offered somewhere else. */
function prepositionOf(title: string): string {
  if (title.startsWith('Register')) return 'for';
  return title.startsWith('Add') ? 'to' : title.startsWith('Remove') ? 'from' : 'in';
}

/** Of more findings than this only the preferred fixes are offered: nobody chooses among hundreds. */
const mostAtOnce = 20;

/** An exception with a reason, for each finding at the place. */
function acceptActions(context: ServerContext, { automation, analysis }: AnalyzedAutomation, here: readonly Problem[]): PreparedAction[] {
  if (here.length > mostAtOnce) return [];
  const options = {
    newManifest: join(automation.root, 'm365-automation.json'),
    pathFrom: pathOptions.pathFrom,
    until: daysAfter(context.today(), 90),
  };
  return here.flatMap((problem) => {
    const fix = acceptFix(analysis.project, analysis.problems, problem, options);
    return fix && (context.createsFiles || !fix.changes.some(({ isNew }) => isNew)) ? [toAction(context, problem, fix, true)] : [];
  });
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** One action for everything that is missing in the file, where that is more than the finding at hand. */
function missingInFile(context: ServerContext, { path, found }: Asked, at: readonly Problem[]): PreparedAction[] {
  const files = new Set(at.filter(({ rule }) => rule === 'missing-scope').map(({ file }) => file));
  const file = files.has(path) ? path : [...files][0];
  const missing = shownProblems(context, found).filter((problem) => problem.rule === 'missing-scope' && problem.file === file);
  if (file === undefined || missing.length < 2) return [];
  const changes = wholeFileEdits(context, found, file, new Set(['missing-scope']));
  return changes.length === 0
    ? []
    : [
        {
          action: { title: 'Add all missing scopes in the file', kind: CodeActionKind.QuickFix },
          data: toEditData(context, 'Add all missing scopes', changes),
        },
      ];
}

function fixEverything(context: ServerContext, { path, found }: Asked): PreparedAction[] {
  const changes = wholeFileEdits(context, found, path, undefined);
  if (changes.length === 0) return [];
  return [
    {
      action: { title: 'Fix all scope problems in the file', kind: fixAllKind },
      data: toEditData(context, 'Fix all scope problems', changes),
    },
  ];
}

function offsetOf(document: Document, position: Range['start']): number {
  return offsetAt(document.lines, document.text.length, position);
}

/** Spans touch where they share a character, or where one ends at the other: a caret stands between characters. */
function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
