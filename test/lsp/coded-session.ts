/** What sessions with coded workflows have in common. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { coded, ids, projectJson, studioFiles } from '../support/coded-builder';
import { withFolder } from '../support/command';
import { type Client, type ClientOptions, startClient } from './client';

export const reads = coded('var mail = office365.Mail(connections.O365Mail.Robot);\n            mail.GetEmails();');
export const sends = reads.replace('GetEmails()', 'SendEmail("a", "b", "c")');
export const robot = (...scopes: string[]) =>
  JSON.stringify({ connections: { robot: { id: ids.robot, account: 'personal', scopes } } }, undefined, 2);
export const manifestName = 'm365-automation.json';
export const files = (main: string, manifest: string) => ({
  'project.json': projectJson,
  ...studioFiles(),
  'Main.cs': main,
  [manifestName]: manifest,
});

export async function session(
  texts: Record<string, string>,
  options: Partial<ClientOptions>,
  body: (client: Client, at: (name: string) => string) => Promise<void>,
): Promise<void> {
  await withFolder(texts, async (folder) => {
    const client = await startClient({ folders: [folder], ...options });
    try {
      await body(client, (name) => join(folder, name));
    } finally {
      client.stop();
    }
  });
}

export const told = async (client: Client, path: string) =>
  (await client.items(path)).map(({ code, data }) => `${code} ${(data as { scopes?: string[] }).scopes?.join()}`);

export async function untilTold(client: Client, path: string, expected: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const now = await told(client, path);
    if (now.join() === expected.join()) return;
    await new Promise((next) => setTimeout(next, 20));
  }
  assert.deepEqual(await told(client, path), expected);
}
