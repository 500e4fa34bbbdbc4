/** The model of lists of scopes: one value, how the list is written, and the Microsoft 365 Scope of a workflow that holds one. */
import type { Span } from '../text';
import type { XmlElement } from '../xaml/tree';
import type { Value } from '../xaml/values';
import type { ConnectionReference } from './model';

/** One value of a list of scopes. */
export interface DeclaredScope extends Span {
  /** As written, white space left out. */
  readonly text: string;
  /** What a removal takes away, such as the element around it. */
  readonly item: Span;
}

/** How a list of scopes is written, which decides how it is edited. */
export type ScopeForm =
  | { readonly kind: 'xaml-list' }
  | { readonly kind: 'services'; readonly value: Span }
  | { readonly kind: 'json-array'; readonly array: Span };

/** Why a list says nothing about what is missing or unused. */
export type OpenReason =
  | 'expression'
  | 'empty'
  | 'default'
  | 'absent'
  | 'app-only'
  | 'asset'
  | 'connection'
  | 'services-ignored'
  | 'broken';

/** A Microsoft 365 Scope that can run. */
export interface ScopeElement {
  readonly element: XmlElement;
  readonly label: string;
  /** The properties of its sign-in, by name; those that are absent are empty. */
  readonly settings: ReadonlyMap<string, Value>;
  readonly form: ScopeForm | undefined;
  /** Where a missing scope is shown: the list, or the element's name where there is none. */
  readonly range: Span;
  readonly scopes: readonly DeclaredScope[];
  readonly open: OpenReason | undefined;
  /** The connection that signs in, where the scope leaves it to one. */
  readonly connection: ConnectionReference | undefined;
  /** Its body receives the Graph client itself, as up to package 2.2. */
  readonly hasOldBody: boolean;
  /** Kept apart from `open`: it depends on project.json. */
  readonly servicesNeedLegacy: boolean;
  /** Where the whole list stands. */
  readonly region: Span;
  /** Something else in its body gets the signed-in client: nobody knows what that needs. */
  readonly sharesClient: boolean;
  /** What Studio asked for when it stored keys of folders and files in its body. */
  readonly studio: readonly string[];
}
