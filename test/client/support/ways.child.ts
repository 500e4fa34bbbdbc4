/** A process that goes the ways of signing in that need no editor, with the user's part played, and prints what comes of each step. */
import assert from 'node:assert/strict';
import { createAppWay, type Proof } from '../../../client/src/auth/app-way';
import { createCodeWay } from '../../../client/src/auth/code-way';
import { failureOf } from '../../../client/src/auth/consent';
import { createKept } from '../../../client/src/auth/kept';
import type { SignInApp } from '../../../client/src/auth/provider';
import { knownNames, type Reading } from '../../../client/src/auth/way';
import type { AuthorityOverride } from '../../../server/src/identity/types';

export interface WayStep {
  readonly way: 'code' | 'app';
  readonly do: 'sign in' | 'sign in anew' | 'read' | 'request' | 'forget' | 'damage' | 'spoil';
  readonly names?: readonly string[];
  readonly proof?: Proof;
  readonly cancelAfter?: number;
}

export interface WayPlan {
  readonly app: SignInApp;
  readonly override: AuthorityOverride;
  readonly steps: readonly WayStep[];
}

/** What is printed of a step. */
export interface WayOutcome {
  readonly reading?: { readonly names: readonly string[] | null; readonly label: string; readonly person?: string };
  readonly failure?: {
    readonly code: string;
    readonly sentence: string;
    readonly needsSignIn: boolean;
    readonly needsAdministrator: boolean;
    readonly hasEnded: boolean;
  };
  readonly isEmpty?: true;
  /** Codes that were shown, questions for a proof. */
  readonly prompts: number;
  /** Names of what is kept, in the store and in the notes. */
  readonly stored: readonly string[];
  readonly noted: readonly string[];
  readonly hasAny: boolean;
}

const { app, override, steps } = JSON.parse(process.argv[2] ?? '') as WayPlan;
const secrets = new Map<string, string>();
const notes = new Map<string, unknown>();
let prompts = 0;
let current: WayStep | undefined;

const kept = createKept(
  {
    get: async (key) => secrets.get(key),
    store: async (key, value) => void secrets.set(key, value),
    delete: async (key) => void secrets.delete(key),
  },
  {
    get: <T>(key: string, fallback: T) => (notes.get(key) as T | undefined) ?? fallback,
    update: async (key, value) => void notes.set(key, value),
  },
  () => assert.fail('the store can be used'),
);
const ways = {
  code: createCodeWay({
    kept,
    labelFor: () => 'somebody',
    override,
    withPrompt: (_, body) => {
      const stop = new AbortController();
      const onCode = () => {
        prompts++;
        const milliseconds = current?.cancelAfter;
        if (milliseconds !== undefined) setTimeout(() => stop.abort(new Error('cancelled')), milliseconds);
      };
      return body({ onCode, signal: stop.signal });
    },
  }),
  app: createAppWay({
    kept,
    override,
    now: () => new Date(),
    words: {
      notUipath: () => 'only UiPath',
      needsTenant: () => 'needs a tenant',
      badCertificate: (sentence) => `bad: ${sentence}`,
      noCertificate: () => 'no certificate',
    },
    askProof: async () => {
      prompts++;
      return current?.proof;
    },
  }),
};

async function go(step: WayStep): Promise<Reading | undefined> {
  const way = ways[step.way];
  if (step.do === 'sign in') return way.signIn(app, false);
  if (step.do === 'sign in anew') return way.signIn(app, true);
  if (step.do === 'request') return way.request?.(app, step.names ?? [], undefined);
  if (step.do === 'forget') await kept.forgetAll();
  else if (step.do === 'spoil') for (const key of secrets.keys()) secrets.set(key, JSON.stringify({ secret: 'ended' }));
  else if (step.do === 'damage') for (const key of secrets.keys()) secrets.set(key, '{');
  else return way.read(app, undefined);
  return undefined;
}

async function outcomeOf(step: WayStep): Promise<Pick<WayOutcome, 'reading' | 'failure' | 'isEmpty'>> {
  try {
    const reading = await go(step);
    if (!reading) return { isEmpty: true };
    const { label, person } = reading;
    return { reading: { names: knownNames(reading), label, ...(person ? { person } : {}) } };
  } catch (error) {
    const { explanation, needsSignIn, needsAdministrator, hasEnded } = failureOf(error);
    return { failure: { code: explanation.code, sentence: explanation.sentence, needsSignIn, needsAdministrator, hasEnded } };
  }
}

async function main(): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (index > 0) await new Promise((done) => process.stdin.once('data', done));
    current = step;
    prompts = 0;
    const noted = () => [...notes.values()].flat() as string[];
    const outcome: WayOutcome = {
      ...(await outcomeOf(step)),
      prompts,
      stored: [...secrets.keys()],
      noted: noted(),
      hasAny: kept.hasAny(),
    };
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
}

void main().finally(() => process.stdin.destroy());
