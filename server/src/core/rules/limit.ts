import type { Rule } from './rule';

/**
 * A cap was hit, and something was left out.
 *
 * **What happens.** What is left out is not checked: nothing is said of it.
 *
 * **When it fires.** A file of more than 16 MB, or nested deeper than 256 levels, is met, or a coded workflow (.cs) of more than 512 kB or deeper than 1,000
 * levels. Real files stay far below: the largest workflow seen has 4 MB, the deepest 63 levels.
 *
 * Of a connector activity whose configuration is over 1 MB, or unpacks to more than 4 MB, it is not known which connector it works with.
 *
 * **How to fix.** Split the workflow or the class, have Studio write bindings anew, or leave generated files out with .gitignore.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const limit: Rule = {
  id: 'limit',
  severity: 'information',
  stage: 'none',
  check: ({ project: { documents, caps } }) =>
    [...documents.flatMap(({ path, limit }) => (limit ? [{ file: path, ...limit }] : [])), ...caps].map(({ file, offset, message }) => ({
      file,
      range: { start: offset, end: offset },
      message,
      scopes: [],
      why: [],
      fixes: [],
    })),
};
