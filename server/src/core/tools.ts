/** What core needs done and cannot do itself, as functions that the caller hands in: core has no platform. */

import type { ParseCsharp } from './csharp/node';

export interface Tools {
  /** Unpacks gzip; undefined where the bytes are none, or are damaged. */
  readonly gunzip: (bytes: Uint8Array) => Uint8Array | 'too-large' | undefined;
  /** Parses C#; undefined until the parser is loaded: coded workflows then count as not read. */
  readonly parseCsharp?: ParseCsharp | undefined;
}
