/** The catalogue: what Microsoft Graph permissions there are, what covers what, and what each activity needs. */

import type { CodedData } from './coded';
import type { Notices } from './notices';
import type { OperationTable } from './operations';

/** Whether a permission is used on behalf of a user or by an application alone. */
export type PermissionKind = 'delegated' | 'application';

/** How sure a fact is: stated by its maker, worked out from Graph's own tables, or assumed. */
export type Confidence = 'documented' | 'derived' | 'guess';

export interface Permission {
  /** Its name in Microsoft's own letter case, such as `Mail.Send`. */
  readonly value: string;
  readonly resource: 'graph' | 'exchange';
  readonly delegatedId?: string;
  readonly applicationId?: string;
  /** The delegated permission needs an administrator's consent; absent: unknown. */
  readonly adminConsent?: boolean;
  /** A personal Microsoft account can grant it; absent: unknown. */
  readonly personalAccount?: boolean;
  /** Microsoft's privilege level, 1 to 5; absent: none stated. */
  readonly level: { readonly delegated?: number; readonly application?: number };
  readonly enabled?: boolean;
  /** Granted on one resource (a team, a chat), never tenant-wide. */
  readonly resourceSpecific?: boolean;
}

/** How well an edge of the covers relation is supported. */
export type CoverTier = 'definition' | 'strict' | 'strong' | 'partial' | 'weak' | 'description' | 'no-data';

/** Tiers that are sure enough to call a scope reducible as a warning. */
export const sureTiers: ReadonlySet<CoverTier> = new Set(['definition', 'strict', 'strong']);

/** Alternatives, least privileged first: any one of them will do. */
export type Group = readonly string[];

/** When a conditional requirement applies. */
export interface Condition {
  /** Property names, any of which may hold it; `Argument.Property` stands on a nested element or on the activity itself. */
  readonly properties: readonly string[];
  readonly equals?: boolean;
  readonly isSet?: true;
  /** The literal value holds one of these texts, whatever its letter case. */
  readonly contains?: readonly string[];
}

export interface ConditionalRequirement {
  readonly when: Condition;
  /** Why, in a few words: shown to the author. */
  readonly label: string;
  readonly addDelegated?: readonly Group[];
  readonly addApplication?: readonly Group[];
  readonly removeDelegated?: readonly string[];
  readonly removeApplication?: readonly string[];
  /** The rule that reports it in place of missing-scope. */
  readonly by?: string;
  readonly confidence: Confidence;
}

export type ActivityKind = 'scope' | 'card' | 'classic' | 'modern' | 'trigger';

export interface Activity {
  /** CLR type. */
  readonly id: string;
  readonly displayName: string;
  readonly category: string;
  readonly kind: ActivityKind;
  /** Key of the Integration Service connector it works with; absent: any, or none. */
  readonly connector?: string;
  /** Graph operations it calls: one of each group, as the case may be. */
  readonly operations: readonly (readonly string[])[];
  readonly delegated: readonly Group[];
  readonly application: readonly Group[];
  /** Under an application's own sign-in this property has to name the mailbox. */
  readonly appOnlyRequires?: string;
  /** It waits for something, and goes on when that has happened. */
  readonly persistence?: boolean;
  /** False: Graph has no application permission for it. */
  readonly applicationSupported?: false;
  /** The requirement depends on the request that is made: the properties that hold its method and its URL. */
  readonly dynamic?: { readonly method: string; readonly url: string };
  readonly conditional: readonly ConditionalRequirement[];
  /** What a fix adds where more than the least alternative is documented. */
  readonly recommended?: Group;
  readonly neverReducible?: true;
  readonly confidence: Confidence;
  readonly applicationConfidence: Confidence;
  /** Where the facts were read: addresses, or repositories with a path. */
  readonly sources: readonly string[];
}

/** Ways to sign in: five of a Microsoft 365 Scope, four of an Integration Service connection. */
export type SignInType =
  | 'interactive-token'
  | 'integrated-windows'
  | 'username-password'
  | 'client-secret'
  | 'client-certificate'
  | 'oauth-authorization-code'
  | 'byo-app'
  | 'oauth-client-credentials'
  | 'oauth-client-certificate';

export interface Connector {
  readonly key: string;
  readonly name: string;
  /** Ways to sign in that it offers; absent: not documented. */
  readonly authentication?: readonly SignInType[];
  /** Scopes without which no connection can be made: never unused. */
  readonly minimum: readonly string[];
  /** Every scope it asks for with UiPath's own app; absent: not documented. */
  readonly requests?: readonly string[];
}

/** The app of UiPath that signs in where no own app is given. */
export interface PublicApp {
  readonly name: string;
  readonly clientId: string;
  readonly requests: readonly string[];
}

export interface Catalog {
  /** Day of the newest data in it, `YYYY-MM-DD`. */
  readonly date: string;
  /** By lower-case name. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Canonical name → the names it covers, by kind. */
  readonly covers: Readonly<Record<PermissionKind, ReadonlyMap<string, ReadonlyMap<string, CoverTier>>>>;
  /** By CLR type. */
  readonly activities: ReadonlyMap<string, Activity>;
  /** Which permissions each Graph operation needs; read on first use. */
  readonly operations: () => OperationTable;
  /** Consent policy, announced changes and national clouds; read on first use. */
  readonly notices: () => Notices;
  /** Methods of coded workflows; read on first use. */
  readonly coded: () => CodedData;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly publicApp: PublicApp;
  /** Flags of `Services` in old packages, and the scopes each stands for. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** Scopes that a Microsoft 365 Scope signs in with by itself. */
  readonly implied: ReadonlySet<string>;
}
