/** The parts of signing in that need no server: clouds, credentials, certificates, answers, the order of questions. */
import assert from 'node:assert/strict';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { startSession } from '../../server/src/cli/session';
import { isTenant } from '../../server/src/core/project/meant-app';
import { challengedOnce } from '../../server/src/identity/application';
import { readCertificate } from '../../server/src/identity/certificate';
import { authorityOf, graphOf, isSharedTenant } from '../../server/src/identity/clouds';
import { checkConsent } from '../../server/src/identity/consent';
import { certificateVariable, readCredential, secretVariable } from '../../server/src/identity/credential';
import type { DelegatedClient } from '../../server/src/identity/delegated';
import { toFailure } from '../../server/src/identity/failure';
import { evidenceOf, grantedNames } from '../../server/src/identity/grants';
import { createNetwork } from '../../server/src/identity/network';
import { plainScopes } from '../../server/src/identity/result';
import type { Outcome, SignedIn, SignInFailure } from '../../server/src/identity/types';
import { withFolder } from '../support/command';
import { issue } from './support/certificates';

const now = new Date();
const signed = (scopes: readonly string[]): SignedIn => ({
  ok: true,
  kind: 'delegated',
  account: 'work',
  tenant: 't',
  scopes,
  token: undefined,
});
const failure = (reason: SignInFailure['reason'], more: Partial<SignInFailure> = {}): SignInFailure => ({
  ok: false,
  reason,
  sentence: '.',
  ...more,
});

describe('clouds', () => {
  test('each has its own place to sign in and its own Graph', () => {
    assert.equal(authorityOf('office365', 'contoso.com'), 'https://login.microsoftonline.com/contoso.com');
    assert.equal(authorityOf('us-gov-l4', 'x'), authorityOf('us-gov-l5', 'x'));
    assert.equal(authorityOf('china', 'common'), 'https://login.partner.microsoftonline.cn/common');
    assert.equal(new Set((['office365', 'us-gov-l4', 'us-gov-l5', 'china'] as const).map(graphOf)).size, 4);
  });

  test('a tenant is an id, a domain or a word', () => {
    for (const tenant of ['9188040d-6c67-4c5b-b112-36a304b66dad', 'contoso.onmicrosoft.com', 'common', 'a-b.c'])
      assert.ok(isTenant(tenant), tenant);
    for (const tenant of ['', ' ', 'a/b', 'a?b', 'a#b', '../x', 'a b', '#{T}#', '.a', 'ü.de', 'a@b.c', 'a:1'])
      assert.ok(!isTenant(tenant), tenant);
    assert.deepEqual(['common', 'Organizations', 'consumers', 'contoso.com'].map(isSharedTenant), [true, true, true, false]);
  });
});

