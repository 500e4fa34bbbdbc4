/** Lets msal keep its memory as a text that the caller stores. */
import type { ICachePlugin } from '@azure/msal-node';
import type { TokenCache } from './types';

/** A cache that ends with the process. */
export function memoryCache(): TokenCache {
  let kept: string | undefined;
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}

/** Reads before, writes only after a change: a second window may use the same store. */
export function cachePlugin(cache: TokenCache): ICachePlugin {
  // Where the store keeps nothing, one sign-in still has to know its own beginning.
  let own: string | undefined;
  return {
    beforeCacheAccess: async ({ tokenCache }) => {
      const text = (await readStore(cache)) ?? own;
      if (text !== undefined) tokenCache.deserialize(text);
    },
    afterCacheAccess: async ({ cacheHasChanged, tokenCache }) => {
      if (!cacheHasChanged) return;
      own = tokenCache.serialize();
      try {
        await cache.write(own);
      } catch {
        // The sign-in itself worked; it is not kept, so the next one asks again.
      }
    },
  };
}

/** A store that is damaged, or cannot be read, is an empty one: whoever needs a sign-in signs in anew. msal would keep the damage. */
async function readStore(cache: TokenCache): Promise<string | undefined> {
  try {
    const text = await cache.read();
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? text : undefined;
  } catch {
    return undefined;
  }
}
