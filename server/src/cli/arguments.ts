/** Reads the command line, and says what is wrong with it in one sentence. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../core/permissions/nearest';
import { type Severity, severities } from '../core/problem';
import { findRule, rules } from '../core/rules/index';
import { UsageError } from './io';

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: typeof commonOptions & T; allowPositionals: true; strict: true }>
>;

/** Options that every command has. */
export const commonOptions = { help: { type: 'boolean', short: 'h' }, 'no-color': { type: 'boolean' } } as const satisfies Options;

/** Parses the arguments of a command. Throws a UsageError that names the nearest option for an unknown one. */
export function parseCommand<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options: { ...commonOptions, ...options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(error instanceof Error ? error.message : String(error), Object.keys({ ...commonOptions, ...options })));
  }
}

function explain(message: string, names: readonly string[]): string {
  const lacking = /Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:is ambiguous|missing)/.exec(message)?.[1];
  if (lacking !== undefined) return `${lacking} needs a value after it; one that begins with "-" is written ${lacking}=VALUE.`;
  const unknown = /Unknown option '(-{1,2})([^']*)'/.exec(message)?.[2];
  if (unknown === undefined) return message.split('\n')[0] ?? message;
  const near = nearest(unknown, names);
  return `There is no option --${unknown}.${near.length > 0 ? ` Did you mean ${near.map((name) => `--${name}`).join(' or ')}?` : ' See m365-scopes --help.'}`;
}

/** Takes one of a few words. */
export function oneOf<T extends string>(option: string, value: string | undefined, words: readonly T[], usual: T): T {
  if (value === undefined) return usual;
  const found = words.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${option} takes ${words.join(', ')}, not "${value}".`);
  return found;
}

/** Reads `--rule id=severity`. */
export function ruleSeverities(values: readonly string[] | undefined): Map<string, Severity | 'off'> {
  const levels = [...severities, 'off'] as const;
  return new Map(
    (values ?? []).map((value): [string, Severity | 'off'] => {
      const [id = '', level] = value.split('=');
      knownRule(id);
      const found = levels.find((word) => word === level);
      if (!found) throw new UsageError(`--rule takes id=severity, where severity is ${levels.join(', ')}: "${value}" is not that.`);
      return [id, found];
    }),
  );
}

/** Checks the id of a rule. */
export function knownRule(id: string): string {
  if (findRule(id)) return id;
  const ids = rules.map((rule) => rule.id);
  const near = nearest(id, ids);
  throw new UsageError(
    `There is no rule "${id}".${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` The rules are: ${ids.join(', ')}.`}`,
  );
}
