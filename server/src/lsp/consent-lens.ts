/** A lens on each list whose app can be signed in to: what was granted, as far as it is known, and a click for the next step. */
import type { CodeLens } from 'vscode-languageserver';
import type { Assessment } from '../core/permissions/assess';
import type { Consent } from '../core/permissions/grants';
import { signInAt } from './apps';
import type { Asked, ServerContext } from './context';
import { toRange } from './convert';
import { adminConsentCommand, checkConsentCommand, requestConsentCommand } from './protocol';

/** The lenses of a file; none for a client that does not sign in. */
export function consentLenses(context: ServerContext, { path, found }: Asked): CodeLens[] {
  if (!context.options.commands?.includes(checkConsentCommand)) return [];
  const { assessments, consents } = found.analysis;
  return assessments.flatMap((assessment) => {
    const { declaration, known } = assessment;
    const { document, connection, range, signIn, open } = declaration;
    if (document.path !== path || open !== undefined || !signIn.isActive || signIn.app !== 'own') return [];
    if (!known.some(({ permission }) => permission.resource === 'graph')) return [];
    const at = signInAt(context, found, { file: path, connection, range });
    if (at?.owner !== 'own') return [];
    return [{ range: toRange(document, range), command: { ...nextOf(assessment, consents.get(assessment)), arguments: [at.app] } }];
  });
}

function nextOf({ declaration: { kind } }: Assessment, consent: Consent | undefined): { readonly title: string; readonly command: string } {
  if (!consent) return { title: 'check what is granted', command: checkConsentCommand };
  const count = consent.notGranted.length;
  if (count === 0) return { title: 'everything granted', command: checkConsentCommand };
  return kind === 'delegated'
    ? { title: `${count} not granted — ask for consent`, command: requestConsentCommand }
    : { title: `${count} not granted — copy the link for an administrator`, command: adminConsentCommand };
}
