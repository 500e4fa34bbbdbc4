/** Stands in for VS Code's own Microsoft providers, and does what the test tells it to: nothing leaves this machine. */

const vscode = require('vscode');
const { leaveDecoy, call } = require('./decoy');
const { createProvider } = require('./provider');
const { writeDownFindings, writeDownMessages } = require('./spy');
const { follow, note } = require('./told');

const sovereign = 'microsoft-sovereign-cloud';

/** What is held to be secret comes with the first line that the test writes: a variable of the process would be found in logs. */
const secrets = { access: '', id: '', refresh: '' };

exports.activate = (context) => {
  context.subscriptions.push(writeDownFindings(note));
  writeDownMessages();
  const providers = new Map(['microsoft', sovereign].map((id) => [id, createProvider(id, secrets, note)]));
  const register = (id, label) =>
    vscode.authentication.registerAuthenticationProvider(id, label, providers.get(id), { supportsMultipleAccounts: true });
  context.subscriptions.push(register('microsoft', 'Microsoft'));
  followSetting(context, () => register(sovereign, 'Microsoft Sovereign Cloud'));
  const doing = {
    secrets: (told) => Object.assign(secrets, told),
    decoy: ({ text }) => leaveDecoy(context, text),
    call,
    setting: ({ name, value }) => vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global),
  };
  const handle = async ({ what, provider = 'microsoft', ...told }) => {
    await (doing[what] ? doing[what](told) : providers.get(provider).does[what](told));
  };
  follow(context, handle, ({ what }) => what === 'secrets');
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
