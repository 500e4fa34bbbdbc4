/** Turns findings into what the protocol has: diagnostics, positions, edits. */
import { createHash } from 'node:crypto';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import { isElsewhere, type Problem, type Severity, whySentence } from '../core/problem';
import type { Document } from '../core/project/model';
import { positionAt, type Span } from '../core/text';

declare const RULES_PAGE: string;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Reasons shown with a diagnostic: more would hide the first. */
const mostRelated = 20;

/** The path of a file's URI; undefined for what is no file. */
export function toPath(uri: string): string | undefined {
  try {
    return /^file:/i.test(uri) ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** The URI of a path. */
export function toUri(path: string): string {
  return pathToFileURL(path).href;
}

/** Where a span stands in a document. */
export function toRange({ lines }: Document, { start, end }: Span): Range {
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

/** A short text that differs when the content does. */
export function fingerprint(content: string): string {
  return createHash('sha1').update(content).digest('base64url');
}

const fingerprints = new WeakMap<Document, string>();

/** The fingerprint of a document's text: taken once, however many actions are bound to it. */
export function documentFingerprint(document: Document): string {
  const known = fingerprints.get(document) ?? fingerprint(document.text);
  fingerprints.set(document, known);
  return known;
}

/** Turns a problem into a diagnostic; `documentOf` finds the files that its reasons stand in. */
export function toDiagnostic(problem: Problem, documentOf: (path: string) => Document): Diagnostic {
  const place = (span: Span & { readonly file: string }) => ({ uri: toUri(span.file), range: toRange(documentOf(span.file), span) });
  const { declaredAt } = problem;
  const related = [
    ...problem.why.slice(0, mostRelated).map((cause) => ({ location: place(cause), message: whySentence(cause) })),
    ...(declaredAt && isElsewhere(problem, declaredAt)
      ? [{ location: place(declaredAt), message: `${problem.connection ?? problem.declaration ?? 'It'} is declared here` }]
      : []),
  ];
  return {
    range: toRange(documentOf(problem.file), problem.range),
    severity: severities[problem.severity],
    code: problem.rule,
    codeDescription: { href: `${RULES_PAGE}/${problem.rule}.md` },
    source: 'm365-scopes',
    message: problem.message,
    ...(problem.unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    data: { rule: problem.rule, scopes: problem.scopes, ...(problem.connection === undefined ? {} : { connection: problem.connection }) },
  };
}
