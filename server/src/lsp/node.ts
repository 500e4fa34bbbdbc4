/** Starts the server on Node: over the channel that the client chose, or over stdio. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { readCatalog } from '../workspace/catalog-files';
import { loadParser } from '../workspace/csharp/load';
import { readGivenCatalog } from '../workspace/given-catalog';
import { nodeFileSystem } from '../workspace/node-file-system';
import { createServer } from './server';

declare const PACKAGE_VERSION: string;

const connection = createConnection(ProposedFeatures.all);
createServer(connection, {
  fs: nodeFileSystem,
  catalog: readCatalog(),
  readCatalog: readGivenCatalog,
  loadParser,
  version: PACKAGE_VERSION,
  today: () => new Date().toISOString().slice(0, 10),
});
connection.listen();
