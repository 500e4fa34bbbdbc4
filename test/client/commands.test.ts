/** The commands of signing in as a user meets them: what is asked, said, told to the server and kept, and what a sign-out ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHeld } from '../../client/src/auth/held';
import { createState } from '../../client/src/auth/state';
import type { SignedInGrants } from '../../server/src/lsp/protocol';
import { canary } from './support/entra';
import { type AskedSession, desk, run, type Session, secretsChanged, sessionsChanged } from './support/vscode';
import { app, clientId, type FakeWindow, openWindow, uipathId } from './support/window';

const [signIn, code, asApp, signOut, switchAccount, check, request, link] = [
  'm365Scopes.signIn',
  'm365Scopes.signInWithCode',
  'm365Scopes.signInAsApp',
  'm365Scopes.signOut',
  'm365Scopes.switchAccount',
  'm365Scopes.checkConsent',
  'm365Scopes.requestConsent',
  'm365Scopes.copyAdminConsentLink',
] as const;
const ada = { id: 'ada', label: 'ada@contoso.com' };
const tokenOf = (names: readonly string[]) =>
  `e30.${Buffer.from(JSON.stringify({ scp: names.join(' '), canary })).toString('base64url')}.${canary}`;
const sessionWith =
  (names: readonly string[], account = ada) =>
  async ({ scopes }: AskedSession): Promise<Session> => ({
    accessToken: tokenOf(names),
    scopes,
    account,
  });
const said = () => desk.said.map(({ text }) => text);
const last = () => desk.said.at(-1);
const settle = () => new Promise((done) => setTimeout(done, 50));

/** A window with its apps, and nothing secret in anything that was shown or told. */
function scene(name: string, apps: Parameters<typeof openWindow>[0], body: (opened: FakeWindow) => Promise<void>): void {
  test(name, async () => {
    const opened = openWindow(apps);
    try {
      await body(opened);
      const shown = JSON.stringify([desk.said, desk.picks, desk.progress, desk.context, opened.told, [...opened.notes]]);
      assert.ok(!shown.includes('CANARY'), shown);
      assert.ok(!shown.includes('keyring'), shown);
    } finally {
      opened.close();
      await settle();
    }
  });
}

/** Something that happens when the test says so. */
function gate(): { readonly opens: () => void; readonly closed: Promise<void> } {
  let opens = () => {};
  const closed = new Promise<void>((done) => {
    opens = done;
  });
  return { opens, closed };
}

const mail = app({ delegated: ['Mail.Read', 'Mail.Send'] });
const both = app({ delegated: ['Mail.Read'], application: ['Mail.Send'] });
const night = app({ application: ['Mail.Send'] });
const uipath = app({ clientId: uipathId, name: 'UiPath', owner: 'uipath', delegated: ['Mail.Read'] });

