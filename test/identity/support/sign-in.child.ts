/** A process that signs in as it is told and prints what comes of it, a line for each step. */
import { signInAsApp } from '../../../server/src/identity/client-credentials';
import { checkConsent } from '../../../server/src/identity/consent';
import { createDelegatedClient } from '../../../server/src/identity/delegated';
import { memoryCache } from '../../../server/src/identity/token-cache';
import type { IdentitySettings } from '../../../server/src/identity/types';

/** One step; `pause` waits for a line on standard input, so that a test can change what the server does. */
export type Step =
  | { readonly do: 'app'; readonly proof: Parameters<typeof signInAsApp>[1] }
  | { readonly do: 'consent'; readonly wanted?: readonly string[]; readonly cancelAfter?: number }
  | { readonly do: 'granted' }
  | { readonly do: 'forget' };

export interface Plan {
  readonly settings: IdentitySettings;
  readonly steps: readonly Step[];
}

const { settings, steps } = JSON.parse(process.argv[2] ?? '') as Plan;
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Waits for the test to go on: it may change what the server does between two steps. */
async function nextLine(): Promise<void> {
  await new Promise((done) => process.stdin.once('data', done));
}

async function main(): Promise<void> {
  const cache = memoryCache();
  let writes = 0;
  const counted = {
    read: cache.read,
    write: (text: string) => {
      writes++;
      return cache.write(text);
    },
  };
  for (const [index, step] of steps.entries()) {
    if (index > 0 && process.argv[3] === 'stepwise') await nextLine();
    const started = Date.now();
    const done = (outcome: unknown) => say({ step: step.do, outcome, milliseconds: Date.now() - started, writes });
    if (step.do === 'app') done(await signInAsApp(settings, step.proof));
    else if (step.do === 'forget') {
      await counted.write('{');
      say({ step: step.do });
    } else {
      const client = await createDelegatedClient(settings, counted);
      if (step.do === 'granted') done(await client.granted());
      else {
        const stop = new AbortController();
        const onCode = (code: unknown) => {
          say({ step: 'code', code });
          if (step.cancelAfter !== undefined) setTimeout(() => stop.abort(), step.cancelAfter);
        };
        done(await checkConsent(client, { onCode, signal: stop.signal, ...(step.wanted ? { wanted: step.wanted } : {}) }));
      }
    }
  }
}

void main().finally(() => process.stdin.destroy());
