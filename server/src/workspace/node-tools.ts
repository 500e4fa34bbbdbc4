/** Does for core what takes a platform: Node's own zlib, and the C# parser once it is loaded. */
import { gunzipSync } from 'node:zlib';
import { limits } from '../core/limits';
import type { Tools } from '../core/tools';
import { currentParser } from './csharp/load';

/** The tools of this process. */
export const nodeTools: Tools = {
  gunzip,
  get parseCsharp() {
    return currentParser();
  },
};

function gunzip(bytes: Uint8Array): ReturnType<Tools['gunzip']> {
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.unpacked });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined;
  }
}
