/** What the rules about names and kinds say of the entries of a registration. */
import type { Catalog, PermissionKind } from '../../catalog/types';
import { isGuid } from '../../guid';
import { nearest } from '../../permissions/nearest';
import { idOf, type Registered, registeredOf } from '../../permissions/registered';
import { hasKind } from '../../permissions/satisfy';
import type { Fix } from '../../problem';
import { entryTypes, removeEntry } from '../../project/registration-edits';
import type { RegistrationDocument } from '../../project/registration-model';
import { registrationsOf } from '../../project/registrations';
import type { Span } from '../../text';
import type { Finding, RuleContext } from '../rule';
import { listed } from './shared';

interface Entry extends Registered {
  readonly document: RegistrationDocument;
}

/** Entries of Microsoft Graph that are no permission at all. */
export function unknownEntries(context: RuleContext): Finding[] {
  return withFault(context, 'unknown').map((found) => {
    const { document, entry, kind } = found;
    const text = entry.id.text.trim();
    const near = isGuid(text) ? [] : nearest(text, namesOf(context.catalog, kind));
    const what = isGuid(text) ? 'which is the id of no Microsoft Graph permission' : 'which is no Microsoft Graph permission';
    return {
      ...at(document, entry.id),
      message: `The registration lists ${JSON.stringify(text)}, ${what} known on ${context.catalog.date}.${near.length > 0 ? ` Did you mean ${listed(near, 'or')}?` : ''}`,
      scopes: [text],
      fixes: [
        ...near.map((name) => replacing(document, entry.id, name, `Replace ${text} by ${name}`, near.length === 1)),
        removing(found, text),
      ],
    };
  });
}

/** Entries whose permission exists as the other kind only, or whose GUID is that of the other kind. */
export function entriesOfOtherKind(context: RuleContext): Finding[] {
  return withFault(context, 'kind').flatMap((found) => {
    const { document, entry, permission, kind } = found;
    if (!permission || !kind || !entry.type) return [];
    const other: PermissionKind = kind === 'delegated' ? 'application' : 'delegated';
    const hasBoth = hasKind(permission, kind);
    const [right, wrong] = [entryTypes[other], entryTypes[kind]];
    const id = idOf(permission, kind);
    const why = hasBoth
      ? `that id is of the ${other} permission, whose type is ${right}`
      : `it exists as ${other === 'delegated' ? 'a delegated' : 'an application'} permission only, whose type is ${right}`;
    return [
      {
        ...at(document, entry.id),
        message: `The registration lists ${permission.value} with the type ${wrong}, but ${why}.`,
        scopes: [permission.value],
        fixes: [
          ...(hasBoth && id !== undefined
            ? [replacing(document, entry.id, id, `Put in the id of ${permission.value} as ${wrong}`, false)]
            : []),
          replacing(document, entry.type, right, `Change the type to ${right}`, false),
          removing(found, permission.value),
        ],
      },
    ];
  });
}

function withFault({ project, catalog }: RuleContext, fault: Registered['fault']): Entry[] {
  return registrationsOf(project).flatMap((document) =>
    registeredOf(catalog, document)
      .filter((registered) => registered.fault === fault)
      .map((registered) => ({ ...registered, document })),
  );
}

function at({ path }: RegistrationDocument, { start, end }: Span): Pick<Finding, 'file' | 'range' | 'why'> {
  return { file: path, range: { start, end }, why: [] };
}

function namesOf({ permissions }: Catalog, kind: PermissionKind | undefined): string[] {
  return [...permissions.values()]
    .filter((permission) => permission.resource === 'graph' && permission.enabled !== false)
    .filter((permission) => (kind === undefined ? true : idOf(permission, kind) !== undefined))
    .map(({ value }) => value);
}

function replacing({ path: file }: RegistrationDocument, { start, end }: Span, text: string, title: string, preferred: boolean): Fix {
  return { title, preferred, changes: [{ file, edits: [{ start, end, text }] }] };
}

function removing({ document, resource, entry }: Entry, name: string): Fix {
  return { title: `Remove ${name}`, preferred: false, changes: [{ file: document.path, edits: removeEntry(document, resource, entry) }] };
}