describe('which app', { concurrency: false }, () => {
  const hostile = 'x [Verify](command:workbench.action.quit) "y"';
  scene(
    'what a workspace calls it makes no link, in no message',
    [app({ ...mail, name: hostile, redirectUris: { publicClient: [], web: [`https://a.example/[b](command:x)`] } })],
    async (opened) => {
      desk.session = sessionWith(['Mail.Read'], { id: 'ada', label: '[ada](command:x)' });
      for (const command of [check, signIn, request, link]) await run(command);
      desk.session = async () => {
        throw new Error('Cancelled');
      };
      await run(signIn);
      opened.entra.granted = ['Mail.Read'];
      for (const command of [code, signOut, asApp]) await run(command);
      const shown = [...said(), ...desk.progress];
      assert.ok(shown.length > 7);
      assert.ok(shown.some((text) => text.includes('Verify')));
      for (const text of shown) assert.doesNotMatch(text, /\]\s*\(/, text);
    },
  );

  scene('UiPath’s is never taken unasked, also where it alone has a list of the kind', [night, uipath], async () => {
    await run(code);
    assert.deepEqual(
      desk.picks.map((items) => items.map(({ label }) => label)),
      [['intake', "UiPath's public app"]],
    );
    assert.deepEqual(desk.progress, []);
  });

  scene(
    'one in two tenants: it is asked which, and the tenants stand in the list',
    [mail, app({ ...mail, tenant: 'evil.example', signInTenant: 'evil.example' })],
    async (opened) => {
      desk.choose = (items) => items[1];
      desk.session = sessionWith(['Mail.Read', 'Mail.Send']);
      await run(signIn);
      assert.deepEqual(
        desk.picks[0]?.map(({ detail }) => detail?.split(' · ')[1]),
        ['contoso.com', 'evil.example'],
      );
      assert.ok(desk.asked.every(({ scopes }) => scopes.includes('VSCODE_TENANT:evil.example')));
      assert.equal(opened.told.at(-1)?.tenant, 'evil.example');
    },
  );

  for (const command of [signIn, code, asApp, check, request, link])
    scene(`one that is named and not here any more is replaced by no other: ${command}`, [both], async (opened) => {
      await run(command, { clientId: 'bbbbbbbb-0000-4000-8000-000000000002' });
      assert.match(last()?.text ?? '', /^No list of scopes here signs in to that app/);
      assert.deepEqual([desk.asked, opened.entra.asked, desk.clipboard], [[], [], '']);
    });

  scene('for UiPath’s there is no link, and not that of another app', [mail, uipath], async () => {
    await run(link, { clientId: uipathId });
    assert.equal(desk.clipboard, '');
    await run(link, { clientId });
    assert.match(desk.clipboard, new RegExp(`client_id=${clientId}`));
    assert.match(last()?.text ?? '', new RegExp(`"intake" \\(${clientId}\\)`));
  });
});

describe('signing out', { concurrency: false }, () => {
  /** Signs out before VS Code answers a check with some names; what it answers then is told to nobody. */
  const signsOutWhileChecking = async (names: readonly string[]) => {
    const { opens, closed } = gate();
    desk.session = async (asked) => closed.then(() => sessionWith(names)(asked));
    const checking = run(check);
    await settle();
    await run(signOut);
    const messages = said().length;
    opens();
    await checking;
    assert.equal(said().length, messages);
  };

  const ended = (opened: FakeWindow) => {
    assert.deepEqual(opened.held(), []);
    assert.deepEqual([...opened.secrets.keys()], []);
    assert.equal(desk.context['m365Scopes.signedIn'], false);
  };

  scene('forgets what the server was told, the tokens and the secret', [both], async (opened) => {
    Object.assign(opened.entra, { granted: ['Mail.Read'], roles: ['Mail.Send'] });
    await run(code);
    desk.type = async () => canary;
    await run(asApp);
    assert.deepEqual(opened.held(), ['delegated Mail.Read', 'application Mail.Send']);
    assert.equal(opened.secrets.size, 2);
    assert.equal(desk.context['m365Scopes.signedIn'], true);
    await run(signOut);
    ended(opened);
  });

  scene('ends a look that is under way in VS Code', [mail], async (opened) => {
    desk.session = sessionWith(['Mail.Read']);
    await run(signIn);
    await signsOutWhileChecking(['Mail.Read', 'Mail.Send']);
    ended(opened);
  });

  scene('ends a look that is under way at Entra, which then keeps nothing', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read'];
    await run(code);
    const { opens, closed } = gate();
    opened.entra.gate = closed;
    const checking = run(check);
    await settle();
    await run(signOut);
    opens();
    await checking;
    await settle();
    ended(opened);
  });

  scene('ends a look for somebody who is known from before', [mail], async (opened) => {
    await signsOutWhileChecking(['Mail.Read']);
    ended(opened);
  });

  scene('ends a check of an app and a person between the two', [both], async (opened) => {
    opened.entra.roles = ['Mail.Send'];
    desk.type = async () => canary;
    await run(asApp);
    desk.choose = ([asPerson]) => asPerson;
    desk.session = sessionWith(['Mail.Read']);
    await run(signIn);
    assert.deepEqual(opened.held(), ['application Mail.Send', 'delegated Mail.Read']);
    const { opens, closed } = gate();
    opened.entra.gate = closed;
    const checking = run(check);
    await settle();
    await run(signOut);
    opens();
    await checking;
    ended(opened);
  });

  scene('lets no request for consent begin', [mail], async (opened) => {
    desk.session = sessionWith(['Mail.Read']);
    await run(signIn);
    const { opens, closed } = gate();
    opened.slow = closed;
    const requesting = run(request);
    await settle();
    await run(signOut);
    const before = desk.asked.length;
    opens();
    await requesting;
    assert.deepEqual(
      desk.asked.slice(before).filter(({ silent }) => !silent),
      [],
    );
    ended(opened);
  });

  scene('takes a code that waits with it', [mail], async (opened) => {
    opened.entra.isEntered = false;
    const waiting = run(code);
    await settle();
    await run(signOut);
    opened.entra.isEntered = true;
    await waiting;
    await new Promise((done) => setTimeout(done, 1_500));
    ended(opened);
  });

  scene('wins over a look that VS Code’s own event began', [mail], async (opened) => {
    desk.accounts = async () => [ada];
    desk.session = sessionWith(['Mail.Read']);
    await run(signIn);
    const { opens, closed } = gate();
    desk.session = async (asked) => closed.then(() => sessionWith(['Mail.Read'])(asked));
    sessionsChanged.fire({ provider: { id: 'microsoft' } });
    await settle();
    await run(signOut);
    opens();
    await settle();
    ended(opened);
  });

  scene('asks for the account next time, and nothing is read in silence before', [mail], async (opened) => {
    desk.session = sessionWith(['Mail.Read', 'Mail.Send']);
    await run(signIn);
    await run(signOut);
    await run(check);
    assert.match(last()?.text ?? '', /^Nobody is signed in to the app "intake"/);
    assert.deepEqual(opened.held(), []);
    await run(signIn);
    assert.equal(desk.asked.findLast(({ silent }) => !silent)?.options.clearSessionPreference, true);
  });

  scene('says where the store does not let go, forgets the rest, and can be tried again', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read'];
    await run(code);
    opened.broken = 'delete';
    await run(signOut);
    assert.match(last()?.text ?? '', /did not let go/);
    assert.deepEqual(opened.held(), []);
    opened.broken = undefined;
    await run(signOut);
    ended(opened);
  });
});

