/** The project model: what every file of an automation says about scopes, before and after the files are linked. */

import type { Activity, PermissionKind } from '../catalog/types';
import type { JsonNode } from '../json/parse';
import type { LimitHit } from '../limits';
import type { Accepted } from '../problem';
import type { LineStarts, Span } from '../text';
import type { Fault } from '../xaml/faults';
import type { XmlElement } from '../xaml/tree';
import type { Value } from '../xaml/values';
import type { BindingsDocument, Cap, ConnectionFacts, UndeclaredConnection, UnknownUse } from './connection-model';
import type { RegistrationDocument } from './registration-model';
import type { DeclaredScope, OpenReason, ScopeElement, ScopeForm } from './scope-model';
import type { ApplicationScope, ManifestApp, SignIn, Text } from './sign-in-model';

export type { DeclaredScope, OpenReason, ScopeElement, ScopeForm } from './scope-model';

export interface DocumentBase {
  /** Where it is, as the caller names it; the same text in every finding. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineStarts;
  /** The first thing that is not well formed. */
  readonly fault: Fault | undefined;
  readonly limit: LimitHit | undefined;
}

/** A file that could not be read as text, and why. */
export interface UnreadableDocument extends DocumentBase {
  readonly kind: 'unreadable';
  readonly reason: string;
}

export interface XamlDocument extends DocumentBase {
  readonly kind: 'xaml';
  readonly root: XmlElement | undefined;
  readonly scopes: readonly ScopeElement[];
  /** The connection of each Use OneDrive & SharePoint card, where it names one. */
  readonly cards: readonly (ConnectionReference | undefined)[];
  readonly candidates: readonly CandidateUse[];
  readonly secrets: readonly Secret[];
  /** Activities of the Integration Service package that can run. */
  readonly connectorActivities: readonly XmlElement[];
  /** Workflows that it invokes, as written. */
  readonly invokes: readonly Value[];
}

/** A C# file. What it calls is read when the files are linked, by a parser that the caller hands in. */
export interface CodedDocument extends DocumentBase {
  readonly kind: 'coded';
  /** Its fault is one of the file: absent, it may be the grammar that does not know how it is written. */
  readonly isBroken?: boolean;
  /** It names the Office 365 service: a coded workflow, or a class that helps one. */
  readonly usesService: boolean;
  /** Studio made it. */
  readonly isGenerated: boolean;
}

export interface ProjectDocument extends DocumentBase {
  readonly kind: 'project';
  /** False for a project.json of another tool. */
  readonly isAutomation: boolean;
  readonly targetFramework: string | undefined;
  /** False: the robot runs it in the background. */
  readonly requiresUserInteraction: boolean | undefined;
  /** `Process`, `Library` …; undefined where it is not said. */
  readonly outputType: string | undefined;
  /** Files that a run starts with: `main` and the entry points, as written. */
  readonly entryFiles: readonly string[];
  /** Others start its workflows too: a library, a project of tests, or a workflow that handles every exception. */
  readonly isShared: boolean;
  /** Names of the packages it depends on, in lower case. */
  readonly dependencies: ReadonlySet<string>;
  /** The `dependencies` key; the start of the file where there is none. */
  readonly dependenciesRange: Span;
}

export interface ManifestDocument extends DocumentBase {
  readonly kind: 'manifest';
  readonly root: JsonNode | undefined;
  readonly connections: readonly ManifestConnection[];
  /** Undefined: the manifest says nothing about connections. */
  readonly hasConnections: boolean;
  readonly activities: readonly ManifestUse[];
  readonly environment: Text | undefined;
  readonly apps: ReadonlyMap<string, ManifestApp>;
  readonly applicationScopes: readonly ApplicationScope[];
  /** Globs, relative to the manifest; undefined: every workflow of the project. */
  readonly workflows: readonly string[] | undefined;
  readonly accept: readonly AcceptEntry[];
  readonly secrets: readonly Secret[];
  readonly schemaFaults: readonly Fault[];
}

export type Document =
  | XamlDocument
  | CodedDocument
  | ProjectDocument
  | ManifestDocument
  | BindingsDocument
  | RegistrationDocument
  | UnreadableDocument;

/** A literal secret; its text is never kept. */
export interface Secret extends Span {
  /** What holds it, such as `ApplicationSecret`. */
  readonly holder: string;
}

/** An element of the package: an activity where the catalogue knows it. */
export interface CandidateUse {
  readonly id: string;
  readonly element: XmlElement;
  readonly range: Span;
  /** Inside `ui:CommentOut`: it never runs. */
  readonly disabled: boolean;
  /** Index into the document's scopes of the nearest Microsoft 365 Scope around it. */
  readonly scope: number | undefined;
  /** Index into the document's cards of a Use OneDrive & SharePoint card that stands nearer than any scope. */
  readonly card: number | undefined;
}

export interface ManifestConnection {
  readonly key: string;
  readonly keyRange: Span;
  /** GUIDs of the connection, lower case. */
  readonly ids: readonly string[];
  readonly connector: string | undefined;
  readonly authentication: Text | undefined;
  /** A key of `apps`, or `uipath`. */
  readonly app: Text | undefined;
  readonly account: string | undefined;
  readonly environment: Text | undefined;
  readonly runs: string | undefined;
  /** The `scopes` key with its quotes. */
  readonly scopesRange: Span | undefined;
  readonly form: ScopeForm | undefined;
  readonly scopes: readonly DeclaredScope[];
  readonly open: OpenReason | undefined;
}

