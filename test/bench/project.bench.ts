/** Measures a project of 200 workflows: what it costs to look again while nothing, or one file, has changed, beside the first look. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readCatalog } from '../../server/src/workspace/catalog-files';
import { nodeFileSystem } from '../../server/src/workspace/node-file-system';
import { createWorkspaceSession } from '../../server/src/workspace/session';
import { classic, project } from '../lsp/texts';
import { runCommand, withFolder } from '../support/command';
import { measure, report } from '../support/measure';

const line =
  '          <Assign DisplayName="Set the total"><Assign.To><OutArgument x:TypeArguments="x:String">[total]</OutArgument></Assign.To></Assign>\n';
/** As long as the middle one of real workflows. */
const text = classic(['mail.readwrite', 'mail.send'], undefined, line.repeat(Math.ceil(27_000 / line.length)));
const names = Array.from({ length: 200 }, (_, index) => `Part${index % 10}/Workflow${index}.xaml`);
const files = { 'project.json': project, ...Object.fromEntries(names.map((name) => [name, text])) };

const catalog = readCatalog('schemas');
const severitiesOf = () => undefined;

withFolder(files, (folder) => {
  const start = () => {
    const session = createWorkspaceSession({ fs: nodeFileSystem, catalog, today: () => '2026-11-24' });
    session.setFolders([folder]);
    return session;
  };
  const first = measure(() => start().all(severitiesOf));
  const session = start();
  session.all(severitiesOf);
  report(
    '200 workflows: analyse again, nothing changed',
    measure(() => session.all(severitiesOf)),
    'the first time',
    first,
  );
  const path = join(folder, names[0] ?? '');
  let round = 0;
  const typed = measure(() => {
    session.openText(path, `${text}${' '.repeat(++round % 7)}`);
    return session.all(severitiesOf);
  });
  report('200 workflows: analyse again, one changed', typed, 'the first time', first);
  const bare = measure(() => spawnSync(process.execPath, ['-e', '0']));
  report(
    '200 workflows: the command check',
    measure(() => runCommand(['check', '--fail-on', 'never', folder])),
    'bare node',
    bare,
  );
});
