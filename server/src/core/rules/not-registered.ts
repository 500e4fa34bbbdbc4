import { findUnregistered, type Unregistered } from '../permissions/registration';
import type { Fix } from '../problem';
import { addEntry } from '../project/registration-edits';
import type { Finding, Rule, RuleContext } from './rule';
import { about, activityNames, nameOf, whyOf, whyOfScopes } from './support/shared';

/**
 * A permission that the app's registration in Microsoft Entra does not list.
 *
 * **What happens at run time.** Signed in as the application itself: Graph answers 403, because a token holds what is registered and consented, and nothing else.
 * Signed in as a user: Entra asks for consent at the first sign-in, and an administrator who consents to "everything registered" leaves it out.
 *
 * **When it fires.** The project has the registration: a file `*.entra.json` or `aad.manifest.json`, or the one that the manifest's app names. Each scope of a closed list is
 * looked for by its exact name and kind: a broader permission does not stand for a narrower one, nor a delegated one for an application one. Where an application signs in and no list
 * says what it has, as in a workflow, what its activities need is compared. It is information under a user's sign-in, and for application permissions to mail, calendars, contacts and mailbox
 * settings, which Exchange's role-based access control for applications can grant outside of Entra. openid, profile, email and offline_access need no entry. A registration in which a tool fills
 * a permission in (`${{…}}`) is not judged.
 *
 * **How to fix.** Add the entry, and have it consented to: the preferred fix writes it into the file, as a GUID or a name, as the file does.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** The live Microsoft Graph service principal: each permission's GUIDs.
 */
export const notRegistered: Rule = {
  id: 'not-registered',
  severity: 'error',
  stage: 'missing',
  check: (context) => findUnregistered(context).map((found) => toFinding(context, found)),
};

/** Exchange can grant these to an application by itself. */
const exchangeFamilies = /^(Mail|Calendars|Contacts|MailboxSettings)\./;

function toFinding(context: RuleContext, found: Unregistered): Finding {
  const { assessment, permission, kind, declared, group, maybeSelected } = found;
  const { declaration } = assessment;
  const isExchange = exchangeFamilies.test(permission.value);
  const isGuess = group?.guess === true || maybeSelected;
  const isInformation = kind === 'delegated' || isExchange || isGuess;
  const fixes = fixesOf(found);
  return {
    ...about(declaration),
    range: declared ? { start: declared.start, end: declared.end } : declaration.range,
    message: messageOf(found, isExchange),
    scopes: [permission.value],
    why: group ? whyOf([group]) : whyOfScopes(context, assessment, [permission.value]),
    fixes,
    ...(isInformation ? { severity: 'information' as const } : {}),
    ...(isGuess ? { guess: true } : {}),
  };
}

function messageOf(
  { assessment: { declaration }, permission, kind, group, maybeSelected, isOtherKind }: Unregistered,
  isExchange: boolean,
) {
  const key = declaration.signIn.registration?.key ?? '';
  const other = kind === 'delegated' ? 'an application' : 'a delegated';
  const how = isOtherKind
    ? `lists as ${other} permission only`
    : `does not list as ${kind === 'delegated' ? 'a delegated' : 'an application'} permission`;
  const verb = group ? 'needs' : kind === 'delegated' ? 'asks for' : 'uses';
  const by = group ? ` (${activityNames(whyOf([group]))})` : '';
  const notes = [
    maybeSelected ? 'A "Selected" permission is registered: it will do if the site, list or file was granted to the app.' : '',
    group?.guess ? 'What this activity needs is an assumption, not documented: check it before you rely on it.' : '',
    kind === 'delegated'
      ? 'Entra asks for consent when somebody signs in.'
      : isExchange
        ? 'Exchange can grant it to an application outside of Entra.'
        : '',
  ];
  return [
    `${nameOf(declaration)} ${verb} ${permission.value}${by}, which the registration of the app "${key}" ${how}.`,
    ...notes.filter(Boolean),
  ].join(' ');
}

function fixesOf({ document, permission, kind }: Unregistered): Fix[] {
  const edits = addEntry(document, permission, kind);
  if (edits.length === 0) return [];
  // Where several automations share the file, each would add to it unasked.
  return [
    {
      title: `Register ${permission.value} (${kind})`,
      preferred: document.sharing === 'own',
      changes: [{ file: document.path, edits }],
    },
  ];
}
