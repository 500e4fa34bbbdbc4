/** The suite that VS Code starts inside an extension host: runs Mocha and writes the report that alone counts as proof. */
'use strict';
const { appendFileSync, writeFileSync } = require('node:fs');

const FILES_VARIABLE = 'M365_SCOPES_TEST_FILES';
const REPORT_VARIABLE = 'M365_SCOPES_TEST_REPORT';
const TEST_TIMEOUT = 30_000;

/**
 * Runs the test files that the variable M365_SCOPES_TEST_FILES lists as a JSON array of absolute paths.
 * @returns {Promise<void>} rejects when a test failed or none ran, which VS Code turns into its exit code
 */
async function run() {
  const report = openReport(process.env[REPORT_VARIABLE]);
  const totals = { passed: 0, failed: 0 };
  try {
    const files = JSON.parse(process.env[FILES_VARIABLE] ?? '[]');
    await runFiles(files, report, totals);
    if (totals.passed + totals.failed === 0) throw new Error(`no test ran; ${FILES_VARIABLE} lists ${files.length} files`);
  } catch (error) {
    totals.failed += 1;
    report(`not ok the suite itself\n${indent(error.stack ?? String(error))}`);
  }
  report(`${totals.passed} passed, ${totals.failed} failed`);
  if (totals.failed > 0) throw new Error(`${totals.failed} tests failed`);
}

async function runFiles(files, report, totals) {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: TEST_TIMEOUT,
    forbidOnly: true,
    reporter: function Silent() {},
  });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  await new Promise((resolve) => {
    mocha
      .run(resolve)
      // Names the test that never ends, or that ends the extension host.
      .on('test', (test) => report(`started ${test.fullTitle()}`))
      .on('pass', (test) => {
        totals.passed += 1;
        report(`ok ${test.fullTitle()} (${test.duration} ms)`);
      })
      .on('fail', (test, error) => {
        totals.failed += 1;
        report(`not ok ${test.fullTitle()}\n${indent(error.stack ?? String(error))}`);
      })
      .on('pending', (test) => report(`skipped ${test.fullTitle()}`));
  });
}

function openReport(file) {
  if (file) writeFileSync(file, '');
  return (line) => {
    if (file) appendFileSync(file, `${line}\n`);
    console.log(line);
  };
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}

module.exports = { run };
