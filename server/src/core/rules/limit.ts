import type { Rule } from './rule';

/**
 * A cap was hit, and something was left out.
 *
 * **What happens.** What is left out is not checked: nothing is said of it.
 *
 * **When it fires.** A file of more than 16 MB, or nested deeper than 256 levels, is met, or a coded workflow (.cs) of more than 1 MB or deeper than 1,000
 * levels. Real files stay far below: the largest workflow seen has 4 MB, the deepest 63 levels.
 *
 * **How to fix.** Split the workflow, or leave generated files out with .gitignore.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const limit: Rule = {
  id: 'limit',
  severity: 'information',
  stage: 'none',
  check: ({ project }) =>
    project.documents.flatMap((document) =>
      document.limit
        ? [
            {
              file: document.path,
              range: { start: document.limit.offset, end: document.limit.offset },
              message: document.limit.message,
              scopes: [],
              why: [],
              fixes: [],
            },
          ]
        : [],
    ),
};
