/** Loads the C# parser when it is first needed, once, from the bundle beside this one. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ParseCsharp } from '../../core/csharp/node';
import type { LoadedParser } from './parser';

let loaded: LoadedParser | undefined;
let loading: Promise<void> | undefined;

/** The parser; undefined until it is loaded, and again once it broke down. */
export function currentParser(): ParseCsharp | undefined {
  return loaded && !loaded.isBroken() ? loaded.parse : undefined;
}

/**
 * Loads the parser; calls while it loads wait for the same. Rejects where its files are not there.
 * @param folder where the bundles lie
 */
export function loadParser(folder: string = __dirname): Promise<void> {
  if (currentParser()) return Promise.resolve();
  loading ??= loadFresh(folder).finally(() => {
    loading = undefined;
  });
  return loading;
}

/** A parser that broke down leaves its memory in disorder: the whole bundle is run anew. */
async function loadFresh(folder: string): Promise<void> {
  const require = createRequire(join(folder, 'csharp.js'));
  const path = require.resolve('./csharp.js');
  delete require.cache[path];
  const bundle = require(path) as { readonly load: (folder: string) => Promise<LoadedParser> };
  loaded = await bundle.load(folder);
}
