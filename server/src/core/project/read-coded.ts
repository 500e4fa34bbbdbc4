/** Parses C# files, each once, with the parser that the caller hands in. */
import { type Damage, findDamage } from '../csharp/damage';
import { declareNames } from '../csharp/declare';
import type { CsFile } from '../csharp/model';
import type { Tools } from '../tools';
import type { CodedDocument } from './model';

/** A C# file that was parsed. */
export interface CodedSource {
  readonly file: CsFile;
  /** What is here may be read wrongly, or not at all. */
  readonly damage: Damage | undefined;
}

const known = new WeakMap<CodedDocument, CodedSource | 'refused'>();

/** The tree of a file and the names in it; `refused` where it nests too deep, undefined where there is no parser yet. */
export function readCoded(document: CodedDocument, { parseCsharp }: Tools): CodedSource | 'refused' | undefined {
  const before = known.get(document);
  if (before || !parseCsharp) return before;
  const root = parseCsharp(document.text);
  const source: CodedSource | 'refused' = root
    ? { file: declareNames(document, root), damage: findDamage(document.text, root) }
    : 'refused';
  known.set(document, source);
  return source;
}

const names = new WeakMap<CodedDocument, ReadonlySet<string>>();

/** Names of the classes that a file may declare: found without a parser, so that only files that matter are parsed. */
export function classNames(document: CodedDocument): ReadonlySet<string> {
  const found =
    names.get(document) ??
    new Set([...document.text.matchAll(/\b(?:class|struct|record)\s+([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name = '']) => name));
  names.set(document, found);
  return found;
}
