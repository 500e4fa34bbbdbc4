/** Measures the language server as a process: how long it takes to answer initialize beside bare Node, and a keystroke to its diagnostics. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startClient } from '../lsp/client';
import { classic, project, rangeOf } from '../lsp/texts';
import { withFolder } from '../support/command';
import { report, summarize } from '../support/measure';

async function timed(rounds: number, body: () => Promise<unknown>) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    await body();
    times.push(performance.now() - before);
  }
  return summarize(times);
}

async function initialize(): Promise<void> {
  const bare = await timed(15, async () => spawnSync(process.execPath, ['-e', '0']));
  const server = await timed(15, async () => {
    const client = await startClient({ folders: [], where: 'process' });
    client.stop();
  });
  report('initialize answered by a new process', server, 'bare node', bare);
}

/** A keystroke inside the list of scopes of a workflow of the given size, and the pull that follows it. */
async function keystroke(kilobytes: number): Promise<void> {
  const line =
    '          <Assign DisplayName="Set the total"><Assign.To><OutArgument x:TypeArguments="x:String">[total]</OutArgument></Assign.To></Assign>\n';
  const text = classic(['mail.readwrite', 'mail.send'], undefined, line.repeat(Math.ceil((kilobytes * 1000) / line.length)));
  await withFolder({ 'project.json': project, 'Main.xaml': text }, async (folder) => {
    const client = await startClient({ folders: [folder], where: 'process' });
    const path = join(folder, 'Main.xaml');
    await client.open(path, text);
    await client.pull(path);
    const { end } = rangeOf(text, 'mail.send');
    let version = 1;
    let isLonger = false;
    const typed = await timed(200, async () => {
      const range = isLonger ? { start: end, end: { line: end.line, character: end.character + 1 } } : { start: end, end };
      await client.change(path, ++version, range, isLonger ? '' : 'x');
      isLonger = !isLonger;
      await client.pull(path);
    });
    const { resultId } = await client.pull(path);
    const unchanged = await timed(200, () => client.pull(path, resultId));
    report(`keystroke to diagnostics, workflow of ${kilobytes} kB`, typed, 'an unchanged pull', unchanged);
    client.stop();
  });
}

async function all(): Promise<void> {
  await initialize();
  for (const kilobytes of [27, 254, 2870]) await keystroke(kilobytes);
}

void all();
