/** Writes what is declared, registered and granted as tables, one for each connection and scope of the editor's folders. */
import { basename } from 'node:path';
import { type ConsentRow, type ConsentTable, consentTables, type Next } from '../core/features/consent-table';
import { positionAt } from '../core/text';
import type { ServerContext } from './context';
import { safeMarkdown } from './markdown';

const nextWords: Readonly<Record<Next, string>> = {
  register: 'add it to the registration',
  'register and consent': 'add it to the registration, then ask for consent',
  consent: 'ask for consent',
  'consent of others': 'ask for consent where another user signs in',
  remove: 'remove it from the registration',
  look: 'find out what was granted',
  unknown: 'not known',
  nothing: 'nothing',
};

const title = '# Declared, registered, granted';

const howToRegister =
  'No registration is known: export the manifest of the app from the Entra admin center (*App registrations*, *Manifest*, *Download*) and save it in the project as `NAME.entra.json`. It is the app’s by its `appId`, or where the app in `m365-automation.json` names the file in `registration`.';
const howToGrant =
  'No grants are known: run *M365 Scopes: Sign In* for what the signed-in person has, or compare an export with `m365-scopes check --granted FILE` and `m365-scopes list --granted FILE`.';

/** The comparison of everything that the editor has open, as Markdown. */
export async function compareRegistration(context: ServerContext): Promise<string> {
  const all = await context.automations();
  const tables = all.flatMap(({ analysis }) => consentTables(analysis, context.catalog));
  if (tables.length === 0) return `${title}\n\nNo connection and no Microsoft 365 Scope here says which app it signs in with.\n`;
  const hints = [
    ...(tables.some(({ isRegistrationKnown }) => !isRegistrationKnown) ? [hintFor(howToRegister, tables, 'isRegistrationKnown')] : []),
    ...(tables.some(({ areGrantsKnown }) => !areGrantsKnown) ? [hintFor(howToGrant, tables, 'areGrantsKnown')] : []),
  ];
  const legend =
    'Names are compared exactly, as Entra does. openid, profile, email and offline_access come with every sign-in and are left out.';
  return `${[title, legend, ...hints, ...tables.map((table) => toText(context, table))].join('\n\n')}\n`;
}

/** Where only some lack it, it is said of which. */
function hintFor(hint: string, tables: readonly ConsentTable[], known: 'isRegistrationKnown' | 'areGrantsKnown'): string {
  const lacking = tables.filter((table) => !table[known]);
  if (lacking.length === tables.length) return hint;
  return `${lacking.map(({ declaration }) => `**${safeMarkdown(nameOf(declaration))}**`).join(', ')}: ${hint}`;
}

function toText({ session }: ServerContext, { declaration, rows }: ConsentTable): string {
  const { document, kind, nameRange, signIn } = declaration;
  const line = positionAt(session.document(document.path).lines, nameRange.start).line + 1;
  const app = signIn.app === 'uipath' ? 'the app of UiPath' : `the app ${safeMarkdown(signIn.registration?.key ?? 'of its own')}`;
  const head = `## ${safeMarkdown(nameOf(declaration))}\n\n${safeMarkdown(basename(document.path))}:${line}, ${kind} permissions, ${app}`;
  if (rows.length === 0) return `${head}\n\nNothing to compare.`;
  const cells = rows.map((row) => [scopeOf(row, kind), row.declared, row.registered, row.granted, nextWords[row.next]]);
  const lines = [['scope', 'declared', 'registered', 'granted', 'what to do'], Array(5).fill('---'), ...cells];
  return `${head}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}`;
}

function scopeOf({ scope, kind }: ConsentRow, usual: ConsentRow['kind']): string {
  return `\`${scope}\`${kind === usual ? '' : ` (${kind})`}`;
}

function nameOf({ connection, label }: ConsentTable['declaration']): string {
  return connection ?? label;
}
