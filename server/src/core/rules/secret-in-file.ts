import type { Rule } from './rule';

/**
 * A secret, certificate, password or token stands in the file as plain text.
 *
 * **What happens.** Everybody who can read the project, its history and its package has the secret.
 *
 * **When it fires.** A literal application secret, certificate or password on a Microsoft 365 Scope, also inside
 * `New NetworkCredential("", "…")` or as `"…".ToString`, as the default of an argument that feeds one, or in a stored `ConnectionKey` (it is decoded, never told); in a manifest or an app's
 * registration, a value whose name says it is a secret, a web token, or the value of a password or key credential. The message never repeats it. A short password beside a sign-in that ignores
 * it is left alone.
 *
 * **How to fix.** Renew the secret first: it is out. Then keep it in an Orchestrator credential asset or a key vault, and pass it in.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const secretInFile: Rule = {
  id: 'secret-in-file',
  severity: 'error',
  stage: 'none',
  check: ({ project }) =>
    project.documents.flatMap((document) =>
      'secrets' in document
        ? document.secrets.map(({ holder, start, end }) => ({
            file: document.path,
            range: { start, end },
            message: `${holder} holds a literal secret. Renew it, keep it in an Orchestrator credential asset or a key vault, and pass it in from there.`,
            scopes: [],
            why: [],
            fixes: [],
          }))
        : [],
    ),
};
