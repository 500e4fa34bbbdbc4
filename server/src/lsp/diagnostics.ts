/** Diagnostics: pulled by clients that can, pushed to those that cannot, never both. */
import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { AnalyzedAutomation } from '../workspace/session';
import { askedFor, type ServerContext, shownProblems } from './context';
import { fingerprint, toDiagnostic, toPath, toUri } from './convert';

/** The diagnostics of one file. */
export function diagnosticsOf(context: ServerContext, found: AnalyzedAutomation, path: string): Diagnostic[] {
  const problems = shownProblems(context, found).filter(({ file }) => file === path);
  return problems.map((problem) => toDiagnostic(problem, context.session.document));
}

/** Answers a pull; the result id is a hash of the answer, so that the same answer costs nothing. */
export async function pullDocument(
  context: ServerContext,
  uri: string,
  previousResultId: string | undefined,
): Promise<DocumentDiagnosticReport> {
  const asked = await askedFor(context, uri);
  const items = asked ? diagnosticsOf(context, asked.found, asked.path) : [];
  const resultId = fingerprint(JSON.stringify(items));
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Nothing to tell, which is what most files have. */
const nothing = fingerprint('[]');

/**
 * Problems of every file of the folders, those that are open left out: they are pulled one by one.
 * Files are told apart by path: a client spells URIs in its own way, and keeps its spelling.
 * @param previous what the client was told, by its own URI
 */
export async function pullWorkspace(
  context: ServerContext,
  previous: ReadonlyMap<string, string>,
  isShown: (path: string) => boolean,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const reports: WorkspaceDocumentDiagnosticReport[] = [];
  const before = new Map([...previous].flatMap(([uri, resultId]) => [[toPath(uri) ?? uri, { uri, resultId }]]));
  for (const found of await context.automations()) {
    for (const { path } of found.automation.documents) {
      if (context.openUri(path) !== undefined || !context.session.isInside(path)) continue;
      const items = isShown(path) ? diagnosticsOf(context, found, path) : [];
      const resultId = items.length === 0 ? nothing : fingerprint(JSON.stringify(items));
      const told = before.get(path);
      before.delete(path);
      const uri = told?.uri ?? toUri(path);
      if (told?.resultId === resultId) reports.push({ kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId });
      else if (items.length > 0 || told) reports.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items });
    }
  }
  const gone = [...before].filter(([path]) => context.openUri(path) === undefined);
  return [
    ...reports,
    ...gone.map(
      ([, { uri }]): WorkspaceDocumentDiagnosticReport => ({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] }),
    ),
  ];
}
