import type { Rule } from './rule';

/**
 * The manifest breaks its schema: an unknown key, a value of the wrong type, a name that is not among the allowed ones.
 *
 * **What happens.** What the key should have said is not known, so findings may be missing.
 *
 * **When it fires.** The file is well-formed JSON (comments and trailing commas are allowed) and `schemas/m365-automation.schema.json`
 * does not accept it.
 *
 * **How to fix.** Correct the key or the value. Secrets have no place in the file: say where one is held.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const schema: Rule = {
  id: 'schema',
  severity: 'error',
  stage: 'form',
  check: ({ project }) =>
    project.manifests.flatMap(({ path, schemaFaults }) =>
      schemaFaults.map(({ start, end, message }) => ({ file: path, range: { start, end }, message, scopes: [], why: [], fixes: [] })),
    ),
};
