/** Finds the files of automations below a folder: what git ignores, and what tools generate, is left out. */
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { kindOf } from '../core/index';
import { limits } from '../core/limits';
import { decodeText } from './decode-text';
import type { FileSystem } from './file-system';

/** Folders that hold no source of an automation. `.local` is what Studio generates. */
export const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules', '.local']);

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

export interface Discovered {
  /** Paths in a stable order. */
  readonly files: readonly string[];
  /** Folders that could not be listed. */
  readonly unreadable: readonly string[];
  /** There were more files than the cap allows. */
  readonly capped: boolean;
}

/** Walks a folder. */
export function discover(fs: FileSystem, root: string): Discovered {
  const files: string[] = [];
  const unreadable: string[] = [];
  const walk = (folder: string, outer: readonly IgnoreRules[]): void => {
    if (files.length > limits.files) return;
    const active = withRules(fs, folder, outer);
    const entries = tryList(fs, folder);
    if (!entries) unreadable.push(folder);
    for (const { name, isDirectory } of [...(entries ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, name);
      if (isDirectory ? skippedFolders.has(name.toLowerCase()) : kindOf(path) === undefined) continue;
      if (isIgnored(active, path, isDirectory)) continue;
      if (isDirectory) walk(path, active);
      else files.push(path);
    }
  };
  walk(root, rulesAbove(fs, root));
  return { files: files.slice(0, limits.files), unreadable, capped: files.length > limits.files };
}

function tryList(fs: FileSystem, folder: string) {
  try {
    return fs.list(folder);
  } catch {
    return undefined;
  }
}

function withRules(fs: FileSystem, folder: string, outer: readonly IgnoreRules[]): readonly IgnoreRules[] {
  const file = join(folder, '.gitignore');
  if (!fs.stat(file)) return outer;
  try {
    const decoded = decodeText(fs.read(file));
    return 'text' in decoded ? [...outer, { folder, rules: ignore().add(decoded.text) }] : outer;
  } catch {
    return outer;
  }
}

/** Rules of folders above, up to the repository's root; none when they would leave out the very folder that was asked for. */
function rulesAbove(fs: FileSystem, root: string): readonly IgnoreRules[] {
  const above: string[] = [];
  let isRepository = fs.stat(join(root, '.git')) !== undefined;
  for (let folder = root; !isRepository && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    above.unshift(folder);
    isRepository = fs.stat(join(folder, '.git')) !== undefined;
  }
  if (!isRepository) return [];
  const rules = above.reduce<readonly IgnoreRules[]>((found, folder) => withRules(fs, folder, found), []);
  return above.length > 0 && isIgnored(rules, root, true) ? [] : rules;
}

function isIgnored(active: readonly IgnoreRules[], path: string, isDirectory: boolean): boolean {
  let ignored = false;
  for (const { folder, rules } of active) {
    const name = relative(folder, path).split(sep).join('/');
    const verdict = rules.test(isDirectory ? `${name}/` : name);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}
