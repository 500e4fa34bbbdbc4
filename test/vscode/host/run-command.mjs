/** Finds and runs the external commands of the test host; every failure names the command and shows the end of its output. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);
const OUTPUT_LIMIT = 64 * 1024 * 1024;
const SHOWN_ON_FAILURE = 2000;

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<string>} standard output
 * @throws {Error} with the end of the command's output, when it cannot start, fails or times out
 */
export async function runCommandLine(command, args, options = {}) {
  try {
    const { stdout } = await execFileAsync(command, args, { maxBuffer: OUTPUT_LIMIT, encoding: 'utf8', ...options });
    return stdout;
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim() || error.message;
    throw new Error(`${command} ${args[0] ?? ''} failed: ${output.slice(-SHOWN_ON_FAILURE)}`, { cause: error });
  }
}

/**
 * Whether a file exists and may be run.
 * @param {string} file
 * @returns {boolean}
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
