/** Does for core what takes a platform: Node's own zlib. */
import { gunzipSync } from 'node:zlib';
import { limits } from '../core/limits';
import type { Tools } from '../core/tools';

/** The tools of this process. */
export const nodeTools: Tools = { gunzip };

function gunzip(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.unpacked });
  } catch {
    return undefined;
  }
}