describe('certificates', () => {
  const own = issue({ name: 'app' });

  test('the thumbprint is that of the certificate the key belongs to, in any order and after others', () => {
    const other = issue({ name: 'authority', isAuthority: true });
    const expected = createHash('sha256').update(new X509Certificate(own.certificate).raw).digest('hex');
    const oneLine = (own.certificate + own.key).replaceAll('\n', '\\n');
    const windows = (own.certificate + own.key).replaceAll('\n', '\r\n');
    for (const pem of [
      own.certificate + own.key,
      own.key + own.certificate,
      other.certificate + own.certificate + own.key,
      oneLine,
      windows,
    ]) {
      const read = readCertificate(pem, now);
      assert.ok(read.ok);
      assert.equal(read.thumbprintSha256, expected);
      assert.match(read.privateKey, /^-----BEGIN PRIVATE KEY-----/);
    }
  });

  test('what cannot be used is said in a sentence that repeats nothing of it', () => {
    const ended = issue({ name: 'app', days: -1 });
    const encrypted = createPrivateKey(own.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
    const damaged = own.key.replace(/\n[^-]{20}/, '\n%%%%');
    for (const [pem, says] of [
      ['', /must be PEM/],
      [own.certificate, /both the certificate and its private key/],
      [own.key, /both/],
      [own.certificate + issue({ name: 'x' }).key, /another certificate/],
      [ended.certificate + ended.key, /has ended/],
      [own.certificate + encrypted, /encrypted/],
      [own.certificate + damaged, /damaged/],
    ] as const) {
      const read = readCertificate(pem, now);
      assert.ok(!read.ok);
      assert.match(read.sentence, says);
      assert.ok(!read.sentence.includes('MII'));
    }
  });

  test('credentials come from the environment, and from a file only outside of the project', () =>
    withFolder({ 'outside/app.pem': own.certificate + own.key, 'project/app.pem': own.certificate + own.key }, (folder) => {
      const projectFolders = [join(folder, 'project')];
      const base = { cwd: folder, projectFolders, wants: undefined, now };
      const read = (env: Record<string, string>, wants?: 'secret' | 'certificate') => readCredential({ ...base, env, wants });
      assert.deepEqual(read({ [secretVariable]: ' s ' }), { ok: true, proof: { clientSecret: 's' } });
      assert.ok(read({ [certificateVariable]: 'outside/app.pem' }).ok);
      assert.ok(read({ [certificateVariable]: own.certificate + own.key, [secretVariable]: 's' }, 'certificate').ok);
      assert.deepEqual(read({ [certificateVariable]: 'x', [secretVariable]: 's' }, 'secret'), { ok: true, proof: { clientSecret: 's' } });
      mkdirSync(join(folder, 'links'));
      const inside = ['project/app.pem'];
      try {
        symlinkSync(join(folder, 'project', 'app.pem'), join(folder, 'links', 'app.pem'));
        inside.push('links/app.pem');
      } catch {
        // A machine that lets nobody make links has none to follow.
      }
      for (const path of inside) {
        const refused = read({ [certificateVariable]: path });
        assert.match(refused.ok ? '' : refused.sentence, /in the project/, path);
      }
      for (const [env, wants, says] of [
        [{}, undefined, /Set M365_SCOPES_CLIENT_SECRET in the environment, or/],
        [{ [secretVariable]: ' ' }, 'secret', /Set M365_SCOPES_CLIENT_SECRET/],
        [{ [secretVariable]: 's' }, 'certificate', /Set M365_SCOPES_CLIENT_CERTIFICATE/],
        [{ [certificateVariable]: 'nowhere.pem' }, undefined, /neither/],
        [{ [certificateVariable]: 'outside' }, undefined, /neither/],
      ] as const) {
        const refused = read(env, wants);
        assert.match(refused.ok ? '' : refused.sentence, says);
        assert.ok(!refused.ok && !refused.sentence.includes('nowhere'));
      }
      writeFileSync(join(folder, 'outside', 'app.pem'), 'nothing');
      assert.equal(read({ [certificateVariable]: 'outside/app.pem' }).ok, false);
    }));
});

describe('what was granted', () => {
  test('names of Graph lose its address, those of other resources go', () => {
    const graph = 'https://graph.microsoft.us';
    const scopes = [
      `${graph}/Mail.Read`,
      'HTTPS://GRAPH.MICROSOFT.US/Mail.Send User.Read',
      'https://graph.microsoft.com/Files.Read',
      `${graph}/.default`,
    ];
    assert.deepEqual(plainScopes([...scopes, 'User.Read', ''], graph), ['Mail.Read', 'Mail.Send', 'User.Read']);
  });

  test('a person’s sign-in proves scopes, an app’s proves roles, and what cannot be read proves nothing', () => {
    const app: SignedIn = { ...signed([]), kind: 'application', account: undefined };
    const person = { ...signed(['Mail.Read']), token: { scopes: ['User.Read', 'Mail.Read'], roles: ['x'] } };
    assert.deepEqual(grantedNames(person), ['Mail.Read', 'User.Read']);
    assert.deepEqual(evidenceOf(person).extents, [{ kind: 'delegated', from: 'token' }]);
    assert.deepEqual(evidenceOf(person).grants, [
      { kind: 'delegated', resource: 'graph', names: ['Mail.Read', 'User.Read'], roleIds: [], isForOneUser: false },
    ]);
    const roles = { ...app, token: { scopes: ['x'], roles: ['B', 'A'] } };
    assert.deepEqual(grantedNames(roles), ['A', 'B']);
    assert.deepEqual(evidenceOf(roles).extents, [{ kind: 'application', from: 'token' }]);
    assert.equal(grantedNames(app), undefined);
    assert.deepEqual({ ...evidenceOf(app), notices: [] }, { grants: [], extents: [], holders: [], notices: [], isOfApp: true });
  });

  test('the analysis is handed what was granted, of every connection of the app', async () => {
    const manifest = {
      apps: { intake: { clientId: '11111111-2222-3333-4444-555555555555' } },
      connections: {
        one: { authentication: 'byo-app', app: 'intake', scopes: ['Mail.Read', 'Mail.Send'] },
        two: { authentication: 'byo-app', app: 'intake', scopes: ['Files.Read'] },
        app: { authentication: 'oauth-client-credentials', app: 'intake', scopes: ['Mail.Send'] },
      },
    };
    await withFolder({ 'm365-automation.json': JSON.stringify(manifest) }, async (cwd) => {
      const nothing = () => undefined;
      const io = { cwd, out: nothing, err: nothing, readStdin: () => '', env: {}, colour: false, today: '2026-11-24' };
      const notConsented = async (more: object) =>
        (await startSession(io, { paths: [], catalog: resolve('schemas'), ...more })).analyses.flatMap(({ problems }) =>
          problems.filter(({ rule }) => rule === 'not-consented').map(({ connection, scopes }) => `${connection} ${scopes.join()}`),
        );
      const signedIn: SignedIn = signed(['Mail.Read']);
      assert.deepEqual(await notConsented({ evidence: evidenceOf(signedIn) }), ['one Mail.Send', 'two Files.Read']);
      assert.deepEqual(await notConsented({ evidence: evidenceOf(signedIn), connection: 'two' }), ['two Files.Read']);
      assert.deepEqual(await notConsented({}), []);
    });
  });
});

describe('the order of questions', () => {
  /** A client that answers from two lists and counts. */
  function fake(silent: Outcome[], prompts: Outcome[]): DelegatedClient & { readonly calls: string[] } {
    const calls: string[] = [];
    const next = (list: Outcome[]) => list.shift() ?? failure('sign-in-needed');
    return {
      calls,
      granted: async () => {
        calls.push('silent');
        return next(silent);
      },
      signIn: async ({ scopes = [], claims }) => {
        calls.push(`prompt ${[...scopes, claims ?? ''].join(' ')}`.trim());
        return next(prompts);
      },
    };
  }
  const run = (client: DelegatedClient, wanted?: readonly string[]) =>
    checkConsent(client, { onCode: () => undefined, ...(wanted ? { wanted } : {}) });

  test('no prompt where silence is enough', async () => {
    const client = fake([signed(['Mail.Read'])], []);
    assert.ok((await run(client, ['Mail.Read', 'offline_access'])).ok);
    assert.deepEqual(client.calls, ['silent']);
  });

  test('no prompt where a person could not help', async () => {
    for (const reason of ['offline', 'refused', 'cancelled'] as const) {
      const client = fake([failure(reason)], []);
      assert.equal((await run(client)).ok, false);
      assert.deepEqual(client.calls, ['silent'], reason);
    }
  });

  test('whatever is refused, it ends: at most two prompts and three silent questions', async () => {
    const outcomes: Outcome[] = [signed([]), failure('consent'), failure('sign-in-needed', { claims: '{}' }), failure('refused')];
    for (const a of outcomes)
      for (const b of outcomes)
        for (const c of outcomes)
          for (const d of outcomes) {
            const client = fake([a, b, c], [d, a]);
            await run(client, ['Mail.Read']);
            assert.ok(client.calls.filter((call) => call === 'silent').length <= 3);
            assert.ok(client.calls.filter((call) => call.startsWith('prompt')).length <= 2);
          }
  });

  test('a challenge to the silent question goes into the prompt', async () => {
    const client = fake([failure('sign-in-needed', { claims: '{"a":1}' }), signed([])], [signed([])]);
    assert.ok((await run(client)).ok);
    assert.deepEqual(client.calls, ['silent', 'prompt {"a":1}', 'silent']);
  });

  test('a challenge is answered once, and none that was already answered', async () => {
    let asked = 0;
    const request = async () => {
      asked++;
      return failure('sign-in-needed', { claims: `{"n":${asked}}` });
    };
    await challengedOnce(request);
    assert.equal(asked, 2);
    await challengedOnce(request, '{}');
    assert.equal(asked, 3);
  });
});

describe('requests', () => {
  /** A plain server: what is looked at is how answers are read. */
  async function withServer(answers: readonly { status: number; body: string }[], body: (address: string) => Promise<void>): Promise<void> {
    let index = 0;
    const server = createServer((_request, response) => {
      const { status, body: text } = answers[Math.min(index++, answers.length - 1)] ?? { status: 500, body: '' };
      response.writeHead(status).end(text);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test('an error is kept whole, a question that is early is none', () =>
    withServer(
      [
        { status: 400, body: '{"error":"authorization_pending"}' },
        {
          status: 400,
          body: '{"error":"invalid_grant","error_description":"AADSTS50173: x","suberror":"bad_token","claims":"{}","error_codes":[50173]}',
        },
      ],
      async (address) => {
        const network = createNetwork();
        network.begin(undefined);
        await network.client.sendPostRequestAsync(address, { body: 'a=b' });
        assert.equal(network.lastError(), undefined);
        await network.client.sendPostRequestAsync(address, { body: 'a=b' });
        assert.deepEqual(network.lastError(), {
          error: 'invalid_grant',
          description: 'AADSTS50173: x',
          suberror: 'bad_token',
          claims: '{}',
        });
        network.begin(undefined);
        assert.equal(network.lastError(), undefined, 'the next sign-in knows nothing of it');
      },
    ));

  test('to be told to slow down is no end; cancelling ends the pause', () =>
    withServer([{ status: 400, body: '{"error":"slow_down"}' }], async (address) => {
      const network = createNetwork();
      const stop = new AbortController();
      network.begin(stop.signal);
      const started = Date.now();
      setTimeout(() => stop.abort(), 200);
      const { body } = await network.client.sendPostRequestAsync<{ error: string }>(address);
      assert.equal(body.error, 'authorization_pending');
      assert.ok(Date.now() - started < 3_000);
      await assert.rejects(network.client.sendPostRequestAsync(address));
      assert.deepEqual(toFailure(new Error('aborted'), network, stop.signal).reason, 'cancelled');
    }));

  test('whoever cancels does not wait for an answer', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const network = createNetwork();
    const stop = new AbortController();
    network.begin(stop.signal);
    const started = Date.now();
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(network.client.sendPostRequestAsync(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    assert.ok(Date.now() - started < 5_000);
    assert.equal(network.trouble(), undefined);
    server.closeAllConnections();
    server.close();
  });

  test('nobody listens: the host is named', async () => {
    const network = createNetwork();
    network.begin(undefined);
    await assert.rejects(network.client.sendGetRequestAsync('http://127.0.0.1:1/'));
    assert.match(toFailure(undefined, network, undefined).sentence, /^127\.0\.0\.1:1 cannot be reached/);
  });
});
