/** What only Entra answers, in recorded shapes: its codes, challenges, kinds of account, and answers that are damaged. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Outcome, SignInFailure } from '../../server/src/identity/types';
import { runChild } from './support/child';
import { assertClean } from './support/drive';
import { tenant } from './support/identity-server';
import { type Answer, pending, type RecordedServer, refusal, startRecordedServer, success, token } from './support/recorded-server';
import type { Step } from './support/sign-in.child';

let server: RecordedServer;
before(async () => {
  server = await startRecordedServer();
});
beforeEach(() => server.sent.splice(0));
after(() => server.stop());

const clientId = '44444444-4444-4444-8444-444444444444';
const graph = 'https://graph.microsoft.com';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const home = '55555555-5555-4555-8555-555555555555';

/** Signs in against these answers. */
async function drive(
  answers: readonly Answer[],
  steps: readonly Step[],
): Promise<{ last: Outcome | undefined; codes: number; sent: number }> {
  server.answers.splice(0, server.answers.length, ...answers);
  const { authority } = server;
  const override = { authority, knownAuthorities: [new URL(authority).host] };
  const plan = JSON.stringify({ settings: { clientId, tenant, environment: 'office365', override }, steps });
  const ran = await runChild({ script: 'sign-in', args: [plan], authorityPem: server.authorityPem });
  assert.equal(ran.code, 0, ran.err);
  assert.deepEqual(ran.blocked, []);
  assertClean(ran.out + ran.err);
  const lines = ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string; outcome?: Outcome });
  return { last: lines.at(-1)?.outcome, codes: lines.filter(({ step }) => step === 'code').length, sent: server.sent.length };
}

const consent: Step[] = [{ do: 'consent' }];
const app: Step[] = [{ do: 'app', proof: { clientSecret: 'canary-secret' } }];

function failed(outcome: Outcome | undefined): SignInFailure {
  assert.ok(outcome && !outcome.ok, JSON.stringify(outcome));
  return outcome;
}

