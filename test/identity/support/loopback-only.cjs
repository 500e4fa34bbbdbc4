/** Loaded before a child process: lets nothing but this machine be reached, and writes down who tried. */
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const log = process.env.M365_TEST_NETWORK_LOG;
const connect = net.Socket.prototype.connect;

function note(line) {
  if (log) appendFileSync(log, `${line}\n`);
}

net.Socket.prototype.connect = function (...values) {
  const [first] = Array.isArray(values[0]) ? values[0] : values;
  const { host = 'localhost', path } = typeof first === 'object' && first !== null ? first : { host: values[1] };
  if (path !== undefined || /^(localhost|127\.[\d.]+|::1)$/.test(host)) {
    note('loopback');
    return connect.apply(this, values);
  }
  note(`blocked ${host}`);
  process.nextTick(() => this.destroy(Object.assign(new Error(`connect ENETUNREACH ${host}`), { code: 'ENETUNREACH' })));
  return this;
};

// A name that is looked up has left the machine as well.
const dns = require('node:dns');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  const own = dns[name];
  dns[name] = (host, ...rest) => {
    if (host === 'localhost') return own(host, ...rest);
    note(`blocked ${host}`);
    return rest.at(-1)(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
  };
}

process.on('exit', () => {
  if (Object.keys(require.cache).some((file) => /[\\/]msal\.js$/.test(file))) note('msal');
});
