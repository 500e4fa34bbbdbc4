/** Applies preferred fixes to a fixed point, in memory: what `fix`, fix-all and fix-on-save do. */

import type { Catalog } from '../core/catalog/types';
import { type AnalyzeOptions, analyze, open } from '../core/index';
import type { Problem } from '../core/problem';
import type { Document } from '../core/project/model';
import { findRule, fixStages } from '../core/rules/index';
import { applyEdits, collide, type TextEdit } from '../core/text';
import { fileKind } from './load';

export interface FixRequest {
  readonly documents: readonly Document[];
  readonly catalog: Catalog;
  readonly options: AnalyzeOptions;
  /** Only these rules; hints are mended only where named here. Undefined: every rule, from warning up. */
  readonly rules?: ReadonlySet<string> | undefined;
  /** Whether a file may be changed. */
  readonly mayChange: (path: string) => boolean;
}

export interface AppliedFix {
  readonly problem: Problem;
  readonly title: string;
}

export interface FixResult {
  readonly documents: readonly Document[];
  /** New texts by path, of the files that changed. */
  readonly changed: ReadonlyMap<string, string>;
  readonly applied: readonly AppliedFix[];
}

/** More rounds than any list of scopes can need: a guard, not a limit. */
const mostRounds = 500;

/** Applies fixes stage by stage, one round after the other, analysing afresh in between. */
export function fixAll(request: FixRequest): FixResult {
  let documents = request.documents;
  const changed = new Map<string, string>();
  const applied: AppliedFix[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const { problems } = analyze(documents, request.catalog, request.options);
    const batch = nextBatch(problems, request);
    if (batch.applied.length === 0) break;
    const before = documents;
    documents = documents.map((document) => {
      const edits = batch.edits.get(document.path);
      if (!edits) return document;
      const text = applyEdits(document.text, edits);
      if (text === document.text) return document;
      changed.set(document.path, text);
      const next = open(document.path, text, fileKind(document.path));
      return next.kind === 'registration' && document.kind === 'registration' ? { ...next, sharing: document.sharing } : next;
    });
    if (documents.every((document, index) => document === before[index])) break;
    applied.push(...batch.applied);
  }
  return { documents, changed, applied };
}

/** The fixes of the first stage that has any, as many as do not touch each other. */
function nextBatch(problems: readonly Problem[], request: FixRequest) {
  const edits = new Map<string, TextEdit[]>();
  const applied: AppliedFix[] = [];
  for (const stage of fixStages) {
    for (const problem of problems) {
      const fix = problem.fixes.find(({ preferred }) => preferred);
      if (!fix || findRule(problem.rule)?.stage !== stage || !isMeant(problem, request)) continue;
      if (
        !fix.changes.every(
          ({ file, edits: own }) =>
            request.mayChange(file) && own.length > 0 && !own.some((edit) => edits.get(file)?.some((other) => collide(edit, other))),
        )
      )
        continue;
      for (const change of fix.changes) edits.set(change.file, [...(edits.get(change.file) ?? []), ...change.edits]);
      applied.push({ problem, title: fix.title });
    }
    if (applied.length > 0) break;
  }
  return { edits, applied };
}

function isMeant(problem: Problem, { rules }: FixRequest): boolean {
  if (problem.accepted) return false;
  if (rules) return rules.has(problem.rule);
  return problem.severity === 'error' || problem.severity === 'warning';
}
