/** A provider that behaves as VS Code's own: a session repeats what was asked for, and only its token holds what was granted. Nothing leaves this machine. */

const childProcess = require('node:child_process');
const { appendFileSync, existsSync, watchFile } = require('node:fs');
const { authentication, EventEmitter, languages } = require('vscode');

/** Every question, for the test to read; never a token. */
const journal = process.env.M365_SCOPES_TEST_JOURNAL;
const canary = process.env.M365_SCOPES_TEST_CANARY ?? '';
const account = { id: 'ada', label: 'ada@contoso.example' };
const granted = new Set(['Mail.ReadWrite', 'Files.Read']);

const note = (line) => journal && appendFileSync(journal, `${JSON.stringify(line)}\n`);
const namesOf = (scopes) => scopes.filter((scope) => !scope.startsWith('VSCODE_')).map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));

function toSession(scopes) {
  const payload = Buffer.from(JSON.stringify({ aud: 'https://graph.microsoft.com', scp: [...granted].join(' '), canary })).toString(
    'base64url',
  );
  return { id: `session ${scopes.join(' ')}`, accessToken: `e30.${payload}.${canary}`, account, scopes };
}

/** Writes down what any extension sends to a process of its own: this one is there before the language server is. */
function writeDownMessages(file) {
  const { fork } = childProcess;
  childProcess.fork = (...args) => {
    const child = fork(...args);
    const send = child.send.bind(child);
    child.send = (message, ...rest) => {
      appendFileSync(file, `${JSON.stringify(message)}\n`);
      return send(message, ...rest);
    };
    return child;
  };
}

/** Writes down the findings on consent that the editor holds, whenever any change. */
function writeDownFindings(file) {
  const codeOf = ({ code }) => (typeof code === 'object' ? code.value : code);
  return languages.onDidChangeDiagnostics(() => {
    const found = languages.getDiagnostics().flatMap(([, list]) => list.filter((diagnostic) => codeOf(diagnostic) === 'not-consented'));
    const notConsented = found.map(({ message }) => /asks for (\S+), which was/.exec(message)?.[1] ?? message).sort();
    appendFileSync(file, `${JSON.stringify({ notConsented })}\n`);
  });
}

exports.activate = (context) => {
  const findings = process.env.M365_SCOPES_TEST_FINDINGS;
  if (findings) context.subscriptions.push(writeDownFindings(findings));
  const file = process.env.M365_SCOPES_TEST_MESSAGES;
  if (file) writeDownMessages(file);
  const changed = new EventEmitter();
  let isSignedIn = false;
  const provider = {
    onDidChangeSessions: changed.event,
    async getSessions(scopes) {
      if (scopes === undefined) return isSignedIn ? [toSession([])] : [];
      note({ silent: scopes });
      const isHeld = namesOf(scopes).every((name) => name === '.default' || granted.has(name));
      return isSignedIn && isHeld ? [toSession(scopes)] : [];
    },
    async createSession(scopes) {
      note({ asks: scopes });
      if (existsSync(process.env.M365_SCOPES_TEST_REFUSING ?? '')) throw new Error(`AADSTS50011: no ${canary}`);
      for (const name of namesOf(scopes)) if (name !== '.default') granted.add(name);
      isSignedIn = true;
      const session = toSession(scopes);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    async removeSession() {
      isSignedIn = false;
      changed.fire({ added: [], removed: [toSession([])], changed: [] });
    },
  };
  // The test ends the session as the Accounts menu would.
  const ended = process.env.M365_SCOPES_TEST_ENDED;
  if (ended) watchFile(ended, { interval: 100 }, () => existsSync(ended) && provider.removeSession());
  context.subscriptions.push(
    authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider, { supportsMultipleAccounts: true }),
  );
};
