/** The command `check`, led to the tests' own server: the product itself has no way to be. */
import { check } from '../../../server/src/cli/check';
import { UsageError } from '../../../server/src/cli/io';
import type { AuthorityOverride } from '../../../server/src/identity/types';

const [override = '', ...args] = process.argv.slice(2);

async function main(): Promise<number> {
  const io = {
    cwd: process.cwd(),
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    readStdin: () => '',
    env: process.env,
    colour: false,
    today: '2026-11-24',
  };
  try {
    return await check(args, io, JSON.parse(override) as AuthorityOverride);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`m365-scopes: ${error.message}\n`);
    return 2;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
