import type { Rule } from './rule';

/**
 * A file is not well formed.
 *
 * **What happens at run time.** Studio and the robot cannot load the file.
 *
 * **When it fires.** The first fault of a workflow, a project.json, a manifest, bindings or an app's registration is reported, at its place. What is readable is
 * still analysed. A document type declaration is a fault too: workflows have none, and it is never read.
 *
 * **How to fix.** Mend what the message names. A file that looks cut off was often left behind by a failed merge or copy.
 *
 * **How to silence.** The setting `m365Scopes.rules`; better, leave the file out with .gitignore.
 */
export const syntax: Rule = {
  id: 'syntax',
  severity: 'error',
  stage: 'form',
  check: ({ project }) =>
    project.documents.flatMap(({ path, fault }) =>
      fault ? [{ file: path, range: { start: fault.start, end: fault.end }, message: fault.message, scopes: [], why: [], fixes: [] }] : [],
    ),
};
