/** The model of an Entra app manifest: which permissions an app registers, and what its registration says of signing in. */
import type { PermissionKind } from '../catalog/types';
import type { JsonNode } from '../json/parse';
import type { Span } from '../text';
import type { DocumentBase, Secret } from './model';
import type { ManifestApp, RedirectUris, Text } from './sign-in-model';

/** A permission that an app registers: the whole entry, braces included. */
export interface RegisteredEntry extends Span {
  /** A GUID, or a name where a tool such as Teams Toolkit fills the GUID in. */
  readonly id: Text;
  readonly type: Text | undefined;
  /** `Scope` or `Role`; undefined where the type is neither. */
  readonly kind: PermissionKind | undefined;
  /** Its place in the list. */
  readonly index: number;
}

/** The permissions of one API. */
export interface RegisteredResource extends Span {
  readonly id: Text | undefined;
  /** `other`: an API that the catalogue does not hold; undefined: not known. */
  readonly resource: 'graph' | 'exchange' | 'other' | undefined;
  /** The list `resourceAccess`, and everything in it. */
  readonly list: RegisteredList | undefined;
  readonly entries: readonly RegisteredEntry[];
  readonly index: number;
}

/** A list of JSON with what stands in it, well formed or not. */
export interface RegisteredList extends Span {
  readonly items: readonly Span[];
}

export interface RegistrationDocument extends DocumentBase {
  readonly kind: 'registration';
  readonly root: JsonNode | undefined;
  /** What its author calls the app. */
  readonly label: string;
  /** Lower case; undefined where a tool fills it in. */
  readonly appId: string | undefined;
  readonly audience: ManifestApp['audience'];
  /** Undefined: the file speaks of no redirect URI at all, not even of none. */
  readonly redirectUris: RedirectUris | undefined;
  readonly publicClientFlows: ManifestApp['publicClientFlows'];
  /** The list `requiredResourceAccess`; undefined: the file does not say what is registered. */
  readonly access: RegisteredList | undefined;
  readonly resources: readonly RegisteredResource[];
  /** A tool fills in something that may be a permission. */
  readonly isOpen: boolean;
  readonly secrets: readonly Secret[];
  /** Whose it is where several automations use it: its findings are told once, and nothing of it is called unused. */
  readonly sharing: 'own' | 'lent' | 'borrowed';
}
