/** Actions at findings on consent: nothing in a file mends those, so they run commands of the client, where it says that it has them. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { Problem } from '../core/problem';
import type { AnalyzedAutomation } from '../workspace/session';
import { signInAt } from './apps';
import type { ServerContext } from './context';
import { toDiagnostic } from './convert';
import { adminConsentCommand, compareCommand, requestConsentCommand } from './protocol';

const commandsOf: Readonly<Record<string, readonly string[]>> = {
  'not-consented': [requestConsentCommand, adminConsentCommand],
  'admin-consent': [adminConsentCommand],
  'not-registered': [compareCommand, adminConsentCommand],
};

const titles: Readonly<Record<string, string>> = {
  [requestConsentCommand]: 'Request the missing consent',
  [adminConsentCommand]: 'Copy the admin consent link',
  [compareCommand]: 'Compare with the app registration',
};

/** One action a command and app, however many findings stand at the place. */
export function consentActions(
  context: ServerContext,
  found: AnalyzedAutomation,
  here: readonly Problem[],
): { readonly action: CodeAction }[] {
  const offered = new Set(context.options.commands ?? []);
  const actions = new Map<string, CodeAction>();
  for (const problem of here) {
    for (const command of (commandsOf[problem.rule] ?? []).filter((name) => offered.has(name))) {
      const at = signInAt(context, found, problem);
      if (!at) continue;
      // Nobody but an administrator consents to what an app may do as itself, and nobody but UiPath knows a page for its app.
      if (command === requestConsentCommand ? at.kind === 'application' : command === adminConsentCommand && at.owner === 'uipath')
        continue;
      const title = titles[command] ?? command;
      const key = [command, at.app.clientId, at.app.tenant, at.app.environment].join(' ');
      const diagnostics = [...(actions.get(key)?.diagnostics ?? []), toDiagnostic(problem, context.session.document)];
      actions.set(key, { title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command, arguments: [at.app] } });
    }
  }
  return [...actions.values()].map((action) => ({ action }));
}
