/** A report: the findings that were asked for, with what surrounds them, before any format is chosen. */
import { relative, sep } from 'node:path';
import type { Analysis, ConnectionReport } from '../../core/index';
import type { Problem, Severity } from '../../core/problem';
import type { Document } from '../../core/project/model';
import { isCounted, isForeign } from '../../workspace/scan';

export interface Report {
  readonly problems: readonly Problem[];
  readonly connections: readonly ConnectionReport[];
  readonly documents: ReadonlyMap<string, Document>;
  readonly summary: Summary;
  /** Turns a document's path into one relative to the working directory, with forward slashes. */
  readonly show: (path: string) => string;
}

export type Summary = Record<Severity | 'accepted' | 'files' | 'uses' | 'disabledUses' | 'declarations', number>;

/** Puts the analyses together. Counts are of the files that were asked for. */
export function makeReport(analyses: readonly Analysis[], isAsked: (path: string) => boolean, cwd: string): Report {
  const show = (path: string) => {
    const way = relative(cwd, path).split(sep).join('/');
    return way === '' ? '.' : way;
  };
  const all = analyses.flatMap(({ project }) => project.documents).filter((document) => !isForeign(document));
  const documents = new Map(all.map((document) => [document.path, document]));
  const problems = analyses.flatMap((analysis) => analysis.problems).filter(({ file }) => isAsked(file));
  const sorted = [...problems].sort((a, b) => compare(show(a.file), show(b.file)));
  const connections = analyses.flatMap((analysis) => analysis.connections).filter((connection) => concerns(connection, isAsked, analyses));
  return { problems: sorted, connections, documents, summary: summarize(analyses, sorted, [...documents.values()], isAsked), show };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A connection is shown when its manifest or one of its uses was asked for. */
function concerns({ id, uses, inManifest }: ConnectionReport, isAsked: (path: string) => boolean, analyses: readonly Analysis[]): boolean {
  if (uses.some((use) => isAsked(use.document.path))) return true;
  return (
    inManifest &&
    analyses.some(({ project }) =>
      project.manifests.some((manifest) => isAsked(manifest.path) && manifest.connections.some(({ key }) => key === id)),
    )
  );
}

function summarize(
  analyses: readonly Analysis[],
  problems: readonly Problem[],
  documents: readonly Document[],
  isAsked: (path: string) => boolean,
): Summary {
  const counts: Summary = {
    error: 0,
    warning: 0,
    information: 0,
    hint: 0,
    accepted: 0,
    files: 0,
    uses: 0,
    disabledUses: 0,
    declarations: 0,
  };
  for (const { severity, accepted } of problems) counts[accepted ? 'accepted' : severity]++;
  counts.files = documents.filter((document) => isCounted(document) && isAsked(document.path)).length;
  for (const { project } of analyses) {
    counts.uses += project.uses.filter((use) => isAsked(use.document.path)).length;
    counts.disabledUses += project.disabledUses.filter(isAsked).length;
    counts.declarations += project.declarations.filter(({ document }) => isAsked(document.path)).length;
  }
  return counts;
}
