/** The explicit corrections to the public files, each with its reason: `schemas/corrections.json`. */
import type { Permission } from '../types';

/** A name, and why it is treated so. */
export type Reasons = Readonly<Record<string, string>>;

export interface Corrections {
  readonly permissions: {
    /** Rows that are no permissions. */
    readonly drop: Reasons;
    /** Members that the files lack or have wrong. */
    readonly set: Readonly<
      Record<
        string,
        Partial<Pick<Permission, 'delegatedId' | 'applicationId' | 'adminConsent' | 'personalAccount'>> & { readonly reason: string }
      >
    >;
    /** Rows of other resources. */
    readonly add: readonly (Permission & { readonly source: string; readonly reason: string })[];
  };
  readonly operations: {
    /** Names in the operations table that are no delegated permission. */
    readonly notDelegated: Reasons;
    /** Names in the operations table that are no application permission. */
    readonly notApplication: Reasons;
    /** Names of application permissions that stand for others. */
    readonly renameApplication: Readonly<Record<string, { readonly to: string; readonly reason: string }>>;
    /** Permissions that do not open an operation. `operation` is a normalised one, or `…` and its end. */
    readonly remove: readonly { readonly operation: string; readonly permissions: readonly string[]; readonly reason: string }[];
    /** Permissions that open an operation, but are not the least that does. */
    readonly notLeast: readonly { readonly operation: string; readonly permissions: readonly string[]; readonly reason: string }[];
    /** Delegated permissions that open an operation though the table does not say so. */
    readonly add: readonly { readonly operation: string; readonly delegated: readonly string[]; readonly source: string }[];
    /** Operations that the table lacks, and the one that needs the same. */
    readonly aliases: readonly { readonly operation: string; readonly like: string; readonly source: string }[];
    /** Paths that the table lacks with all that stands below them, and the one that needs the same. */
    readonly prefixes: readonly { readonly path: string; readonly like: string; readonly source: string }[];
  };
}
