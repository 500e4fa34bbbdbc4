/** Builds the bundles in dist/: compiles schemas to validators, then bundles each entry. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, context } from 'esbuild';

const flags = new Set(process.argv.slice(2));
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const rulesPage = `${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules`;

/** Resolves `m365:validate-<name>` to the code that ajv generates from the schema of that name. */
const validators = {
  name: 'validators',
  setup(plugin) {
    plugin.onResolve({ filter: /^m365:validate-/ }, ({ path }) => ({ path, namespace: 'validators' }));
    plugin.onLoad({ filter: /.*/, namespace: 'validators' }, ({ path }) => {
      const file = `schemas/${path.slice('m365:validate-'.length)}.schema.json`;
      const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, code: { source: true, esm: true, optimize: 2 } });
      return {
        contents: standaloneCode(ajv, ajv.compile(JSON.parse(readFileSync(file, 'utf8')))),
        resolveDir: process.cwd(),
        watchFiles: [file],
      };
    });
  },
};

/** Leaves the part that signs in out of every bundle but its own: they load dist/msal.js beside them when somebody signs in. */
const chunks = {
  name: 'chunks',
  setup(plugin) {
    plugin.onResolve({ filter: /^\.\/msal$/ }, () => ({ path: './msal.js', external: true }));
  },
};

/** What every bundle has in common. Tests bundle with the same options: see test/run.mjs. */
export const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // Its ESM build asks import.meta where it is, which a CommonJS bundle cannot tell.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  charset: 'utf8',
  sourcemap: flags.has('--watch') ? 'inline' : false,
  minify: !flags.has('--watch') && !flags.has('--readable'),
  legalComments: 'none',
  define: { PACKAGE_VERSION: JSON.stringify(version), RULES_PAGE: JSON.stringify(rulesPage) },
  external: ['vscode'],
  plugins: [validators],
  logLevel: flags.has('--quiet') ? 'warning' : 'info',
};

/** Entry of each bundle. */
export const entries = {
  msal: { in: 'server/src/identity/msal.ts' },
  cli: { in: 'server/src/cli/main.ts', banner: '#!/usr/bin/env node' },
  server: { in: 'server/src/lsp/node.ts' },
  client: { in: 'client/src/node.ts' },
  // Loaded by the others when the first coded workflow is met.
  csharp: { in: 'server/src/workspace/csharp/parser.ts' },
};

/** Files that a bundle reads at run time, from the folder it stands in. */
export const assets = {
  'tree-sitter.wasm': 'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'c-sharp.wasm': 'node_modules/tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
};

async function bundle(name, { in: entry, banner }) {
  const settings = {
    ...options,
    entryPoints: [entry],
    outfile: `dist/${name}.js`,
    plugins: [...options.plugins, chunks],
    banner: banner ? { js: banner } : {},
    metafile: true,
  };
  if (flags.has('--watch')) return (await context(settings)).watch();
  const { metafile } = await build(settings);
  mkdirSync('out', { recursive: true });
  writeFileSync(`out/meta-${name}.json`, JSON.stringify(metafile));
  if (banner) chmodSync(`dist/${name}.js`, 0o755);
}

if (import.meta.filename === process.argv[1]) {
  for (const [name, entry] of Object.entries(entries)) await bundle(name, entry);
  for (const [name, file] of Object.entries(assets)) copyFileSync(file, `dist/${name}`);
}
