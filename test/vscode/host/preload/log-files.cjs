/** Writes VS Code's log files: its own writer is a built module, which this server is installed without, so that no log would be there to read. */
'use strict';
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    for (const [rank, level] of levels.entries())
      this[level] = (text) => rank >= this.level && appendFileSync(file, `${new Date().toISOString()} [${level}] ${text}\n`);
  }
  setLevel(level) {
    this.level = level;
  }
  clearFormatters() {}
  setPattern() {}
  flush() {}
  drop() {}
}

const spdlog = { version: 0, Logger, setLevel() {}, setFlushOn() {} };

const { _load } = Module;
Module._load = function (request, parent, ...rest) {
  const isOfLogger = request === 'bindings' && /[\\/]@vscode[\\/]spdlog[\\/]/.test(parent?.filename ?? '');
  return isOfLogger ? () => spdlog : _load.call(this, request, parent, ...rest);
};