/** A use stated by hand in the manifest. */
export interface ManifestUse {
  readonly activity: string | undefined;
  readonly operation: string | undefined;
  readonly connection: string | undefined;
  readonly range: Span;
  readonly properties: ReadonlyMap<string, Value>;
}

export interface AcceptEntry extends Accepted {
  readonly rule: string;
  readonly scope: string | undefined;
  readonly connection: string | undefined;
  readonly file: string | undefined;
  readonly range: Span;
  /** Its place in `accept`. */
  readonly index: number;
}

/** One alternative set of a requirement, with the use and the condition it comes from. */
export interface Need {
  readonly alternatives: readonly string[];
  /** What a fix adds where more than the least alternative is documented. */
  readonly recommended: readonly string[] | undefined;
  readonly condition: string;
  /** Graph operations that it comes from. */
  readonly operations: readonly string[];
  /** False: it may apply, nobody knows before the run. */
  readonly certain: boolean;
  /** Another rule reports it. */
  readonly by: string | undefined;
  readonly guess: boolean;
  readonly neverReducible: boolean;
}

/** One use of an activity, linked. */
export interface Use {
  readonly activity: Activity | undefined;
  /** CLR type, or the operation. */
  readonly id: string;
  readonly displayName: string;
  readonly document: XamlDocument | CodedDocument | ManifestDocument;
  readonly range: Span;
  /** What it needs under delegated and under application sign-in. */
  readonly needs: Readonly<Record<PermissionKind, readonly Need[]>>;
  /** What it needs depends on something nobody knows before the run. */
  readonly open: boolean;
  readonly connection: ConnectionReference | undefined;
  /** Graph operations it calls: one of each group, as the case may be. */
  readonly operations: readonly (readonly string[])[];
  readonly read: (property: string) => Value;
  /** What signs in around it in its workflow. */
  readonly container: 'scope' | 'card' | undefined;
  /** A card stands around it, whether or not that signs in for it. */
  readonly isInCard: boolean;
  /** A manifest states an activity or an operation that the catalogue does not know. */
  readonly isUnknown: 'activity' | 'operation' | undefined;
  /** Key of the connector that a connector activity works with. */
  readonly connector?: string;
}

/** An element of the package that no catalogue knows, though it looks like an activity. */
export interface UnknownActivity {
  readonly id: string;
  readonly displayName: string | undefined;
  readonly document: XamlDocument;
  readonly range: Span;
}

/** What an activity names as its connection: a literal, or an expression nobody knows before the run. */
export interface ConnectionReference {
  readonly text: string;
  readonly isExpression: boolean;
  /** Tells expressions apart that are written alike and stand for different things; absent: those that are written alike are one. */
  readonly key?: string;
}

/** A place where scopes are written down, with the uses that rely on it. */
export interface Declaration {
  readonly document: XamlDocument | ManifestDocument;
  readonly label: string;
  /** The key of a manifest's connection. */
  readonly connection: string | undefined;
  readonly connector: string | undefined;
  readonly kind: PermissionKind;
  readonly range: Span;
  readonly nameRange: Span;
  readonly form: ScopeForm | undefined;
  readonly scopes: readonly DeclaredScope[];
  readonly open: OpenReason | undefined;
  /** False: what is written has no effect at run time. */
  readonly effective: boolean;
  readonly uses: readonly Use[];
  /** Something relies on it whose need nobody knows. */
  readonly hasOpenUse: boolean;
  readonly signIn: SignIn;
  /** The scope in a workflow. */
  readonly element: ScopeElement | undefined;
  /** The connection of a manifest. */
  readonly entry: ManifestConnection | undefined;
}

/** All files of one automation, linked. */
export interface Project {
  readonly documents: readonly Document[];
  /** The project.json of the automation. */
  readonly settings: ProjectDocument | undefined;
  readonly manifests: readonly ManifestDocument[];
  /** Registrations that manifests name and that are not there. */
  readonly absentRegistrations: readonly { readonly manifest: ManifestDocument; readonly path: Text }[];
  readonly declarations: readonly Declaration[];
  readonly undeclared: readonly UndeclaredConnection[];
  readonly uses: readonly Use[];
  /** Connector activities of connectors that the catalogue knows; `uses` leaves them out. */
  readonly connectorUses: readonly Use[];
  readonly unknownUses: readonly UnknownUse[];
  /** Files whose uses are not all known. */
  readonly unread: ReadonlySet<Document>;
  readonly caps: readonly Cap[];
  /** What bindings say of a connection, by any of its names. */
  readonly factsOf: (names: readonly string[]) => ConnectionFacts;
  readonly unknownActivities: readonly UnknownActivity[];
  /** Whether a manifest's `workflows` globs take in a file. */
  readonly governs: (manifest: ManifestDocument, path: string) => boolean;
  /** The file of each use inside `ui:CommentOut`. */
  readonly disabledUses: readonly string[];
}
