/** A provider that behaves as VS Code's own: a session repeats what was asked for, and only its token holds what was granted. */

const { EventEmitter } = require('vscode');

const graphs = { microsoft: 'https://graph.microsoft.com', 'microsoft-sovereign-cloud': 'https://graph.microsoft.us' };
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const namesOf = (scopes) => scopes.filter((scope) => !scope.startsWith('VSCODE_')).map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));

const tenant = '99999999-9999-4999-8999-999999999999';
/** The home of personal accounts, and one of another company. */
const homes = { personal: '9188040d-6c67-4c5b-b112-36a304b66dad', elsewhere: '22222222-2222-4222-8222-222222222222', here: tenant };

/** The accounts of a provider; `does` is what a test can make happen. */
exports.createProvider = (id, secrets, note) => {
  const changed = new EventEmitter();
  const accounts = new Map();
  let next = 'ada';
  let refusal;

  /** Ada's tenant granted two names before; anybody else was granted none. */
  function accountOf(name) {
    const known = accounts.get(name);
    if (known) return known;
    const granted = new Set(name === 'ada' ? ['Mail.ReadWrite', 'Files.Read'] : []);
    const made = { account: undefined, granted, isSignedIn: false, isOpaque: false };
    accounts.set(name, made);
    live(name, 'here');
    return made;
  }

  /** An account's id is its own and that of its home, as VS Code's provider makes it. */
  function live(name, home) {
    const own = `00000000-0000-4000-8000-${Buffer.from(name.padEnd(6).slice(0, 6)).toString('hex')}`;
    accountOf(name).account = { id: `${own}.${homes[home]}`, label: `${name}@contoso.example` };
  }

  function toSession({ account, granted, isOpaque }, scopes) {
    const claims = { aud: graphs[id], tid: tenant, scp: [...granted].join(' '), secret: secrets.access };
    return {
      id: `session of ${account.id}: ${scopes.join(' ')}`,
      accessToken: isOpaque ? `EwB${secrets.access}` : `e30.${part(claims)}.${secrets.access}`,
      idToken: `e30.${part({ name: account.label, secret: secrets.id })}.${secrets.id}`,
      refreshToken: secrets.refresh,
      account,
      scopes,
    };
  }

  const signedIn = (account) => [...accounts.values()].filter((one) => one.isSignedIn && (!account || one.account.id === account.id));
  const end = (one) => {
    one.isSignedIn = false;
    changed.fire({ added: [], removed: [toSession(one, [])], changed: [] });
  };

  return {
    onDidChangeSessions: changed.event,
    async getSessions(scopes, { account } = {}) {
      if (scopes === undefined) return signedIn(account).map((one) => toSession(one, []));
      note({ silent: scopes, provider: id });
      const isHeld = ({ granted }) => namesOf(scopes).every((name) => name === '.default' || granted.has(name));
      return signedIn(account)
        .filter(isHeld)
        .map((one) => toSession(one, scopes));
    },
    async createSession(scopes, { account } = {}) {
      note({ asks: scopes, provider: id });
      if (refusal) throw new Error(refusal.replace('SECRET', secrets.access));
      const one = [...accounts.values()].find((known) => known.account.id === account?.id) ?? accountOf(next);
      for (const name of namesOf(scopes)) if (name !== '.default') one.granted.add(name);
      one.isSignedIn = true;
      const session = toSession(one, scopes);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    async removeSession(sessionId) {
      for (const one of signedIn()) if (sessionId.startsWith(`session of ${one.account.id}:`)) end(one);
    },
    does: {
      /** Who the browser signs in next. */
      next: ({ account }) => (next = account),
      /** The Accounts menu, or another window, ends a session. */
      end: ({ account }) => end(accountOf(account)),
      /** Another extension, or another window, signs somebody in. */
      'sign in': ({ account }) => {
        const one = accountOf(account);
        one.isSignedIn = true;
        changed.fire({ added: [toSession(one, [])], removed: [], changed: [] });
      },
      grant: ({ account, names }) => {
        for (const name of names) accountOf(account).granted.add(name);
      },
      /** Where the account is at home: personal, elsewhere, or here. */
      lives: ({ account, home }) => live(account, home),
      /** A personal account: nobody can read its token. */
      opaque: ({ account }) => (accountOf(account).isOpaque = true),
      /** SECRET in the message stands for a token. */
      refuse: ({ message }) => (refusal = message),
    },
  };
};
