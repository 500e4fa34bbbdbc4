/** Counts what wants to reach a network in every process of the VS Code server but the server itself, and stops what would leave this machine. */
'use strict';
const { appendFileSync } = require('node:fs');
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const file = process.env.M365_SCOPES_TEST_CONNECTIONS;
const isVscodeServer = /server-main\.js$/.test(process.argv[1] ?? '');
const loopback = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;
const name = process.argv.includes('--type=extensionHost') ? 'extension host' : (process.argv[1] ?? process.argv[0]);

/** Where something was called from, the nearest place first. */
const callers = () => /** @type {string} */ (new Error().stack).split('\n').slice(4);

function note(what, target) {
  const from = callers().join('\n');
  appendFileSync(file, `${JSON.stringify({ what, target, process: name, from })}\n`);
}

function refuse(host) {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host });
}

/** Where a socket goes; undefined for a pipe of this machine. */
function placeOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first.path || first.fd !== undefined ? undefined : first;
  if (/^\d+$/.test(String(first))) return { port: first, host: typeof second === 'string' ? second : 'localhost' };
  return undefined;
}

function watchSockets() {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    const place = placeOf(args);
    if (!place) return connect.apply(this, args);
    const host = place.host ?? 'localhost';
    note('connects', `${host}:${place.port}`);
    if (loopback.test(host)) return connect.apply(this, args);
    process.nextTick(() => this.destroy(refuse(host)));
    return this;
  };
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (...args) {
    const place = placeOf(args);
    if (place) note('listens', `${place.host ?? ''}:${place.port}`);
    return listen.apply(this, args);
  };
  for (const method of ['send', 'connect']) {
    const original = dgram.Socket.prototype[method];
    dgram.Socket.prototype[method] = function (...args) {
      note('sends', method);
      return original.apply(this, args);
    };
  }
}

function watchNames() {
  const isQuestion = (method) => /^(lookup|resolve|reverse)/.test(method);
  for (const methods of [dns, dns.promises])
    for (const method of Object.keys(methods).filter(isQuestion)) {
      const original = methods[method];
      methods[method] = function (host, ...rest) {
        note('asks for the address of', String(host));
        if (loopback.test(host)) return original.call(this, host, ...rest);
        const answer = rest.at(-1);
        if (methods === dns.promises || typeof answer !== 'function') return Promise.reject(refuse(host));
        process.nextTick(() => answer(refuse(host)));
      };
    }
}

/** VS Code itself starts ripgrep to find files, and a shell to find ports. */
function noteProgram(program) {
  const nearest = callers().find((caller) => !/\(node:|<anonymous>/.test(caller)) ?? '';
  if (!/\/out\/vs\/workbench\/api\/node\/extensionHostProcess\.js:/.test(nearest)) note('starts', program);
}

/** A process that is started is watched too; one of another program could do anything, so it counts. */
function watchProcesses() {
  const { fork } = childProcess;
  childProcess.fork = (module, ...rest) => {
    const args = Array.isArray(rest[0]) ? rest[0] : [];
    const options = (Array.isArray(rest[0]) ? rest[1] : rest[0]) ?? {};
    return fork(module, args, { ...options, execArgv: [...(options.execArgv ?? process.execArgv), '--require', __filename] });
  };
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    if (options.file !== process.execPath) noteProgram(options.file);
    return spawn.call(this, options);
  };
  const { spawnSync } = childProcess;
  childProcess.spawnSync = (command, ...rest) => {
    noteProgram(command);
    return spawnSync(command, ...rest);
  };
}

if (file && !isVscodeServer) {
  note('is watched', '');
  watchSockets();
  watchNames();
  watchProcesses();
  syncBuiltinESMExports();
}
