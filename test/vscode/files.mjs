/** Files that a scenario shares with the extensions which stand in for others: their packages, and what they wrote down line by line. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Packs an extension of the tests.
 * @param {string} name its folder below test/vscode
 * @returns {string} the path of the .vsix
 */
export function packTestExtension(name) {
  const staged = path.resolve('out/test-extensions', name);
  const vsix = `${staged}.vsix`;
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  for (const from of ['stand-in-shared', name]) cpSync(path.resolve('test/vscode', from), staged, { recursive: true });
  const flags = ['--no-dependencies', '--skip-license', '--allow-star-activation', '--allow-missing-repository', '--out', vsix];
  execFileSync(process.execPath, [path.resolve('node_modules/@vscode/vsce/vsce'), 'package', ...flags], {
    cwd: staged,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return vsix;
}

/**
 * The objects of a file with one a line; a line that is still being written is left out.
 * @param {string} file
 * @returns {any[]} none where there is no file
 */
export function readLines(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
