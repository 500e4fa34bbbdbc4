/** The one finding type of the product, and what belongs to it. */
import type { Span, TextEdit } from './text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** From the most to the least severe. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** One step of the reason for a finding: an activity that needs, or would need, the scope. */
export interface Why extends Span {
  /** The activity's CLR type, or the method and URL of a Graph operation. */
  readonly activity: string;
  readonly displayName: string;
  /** Path of the file the activity stands in, as the document was opened. */
  readonly file: string;
  /** When the need applies: `always`, or the property that makes it so. */
  readonly condition: string;
  /** Graph operations that it calls for this; none where the condition itself is the reason. */
  readonly operations?: readonly string[];
  /** Permissions of which any one will do, the least first. */
  readonly permissions?: readonly string[];
  /** From where its file is reached; absent: not known. */
  readonly reach?: Reach;
  /** It would do with less, and is served by the same scope. */
  readonly isServed?: true;
}

/** From where a run gets to a file. */
export interface Reach {
  /** Paths of the entry points that lead to it, itself where it is one; none: no entry point does. */
  readonly from: readonly string[];
  /** The same for people, paths relative to the project; empty for an entry point itself. */
  readonly words: string;
}

/** Edits of one file. */
export interface FileEdits {
  readonly file: string;
  /** The file is not there yet. */
  readonly isNew?: true;
  readonly edits: readonly TextEdit[];
}

/** A way to mend a finding. At most one of a problem's fixes is preferred: only that one is ever applied unasked. */
export interface Fix {
  readonly title: string;
  readonly preferred: boolean;
  readonly changes: readonly FileEdits[];
}

/** A finding: what is wrong, where, why, and how to mend it. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  /** Offsets in UTF-16 code units. */
  readonly range: Span;
  readonly message: string;
  /** The scopes it is about, in the catalogue's letter case. */
  readonly scopes: readonly string[];
  /** The key of a connection in the manifest, or its GUID. */
  readonly connection?: string;
  /** What declares the scopes, as its author named it. */
  readonly declaration?: string;
  /** Where the list or connection it is about is declared, when the finding itself stands elsewhere. */
  readonly declaredAt?: Span & { readonly file: string };
  /** CLR type of the activity the finding is about. */
  readonly activity?: string;
  readonly why: readonly Why[];
  readonly fixes: readonly Fix[];
  /** The text at `range` has no effect or no use: editors fade it. */
  readonly unnecessary?: boolean;
  /** It rests on a guess in the catalogue: no setting turns it into an error. */
  readonly guess?: boolean;
  /** The exception in the manifest that silences it. */
  readonly accepted?: Accepted;
}

export interface Accepted {
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`, UTC. */
  readonly until?: string;
}

/** Whether a finding stands apart from what it is about, so that the place is worth telling. */
export function isElsewhere({ file, range }: Problem, place: Span & { readonly file: string }): boolean {
  return file !== place.file || range.start !== place.start;
}

/** One step of the reason in words: the activity, when it needs the permission, the operation that does, and what it takes. */
export function whySentence({ displayName, condition, operations = [], permissions = [], isServed, reach }: Why, place = ''): string {
  const calls = operations.length > 0 ? `calls ${operations.join(' or ')}` : 'needs it';
  const takes =
    permissions.length > 0 && operations.length > 0
      ? `, which takes ${permissions.slice(0, mostPermissions).join(' or ')}${permissions.length > mostPermissions ? ' …' : ''}`
      : '';
  const because = condition === 'always' || operations.includes(condition) ? '' : ` because ${condition}`;
  return `${displayName}${place} ${calls}${because}${takes}${isServed ? ' (served by it as well)' : ''}${reach?.words ? ` (${reach.words})` : ''}`;
}

/** More would hide the first. */
const mostPermissions = 3;
