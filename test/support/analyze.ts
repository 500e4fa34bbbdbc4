/** Opens and analyses texts in memory, as one automation. */
import { type Analysis, type AnalyzeOptions, analyze, kindOf, open, unreadable } from '../../server/src/core/index';
import type { Document } from '../../server/src/core/project/model';
import { pathOptions } from '../../server/src/workspace/automations';
import { decodeText } from '../../server/src/workspace/decode-text';
import { catalog } from './catalog';

/** Texts by path. */
export type Files = ReadonlyMap<string, string>;

export const options: AnalyzeOptions = { today: '2026-11-24', ...pathOptions };

/** Opens a text by the way of its bytes, so that a byte order mark is treated as it is on disk. */
export function openText(path: string, text: string): Document {
  const kind = kindOf(path);
  if (!kind) throw new Error(`no kind for ${path}`);
  const decoded = decodeText(Buffer.from(text, 'utf8'));
  return 'reason' in decoded ? unreadable(path, decoded.reason) : open(path, decoded.text, kind);
}

/** Analyses texts with the shipped catalogue; `documents` are the same texts, opened before. */
export function analyzeTexts(files: Files, how = options, documents: readonly Document[] | undefined = undefined): Analysis {
  return analyze(documents ?? [...files].map(([path, text]) => openText(path, text)), catalog, how);
}
