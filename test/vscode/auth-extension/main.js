/** Stands in for VS Code's own Microsoft providers, and does what the test tells it to: nothing leaves this machine. */

const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const vscode = require('vscode');
const { leaveDecoy, call } = require('./decoy');
const { createProvider } = require('./provider');
const { writeDownFindings, writeDownMessages } = require('./spy');

/** Questions, findings and what was done go here, for the test to read; never a token. */
const journal = process.env.M365_SCOPES_TEST_JOURNAL;
/** What the test tells, one object a line. */
const control = process.env.M365_SCOPES_TEST_CONTROL;
const sovereign = 'microsoft-sovereign-cloud';

const note = (line) => journal && appendFileSync(journal, `${JSON.stringify(line)}\n`);

/** What is held to be secret comes with the first line that the test writes: a variable of the process would be found in logs. */
const secrets = { access: '', id: '', refresh: '' };

exports.activate = (context) => {
  context.subscriptions.push(writeDownFindings(note));
  const messages = process.env.M365_SCOPES_TEST_MESSAGES;
  if (messages) writeDownMessages(messages);
  const providers = new Map(['microsoft', sovereign].map((id) => [id, createProvider(id, secrets, note)]));
  const register = (id, label) =>
    vscode.authentication.registerAuthenticationProvider(id, label, providers.get(id), { supportsMultipleAccounts: true });
  context.subscriptions.push(register('microsoft', 'Microsoft'));
  followSetting(context, () => register(sovereign, 'Microsoft Sovereign Cloud'));
  const doing = {
    secrets: (told) => Object.assign(secrets, told),
    decoy: ({ text }) => leaveDecoy(context, text),
    call,
  };
  follow(context, async ({ what, provider = 'microsoft', ...told }) => {
    await (doing[what] ? doing[what](told) : providers.get(provider).does[what](told));
  });
};

/** The second provider is there only while the setting names a cloud. */
function followSetting(context, register) {
  let registered;
  const update = () => {
    registered?.dispose();
    registered = vscode.workspace.getConfiguration(sovereign).get('environment') ? register() : undefined;
  };
  update();
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(sovereign) && update()),
    new vscode.Disposable(() => registered?.dispose()),
  );
}

/** Does what each new line tells, in order, and says when it is done. */
function follow(context, handle) {
  let count = 0;
  let last = Promise.resolve();
  const read = () => {
    if (!control || !existsSync(control)) return;
    const lines = readFileSync(control, 'utf8').split('\n').slice(0, -1);
    for (; count < lines.length; count++) {
      const [number, told] = [count + 1, JSON.parse(lines[count])];
      last = last.then(() => handle(told)).then(
        () => note({ did: number }),
        (error) => note({ did: number, failed: String(error) }),
      );
    }
  };
  const timer = setInterval(read, 50);
  context.subscriptions.push(new vscode.Disposable(() => clearInterval(timer)));
}
