/** Writes down what the editor holds and what extensions send to processes of their own. */

const childProcess = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { basename } = require('node:path');
const { languages } = require('vscode');

/** Everything that any extension sends to a process, and is answered: this one is there before the language server is. */
exports.writeDownMessages = () => {
  const file = process.env.M365_SCOPES_TEST_MESSAGES;
  if (!file) return;
  const { fork } = childProcess;
  const write = (message) => appendFileSync(file, `${JSON.stringify(message)}\n`);
  childProcess.fork = (...args) => {
    write({ starts: args });
    const child = fork(...args);
    const send = child.send.bind(child);
    child.send = (message, ...rest) => {
      write(message);
      return send(message, ...rest);
    };
    child.on('message', write);
    return child;
  };
};

const codeOf = ({ code }) => (typeof code === 'object' ? code.value : code);
const placeOf = ({ range: { start, end } }) => `${start.line}:${start.character}-${end.line}:${end.character}`;

/** All our findings, and those on consent apart: those that are there already, and whenever any change. */
exports.writeDownFindings = (note) => {
  let last = JSON.stringify({ notConsented: [], findings: [] });
  const look = () => {
    const all = languages
      .getDiagnostics()
      .flatMap(([uri, list]) => list.filter(({ source }) => source === 'm365-scopes').map((found) => ({ uri, found })));
    const line = {
      notConsented: all
        .filter(({ found }) => codeOf(found) === 'not-consented')
        .map(({ found }) => /(?:asks for|uses) (\S+?),? (?:which|as)/.exec(found.message)?.[1] ?? found.message)
        .sort(),
      findings: all
        .map(({ uri, found }) => [basename(uri.path), placeOf(found), found.severity, codeOf(found), found.message].join(' '))
        .sort(),
    };
    const text = JSON.stringify(line);
    if (text !== last) note(line);
    last = text;
  };
  // Our extension may be awake before this one.
  setTimeout(look, 0);
  return languages.onDidChangeDiagnostics(look);
};
