/** Drives a process that signs in against the identity server, and holds every run to what must always be so. */
import assert from 'node:assert/strict';
import type { Outcome } from '../../../server/src/identity/types';
import { type Issued, issue } from './certificates';
import { type ChildRan, runChild } from './child';
import { type Asked, clientSecret, clients, type IdentityServer, type Policy, startIdentityServer, tenant } from './identity-server';
import type { Step } from './sign-in.child';

export interface Driven {
  /** What came of each step. */
  readonly outcomes: readonly Outcome[];
  readonly last: Outcome | undefined;
  readonly codes: readonly { readonly userCode: string; readonly address: string; readonly seconds: number }[];
  readonly milliseconds: readonly number[];
  /** Writes of the cache, after each step. */
  readonly writes: readonly number[];
  readonly child: ChildRan;
  readonly asked: readonly Asked[];
}

export interface Drive {
  readonly server: IdentityServer;
  readonly certificate: Issued;
  readonly tenant: string;
  readonly reset: (policy: Partial<Omit<Policy, 'consented'>> & { readonly consented?: readonly string[] }) => void;
  /** Runs steps as a person; `between` happens before each step but the first. */
  readonly person: (steps: readonly Step[], between?: (step: number) => void | Promise<void>) => Promise<Driven>;
  readonly app: (client: keyof typeof clients, proof: Extract<Step, { do: 'app' }>['proof']) => Promise<Driven>;
  readonly stop: () => Promise<void>;
}

/** Words that no run may ever print. */
export const canaries = [clientSecret, 'canary', 'eyJ', 'PRIVATE KEY', 'refresh_token'] as const;

/** Fails where a secret, a token or a person stands in a text. */
export function assertClean(text: string): void {
  for (const canary of canaries) assert.ok(!text.includes(canary), `a text holds ${canary}`);
}

/** Starts a server and a client certificate for it. */
export async function createDrive(): Promise<Drive> {
  const certificate = issue({ name: 'app' });
  const server = await startIdentityServer(certificate.publicKey);

  async function run(clientId: string, steps: readonly Step[], between?: (step: number) => void | Promise<void>): Promise<Driven> {
    const override = { authority: server.issuer, protocolMode: 'OIDC', knownAuthorities: [new URL(server.issuer).host] };
    const plan = { settings: { clientId, tenant, environment: 'office365', override }, steps };
    const start = server.asked.length;
    let done = 0;
    const child = await runChild({
      script: 'sign-in',
      args: [JSON.stringify(plan), ...(between ? ['stepwise'] : [])],
      authorityPem: server.authorityPem,
      onLine: async (line, write) => {
        if (!between || !('outcome' in (JSON.parse(line) as object)) || ++done >= steps.length) return;
        await between(done);
        write('go\n');
      },
    });
    assert.equal(child.code, 0, child.err);
    assert.deepEqual(child.blocked, []);
    assertClean(child.out + child.err);
    const lines = child.out
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { step: string; outcome?: Outcome; code?: Driven['codes'][number]; milliseconds?: number; writes?: number },
      );
    const ended = lines.filter(({ outcome }) => outcome !== undefined);
    const outcomes = ended.flatMap(({ outcome }) => outcome ?? []);
    return {
      outcomes,
      last: outcomes.at(-1),
      codes: lines.flatMap(({ code }) => code ?? []),
      milliseconds: ended.map(({ milliseconds }) => milliseconds ?? 0),
      writes: ended.map(({ writes }) => writes ?? 0),
      child,
      asked: server.asked.slice(start),
    };
  }

  return {
    server,
    certificate,
    tenant,
    reset: ({ consented = [], ...policy }) => {
      Object.assign(server.policy, { person: 'accepts', roles: [], codeSeconds: 60, opaque: false, ...policy });
      server.policy.consented.clear();
      for (const name of consented) server.policy.consented.add(name);
    },
    person: (steps, between) => run(clients.person, steps, between),
    app: (client, proof) => run(clients[client], [{ do: 'app', proof }]),
    stop: server.stop,
  };
}
