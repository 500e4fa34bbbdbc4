/** A person signs in with a code at a real identity server: everything granted, a part, nothing, too late, given up; and the silence after it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Outcome, SignedIn } from '../../server/src/identity/types';
import { createDrive, type Drive } from './support/drive';
import { registered } from './support/identity-server';

let drive: Drive;
before(async () => {
  drive = await createDrive();
});
after(() => drive.stop());

function granted(outcome: Outcome | undefined): string[] {
  assert.ok(outcome?.ok, JSON.stringify(outcome));
  return [...(outcome as SignedIn).scopes].sort();
}

describe('signing in with a code', { concurrency: false }, () => {
  test('all that is registered is granted', async () => {
    drive.reset({ consented: registered });
    const { last, codes, child, asked } = await drive.person([{ do: 'consent' }]);
    assert.deepEqual(granted(last), [...registered].sort());
    assert.ok(last?.ok);
    assert.deepEqual([...(last.token?.scopes ?? [])].sort(), [...registered].sort());
    assert.equal(last.tenant, drive.tenant);
    assert.equal(codes.length, 1);
    assert.match(`${codes[0]?.address} ${codes[0]?.userCode}`, /^https:\/\/localhost:\d+\/device [A-Z-]+$/);
    assert.deepEqual(Object.keys(codes[0] ?? {}).sort(), ['address', 'seconds', 'userCode'], 'nothing else of the answer');
    assert.equal(codes[0]?.seconds, 60);
    assert.ok(child.loopback > 0);
    // The prompt asks who it is and for no permission: what is granted is asked for in silence.
    assert.deepEqual(asked[0]?.scopes, ['openid', 'profile', 'offline_access']);
    assert.deepEqual([asked.at(-1)?.grant, asked.at(-1)?.scopes[0]], ['refresh_token', '.default']);
  });

  test('a part is granted: what is missing is missing from the answer and from the token', async () => {
    drive.reset({ consented: ['User.Read', 'Mail.Read'] });
    const { last } = await drive.person([{ do: 'consent' }]);
    assert.deepEqual(granted(last), ['Mail.Read', 'User.Read']);
    assert.deepEqual(last?.ok && [...(last.token?.scopes ?? [])].sort(), ['Mail.Read', 'User.Read']);
  });

  test('a token that nobody can read is no evidence: the answer is', async () => {
    drive.reset({ consented: ['Mail.Read'], opaque: true });
    const { last } = await drive.person([{ do: 'consent' }]);
    assert.deepEqual(granted(last), ['Mail.Read']);
    assert.equal(last?.ok && last.token, undefined);
  });

  test('declined: a sentence, and no second code', async () => {
    drive.reset({ person: 'declines' });
    const { last, codes } = await drive.person([{ do: 'consent' }]);
    assert.deepEqual(last, {
      ok: false,
      reason: 'declined',
      sentence: 'The sign-in was declined. Sign in again, and accept what the app asks for.',
    });
    assert.equal(codes.length, 1);
  });

  test('nobody enters the code in time', async () => {
    drive.reset({ person: 'does nothing', codeSeconds: 2 });
    const { last, codes } = await drive.person([{ do: 'consent' }]);
    assert.equal(last?.ok, false);
    assert.deepEqual(last, {
      ok: false,
      reason: 'expired',
      sentence: 'Nobody signed in before the code ran out. Start again, and enter the code sooner.',
    });
    assert.equal(codes.length, 1);
  });

  test('cancelled: it ends at once, and asks no more', async () => {
    drive.reset({ person: 'does nothing' });
    const { last, milliseconds, asked } = await drive.person([{ do: 'consent', cancelAfter: 250 }]);
    assert.deepEqual(last, { ok: false, reason: 'cancelled', sentence: 'The sign-in was cancelled.' });
    assert.ok((milliseconds[0] ?? 0) < 2_000, `${milliseconds[0]} ms`);
    assert.ok(asked.filter(({ path }) => path === '/token').length <= 2);
  });

  test('silent after a sign-in: no prompt, and what changed meanwhile is seen', async () => {
    drive.reset({ consented: ['User.Read', 'Mail.Read'] });
    const { outcomes, codes, asked } = await drive.person([{ do: 'consent' }, { do: 'consent' }, { do: 'granted' }]);
    assert.equal(codes.length, 1);
    for (const outcome of outcomes) assert.deepEqual(granted(outcome), ['Mail.Read', 'User.Read']);
    assert.equal(asked.filter(({ grant }) => grant === 'refresh_token').length, 3, 'each reading asks Entra, none trusts the cache');
  });

  test('only the missing names are asked for, and only after what is granted was read', async () => {
    drive.reset({ consented: ['User.Read', 'Mail.Read'] });
    const wanted = ['openid', 'offline_access', 'mail.read', 'User.Read', 'Mail.Send', 'Files.Read'];
    const { last, codes, asked } = await drive.person([{ do: 'consent', wanted }]);
    assert.deepEqual(granted(last), ['Files.Read', 'Mail.Read', 'Mail.Send', 'User.Read']);
    assert.equal(codes.length, 2);
    const prompts = asked.filter(({ path }) => path === '/devicecode').map(({ scopes }) => scopes);
    assert.deepEqual(prompts, [
      ['openid', 'profile', 'offline_access'],
      ['Mail.Send', 'Files.Read', 'openid', 'profile', 'offline_access'],
    ]);
  });

  test('a name that needs an administrator leaves what was granted as it is', async () => {
    drive.reset({ consented: ['Mail.Read'] });
    const { last, codes } = await drive.person([{ do: 'consent', wanted: ['Mail.Read', 'Directory.Read.All'] }]);
    assert.deepEqual(granted(last), ['Mail.Read']);
    assert.equal((last as { notGranted?: Outcome }).notGranted?.ok, false);
    assert.equal(codes.length, 2);
  });

  test('nobody is signed in: reading in silence says so, and asks nobody', async () => {
    drive.reset({});
    const { last, asked } = await drive.person([{ do: 'granted' }]);
    assert.deepEqual(last, { ok: false, reason: 'sign-in-needed', sentence: 'Nobody is signed in. Sign in first.' });
    assert.deepEqual(asked, []);
  });

  test('a sign-in that was revoked says so, asks once, and is offered anew', async () => {
    drive.reset({ consented: ['Mail.Read'] });
    const { outcomes, codes, asked } = await drive.person(
      [{ do: 'consent' }, { do: 'granted' }, { do: 'granted' }, { do: 'consent' }],
      async (step) => {
        if (step === 1) await drive.server.revokeAll();
      },
    );
    const [, revoked, again, anew] = outcomes;
    const sentence = 'The sign-in is no longer valid: it was revoked, or it ran out. Sign in again.';
    assert.deepEqual(revoked, { ok: false, reason: 'sign-in-needed', sentence });
    assert.equal(again?.ok, false);
    assert.deepEqual(granted(anew), ['Mail.Read']);
    assert.equal(codes.length, 2, 'one code for each sign-in');
    // 1 after each sign-in, 1 for each reading that was refused, and the last sign-in's first try.
    assert.ok(asked.filter(({ grant }) => grant === 'refresh_token').length <= 5);
  });

  test('a damaged store is an empty one', async () => {
    drive.reset({ consented: ['Mail.Read'] });
    const { outcomes, codes, writes } = await drive.person([{ do: 'consent' }, { do: 'forget' }, { do: 'consent' }]);
    assert.deepEqual(granted(outcomes.at(-1)), ['Mail.Read']);
    assert.equal(codes.length, 2);
    assert.ok((writes[0] ?? 0) > 0);
  });
});
