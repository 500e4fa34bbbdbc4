/** Keeps the layout: who may import whom, how large files are, and that rules, pages, fixtures and bundles stay in step. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { rules } from '../server/src/core/rules/index';

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>>;
}

/** Folders of the product, and what each may import beside itself. The first match of a path counts. */
const layers: readonly { readonly name: string; readonly folder: string; readonly may: readonly string[] }[] = [
  { name: 'core', folder: 'server/src/core/', may: ['htmlparser2', 'jsonc-parser', 'validators'] },
  { name: 'workspace', folder: 'server/src/workspace/', may: ['core', 'node', 'ignore', 'picomatch', 'validators', 'web-tree-sitter'] },
  { name: 'cli', folder: 'server/src/cli/', may: ['core', 'workspace', 'identity', 'node', 'diff'] },
  { name: 'identity', folder: 'server/src/identity/', may: ['core', 'node', '@azure/msal-node'] },
  { name: 'protocol', folder: 'server/src/lsp/protocol.ts', may: [] },
  {
    name: 'lsp',
    folder: 'server/src/lsp/',
    may: ['core', 'workspace', 'protocol', 'node', 'vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  { name: 'client', folder: 'client/src/', may: ['protocol', 'identity', 'node', 'vscode', 'vscode-languageclient'] },
];

function layerOf(path: string): string {
  const own = layers.find(({ folder }) => path.startsWith(folder));
  if (own) return own.name;
  // The bundle of its own that identity loads: see esbuild.mjs.
  if (path === './msal.js') return 'identity';
  const library = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (library) return library;
  if (/^(?:validators|m365):/.test(path)) return 'validators';
  return path.startsWith('node:') ? 'node' : path;
}

function metafiles(): [string, Metafile][] {
  return readdirSync('out')
    .filter((name) => name.startsWith('meta-'))
    .map((name) => [name, JSON.parse(readFileSync(join('out', name), 'utf8')) as Metafile]);
}

test('every import goes where the layout lets it', () => {
  const wrong: string[] = [];
  for (const [, { inputs }] of metafiles()) {
    for (const [from, { imports }] of Object.entries(inputs)) {
      const layer = layers.find(({ folder }) => from.startsWith(folder));
      if (!layer) continue;
      for (const { path } of imports) {
        const to = layerOf(path);
        const library = to
          .split('/')
          .slice(0, to.startsWith('@') ? 2 : 1)
          .join('/');
        if (to !== layer.name && !layer.may.includes(to) && !layer.may.includes(library)) wrong.push(`${from} imports ${path}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('what signs in is a bundle of its own, which only the code of identity loads', () => {
  const inputs = (name: string) => Object.keys(metafiles().find(([file]) => file === `meta-${name}.json`)?.[1].inputs ?? {});
  assert.ok(inputs('msal').some((path) => path.includes('node_modules/@azure/msal-node/')));
  for (const name of ['cli', 'server', 'client']) assert.ok(!inputs(name).some((path) => path.includes('node_modules/@azure/')), name);
  assert.ok(!inputs('server').some((path) => path.startsWith('server/src/identity/')));
});

test('the import rule can fail', () => {
  assert.equal(layerOf('server/src/lsp/server.ts'), 'lsp');
  assert.equal(layerOf('server/src/lsp/protocol.ts'), 'protocol');
  assert.equal(layerOf('node:fs'), 'node');
  assert.ok(!layers.find(({ name }) => name === 'core')?.may.includes('node'));
  assert.ok(!layers.find(({ name }) => name === 'core')?.may.includes(layerOf('server/src/workspace/scan.ts')));
});

test('core names no platform: no clock, no console, no random', () => {
  for (const file of sources('server/src/core')) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    assert.doesNotMatch(text, /\b(console|process|Date|Buffer|require|setTimeout|fetch)\b\s*[.(]|\bMath\.random\b|\bthrow\b/, file);
  }
});

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

test('files stay small, and open with a sentence on why they exist', () => {
  const files = ['server/src', 'client/src'].flatMap(sources);
  const sizes = files.map((file) => statSync(file).size).sort((a, b) => a - b);
  assert.ok((sizes[sizes.length >> 1] ?? 0) <= 3 * 1024, `the median is ${sizes[sizes.length >> 1]} bytes`);
  assert.deepEqual(
    files.filter((file) => statSync(file).size > 12 * 1024),
    [],
  );
  const isRule = (file: string) => rules.some(({ id }) => file.endsWith(`/rules/${id}.ts`));
  assert.deepEqual(
    files.filter((file) => !isRule(file) && !readFileSync(file, 'utf8').startsWith('/** ')),
    [],
  );
});

test('there is more test than source', () => {
  const size = (folders: readonly string[]) => folders.flatMap(sources).reduce((sum, file) => sum + statSync(file).size, 0);
  const fixtures = (readdirSync('test', { recursive: true }) as string[])
    .filter((name) => /\.(xaml|json)$/.test(name))
    .reduce((sum, name) => sum + statSync(join('test', name)).size, 0);
  assert.ok(size(['test']) + fixtures > size(['server/src', 'client/src']));
});

test('every rule is one file, with a page and a folder of fixtures', () => {
  for (const { id } of rules) {
    for (const path of [`server/src/core/rules/${id}.ts`, `docs/rules/${id}.md`]) assert.ok(existsSync(path), path);
    if (!['limit', 'unreadable-file'].includes(id)) assert.ok(existsSync(`test/rules/${id}`), id);
  }
  const files = readdirSync('server/src/core/rules').filter((name) => name.endsWith('.ts') && !['index.ts', 'rule.ts'].includes(name));
  assert.deepEqual(files.map((name) => name.replace('.ts', '')).sort(), rules.map(({ id }) => id).sort());
});

test('the pages of the rules, and the setting that lists them, are fresh', async () => {
  interface Generator {
    readonly makePages: () => Map<string, string>;
    readonly makeManifest: () => string;
  }
  const { makePages, makeManifest } = (await import(pathToFileURL('docs/generate.mjs').href)) as Generator;
  for (const [path, text] of makePages()) assert.equal(readFileSync(path, 'utf8'), text, `${path} is stale: run npm run docs`);
  assert.deepEqual(JSON.parse(readFileSync('package.json', 'utf8')), JSON.parse(makeManifest()), 'package.json is stale: run npm run docs');
});

test('every text of package.json that a user sees is in package.nls.json, and nothing else is', () => {
  const used = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(JSON.parse(readFileSync('package.nls.json', 'utf8'))).sort());
});

test('NOTICE names every library that a bundle contains', () => {
  const notice = readFileSync('NOTICE', 'utf8');
  const contained = metafiles().flatMap(([, { outputs }]) => Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)));
  const libraries = new Set(
    contained.flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? (/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []) : [],
    ),
  );
  assert.deepEqual(
    [...libraries].filter((library) => !new RegExp(`^  ${library.replace(/[/.]/g, '\\$&')}\\s`, 'm').test(notice)),
    [],
  );
});

test('libraries are at the lowest versions that are safe, or above', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { version?: string }> };
  const atLeast: Record<string, string> = { ajv: '8.18.0', 'fast-uri': '3.1.7', jsonwebtoken: '9.0.2' };
  for (const [path, { version = '0' }] of Object.entries(packages)) {
    const wanted = atLeast[path.replace(/^.*node_modules\//, '')];
    if (wanted) assert.ok(version.localeCompare(wanted, 'en', { numeric: true }) >= 0, `${path} is ${version}`);
  }
});

test('no registry address and no path of a machine is committed', () => {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => existsSync(file));
  const lock = readFileSync('package-lock.json', 'utf8');
  assert.ok(!lock.includes('"resolved"'));
  for (const file of files.filter((name) => /\.(ts|mjs|cjs|json|md|sh)$/.test(name)))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\/home\/\w+\/|\/root\/\.|\/work\/main/, file);
});
