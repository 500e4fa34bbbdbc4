import { findUnusedEntries, type UnusedEntry } from '../permissions/registration';
import { removeEntry } from '../project/registration-edits';
import type { Finding, Rule } from './rule';

/**
 * A permission of the app's registration that nothing in the automation asks for.
 *
 * **What happens at run time.** Nothing fails. An administrator who consents to the app consents to it as well; under an application's own sign-in the robot can then do what it never does.
 *
 * **When it fires.** The registration belongs to an app of the automation, and every connection and scope that uses the app, or may use it, is known: none declares the permission, by name and kind; where an
 * application signs in without a list, none of its activities needs it. While anything is not known (a list that is open, a connection that no manifest declares, a request whose address only
 * the run knows), nothing is called unused. Where several automations use the app (they name the same file, or the same client id), what counts is what all of them
 * ask for together; where the file stands outside of the folders that are read, others may use the app as well, and it is information. User.Read, openid, profile, email and offline_access never are.
 *
 * **How to fix.** Remove the entry, here and in the Entra admin center, and revoke its consent: the preferred fix does the first.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** The live Microsoft Graph service principal: each permission's GUIDs.
 */
export const registeredUnused: Rule = {
  id: 'registered-unused',
  severity: 'warning',
  stage: 'excess',
  check: (context) => findUnusedEntries(context).map(toFinding),
};

function toFinding({ document, resource, entry, permission, kind, sharedUse: { others, areAllKnown } }: UnusedEntry): Finding {
  const name = permission?.value;
  const users = others.length + 1;
  const nobody = users > 1 ? `none of the ${users} automations that use this app asks` : 'nothing in this automation asks';
  const unread = areAllKnown ? '' : ' The registration stands outside of what was read: ask who else uses the app before you remove it.';
  return {
    file: document.path,
    range: { start: entry.start, end: entry.end },
    message: `The app registers ${name} as ${kind === 'delegated' ? 'a delegated' : 'an application'} permission, and ${nobody} for it.${unread}`,
    scopes: permission ? [permission.value] : [],
    why: [],
    fixes: [
      {
        title: `Remove ${name} (${kind})`,
        preferred: areAllKnown,
        changes: [{ file: document.path, edits: removeEntry(document, resource, entry) }],
      },
    ],
    unnecessary: true,
    ...(areAllKnown ? {} : { severity: 'information' as const }),
  };
}
