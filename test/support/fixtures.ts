/** Finds the fixtures of the rules: single files, and folders that make one project. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from '../../server/src/core/index';
import type { Grants } from '../../server/src/core/permissions/grants';
import { readGrants } from '../../server/src/identity/read-grants';
import { type Expectation, readMarkers } from './markers';

export interface Fixture {
  readonly name: string;
  /** Texts without markers, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly expected: readonly Expectation[];
  /** What the files are after `fix`, where the fixture says so. */
  readonly fixed: ReadonlyMap<string, string>;
  /** What `granted.json`, or `KEY.granted.json` for the connection KEY, of the folder says. */
  readonly grants?: Grants | undefined;
}

const root = 'test/rules';
const fixedMark = '.fixed';

/** Reads every fixture below test/rules. */
export function readFixtures(): Fixture[] {
  return readdirSync(root)
    .filter((rule) => statSync(join(root, rule)).isDirectory())
    .flatMap((rule) => casesOf(rule));
}

function casesOf(rule: string): Fixture[] {
  const folder = join(root, rule);
  return readdirSync(folder)
    .filter((name) => !name.includes(fixedMark))
    .map((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? readFolder(`${rule}/${name}`, path) : readFile(`${rule}/${name}`, path);
    });
}

/** The file of a single-file fixture, under the name that its kind asks for. */
function readFile(name: string, path: string): Fixture {
  const file = `/fixture/${nameOf(path)}`;
  const { text, expected } = readMarkers(file, readFileSync(path, 'utf8'));
  const fixedPath = path.replace(/\.(?=(m365-automation\.json|entra\.json|project\.json|xaml)$)/, `${fixedMark}.`);
  return { name, files: new Map([[file, text]]), expected, fixed: new Map(readIfThere(file, fixedPath)) };
}

function nameOf(path: string): string {
  const kind = kindOf(path);
  if (kind === 'manifest') return 'm365-automation.json';
  if (kind === 'registration') return 'app.entra.json';
  return path.endsWith('.project.json') ? 'project.json' : 'Main.xaml';
}

function readFolder(name: string, path: string): Fixture {
  const files = new Map<string, string>();
  const expected: Expectation[] = [];
  const fixed = new Map<string, string>();
  for (const entry of readdirSync(path, { recursive: true }) as string[]) {
    if (statSync(join(path, entry)).isDirectory() || !kindOf(entry)) continue;
    const file = `/fixture/${entry.replaceAll('\\', '/')}`;
    const read = readMarkers(file, readFileSync(join(path, entry), 'utf8'));
    files.set(file, read.text);
    expected.push(...read.expected);
    for (const [key, text] of readIfThere(file, join(path + fixedMark, entry))) fixed.set(key, text);
  }
  return { name, files, expected, fixed, grants: grantsIn(path) };
}

function grantsIn(folder: string): Grants | undefined {
  const name = readdirSync(folder).find((entry) => /(^|\.)granted\.json$/.test(entry));
  if (name === undefined) return undefined;
  const { evidence, refusal } = readGrants([join(folder, name)]);
  if (!evidence) throw new Error(refusal);
  return { ...evidence, connection: /^(.*)\.granted\.json$/.exec(name)?.[1] };
}

function readIfThere(file: string, path: string): [string, string][] {
  return statSync(path, { throwIfNoEntry: false }) ? [[file, readFileSync(path, 'utf8')]] : [];
}
