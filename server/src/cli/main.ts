/** The command: picks a subcommand, and turns every way to end into an exit code. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nearest } from '../core/permissions/nearest';
import { catalogCommand } from './catalog';
import { check } from './check';
import { entra } from './entra';
import { explainCommand } from './explain';
import { fix } from './fix';
import { help } from './help';
import { init } from './init';
import { exit, type Io, UsageError } from './io';
import { list } from './list';
import { version } from './tool';

const commands: Readonly<Record<string, (args: readonly string[], io: Io) => number | Promise<number>>> = {
  check,
  fix,
  list,
  init,
  entra,
  explain: explainCommand,
  catalog: catalogCommand,
};

/** Runs a command line. Never throws: a fault in the tool itself is told as one, with code 3. Undefined: it goes on running. */
export async function run(args: readonly string[], io: Io): Promise<number | undefined> {
  const [name = '', ...rest] = args;
  if (name === '' || name === '--help' || name === '-h' || name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    io.out(help);
    return name === '' ? exit.usage : exit.clean;
  }
  if (name === '--version' || name === 'version') {
    io.out(`${version}\n`);
    return exit.clean;
  }
  if (name === 'lsp') return startLanguageServer();
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(unknownCommand(name));
    return await command(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`m365-scopes: ${error.message}\n`);
      return exit.usage;
    }
    io.err(
      `m365-scopes: this is a fault of the tool, not of your project. Please report it with the text below.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return exit.fault;
  }
}

/** The server is a bundle of its own beside this one: it reads its channel from the arguments. */
function startLanguageServer(): undefined {
  process.argv = [...process.argv.slice(0, 2), '--stdio'];
  createRequire(__filename)(join(__dirname, 'server.js'));
  return undefined;
}

function unknownCommand(name: string): string {
  const near = nearest(name, [...Object.keys(commands), 'lsp']);
  return `There is no command "${name}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' See m365-scopes --help.'}`;
}

function isColoured(stream: NodeJS.WriteStream): boolean {
  if (process.env.NO_COLOR) return false;
  return process.env.FORCE_COLOR ? process.env.FORCE_COLOR !== '0' : stream.isTTY === true && process.env.TERM !== 'dumb';
}

// Whoever reads the report may stop early, as head does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exit.clean : exit.fault));
void run(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  readStdin: () => readFileSync(0, 'utf8'),
  env: process.env,
  colour: isColoured(process.stdout),
  today: new Date().toISOString().slice(0, 10),
}).then((code) => {
  process.exitCode = code;
});
