/** Mends a whole file in memory, and gives the difference as one edit a changed stretch. */
import type { Assessment } from '../core/permissions/assess';
import type { FileEdits } from '../core/problem';
import { addScopes } from '../core/project/scope-edits';
import type { TextEdit } from '../core/text';
import { fixAll } from '../workspace/fix';
import type { AnalyzedAutomation } from '../workspace/session';
import type { ServerContext } from './context';

/** What `fix` would change in one file; `rules` restricts it to those rules. */
export function wholeFileEdits(
  context: ServerContext,
  { automation, analysis: { sharedUse } }: AnalyzedAutomation,
  path: string,
  rules: ReadonlySet<string> | undefined,
): FileEdits[] {
  const { changed } = fixAll({
    documents: automation.documents,
    catalog: context.catalog,
    options: { ...context.analyzeOptions(automation.root), sharedUse },
    rules,
    mayChange: (file) => file === path,
  });
  const after = changed.get(path);
  const before = context.session.document(path).text;
  return after === undefined || after === before ? [] : [{ file: path, edits: difference(before, after) }];
}

/** Lines that differ between two texts, as replacements: what stands between them stays untouched. */
export function difference(before: string, after: string): TextEdit[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const edits: TextEdit[] = [];
  let [i, j, offset] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      offset += (a[i] ?? '').length;
      i++;
      j++;
      continue;
    }
    const [di, dj] = nextCommon(a, b, i, j);
    const removed = a.slice(i, i + di).join('');
    edits.push({ start: offset, end: offset + removed.length, text: b.slice(j, j + dj).join('') });
    offset += removed.length;
    i += di;
    j += dj;
  }
  return edits;
}

/** How many lines to pass on each side until the next line that both have; fixes change few lines, so the search is short. */
function nextCommon(a: readonly string[], b: readonly string[], i: number, j: number): [number, number] {
  for (let distance = 1; distance < a.length - i + b.length - j; distance++) {
    for (let di = 0; di <= distance; di++) {
      const dj = distance - di;
      if (i + di < a.length && j + dj < b.length && a[i + di] === b[j + dj]) return [di, dj];
    }
  }
  return [a.length - i, b.length - j];
}

function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** Everything that is missing in one list, as one edit. */
export function wholeListEdits({ catalog }: ServerContext, { declaration, missingScopes }: Assessment): FileEdits[] {
  const added = addScopes(declaration, missingScopes, catalog);
  return added ? [{ file: declaration.document.path, edits: added.edits }] : [];
}
