/** Shows names beside the GUIDs of a registration. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { nameHints } from '../core/features/inlay-hints';
import { offsetAt, positionAt } from '../core/text';
import { askedFor, type ServerContext } from './context';

/** The hints of a stretch of a file. */
export async function inlayHints(context: ServerContext, uri: string, range: Range): Promise<InlayHint[]> {
  const asked = await askedFor(context, uri);
  if (!asked) return [];
  const document = context.session.document(asked.path);
  const [start, end] = [range.start, range.end].map((position) => offsetAt(document.lines, document.text.length, position));
  return nameHints(document, context.catalog, { start: start ?? 0, end: end ?? 0 }).map(({ offset, name, label }) => ({
    position: positionAt(document.lines, offset),
    label: name,
    ...(label === undefined ? {} : { tooltip: label }),
    paddingLeft: true,
  }));
}
