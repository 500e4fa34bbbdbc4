/** The order of the questions about consent, against sessions that behave as VS Code's do: silent first, one list, and only the missing names. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readGranted, requestConsent, type Sessions } from '../../client/src/auth/consent';
import type { SignInApp } from '../../client/src/auth/provider';

const app: SignInApp = {
  clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  name: 'intake',
  owner: 'own',
  tenant: 'contoso.com',
  signInTenant: 'contoso.com',
  isPersonal: false,
  environment: 'office365',
  lists: [],
};

interface World {
  /** What Entra holds. */
  readonly granted: Set<string>;
  /** What a token from before still says of `.default`. */
  readonly kept?: readonly string[];
  readonly isOpaque?: boolean;
  readonly isSignedIn?: boolean;
  readonly isRefusing?: boolean;
}

/** Sessions of a person, and every question in order, without the parts that name app and tenant. */
function sessionsOf(world: World): Sessions & { readonly asked: string[] } {
  const asked: string[] = [];
  const plain = (scopes: readonly string[]) => scopes.slice(2).map((scope) => scope.replace('https://graph.microsoft.com/', ''));
  const toSession = (scopes: readonly string[], names: Iterable<string>) => ({
    accessToken: world.isOpaque ? 'opaque' : `e30.${Buffer.from(JSON.stringify({ scp: [...names].join(' ') })).toString('base64url')}.s`,
    scopes,
  });
  return {
    asked,
    silently: async (scopes) => {
      const names = plain(scopes);
      asked.push(`silent ${names.join()}`);
      assert.deepEqual(scopes.slice(0, 2), [`VSCODE_CLIENT_ID:${app.clientId}`, 'VSCODE_TENANT:contoso.com']);
      if (world.isSignedIn === false) return undefined;
      if (names[0] === '.default') return toSession(scopes, world.kept ?? world.granted);
      return names.every((name) => world.granted.has(name)) ? toSession(scopes, world.granted) : undefined;
    },
    asking: async (scopes) => {
      asked.push(`asks ${plain(scopes).join()}`);
      if (world.isRefusing) throw new Error('AADSTS90094: needs an administrator');
      for (const name of plain(scopes)) world.granted.add(name);
      return toSession(scopes, world.granted);
    },
  };
}

describe('reading what is granted', () => {
  test('takes one silent question where nothing is missing', async () => {
    const sessions = sessionsOf({ granted: new Set(['Mail.Read', 'User.Read']) });
    assert.deepEqual(await readGranted(sessions, app, ['mail.read', 'offline_access']), {
      names: ['Mail.Read', 'User.Read'],
      isComplete: true,
    });
    assert.deepEqual(sessions.asked, ['silent .default']);
  });

  test('is undefined where nobody is signed in, and asks no more', async () => {
    const sessions = sessionsOf({ granted: new Set(), isSignedIn: false });
    assert.equal(await readGranted(sessions, app, ['Mail.Read']), undefined);
    assert.deepEqual(sessions.asked, ['silent .default']);
  });

  test('looks again at what seems to be missing: alone where it is one name', async () => {
    const sessions = sessionsOf({ granted: new Set(['User.Read']) });
    assert.deepEqual(await readGranted(sessions, app, ['Mail.Read']), { names: ['User.Read'], isComplete: true });
    assert.deepEqual(sessions.asked, ['silent .default', 'silent Mail.Read']);
  });

  test('believes no token that is older than the consent', async () => {
    const sessions = sessionsOf({ granted: new Set(['User.Read', 'Mail.Read', 'Mail.Send']), kept: ['User.Read'] });
    const granted = await readGranted(sessions, app, ['Mail.Read', 'Mail.Send']);
    assert.deepEqual([...(granted?.names ?? [])].sort(), ['Mail.Read', 'Mail.Send', 'User.Read']);
    assert.deepEqual(sessions.asked, ['silent .default', 'silent Mail.Read,Mail.Send']);
  });

  test('one name that is missing does not hide the others', async () => {
    const sessions = sessionsOf({ granted: new Set(['User.Read', 'Mail.Read']), kept: ['User.Read'] });
    const granted = await readGranted(sessions, app, ['Mail.Read', 'Mail.Send']);
    assert.deepEqual([...(granted?.names ?? [])].sort(), ['Mail.Read', 'User.Read']);
    assert.equal(granted?.isComplete, true);
    assert.deepEqual(sessions.asked, ['silent .default', 'silent Mail.Read,Mail.Send', 'silent Mail.Read', 'silent Mail.Send']);
  });

  const many = Array.from({ length: 64 }, (_, index) => `A.${index}`);

  test('the one name of very many that is missing is found by halves', async () => {
    const granted = many.filter((name) => name !== 'A.37');
    const sessions = sessionsOf({ granted: new Set(granted), kept: [] });
    const found = await readGranted(sessions, app, many);
    assert.deepEqual([...(found?.names ?? [])].sort(), [...granted].sort());
    assert.ok(sessions.asked.length <= 14, `${sessions.asked.length} questions`);
  });

  test('where very many are missing it ends somewhere', async () => {
    const sessions = sessionsOf({ granted: new Set() });
    assert.deepEqual((await readGranted(sessions, app, many))?.names, []);
    assert.equal(sessions.asked.length, 41);
  });

  test('a token that cannot be read never makes a name not granted', async () => {
    const sessions = sessionsOf({ granted: new Set(['Mail.Read']), isOpaque: true });
    assert.deepEqual(await readGranted(sessions, app, ['Mail.Read', 'Mail.Send']), { names: ['Mail.Read'], isComplete: false });
  });

  test('a token that cannot be read is enough where everything can be had', async () => {
    const sessions = sessionsOf({ granted: new Set(['Mail.Read', 'Mail.Send']), isOpaque: true });
    assert.deepEqual(await readGranted(sessions, app, ['Mail.Read', 'Mail.Send']), { names: ['Mail.Read', 'Mail.Send'], isComplete: true });
  });
});

describe('asking for consent', () => {
  test('names only what is missing', async () => {
    const sessions = sessionsOf({ granted: new Set(['User.Read']) });
    const granted = await requestConsent(sessions, app, ['Mail.Read', 'Mail.Send']);
    assert.deepEqual([...granted.names].sort(), ['Mail.Read', 'Mail.Send', 'User.Read']);
    assert.deepEqual(sessions.asked, ['asks Mail.Read,Mail.Send']);
  });

  test('of a token that cannot be read: what was asked for', async () => {
    const sessions = sessionsOf({ granted: new Set(['User.Read']), isOpaque: true });
    assert.deepEqual((await requestConsent(sessions, app, ['Mail.Read'])).names, ['Mail.Read']);
  });

  test('rejects where the provider does', async () => {
    const sessions = sessionsOf({ granted: new Set(), isRefusing: true });
    await assert.rejects(requestConsent(sessions, app, ['Mail.Read']), /AADSTS90094/);
  });
});
