/** The columns that `list` shows beside what is declared: what Entra was told and what it granted, and where they differ. */

import type { Catalog } from '../core/catalog/types';
import type { Consent } from '../core/permissions/grants';
import { registeredFor, registrationFor } from '../core/permissions/registration';
import type { Severity } from '../core/problem';
import type { Declaration } from '../core/project/model';

/** One line of a row. */
export interface Column {
  /** Its name in JSON. */
  readonly key: string;
  readonly label: string;
  readonly scopes: readonly string[];
  /** What is said after the names. */
  readonly note: string;
  readonly severity: Severity;
  /** It is shown only where it has names: it says what differs. */
  readonly isDifference: boolean;
}

/** What the app's registration lists of the kind that is used; nothing where no registration is known. */
export function registeredColumns(catalog: Catalog, declaration: Declaration): Column[] {
  const registered = registeredFor(catalog, declaration);
  if (!registered) return [];
  const scopes = [...new Set([...registered].map(({ value }) => value))].sort();
  const note = registrationFor(declaration)?.isOpen ? ', and what a tool fills in' : '';
  return [{ key: 'registered', label: 'registered', scopes, note, severity: 'information', isDifference: false }];
}

/** What UiPath's own app asks for where a connection has no list of its own: nobody can shorten it, only another app asks for less. */
export function uipathColumns(
  catalog: Catalog,
  { open, signIn, connector, hasOpenUse }: Declaration,
  required: readonly string[],
): Column[] {
  const known = signIn.type === 'oauth-authorization-code' && signIn.app !== 'own' ? catalog.connectors.get(connector ?? '') : undefined;
  if (open !== 'absent' || !known?.requests) return [];
  const more = known.requests.filter((scope) => !required.includes(scope) && !catalog.implied.has(scope)).length;
  const excess = hasOpenUse ? '' : `, ${more} more than needed`;
  const note = ` (UiPath's app${excess}; an app of your own asks for what you list)`;
  return [{ key: 'requested', label: 'asks for', scopes: known.requests, note, severity: 'information', isDifference: false }];
}

/** What was granted, and how it differs from what is declared. */
export function consentColumns(consent: Consent, { kind }: Pick<Declaration, 'kind'>): Column[] {
  const { granted, grantedToOneUser, notGranted, oneUserOnly, notDeclared } = consent;
  const fact = { note: '', severity: 'information', isDifference: false } as const;
  const difference = { note: '', severity: 'warning', isDifference: true } as const;
  const names = (scopes: Consent['notGranted']) => scopes.map(({ permission }) => permission.value);
  const users =
    kind === 'application'
      ? []
      : [
          {
            ...fact,
            key: 'grantedToOneUser',
            label: 'by users',
            scopes: grantedToOneUser,
            note: ', each for themselves',
            isDifference: true,
          },
          { ...difference, key: 'oneUserOnly', label: 'one user', scopes: names(oneUserOnly), note: ', works where that user signs in' },
        ];
  return [
    { ...fact, key: 'granted', label: 'granted', scopes: granted },
    ...users,
    { ...difference, key: 'notGranted', label: 'no grant', scopes: names(notGranted) },
    { ...fact, key: 'notDeclared', label: 'also granted', scopes: notDeclared, note: ', and not declared', isDifference: true },
  ];
}

/** Columns as members of a JSON object. */
export function columnsJson(columns: readonly Column[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(columns.map(({ key, scopes }) => [key, scopes]));
}