test('a sign-out while a sign-in is being remembered reaches the server after it', async () => {
  const told: (readonly string[] | null)[] = [];
  const ask = async <T>(_: string, params: object): Promise<T | undefined> => {
    told.push((params as SignedInGrants).names);
    return undefined;
  };
  const state = createState();
  const held = createHeld(ask, state, { hasAny: () => false });
  const target = { clientId, tenant: 'contoso.com', environment: 'office365' } as const;
  const reading = { granted: { names: ['Mail.Read'], isComplete: true }, label: 'ada' };
  const remembering = held.remember(target, { id: 'code' }, reading);
  for (const entry of state.all()) await held.forget(entry, true);
  await remembering;
  assert.deepEqual(told, [['Mail.Read'], null]);
});

describe('a store that cannot be used', { concurrency: false }, () => {
  scene('the sign-in works, and it is said that nothing is kept', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read', 'Mail.Send'];
    opened.broken = 'store';
    await run(code);
    assert.deepEqual(opened.held(), ['delegated Mail.Read,Mail.Send']);
    assert.ok(said().some((text) => text.includes('nothing is kept')));
    assert.match(last()?.text ?? '', /^Everything that is declared/);
  });

  scene('a change in it that cannot be read changes nothing', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read', 'Mail.Send'];
    await run(code);
    opened.broken = 'get';
    for (const key of opened.secrets.keys()) secretsChanged.fire({ key });
    await settle();
    assert.deepEqual(opened.held(), ['delegated Mail.Read,Mail.Send']);
  });
});

