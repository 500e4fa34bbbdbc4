/** What client and server say to each other beyond the protocol itself: types and names only, so that the client can import them. */

/** Options the client passes when it starts the server. */
export interface InitializationOptions {
  /** The editor validates JSON itself: `schema`, and `syntax` of JSON files, are left to it. */
  readonly editorValidatesJson?: boolean;
  /** A folder with catalogue files, for clients without settings; the setting counts where there is one. */
  readonly catalog?: string;
  /** Commands of the client that code actions may name. */
  readonly commands?: readonly string[];
}

/** The section of the settings, and what is in it. */
export const settingsSection = 'm365Scopes';

export interface Settings {
  /** Severity by rule id: error, warning, information, hint or off. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Which files show problems. */
  readonly problems?: 'openFiles' | 'project';
  /** A folder with catalogue files that count in place of the bundled ones. */
  readonly catalog?: string;
  readonly codeLens?: { readonly enable?: boolean };
}

/** Sent by the server when what it knows changed: for the status item. */
export const statusNotification = 'm365Scopes/status';

export interface Status {
  /** Day of the catalogue, `YYYY-MM-DD`. */
  readonly catalogDate: string;
}

/** The command of a code lens: adds what is missing to one list. Argument: an EditData. */
export const applyCommand = 'm365Scopes.applyEdit';

/** The command that makes the first manifest of a project and shows it. Argument: a ManifestOrder; answers the URI of the new file, or null. */
export const writeManifestCommand = 'm365Scopes.writeManifest';

export interface ManifestOrder {
  /** The URI of any file of the project. */
  readonly file: string;
}

/** Asks for the projects of the editor's folders that have no manifest and could have one. Answers a list of ProjectWithoutManifest. */
export const projectsWithoutManifestRequest = 'm365Scopes/projectsWithoutManifest';

export interface ProjectWithoutManifest {
  /** The URI of its folder. */
  readonly folder: string;
  /** The URI of one of its files. */
  readonly file: string;
  /** How many connections the manifest would hold. */
  readonly connections: number;
}

/** Asks which apps the automations of the editor's folders sign in with. Answers a list of WorkspaceApp. */
export const appsRequest = 'm365Scopes/apps';

/** An Entra app that lists of scopes belong to. */
export interface WorkspaceApp {
  /** Undefined where the manifest leaves it out, or writes no GUID. */
  readonly clientId?: string;
  /** Its key in the manifest, or what else there is to call it. */
  readonly name: string;
  readonly owner: 'own' | 'uipath';
  /** Undefined where nobody wrote it down, or something fills it in. */
  readonly tenant?: string;
  /** The tenant to sign in to, in lower case: the same, or organizations or consumers. */
  readonly signInTenant: string;
  readonly isPersonal: boolean;
  readonly environment: Cloud;
  /** Undefined: the manifest does not speak of them. */
  readonly redirectUris?: { readonly publicClient: readonly string[]; readonly web: readonly string[] };
  readonly lists: readonly WorkspaceList[];
}

export type Cloud = 'office365' | 'us-gov-l4' | 'us-gov-l5' | 'china';

/** A connection, or a scope in a workflow. */
export interface WorkspaceList {
  readonly label: string;
  /** The key of a manifest's connection. */
  readonly connection?: string;
  readonly kind: 'delegated' | 'application';
  /** Names of Microsoft Graph without its address; none of an open list, nor what is not known. */
  readonly scopes: readonly string[];
  /** What the app proves itself with, where the type of sign-in says it. */
  readonly proof?: 'secret' | 'certificate';
}

/** Tells what Entra granted to an app, as plain names: no token is ever sent. Takes a SignedInGrants, answers a GrantsAnswer. */
export const grantsRequest = 'm365Scopes/grants';

export interface SignedInGrants extends AppReference {
  /** Whether a person signed in, or the app itself: each is told and forgotten apart. */
  readonly kind: 'delegated' | 'application';
  /** Names of Microsoft Graph, without its address; null: it is not known what is granted. */
  readonly names: readonly string[] | null;
  /** Who signed in, where it can be told. Without names and without this, the sign-in is forgotten. */
  readonly account?: 'work' | 'guest' | 'personal';
}

export interface GrantsAnswer {
  /** How many lists of the kind were compared. */
  readonly compared: number;
  /** Names of the kind that are declared and not granted. */
  readonly missing: readonly string[];
}

/** Asks for what is declared, registered and granted, side by side. Takes nothing; answers Markdown, or null where it failed. */
export const compareRegistrationRequest = 'm365Scopes/compareRegistration';

/** Commands that a client with a sign-in has. Argument: an AppReference, or nothing. */
export const checkConsentCommand = 'm365Scopes.checkConsent';
export const compareCommand = 'm365Scopes.compareRegistration';
export const requestConsentCommand = 'm365Scopes.requestConsent';
export const adminConsentCommand = 'm365Scopes.copyAdminConsentLink';

/** An app, in a tenant of a cloud. A consent counts there and nowhere else; what is left out may be any. */
export interface AppReference {
  readonly clientId: string;
  /** As `signInTenant` of a WorkspaceApp. */
  readonly tenant?: string;
  readonly environment?: Cloud;
}

/** The kind of the action that mends everything a file has a preferred fix for. */
export const fixAllKind = 'source.fixAll.m365Scopes';

/** Edits of one file, bound to the text they were made for. */
export interface FileEditData {
  readonly uri: string;
  /** Version of the open document; null for a file that is not open, whose text is compared by its fingerprint. */
  readonly version: number | null;
  readonly fingerprint: string;
  /** The file is made by the edit: it must not be there before. */
  readonly isNew?: true;
  readonly edits: readonly {
    readonly range: { readonly start: ProtocolPosition; readonly end: ProtocolPosition };
    readonly newText: string;
  }[];
}

interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

/** What an action carries until it is resolved. */
export interface EditData {
  readonly title: string;
  readonly files: readonly FileEditData[];
}
