/** Signing in with a code and as the app itself, as the editor does it: what is read, asked, kept and forgotten, at a real identity server. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clientSecret, clients, type IdentityServer, registered, tenant } from '../identity/support/identity-server';
import { createWaysDrive, type WaysDrive } from './support/drive-ways';
import type { WayOutcome } from './support/ways.child';

let drive: WaysDrive;
before(async () => {
  drive = await createWaysDrive();
});
after(() => drive.stop());

const codeKey = `m365Scopes/code/office365/${tenant}/${clients.person}`;
const appKey = `m365Scopes/app/office365/${tenant}/${clients.secret}`;

function policy(consented: readonly string[], rest: Partial<IdentityServer['policy']> = {}) {
  return (server: IdentityServer) => {
    Object.assign(server.policy, { person: 'accepts', who: 'somebody', roles: [], codeSeconds: 60, opaque: false, ...rest });
    server.policy.consented.clear();
    for (const name of consented) server.policy.consented.add(name);
  };
}

const namesIn = (outcome: WayOutcome | undefined) => {
  assert.ok(outcome?.reading, JSON.stringify(outcome));
  return outcome.reading.names && [...outcome.reading.names].sort();
};

describe('a code for any browser', { concurrency: false }, () => {
  test('signs in with one code, keeps it, and reads again in silence', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'read', before: policy(['User.Read', 'Mail.Read']) },
      { way: 'code', do: 'sign in' },
      { way: 'code', do: 'read' },
    ]);
    const [nobody, signedIn, later] = outcomes;
    assert.deepEqual([nobody?.isEmpty, nobody?.prompts, nobody?.stored, nobody?.hasAny], [true, 0, [], false]);
    assert.deepEqual(namesIn(signedIn), ['Mail.Read', 'User.Read']);
    assert.deepEqual(signedIn?.reading?.label, 'somebody');
    assert.deepEqual([signedIn?.prompts, signedIn?.stored, signedIn?.noted], [1, [codeKey], [codeKey]]);
    assert.deepEqual(namesIn(later), ['Mail.Read', 'User.Read']);
    assert.equal(later?.prompts, 0);
  });

  test('a reading without a sign-in asks nobody', async () => {
    const { outcomes, asked } = await drive.go('person', [
      { way: 'code', do: 'read', before: policy(registered) },
      { way: 'app', do: 'read' },
    ]);
    assert.deepEqual(
      outcomes.map(({ isEmpty }) => isEmpty),
      [true, true],
    );
    assert.deepEqual(asked, []);
  });

  test('asks for the missing names alone, with one more code', async () => {
    const { outcomes, asked } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      { way: 'code', do: 'request', names: ['Mail.Read', 'User.Read', 'offline_access'] },
    ]);
    assert.deepEqual(namesIn(outcomes[1]), ['Mail.Read', 'User.Read']);
    assert.equal(outcomes[1]?.prompts, 1);
    const prompts = asked.filter(({ path }) => path.includes('device') && !path.includes('token'));
    const last = prompts.at(-1)?.scopes.map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));
    assert.deepEqual(
      last?.filter((name) => !['openid', 'profile', 'offline_access'].includes(name)),
      ['Mail.Read'],
    );
  });

  test('one name for administrators only: it is said, with what helps, and nothing is lost', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      { way: 'code', do: 'request', names: ['Directory.Read.All'] },
      { way: 'code', do: 'read' },
    ]);
    assert.ok(outcomes[1]?.failure?.sentence, JSON.stringify(outcomes[1]));
    assert.deepEqual(namesIn(outcomes[2]), ['User.Read']);
  });

  test('given up: nothing is said, nothing is kept, and it ends at once', async () => {
    const started = Date.now();
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', cancelAfter: 200, before: policy([], { person: 'does nothing' }) },
    ]);
    assert.deepEqual([outcomes[0]?.isEmpty, outcomes[0]?.prompts], [true, 1]);
    assert.ok(Date.now() - started < 15_000);
  });

  test('declined, and too late: a sentence each, and somebody can begin again', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy([], { person: 'declines' }) },
      { way: 'code', do: 'sign in', before: policy([], { person: 'does nothing', codeSeconds: 2 }) },
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
    ]);
    assert.match(outcomes[0]?.failure?.sentence ?? '', /declined/);
    assert.match(outcomes[1]?.failure?.sentence ?? '', /ran out/);
    assert.ok(outcomes[1]?.failure?.needsSignIn);
    assert.deepEqual(namesIn(outcomes[2]), ['User.Read']);
  });

  test('revoked: it is said once that the sign-in ended, no code is shown unasked, and a new sign-in works', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      { way: 'code', do: 'read', before: (server) => server.revokeAll() },
      { way: 'code', do: 'sign in' },
      { way: 'code', do: 'read' },
    ]);
    assert.match(outcomes[1]?.failure?.sentence ?? '', /no longer valid/);
    assert.deepEqual([outcomes[1]?.failure?.needsSignIn, outcomes[1]?.prompts], [true, 0]);
    assert.deepEqual([namesIn(outcomes[2]), outcomes[2]?.prompts], [['User.Read'], 1]);
    assert.deepEqual(namesIn(outcomes[3]), ['User.Read']);
  });

  test('another account: who gives up stays signed in, who signs in takes the place', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      { way: 'code', do: 'sign in anew', cancelAfter: 100, before: policy(['User.Read'], { person: 'does nothing' }) },
      { way: 'code', do: 'read' },
      { way: 'code', do: 'sign in anew', before: policy(['User.Read', 'Mail.Send'], { who: 'another' }) },
      { way: 'code', do: 'read' },
      { way: 'code', do: 'forget' },
      { way: 'code', do: 'read' },
    ]);
    assert.deepEqual([outcomes[1]?.isEmpty, outcomes[1]?.stored], [true, [codeKey]]);
    assert.deepEqual(namesIn(outcomes[2]), ['User.Read']);
    assert.equal(outcomes[3]?.prompts, 1);
    assert.deepEqual(namesIn(outcomes[4]), ['Mail.Send', 'User.Read']);
    assert.deepEqual([outcomes[5]?.stored, outcomes[5]?.noted, outcomes[5]?.hasAny], [[], [], false]);
    assert.ok(outcomes[6]?.isEmpty);
  });

  test('the first one was revoked and another enters the code: they are signed in from then on', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      {
        way: 'code',
        do: 'sign in',
        before: async (server) => {
          await server.revokeAll();
          policy(['User.Read', 'Mail.Send'], { who: 'another' })(server);
        },
      },
      { way: 'code', do: 'read' },
    ]);
    assert.deepEqual([namesIn(outcomes[1]), outcomes[1]?.prompts], [['Mail.Send', 'User.Read'], 1]);
    assert.deepEqual(namesIn(outcomes[2]), ['Mail.Send', 'User.Read']);
  });

  test('what is kept is damaged: the next reading says that somebody has to sign in', async () => {
    const { outcomes } = await drive.go('person', [
      { way: 'code', do: 'sign in', before: policy(['User.Read']) },
      { way: 'code', do: 'damage' },
      { way: 'code', do: 'read' },
      { way: 'code', do: 'sign in' },
    ]);
    assert.ok(outcomes[2]?.failure?.needsSignIn);
    assert.deepEqual(namesIn(outcomes[3]), ['User.Read']);
  });
});

describe('the app as itself', { concurrency: false }, () => {
  const roles = ['Mail.Read', 'User.Read.All'];

  test('with a secret: asked once, kept, and read again without a question', async () => {
    const { outcomes } = await drive.go('secret', [
      { way: 'app', do: 'sign in', proof: { secret: clientSecret }, before: policy([], { roles }) },
      { way: 'app', do: 'read', before: policy([], { roles: ['Mail.Read'] }) },
      { way: 'app', do: 'sign in' },
      { way: 'app', do: 'forget' },
      { way: 'app', do: 'read' },
    ]);
    assert.deepEqual(namesIn(outcomes[0]), roles);
    assert.deepEqual([outcomes[0]?.prompts, outcomes[0]?.stored, outcomes[0]?.reading?.label], [1, [appKey], 'intake']);
    assert.deepEqual([namesIn(outcomes[1]), outcomes[1]?.prompts], [['Mail.Read'], 0]);
    assert.equal(outcomes[2]?.prompts, 0);
    assert.deepEqual(outcomes[3]?.stored, []);
    assert.ok(outcomes[4]?.isEmpty);
  });

  test('a wrong secret is explained, and not kept', async () => {
    const { outcomes } = await drive.go('secret', [
      { way: 'app', do: 'sign in', proof: { secret: 'canary wrong' }, before: policy([], { roles }) },
      { way: 'app', do: 'read' },
    ]);
    assert.ok(outcomes[0]?.failure?.sentence);
    assert.ok(outcomes[0]?.failure?.needsSignIn);
    assert.deepEqual([outcomes[0]?.stored, outcomes[0]?.hasAny], [[], false]);
    assert.ok(outcomes[1]?.isEmpty);
  });

  test('a secret that was kept and is refused now is forgotten, so that the next sign-in asks', async () => {
    const { outcomes } = await drive.go('secret', [
      { way: 'app', do: 'sign in', proof: { secret: clientSecret }, before: policy([], { roles }) },
      { way: 'app', do: 'spoil' },
      { way: 'app', do: 'read' },
      { way: 'app', do: 'sign in', proof: { secret: clientSecret } },
    ]);
    assert.deepEqual([outcomes[2]?.failure?.hasEnded, outcomes[2]?.stored], [true, []]);
    assert.deepEqual([namesIn(outcomes[3]), outcomes[3]?.prompts], [roles, 1]);
  });

  test('nobody gives one: nothing happens', async () => {
    const { outcomes, asked } = await drive.go('secret', [{ way: 'app', do: 'sign in', before: policy([]) }]);
    assert.deepEqual([outcomes[0]?.isEmpty, outcomes[0]?.prompts, outcomes[0]?.stored], [true, 1, []]);
    assert.deepEqual(asked, []);
  });

  test('switching asks for another secret', async () => {
    const { outcomes } = await drive.go('secret', [
      { way: 'app', do: 'sign in', proof: { secret: clientSecret }, before: policy([], { roles }) },
      { way: 'app', do: 'sign in anew', proof: { secret: clientSecret } },
    ]);
    assert.equal(outcomes[1]?.prompts, 1);
    assert.deepEqual(namesIn(outcomes[1]), roles);
  });

  test('a token that nobody can read: it is not known what was granted', async () => {
    const { outcomes } = await drive.go('secret', [
      { way: 'app', do: 'sign in', proof: { secret: clientSecret }, before: policy([], { roles, opaque: true }) },
    ]);
    assert.equal(outcomes[0]?.reading?.names, null);
  });

  test('with a certificate: the path is kept, and a file that went away is told of', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'm365-ways-'));
    try {
      const [path, other] = [join(folder, 'app.pem'), join(folder, 'empty.pem')];
      writeFileSync(path, `${drive.certificate.certificate}\n${drive.certificate.key}`);
      writeFileSync(other, 'nothing');
      const { outcomes } = await drive.go('certificate', [
        { way: 'app', do: 'sign in', proof: { certificate: path }, before: policy([], { roles }) },
        { way: 'app', do: 'read', before: () => rmSync(path) },
        { way: 'app', do: 'sign in', proof: { certificate: other } },
      ]);
      assert.deepEqual(namesIn(outcomes[0]), roles);
      assert.equal(outcomes[1]?.failure?.sentence, 'no certificate');
      // It may be on a drive that comes back.
      assert.deepEqual(outcomes[1]?.stored.length, 1);
      // Whoever signs in is asked for another at once.
      assert.match(outcomes[2]?.failure?.sentence ?? '', /^bad: It must be PEM/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
