/** What is shown of a permission at a place: in a registration, in a connection of a manifest, in the list of a workflow. */
import { changesOf, type PermissionChange, withheldConsent } from '../catalog/notices';
import type { Catalog, Permission, PermissionKind } from '../catalog/types';
import type { Analysis } from '../index';
import type { Assessment } from '../permissions/assess';
import { labelOf } from '../permissions/label';
import { idOf, registeredOf } from '../permissions/registered';
import { findPermission, satisfies } from '../permissions/satisfy';
import type { Why } from '../problem';
import type { RegistrationDocument } from '../project/registration-model';
import { whyOf } from '../rules/support/shared';
import type { Span } from '../text';

/** Who can consent; `withheld`: users cannot where Microsoft manages the policy. */
export type Consent = 'user' | 'withheld' | 'administrator' | 'unknown';

export interface PermissionHover extends Span {
  readonly permission: Permission;
  readonly label: string;
  /** How it is used there; undefined where nobody says. */
  readonly kind: PermissionKind | undefined;
  /** The GUID of that kind. */
  readonly id: string | undefined;
  readonly consent: Consent;
  /** Undefined: not known, or not asked, as for an application. */
  readonly personalAccount: boolean | undefined;
  /** Names that it makes superfluous. */
  readonly covers: readonly string[];
  readonly changes: readonly PermissionChange[];
  /** The activities of the project that it serves there. */
  readonly why: readonly Why[];
}

/** What stands at an offset of a file; undefined where it is no permission that the catalogue knows. */
export function hoverAt({ project, assessments }: Analysis, catalog: Catalog, path: string, offset: number): PermissionHover | undefined {
  const registration = project.documents.find((document) => document.path === path && document.kind === 'registration');
  if (registration?.kind === 'registration') return hoverOfEntry(catalog, assessments, registration, offset);
  for (const assessment of assessments) {
    const { document, scopes, kind, form } = assessment.declaration;
    const declared = document.path === path && form?.kind !== 'services' ? scopes.find((scope) => holds(scope, offset)) : undefined;
    const permission = declared && findPermission(catalog, declared.text);
    if (permission) return toHover(catalog, declared, permission, kind, [assessment]);
  }
  return undefined;
}

function hoverOfEntry(
  catalog: Catalog,
  assessments: readonly Assessment[],
  document: RegistrationDocument,
  offset: number,
): PermissionHover | undefined {
  const found = registeredOf(catalog, document).find(({ entry }) => holds(entry, offset));
  if (!found?.permission) return undefined;
  const { entry, permission, kind } = found;
  const users = assessments.filter(
    ({ declaration }) =>
      declaration.signIn.registration?.document === document && declaration.signIn.app !== 'uipath' && declaration.kind === kind,
  );
  return toHover(catalog, entry, permission, kind, users);
}

/** A caret stands between characters: the place behind the last one counts. */
function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function toHover(
  catalog: Catalog,
  { start, end }: Span,
  permission: Permission,
  kind: PermissionKind | undefined,
  users: readonly Assessment[],
): PermissionHover {
  const { value, personalAccount, resource } = permission;
  const groups = users.flatMap(({ declaration, groups: needed }) =>
    needed.filter(({ certain, alternatives }) => certain && satisfies({ catalog, kind: declaration.kind }, value, alternatives)),
  );
  return {
    start,
    end,
    permission,
    label: labelOf(value),
    kind,
    id: kind && idOf(permission, kind),
    consent: consentOf(catalog, permission, kind),
    personalAccount: kind === 'application' ? undefined : personalAccount,
    covers: kind && resource === 'graph' ? [...(catalog.covers[kind].get(value)?.keys() ?? [])] : [],
    changes: changesOf(catalog.notices(), permission),
    why: whyOf(groups),
  };
}

function consentOf(catalog: Catalog, permission: Permission, kind: PermissionKind | undefined): Consent {
  if (kind === 'application' || permission.adminConsent === true) return 'administrator';
  if (withheldConsent(catalog.notices(), permission)) return 'withheld';
  return permission.adminConsent === false ? 'user' : 'unknown';
}
