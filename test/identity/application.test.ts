/** An app signs in as itself at a real identity server: with a secret, with a certificate, and with the wrong one. */
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { issue } from './support/certificates';
import { createDrive, type Drive } from './support/drive';
import { clientSecret } from './support/identity-server';

let drive: Drive;
before(async () => {
  drive = await createDrive();
});
after(() => drive.stop());

function proofOf({ certificate, key }: { readonly certificate: string; readonly key: string }) {
  const thumbprintSha256 = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
  return { clientCertificate: { thumbprintSha256, privateKey: key } };
}

describe('signing in as an app', { concurrency: false }, () => {
  test('with a secret: the roles of the token are what was granted', async () => {
    drive.reset({ roles: ['Mail.Read', 'Files.Read.All'] });
    const { last, asked } = await drive.app('secret', { clientSecret });
    assert.deepEqual(last, {
      ok: true,
      kind: 'application',
      tenant: drive.tenant,
      scopes: [],
      token: { scopes: [], roles: ['Mail.Read', 'Files.Read.All'] },
    });
    assert.deepEqual(asked, [{ path: '/token', grant: 'client_credentials', scopes: ['.default'] }]);
  });

  test('nothing granted is an empty list, and a token that nobody can read is none', async () => {
    drive.reset({ roles: [] });
    const nothing = (await drive.app('secret', { clientSecret })).last;
    assert.deepEqual(nothing?.ok && nothing.token, { scopes: [], roles: [] });
    drive.reset({ roles: ['Mail.Read'], opaque: true });
    const opaque = (await drive.app('secret', { clientSecret })).last;
    assert.equal(opaque?.ok, true);
    assert.equal(opaque?.ok && opaque.token, undefined);
  });

  test('with a wrong secret: a sentence, one question, and the secret nowhere', async () => {
    drive.reset({});
    const { last, asked } = await drive.app('secret', { clientSecret: 'wrong-canary' });
    assert.ok(last && !last.ok);
    assert.equal(last.reason, 'proof');
    assert.match(last.sentence, /^[A-Z].+\.$/);
    assert.equal(asked.length, 1);
  });

  test('with a certificate', async () => {
    drive.reset({ roles: ['Mail.Send'] });
    const { last } = await drive.app('certificate', proofOf(drive.certificate));
    assert.deepEqual(last?.ok && last.token?.roles, ['Mail.Send']);
  });

  test('with a certificate that the app does not know', async () => {
    drive.reset({});
    const { last, asked } = await drive.app('certificate', proofOf(issue({ name: 'other' })));
    assert.equal(last?.ok, false);
    assert.equal(asked.length, 1);
  });
});
