/** Runs the tests: builds the product, bundles every test, runs them on Node's own runner and ends with one line of counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { options } from '../esbuild.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** Finds files below a folder by the end of their name, in a stable order. */
function find(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

function buildProduct() {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--quiet'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Bundles test files, and the programs that tests start, one by one into out/test, so that they run on plain Node. */
async function bundle(files) {
  rmSync('out/test', { recursive: true, force: true });
  mkdirSync('out/test', { recursive: true });
  await build({
    ...options,
    // The client is tested without an editor here; test/vscode has a real one.
    alias: { ...options.alias, vscode: './test/client/support/vscode.ts' },
    external: [],
    minify: false,
    sourcemap: 'inline',
    entryPoints: [...files, ...find('test', '.child.ts')],
    outdir: 'out/test',
    outbase: 'test',
    logLevel: 'warning',
  });
  return files.map((file) => join('out', file.replace(/\.ts$/, '.js')));
}

/** Runs test files; prints their report; counts single tests, not the suites around them. */
async function runFiles(files) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const stream = run({ files: files.map((file) => join(root, file)), concurrency: true });
  const isTest = (event) => event.details?.type !== 'suite';
  stream.on('test:pass', (event) => {
    if (isTest(event)) counts[event.skip || event.todo ? 'skipped' : 'passed']++;
  });
  // A suite that fails because a test in it failed is that same failure.
  stream.on('test:fail', (event) => {
    if (isTest(event) || event.details.error?.failureType !== 'subtestsFailed') counts.failed++;
  });
  await new Promise((done) => stream.compose(spec).on('end', done).pipe(process.stdout));
  return counts;
}

buildProduct();
if (process.argv.includes('--bench')) {
  const benches = await bundle(find('test/bench', '.bench.ts'));
  for (const bench of benches) spawnSync(process.execPath, ['--enable-source-maps', '--expose-gc', bench], { stdio: 'inherit' });
} else {
  const isWanted = (file) => wanted.length === 0 || wanted.some((part) => file.includes(part));
  const counts = await runFiles(await bundle(find('test', '.test.ts').filter(isWanted)));
  if (isWanted('test/vscode/')) await addVscode(counts);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
}

/** Adds the tests in a real VS Code. Where none can be had they are skipped, and that is said; in CI that is a failure. */
async function addVscode(counts) {
  const { runVscodeTests } = await import('./vscode/run.mjs');
  const { passed, failed, reason } = await runVscodeTests();
  counts.passed += passed;
  counts.failed += failed;
  if (reason === undefined) return;
  const isRequired = process.env.M365_SCOPES_REQUIRE_VSCODE === '1';
  console.log(`${isRequired ? '✖' : '﹣'} the tests in a real VS Code ${isRequired ? 'could not run' : 'were skipped'}: ${reason}`);
  counts[isRequired ? 'failed' : 'skipped']++;
}