describe('what ends elsewhere', { concurrency: false }, () => {
  const signedIn = async () => {
    desk.accounts = async () => [ada];
    desk.session = sessionWith(['Mail.Read', 'Mail.Send']);
    await run(signIn);
  };
  const event = () => sessionsChanged.fire({ provider: { id: 'microsoft' } });

  scene('a session of VS Code: what was granted is forgotten', [mail], async (opened) => {
    await signedIn();
    desk.session = async () => undefined;
    event();
    await settle();
    assert.deepEqual(opened.held(), []);
  });

  scene('a session that ends while the last event is looked into', [mail], async (opened) => {
    await signedIn();
    const { opens, closed } = gate();
    desk.session = async (asked) => closed.then(() => sessionWith(['Mail.Read'])(asked));
    event();
    await settle();
    desk.session = async () => undefined;
    event();
    opens();
    await settle();
    assert.deepEqual(opened.held(), []);
  });

  scene('a look that takes longer than somebody else’s sign-in does not bring the first one back', [mail], async (opened) => {
    await signedIn();
    const { opens, closed } = gate();
    desk.session = async (asked) => closed.then(() => sessionWith(['Mail.Read'])(asked));
    event();
    await settle();
    desk.choose = (items) => items.at(-1);
    desk.session = sessionWith(['Mail.Send'], { id: 'bob', label: 'bob@contoso.com' });
    await run(switchAccount);
    assert.deepEqual(opened.held(), ['delegated Mail.Send']);
    opens();
    await settle();
    assert.deepEqual(opened.held(), ['delegated Mail.Send']);
  });

  scene('a provider that fails, or no server: nobody is signed out, and nothing is said', [mail], async (opened) => {
    await signedIn();
    const messages = said().length;
    desk.session = async () => {
      throw new Error('offline');
    };
    event();
    await settle();
    assert.deepEqual(opened.held(), ['delegated Mail.Read,Mail.Send']);
    opened.apps = undefined;
    event();
    await settle();
    assert.deepEqual(opened.held(), ['delegated Mail.Read,Mail.Send']);
    assert.equal(said().length, messages);
  });

  scene('a provider that tells of its own answers does not go round for ever', [mail], async () => {
    await signedIn();
    const answer = desk.session;
    desk.session = async (asked) => {
      event();
      return answer(asked);
    };
    const before = desk.asked.length;
    event();
    await settle();
    await settle();
    const after = desk.asked.length;
    await settle();
    assert.equal(desk.asked.length, after);
    assert.ok(after - before < 20);
  });

  scene('another window signs out of a code', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read', 'Mail.Send'];
    await run(code);
    const [key = ''] = opened.secrets.keys();
    opened.secrets.delete(key);
    secretsChanged.fire({ key });
    await settle();
    assert.deepEqual(opened.held(), []);
  });

  scene('a tenant that is edited: the next look is into the new one', [mail], async (opened) => {
    await signedIn();
    opened.apps = [app({ ...mail, tenant: 'new.example', signInTenant: 'new.example' })];
    event();
    await settle();
    assert.deepEqual(opened.held(), []);
    await run(check);
    assert.equal(opened.told.at(-1)?.tenant, 'new.example');
  });
});

describe('what is refused', { concurrency: false }, () => {
  scene('a sign-in that was revoked: what it showed counts no more, and one click signs in', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read'];
    await run(code);
    opened.entra.refusal = [50173, 'invalid_grant'];
    await run(check);
    assert.deepEqual(last()?.buttons, ['Sign In']);
    assert.deepEqual(opened.held(), []);
    assert.equal(opened.entra.asked.filter((what) => what === 'code').length, 1);
    opened.entra.refusal = undefined;
    await run(code);
    assert.deepEqual(opened.held(), ['delegated Mail.Read']);
  });

  scene('no network: it is said, and everything stays', [both], async (opened) => {
    Object.assign(opened.entra, { granted: ['Mail.Read'], roles: [] });
    await run(code);
    desk.type = async () => canary;
    await run(asApp);
    const held = opened.held();
    opened.entra.isDown = true;
    await run(check);
    assert.match(said().at(-1) ?? '', /cannot be reached/);
    assert.deepEqual(opened.held(), held);
    assert.equal(opened.secrets.size, 2);
  });

  const refusals: readonly [readonly [number, string], number, readonly string[]][] = [
    [[7000215, 'invalid_client'], 0, ['Sign In']],
    [[7000222, 'invalid_client'], 0, ['Sign In']],
    [[50196, 'invalid_request'], 1, []],
    [[700016, 'unauthorized_client'], 1, []],
  ];
  for (const [refusal, kept, buttons] of refusals)
    scene(`a secret and AADSTS${refusal[0]}: it is ${kept ? 'kept' : 'forgotten'}`, [night], async (opened) => {
      desk.type = async () => canary;
      opened.entra.roles = ['Mail.Send'];
      await run(asApp);
      opened.entra.refusal = refusal;
      await run(check);
      assert.equal(opened.secrets.size, kept);
      assert.deepEqual(last()?.buttons, buttons);
      assert.match(last()?.text ?? '', new RegExp(`AADSTS${refusal[0]}`));
    });

  scene('a code that the tenant’s policy forbids: no other code is offered', [mail], async (opened) => {
    opened.entra.refusal = [53003, 'invalid_grant'];
    await run(code);
    assert.match(last()?.text ?? '', /AADSTS53003/);
    assert.deepEqual(last()?.buttons, []);
  });
});

