import type { Rule } from './rule';

/**
 * A file cannot be read, or is not text.
 *
 * **What happens.** Nothing in it is known; the other files are still checked.
 *
 * **When it fires.** The file cannot be opened, is binary, or is not UTF-8. Studio writes UTF-8, with or without a byte order mark. As a
 * warning: the manifest names a registration of an app that is not there; only JSON files inside the
 * repository are read, or, where there is none, inside the folder that was checked.
 *
 * **How to fix.** Give read permission, save the file as UTF-8, or correct the path. A binary file with this name was probably renamed by mistake.
 *
 * **How to silence.** Leave the file out with .gitignore, or the setting `m365Scopes.rules`.
 */
export const unreadableFile: Rule = {
  id: 'unreadable-file',
  severity: 'error',
  stage: 'none',
  check: ({ project }) => [
    ...project.documents.flatMap((document) =>
      document.kind === 'unreadable'
        ? [{ file: document.path, range: { start: 0, end: 0 }, message: document.reason, scopes: [], why: [], fixes: [] }]
        : [],
    ),
    ...project.absentRegistrations.map(({ manifest, path: { text, start, end } }) => ({
      file: manifest.path,
      range: { start, end },
      message: `The registration ${JSON.stringify(text)} is not there, or is no JSON file inside the repository, or the folder that was checked: nothing is compared with it.`,
      scopes: [],
      why: [],
      fixes: [],
      severity: 'warning' as const,
    })),
  ],
};
