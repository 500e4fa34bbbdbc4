import { removeIn } from '../json/modify';
import type { Rule } from './rule';
import { about, isUnusedConnection, nameOf } from './support/shared';
import { laterFix } from './support/sign-in';

/**
 * A connection of the manifest that nothing uses.
 *
 * **What it means.** Somebody can still use it with everything it may do.
 *
 * **When it fires.** No activity and no call of a coded workflow names it, by GUID or by key, and nothing is there that may use it unseen: an activity or a call whose connection is an expression,
 * a connector activity whose configuration cannot be read, a connection that a coded workflow hands on, a file that is damaged. Its scopes are part of this one finding, and not called unused one by one.
 *
 * **How to fix.** Remove it from the manifest, and in Integration Service if nobody else needs it.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 */
export const unusedConnection: Rule = {
  id: 'unused-connection',
  severity: 'warning',
  stage: 'none',
  check: ({ project }) =>
    project.declarations.flatMap((declaration) => {
      const { entry, document, scopes } = declaration;
      if (!entry || document.kind !== 'manifest' || !isUnusedConnection(declaration)) return [];
      const none = scopes.length > 1 ? `, nor any of its ${scopes.length} scopes` : scopes[0] ? `, nor its scope ${scopes[0].text}` : '';
      return [
        {
          ...about(declaration),
          range: entry.keyRange,
          message: `${nameOf(declaration)} is declared, and no activity uses it${none}.`,
          scopes: [],
          why: [],
          fixes: [
            laterFix(document.path, `Remove the connection ${JSON.stringify(entry.key)}`, () =>
              removeIn(document, ['connections', entry.key]),
            ),
          ],
          unnecessary: true,
        },
      ];
    }),
};
