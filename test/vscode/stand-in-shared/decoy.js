/** Leaves a text wherever an extension could leave a token, and reaches out as one could: whoever looks must find it, or does not look. */

const childProcess = require('node:child_process');
const { lookup } = require('node:dns');
const { writeFileSync } = require('node:fs');
const { get } = require('node:http');
const vscode = require('vscode');

/** Each place once, with its name behind the text. */
exports.leaveDecoy = async (context, text) => {
  const { globalState, workspaceState, globalStorageUri, storageUri, logUri } = context;
  const mark = (place) => `${text} ${place}`;
  vscode.window.createOutputChannel('Decoy', { log: true }).trace(mark('log'));
  vscode.window.createOutputChannel('Decoy output').append(mark('output'));
  console.log(mark('console'));
  await globalState.update('decoy', mark('globalState'));
  await workspaceState.update('decoy', mark('workspaceState'));
  const [folder] = vscode.workspace.workspaceFolders;
  const files = { globalStorage: globalStorageUri, storage: storageUri, logs: logUri, workspace: folder.uri };
  for (const [place, uri] of Object.entries(files))
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(uri, 'decoy.txt'), Buffer.from(Buffer.from(mark(place)).toString('base64')));
  writeFileSync(`${process.env.HOME}/decoy.txt`, encodeURIComponent(mark('home')));
  writeFileSync(`${process.env.TMPDIR}/decoy.txt`, Buffer.from(mark('temporary')).toString('base64url'));
  await vscode.workspace.getConfiguration('m365Scopes').update('catalog', mark('setting'), vscode.ConfigurationTarget.Global);
  await vscode.env.clipboard.writeText(mark('clipboard'));
  void vscode.window.showInformationMessage(mark('notification'));
  childProcess.fork(require.resolve('./child')).send({ method: mark('message') });
  await vscode.env.openExternal(vscode.Uri.parse(`http://127.0.0.1:9/?decoy=${encodeURIComponent(mark('address'))}`));
};

/** A name is asked for, a connection is made, a process that does the same is started, and another program. */
exports.call = async () => {
  const reach = () =>
    new Promise((done) => {
      get('http://127.0.0.1:9/').on('error', () => lookup('login.microsoftonline.com', done));
    });
  await reach();
  await fetch('https://login.microsoftonline.com/').catch(() => undefined);
  const child = childProcess.fork(require.resolve('./child'));
  child.send({ method: 'call' });
  await new Promise((done) => child.on('exit', done));
  await new Promise((done) => childProcess.execFile('true', done));
};
