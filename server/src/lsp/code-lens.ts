/** One lens on each list of scopes, another one on what was granted, and one on each activity of a connection that no manifest declares: what is needed, what is missing, a manifest to write. */
import type { CodeLens } from 'vscode-languageserver';
import type { Assessment } from '../core/permissions/assess';
import { titleOf } from '../core/project/bindings';
import { consentLenses } from './consent-lens';
import { type Asked, askedFor, type ServerContext, shownProblems } from './context';
import { toRange } from './convert';
import { toEditData } from './edits';
import { wholeListEdits } from './file-fixes';
import { connectionsWithoutManifest } from './new-manifest';
import { applyCommand, type ManifestOrder, writeManifestCommand } from './protocol';

/** The lenses of a file; none where the setting turns them off. */
export async function codeLenses(context: ServerContext, uri: string): Promise<CodeLens[]> {
  const asked = await askedFor(context, uri);
  if (!asked) return [];
  return [
    ...declarationLenses(context, asked),
    ...consentLenses(context, asked),
    ...manifestLens(context, asked, uri),
    ...connectionLenses(context, asked),
  ];
}

function declarationLenses(context: ServerContext, asked: Asked): CodeLens[] {
  const { path, found } = asked;
  const missing = shownProblems(context, found).filter(({ rule, file }) => rule === 'missing-scope' && file === path);
  const places = new Set(missing.map(({ range }) => range.start));
  return found.analysis.assessments
    .filter(({ declaration }) => declaration.document.path === path)
    .map((assessment) => declarationLens(context, assessment, places.has(assessment.declaration.range.start)));
}

function declarationLens(context: ServerContext, assessment: Assessment, isMissing: boolean): CodeLens {
  const { declaration, required, missingScopes } = assessment;
  const range = toRange(declaration.document, declaration.range);
  const title = [
    needs(required),
    ...(declaration.open ? ['not compared'] : isMissing ? [`${missingScopes.length} missing — fix`] : []),
  ].join(' · ');
  const changes = isMissing ? wholeListEdits(context, assessment) : [];
  if (changes.length === 0) return { range, command: { title, command: '' } };
  return { range, command: { title, command: applyCommand, arguments: [toEditData(context, 'Add the missing scopes', changes)] } };
}

/** One at the first activity with a connection, in a project without a manifest: a click writes one for all of its connections. */
function manifestLens(context: ServerContext, asked: Asked, uri: string): CodeLens[] {
  const connections = connectionsWithoutManifest(context, asked);
  const [first] = asked.found.analysis.connections
    .flatMap(({ uses, isExpression }) => (isExpression ? [] : uses))
    .filter(({ document }) => document.path === asked.path)
    .sort((a, b) => a.range.start - b.range.start);
  if (connections === 0 || !first) return [];
  const order: ManifestOrder = { file: uri };
  const title = `Write a manifest for ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
  const range = toRange(first.document, first.range);
  return [{ range, command: { title, command: writeManifestCommand, arguments: [order] } }];
}

/** Uses whose connection no manifest declares: one lens at each activity. */
function connectionLenses({ session }: ServerContext, { path, found }: Asked): CodeLens[] {
  return found.analysis.connections
    .filter(({ inManifest }) => !inManifest)
    .flatMap(({ id, name, isExpression, uses, required }) =>
      uses
        .filter((use) => use.document.path === path)
        .map((use) => ({
          range: toRange(session.document(path), use.range),
          command: {
            title: `${name === undefined || isExpression ? 'the connection' : titleOf(id, name)} ${needs(required)}: ${required.join(', ') || 'depends on the request'}`,
            command: '',
          },
        })),
    );
}

function needs(required: readonly string[]): string {
  return `needs ${required.length} ${required.length === 1 ? 'scope' : 'scopes'}`;
}
