/** Drives the ways of signing in against the identity server: each step in one process, with something that happens before it. */
import assert from 'node:assert/strict';
import type { SignInApp } from '../../../client/src/auth/provider';
import { issue } from '../../identity/support/certificates';
import { runChild } from '../../identity/support/child';
import { assertClean } from '../../identity/support/drive';
import { type Asked, clients, type IdentityServer, startIdentityServer, tenant } from '../../identity/support/identity-server';
import type { WayOutcome, WayPlan, WayStep } from './ways.child';

export type Step = WayStep & {
  /** What happens before it. */
  readonly before?: (server: IdentityServer) => void | Promise<void>;
};

export interface WaysDriven {
  readonly outcomes: readonly WayOutcome[];
  readonly asked: readonly Asked[];
}

export interface WaysDrive {
  readonly server: IdentityServer;
  readonly certificate: ReturnType<typeof issue>;
  readonly go: (client: keyof typeof clients, steps: readonly Step[], app?: Partial<SignInApp>) => Promise<WaysDriven>;
  readonly stop: () => Promise<void>;
}

/** Starts a server. Nothing that a process prints may hold a token, a secret or a person. */
export async function createWaysDrive(): Promise<WaysDrive> {
  const certificate = issue({ name: 'app' });
  const server = await startIdentityServer(certificate.publicKey);
  return {
    server,
    certificate,
    stop: server.stop,
    async go(client, steps, rest = {}) {
      const app: SignInApp = {
        clientId: clients[client],
        name: 'intake',
        owner: 'own',
        tenant,
        signInTenant: tenant,
        isPersonal: false,
        environment: 'office365',
        lists: [],
        ...rest,
      };
      const override = { authority: server.issuer, protocolMode: 'OIDC', knownAuthorities: [new URL(server.issuer).host] } as const;
      const plan: WayPlan = { app, override, steps: steps.map(({ before: _, ...step }) => step) };
      const start = server.asked.length;
      await steps[0]?.before?.(server);
      let done = 0;
      const child = await runChild({
        script: 'ways',
        args: [JSON.stringify(plan)],
        authorityPem: server.authorityPem,
        onLine: async (_, write) => {
          const next = steps[++done];
          if (!next) return;
          await next.before?.(server);
          write('go\n');
        },
      });
      assert.equal(child.code, 0, child.err);
      assert.deepEqual(child.blocked, []);
      assertClean(child.out + child.err);
      const outcomes = child.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as WayOutcome);
      return { outcomes, asked: server.asked.slice(start) };
    },
  };
}
