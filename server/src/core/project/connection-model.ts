/** What is known of connections beside their scopes: bindings, and uses whose need nobody knows. Part of the project model. */
import type { LimitHit } from '../limits';
import type { Span } from '../text';
import type { ConnectionReference, Document, DocumentBase, Use } from './model';

/** One connection of a file of bindings. */
export interface Binding {
  /** What it is known by, lower case: its key, and the GUID it stands for by default. */
  readonly ids: readonly string[];
  /** As it is written, for people. */
  readonly key: string;
  readonly keyRange: Span;
  readonly connector: string | undefined;
  /** What people call the connection; undefined where it has no name of its own. */
  readonly name: string | undefined;
  /** What code calls it, such as `O365Mail.Goods_In_robot`; undefined where that is not told. */
  readonly codedName: string | undefined;
  /** Which connection it is, only the run knows. */
  readonly isExpression: boolean;
}

/** `bindings_v2.json`, or what Studio keeps in `.project`. */
export interface BindingsDocument extends DocumentBase {
  readonly kind: 'bindings';
  /** `project`: every connection that the project's workflows name. `coded`: those its coded workflows can use. */
  readonly form: 'project' | 'coded';
  readonly bindings: readonly Binding[];
}

export interface ConnectionFacts {
  readonly connector: string | undefined;
  readonly name: string | undefined;
}

/** A connection that something relies on whose need is not known, and the file that says so. */
export interface UnknownUse {
  readonly document: Document;
  readonly connection: ConnectionReference;
  /** Key of its connector, where that much is known. */
  readonly connector?: string;
}

/** A cap that was hit inside a file. */
export interface Cap extends LimitHit {
  readonly file: string;
}

/** A connection that uses name and no manifest declares. */
export interface UndeclaredConnection {
  /** The GUID, or the expression. */
  readonly id: string;
  readonly isExpression: boolean;
  readonly connector: string | undefined;
  /** Its name, where bindings give one. */
  readonly name: string | undefined;
  readonly uses: readonly Use[];
}
