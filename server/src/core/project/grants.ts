/** What Entra granted, as plain names: whoever signed in, or read a file, hands it to the analysis. */

/** Granted permissions. A list that is absent is not known, and what is not known is silent. */
export interface Grants {
  /** Delegated scopes; `forEveryone`: an administrator consented for the whole tenant, not one user for themselves. */
  readonly delegated?: readonly { readonly scope: string; readonly forEveryone: boolean }[];
  /** Application permissions. */
  readonly application?: readonly string[];
  /** The key of the manifest's connection that they are of; absent: of the app. */
  readonly connection?: string;
}
