/** Runs the built command as a process, the way a user does. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const command = resolve('dist/cli.js');

/** The parts of the JSON report that tests look at; its schema holds the whole. */
export interface ReportJson {
  readonly tool: { readonly catalog: { readonly date: string } };
  readonly problems: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly scopes: readonly string[];
    readonly fixes: readonly { readonly title: string; readonly preferred: boolean }[];
    readonly accepted?: object;
  }[];
  readonly connections: readonly { readonly id: string; readonly required: readonly string[]; readonly open: boolean }[];
  readonly summary: Readonly<Record<string, number>>;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `m365-scopes` with arguments in a folder. */
export function runCommand(args: readonly string[], { cwd = '.', input }: { cwd?: string; input?: string } = {}): Ran {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    encoding: 'utf8',
    env,
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1 << 26,
    timeout: 120_000,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Makes a folder with files in it, and gives it to the body; the folder is gone afterwards, for a body that promises once it has kept it. */
export function withFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'm365-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let result: T;
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    result = body(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}

/** The same with a copy of a sample. */
export function withSample<T>(name: string, body: (folder: string) => T): T {
  return withFolder({}, (folder) => {
    cpSync(join('samples', name), join(folder, name), { recursive: true });
    return body(join(folder, name));
  });
}

/** Runs `check --format json` and reads the report. */
export function checkJson(cwd: string, ...args: string[]): ReportJson & { readonly code: number | null } {
  const { code, out } = runCommand(['check', '--format', 'json', ...args], { cwd });
  return { ...(JSON.parse(out) as ReportJson), code };
}