describe('what Entra answers', { concurrency: false }, () => {
  test('names with and without the address of Graph are the same names', async () => {
    const scope = `openid profile ${graph}/Mail.Read User.Read ${graph}/.default`;
    const { last } = await drive([success({ scope })], consent);
    assert.deepEqual(last, {
      ok: true,
      kind: 'delegated',
      account: 'work',
      tenant,
      scopes: ['openid', 'profile', 'Mail.Read', 'User.Read'],
    });
  });

  test('the kind of account comes from the tenant and from the home of the account', async () => {
    const kindOf = async (more: { home?: string; tid?: string }) => {
      const { last } = await drive([success({ scope: 'openid Mail.Read', ...more })], consent);
      return last?.ok && last.account;
    };
    assert.equal(await kindOf({}), 'work');
    assert.equal(await kindOf({ home }), 'guest');
    assert.equal(await kindOf({ home: personal }), 'guest');
    assert.equal(await kindOf({ home: personal, tid: personal }), 'personal');
  });

  test('nothing is consented to: what the sign-in got is all there is, and nobody is asked again', async () => {
    const { last, codes, sent } = await drive(
      [success({ scope: 'openid profile' }), refusal(65001, 'invalid_grant', { suberror: 'consent_required' })],
      consent,
    );
    assert.deepEqual(last?.ok && last.scopes, ['openid', 'profile']);
    assert.deepEqual([codes, sent], [1, 2]);
  });

  test('what is granted is asked for anew, though a token for it is kept', async () => {
    const answers = [success({ scope: 'openid' }), success({ scope: `${graph}/Mail.Read ${graph}/Mail.Send ${graph}/.default` })];
    const { last, sent } = await drive(
      [...answers, success({ scope: `${graph}/Mail.Read ${graph}/.default` })],
      [{ do: 'consent' }, { do: 'granted' }],
    );
    assert.deepEqual(last?.ok && last.scopes, ['Mail.Read']);
    assert.equal(sent, 3);
  });

  test('a code that msal drops is told all the same', async () => {
    const { last, codes } = await drive([pending, refusal(7000218, 'invalid_client')], consent);
    assert.equal(failed(last).code, 'AADSTS7000218');
    assert.match(failed(last).sentence, /public client/);
    assert.equal(codes, 1);
  });

  test('declined, and too late, in the words of Entra', async () => {
    assert.equal(failed((await drive([refusal(70000, 'authorization_declined')], consent)).last).reason, 'declined');
    assert.equal(failed((await drive([refusal(70019, 'expired_token')], consent)).last).reason, 'expired');
  });

  test('a challenge is answered once: the second is a failure', async () => {
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["c1"]}}}';
    const challenge = refusal(50076, 'interaction_required', { suberror: 'basic_action', claims });
    const met = await drive([challenge, success({ scope: 'openid Mail.Read' })], consent);
    assert.ok(met.last?.ok);
    assert.equal(met.codes, 2);
    assert.ok(server.sent.some((form) => form.get('claims')?.includes('capolids')));
    server.sent.splice(0);
    const unmet = await drive([challenge], consent);
    assert.equal(failed(unmet.last).reason, 'sign-in-needed');
    assert.deepEqual([unmet.codes, unmet.sent], [2, 2]);
    server.sent.splice(0);
    assert.equal((await drive([challenge], app)).sent, 2);
  });

  test('a challenge after the sign-in does not go round', async () => {
    const challenge = refusal(50076, 'interaction_required', { claims: '{"access_token":{}}' });
    const { last, codes, sent } = await drive([success({ scope: 'openid' }), challenge], consent);
    assert.equal(failed(last).code, 'AADSTS50076');
    assert.deepEqual([codes, sent], [1, 2]);
  });

  test('a revoked sign-in: once in silence, then one code', async () => {
    const revoked = refusal(50173, 'invalid_grant', { suberror: 'bad_token' });
    const { last, codes, sent } = await drive([success({ scope: 'openid' }), revoked, revoked], [{ do: 'consent' }, { do: 'granted' }]);
    assert.equal(failed(last).reason, 'sign-in-needed');
    assert.equal(failed(last).code, 'AADSTS50173');
    assert.match(failed(last).sentence, /sign in/i);
    assert.equal(codes, 1);
    assert.ok(sent <= 3);
  });

  test('an app whose secret or certificate Entra refuses', async () => {
    for (const code of [7000215, 7000222, 700027, 700016, 90002]) {
      const { last, sent } = await drive([refusal(code, 'invalid_client')], app);
      assert.equal(failed(last).code, `AADSTS${code}`);
      assert.equal(failed(last).reason, String(code).startsWith('7000') && code !== 700016 ? 'proof' : 'refused');
      assert.match(failed(last).sentence, /^[A-Z].+\.$/);
      assert.doesNotMatch(failed(last).sentence, /not known here/);
      assert.equal(sent, 1);
      server.sent.splice(0);
    }
  });

  test('roles of an app, and a token that cannot be read', async () => {
    const answer = (access_token: string): Answer => ({ status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token } });
    const { last } = await drive([answer(token({ tid: tenant, idtyp: 'app', roles: ['Mail.Read', 7] }))], app);
    assert.deepEqual(last, { ok: true, kind: 'application', tenant, scopes: [], token: { scopes: [], roles: ['Mail.Read'] } });
    for (const damaged of ['canary-opaque', 'a.b.c', `a.${Buffer.from('[1]').toString('base64url')}.c`]) {
      const read = (await drive([answer(damaged)], app)).last;
      assert.ok(read?.ok);
      assert.equal(read.token, undefined);
    }
  });

  test('an answer of a proxy, and a server that is broken, are sentences', async () => {
    const page = await drive([{ status: 200, body: '<html>canary login page</html>' }], app);
    assert.match(failed(page.last).sentence, /^localhost:\d+ answered with something else than a sign-in/);
    assert.equal(page.sent, 1);
    const broken = await drive([{ status: 500, body: {} }], app);
    assert.match(failed(broken.last).sentence, /answered with something else/);
    const empty = await drive([{ status: 200, body: { token_type: 'Bearer', expires_in: 3599 } }], app);
    assert.equal(failed(empty.last).reason, 'refused');
  });
});
