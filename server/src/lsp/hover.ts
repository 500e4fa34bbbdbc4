/** Shows what a permission is, who consents to it and what needs it, where somebody points at it. */
import { basename } from 'node:path';
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { type Consent, hoverAt, type PermissionHover } from '../core/features/hover';
import { offsetAt, positionAt } from '../core/text';
import { askedFor, type ServerContext } from './context';
import { toRange } from './convert';
import { oneLine, safeMarkdown } from './markdown';

/** Names that are shown before the rest is counted. */
const most = 6;

const consents: Readonly<Record<Consent, string>> = {
  user: 'The user may consent.',
  withheld: 'Users cannot consent where Microsoft manages the policy: an administrator does.',
  administrator: 'An administrator has to consent.',
  unknown: 'Who may consent is not known.',
};

/** The hover at a place; null where there is nothing to say. */
export async function hover(context: ServerContext, uri: string, position: Position, isMarkdown: boolean): Promise<Hover | null> {
  const asked = await askedFor(context, uri);
  if (!asked) return null;
  const document = context.session.document(asked.path);
  const offset = offsetAt(document.lines, document.text.length, position);
  const found = hoverAt(asked.found.analysis, context.catalog, asked.path, offset);
  if (!found) return null;
  const kind = isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: textOf(context, found, isMarkdown ? markdown : plain) }, range: toRange(document, found) };
}

/** How a text is set, and how text of a file is kept from being read as more than text. */
interface Setting {
  readonly strong: (text: string) => string;
  readonly code: (text: string) => string;
  readonly safe: (text: string) => string;
  readonly break: string;
}

const plain: Setting = { strong: (text) => text, code: (text) => text, safe: oneLine, break: '\n' };
const markdown: Setting = {
  strong: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  safe: safeMarkdown,
  break: '\n\n',
};

function textOf({ session }: ServerContext, found: PermissionHover, setting: Setting): string {
  const { permission, label, kind, id, consent, personalAccount, covers, changes, why } = found;
  const about = [kind, id === undefined ? undefined : setting.code(id)].filter(Boolean).join(', ');
  const personal = personalAccount === undefined ? '' : personalAccount ? ' Personal accounts too.' : ' Not for personal accounts.';
  const named = why.map(({ displayName, file, start }) => {
    const line = positionAt(session.document(file).lines, start).line + 1;
    return `${setting.safe(displayName)} (${setting.safe(basename(file))}:${line})`;
  });
  return [
    `${setting.strong(permission.value)}: ${label}${about === '' ? '' : ` (${about})`}`,
    consents[consent] + personal,
    ...(covers.length > 0 ? [`Covers ${some(covers)}.`] : []),
    ...changes.map(({ date, what, instead }) => `From ${date}: ${what}; instead: ${instead}.`),
    named.length > 0 ? `Needed by ${some(named)}.` : 'No activity here is known to need it.',
  ].join(setting.break);
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
