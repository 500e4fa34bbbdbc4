import type { Rule } from './rule';

/**
 * A file is not well formed.
 *
 * **What happens at run time.** Studio and the robot cannot load the file.
 *
 * **When it fires.** The first fault of a workflow, a project.json, a manifest, bindings or an app's registration is reported, at its place. What is readable is
 * still analysed. A document type declaration is a fault too: workflows have none, and it is never read.
 *
 * A coded workflow (.cs) that could not be read completely is information, as its C# may be newer than what is known here; it is a warning where a bracket, a text or a
 * comment is never closed, or the marks of a merge were left. Calls may be missing from what its connections need, so nothing of them is called unused.
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
    project.documents.flatMap((document) => {
      const { path, fault } = document;
      if (!fault) return [];
      const { start, end, message } = fault;
      const severity = document.kind === 'coded' ? ({ severity: document.isBroken ? 'warning' : 'information' } as const) : {};
      return [{ file: path, range: { start, end }, message, scopes: [], why: [], fixes: [], ...severity }];
    }),
};
