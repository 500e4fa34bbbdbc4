/** Runs what signs in as a process of its own: the authority of the tests' servers must be known before a process starts, and nothing else may be reached. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface ChildRequest {
  /** `sign-in` and `check` are the drivers beside this file, `ways` that of the editor's client; `command` is the product. */
  readonly script: 'sign-in' | 'check' | 'ways' | 'command';
  readonly args: readonly string[];
  readonly authorityPem?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sees each line of output as it comes, and may answer on standard input. */
  readonly onLine?: (line: string, write: (text: string) => void) => void | Promise<void>;
}

export interface ChildRan {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Hosts outside of this machine that it tried to reach. */
  readonly blocked: readonly string[];
  /** Connections to this machine. */
  readonly loopback: number;
  readonly loadedMsal: boolean;
}

const scripts = {
  'sign-in': 'out/test/identity/support/sign-in.child.js',
  check: 'out/test/identity/support/check.child.js',
  ways: 'out/test/client/support/ways.child.js',
  command: 'dist/cli.js',
} as const;

/** Runs one to its end. */
export async function runChild({ script, args, authorityPem, cwd = '.', env = {}, onLine }: ChildRequest): Promise<ChildRan> {
  const folder = mkdtempSync(join(tmpdir(), 'm365-identity-'));
  try {
    const [ca, log] = [join(folder, 'ca.pem'), join(folder, 'network.log')];
    if (authorityPem !== undefined) writeFileSync(ca, authorityPem);
    const {
      NO_COLOR: _no,
      FORCE_COLOR: _force,
      NODE_OPTIONS: _options,
      M365_SCOPES_CLIENT_SECRET: _s,
      M365_SCOPES_CLIENT_CERTIFICATE: _c,
      ...inherited
    } = process.env;
    const child = spawn(
      process.execPath,
      ['--require', resolve('test/identity/support/loopback-only.cjs'), resolve(scripts[script]), ...args],
      {
        cwd,
        env: { ...inherited, ...(authorityPem === undefined ? {} : { NODE_EXTRA_CA_CERTS: ca }), M365_TEST_NETWORK_LOG: log, ...env },
        timeout: 60_000,
      },
    );
    const texts = { out: '', err: '' };
    let rest = '';
    for (const [name, stream] of [
      ['out', child.stdout],
      ['err', child.stderr],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
        if (name !== 'out' || !onLine) return;
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) void onLine(line, (answer) => child.stdin.write(answer));
      });
    }
    const code = await new Promise<number | null>((done) => child.on('close', done));
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return {
      code,
      ...texts,
      blocked: lines.filter((line) => line.startsWith('blocked ')).map((line) => line.slice('blocked '.length)),
      loopback: lines.filter((line) => line === 'loopback').length,
      loadedMsal: lines.includes('msal'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
