/** A process of an extension: takes one message, asks for an address, and ends. */

const { lookup } = require('node:dns');

process.once('message', () => lookup('graph.microsoft.com', () => process.exit()));