describe('which way', { concurrency: false }, () => {
  scene('an app with its own permissions alone is not looked at as a person', [night], async () => {
    await run(check);
    assert.deepEqual(desk.asked, []);
    assert.match(last()?.text ?? '', /^Nobody is signed in/);
  });

  scene('a person whom VS Code knows is looked at as well where only the app has signed in', [both], async (opened) => {
    opened.entra.roles = ['Mail.Send'];
    desk.type = async () => canary;
    await run(asApp);
    desk.session = sessionWith(['Mail.Read']);
    await run(check);
    assert.deepEqual(opened.held(), ['application Mail.Send', 'delegated Mail.Read']);
    desk.session = async () => undefined;
    await run(signOut);
    await run(asApp);
    await run(check);
    assert.deepEqual(opened.held(), ['application Mail.Send']);
    assert.match(last()?.text ?? '', /^Everything that is declared for the app/);
  });

  scene('a code that is kept is read before VS Code is asked, and asked by for what is missing', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read'];
    await run(code);
    const [secrets, notes] = [new Map(opened.secrets), new Map(opened.notes)];
    opened.close();
    const again = openWindow([mail]);
    for (const [key, value] of secrets) again.secrets.set(key, value);
    for (const [key, value] of notes) again.notes.set(key, value);
    again.entra.granted = ['Mail.Read'];
    await run(request);
    assert.deepEqual(desk.asked, []);
    assert.deepEqual(again.entra.asked.slice(0, 2), ['refresh_token', 'refresh_token']);
    assert.ok(again.entra.asked.includes('code'));
    again.close();
  });

  scene(
    'Switch Account in a cloud that VS Code does not know stays with the code; who gives up stays signed in',
    [app({ ...mail, environment: 'us-gov-l5' })],
    async (opened) => {
      opened.notes.set('m365Scopes.kept', [`m365Scopes/code/us-gov-l5/contoso.com/${clientId}`]);
      opened.secrets.set(`m365Scopes/code/us-gov-l5/contoso.com/${clientId}`, '{}');
      await run(switchAccount);
      assert.ok(!said().some((text) => text.includes('DoD')), said().join());
      assert.equal(opened.secrets.size, 1);
    },
  );

  scene('a cloud whose setting went away: the setting is named', [app({ ...mail, environment: 'china' })], async () => {
    desk.settings['microsoft-sovereign-cloud.environment'] = 'ChinaCloud';
    desk.session = sessionWith(['Mail.Read', 'Mail.Send']);
    await run(signIn);
    assert.match(last()?.text ?? '', /^Everything/);
    desk.settings = {};
    await run(check);
    assert.match(last()?.text ?? '', /microsoft-sovereign-cloud\.environment is "ChinaCloud"/);
    assert.deepEqual(last()?.buttons, ['Open Setting', 'Sign In With a Code']);
  });

  scene('a code that is over is not copied', [mail], async (opened) => {
    opened.entra.granted = ['Mail.Read', 'Mail.Send'];
    desk.clicks = 'Copy Code';
    await run(code);
    await settle();
    assert.ok(desk.clipboard === 'CODE-1' || said().some((text) => text.includes('sign-in is over')));
  });
});
