/** The list of rules: the only file to edit for a new one. */
import { duplicateScope } from './duplicate-scope';
import { limit } from './limit';
import { missingScope } from './missing-scope';
import { reducibleScope } from './reducible-scope';
import { redundantScope } from './redundant-scope';
import type { Rule } from './rule';
import { schema } from './schema';
import { secretInFile } from './secret-in-file';
import { syntax } from './syntax';
import { unknownScope } from './unknown-scope';
import { unreadableFile } from './unreadable-file';
import { unusedScope } from './unused-scope';

/** Every rule, in the order in which its fixes apply. */
export const rules: readonly Rule[] = [
  syntax,
  schema,
  unreadableFile,
  limit,
  secretInFile,
  unknownScope,
  duplicateScope,
  missingScope,
  unusedScope,
  reducibleScope,
  redundantScope,
];

/** Stages in which fixes apply: the fixes of one are done before those of the next begin. */
export const fixStages: readonly Rule['stage'][] = ['form', 'unknown', 'duplicate', 'missing', 'excess'];

/** Finds a rule by its id. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
