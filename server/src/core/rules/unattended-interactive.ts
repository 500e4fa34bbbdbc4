import type { Declaration, Project } from '../project/model';
import type { Rule } from './rule';
import { nameOf } from './support/shared';
import { activeDeclarations, signInFinding } from './support/sign-in';

/**
 * Interactive Token in a process that runs in the background.
 *
 * **What happens at run time.** Nobody is there to sign in: "The client did not complete the authentication after 30 seconds".
 *
 * **When it fires.** A Microsoft 365 Scope with Interactive Token in a process whose project.json says `requiresUserInteraction: false`
 * (`isAttended` says nothing: it is false nearly everywhere); information where the token is kept in Orchestrator, as it then lasts until it
 * is revoked. In a manifest: `interactive-token` with `runs: unattended`. Libraries, tests and templates are left alone.
 *
 * **How to fix.** An Integration Service connection, or Application ID and Secret or Certificate.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Interactive Token: for attended automation.
 */
export const unattendedInteractive: Rule = {
  id: 'unattended-interactive',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { type, typeRange } = declaration.signIn;
      if (type !== 'interactive-token' || !runsAlone(context.project, declaration)) return [];
      const finding = signInFinding(declaration, typeRange, messageOf(declaration));
      return [keepsToken(declaration) ? { ...finding, severity: 'information' as const } : finding];
    }),
};

function runsAlone({ settings }: Project, { entry }: Declaration): boolean {
  if (entry) return entry.runs === 'unattended';
  const isProcess = settings?.outputType === undefined || settings.outputType.toLowerCase() === 'process';
  return settings?.requiresUserInteraction === false && isProcess;
}

/** The token of somebody who signed in once is kept for all robots. */
function keepsToken({ element }: Declaration): boolean {
  const place = element?.settings.get('DataStoreLocation');
  return place?.kind === 'literal' && place.text.toLowerCase() === 'orchestrator';
}

function messageOf(declaration: Declaration): string {
  const where = declaration.entry ? 'and runs unattended' : 'in a process that runs in the background (requiresUserInteraction is false)';
  const kept = keepsToken(declaration) ? ' The token kept in Orchestrator carries it until it is revoked.' : '';
  return `${nameOf(declaration)} signs in with Interactive Token ${where}: nobody is there to sign in.${kept}`;
}
