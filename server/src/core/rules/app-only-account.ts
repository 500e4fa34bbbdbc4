import type { Declaration, Use } from '../project/model';
import type { Finding, Rule } from './rule';
import { about, namedIn } from './support/shared';
import { activeDeclarations, isSet } from './support/sign-in';

/**
 * A mail or calendar activity under an application's own sign-in does not say whose mailbox it means.
 *
 * **What happens at run time.** The first call fails: there is no signed-in user, so `/me` is not available.
 *
 * **When it fires.** A classic mail or calendar activity in a Microsoft 365 Scope with Application ID and Secret or Certificate, with `Account` and
 * the scope's `ImpersonatedUserEmailAddress` both empty. Where `From` is set it is a warning. A modern activity that names no mailbox is information; one that takes a message is left alone.
 *
 * **How to fix.** Give `Account` on the activity, or `ImpersonatedUserEmailAddress` on the scope.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Application ID and Secret.
 */
export const appOnlyAccount: Rule = {
  id: 'app-only-account',
  severity: 'error',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { element, kind, uses } = declaration;
      if (!element || kind !== 'application' || isSet(element, 'ImpersonatedUserEmailAddress')) return [];
      return uses.flatMap((use) => toFinding(declaration, use));
    }),
};

function toFinding(declaration: Declaration, use: Use): Finding[] {
  const { activity, read, displayName, range } = use;
  const classic = activity?.appOnlyRequires;
  if (classic === undefined ? !isModernMailbox(use) || namesMailbox(use) : read(classic).kind !== 'empty') return [];
  const [lacks, give] = classic === undefined ? ['names no mailbox', 'name one'] : [`lacks ${classic}`, `give ${classic}`];
  const finding: Finding = {
    ...about(declaration),
    file: use.document.path,
    range: { start: range.start, end: range.end },
    message: `${displayName} ${lacks}, and ${namedIn(declaration)} signs in as the application itself, which has no mailbox of its own: ${give}${hasImpersonation(declaration) ? ', or ImpersonatedUserEmailAddress on the scope' : ''}.`,
    scopes: [],
    activity: use.id,
    why: [],
    fixes: [],
  };
  if (classic === undefined) return [{ ...finding, severity: 'information' }];
  if (read('From').kind === 'empty') return [finding];
  return [{ ...finding, severity: 'warning', message: `${finding.message} From is set, but it does not choose the mailbox.` }];
}

/** Those that take a message know its mailbox from it; those that wait have their own subscription. */
function isModernMailbox({ activity, operations }: Use): boolean {
  if (activity?.kind !== 'modern' || activity.connector !== 'uipath-microsoft-outlook365' || activity.persistence) return false;
  return operations[0]?.some((operation) => operation.includes('/messages/{id}')) !== true;
}

function namesMailbox({ read }: Use): boolean {
  return ['MailboxArgument.SharedMailbox', 'SharedMailbox', 'Mailbox'].some((property) => read(property).kind !== 'empty');
}

/** Old packages, whose body receives the Graph client itself, do not have the field. */
function hasImpersonation({ element }: Declaration): boolean {
  return element !== undefined && !element.hasOldBody;
}
