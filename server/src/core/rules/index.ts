/** The list of rules: the only file to edit for a new one. */
import { acceptExpired } from './accept-expired';
import { acceptUnused } from './accept-unused';
import { accountKind } from './account-kind';
import { activityOutsideScope } from './activity-outside-scope';
import { adminConsent } from './admin-consent';
import { appOnlyAccount } from './app-only-account';
import { appOnlyUnsupported } from './app-only-unsupported';
import { authAppMismatch } from './auth-app-mismatch';
import { authExclusiveFields } from './auth-exclusive-fields';
import { authForbiddenField } from './auth-forbidden-field';
import { authMissingField } from './auth-missing-field';
import { bindingMismatch } from './binding-mismatch';
import { connectionMinimum } from './connection-minimum';
import { connectorMismatch } from './connector-mismatch';
import { duplicateScope } from './duplicate-scope';
import { environmentMismatch } from './environment-mismatch';
import { environmentUnavailable } from './environment-unavailable';
import { filterSyntax } from './filter-syntax';
import { legacyAuth } from './legacy-auth';
import { limit } from './limit';
import { missingScope } from './missing-scope';
import { notConsented } from './not-consented';
import { notRegistered } from './not-registered';
import { packageMissing } from './package-missing';
import { portableScope } from './portable-scope';
import { publicAppScope } from './public-app-scope';
import { redirectUri } from './redirect-uri';
import { reducibleScope } from './reducible-scope';
import { redundantScope } from './redundant-scope';
import { registeredUnused } from './registered-unused';
import { retiredScope } from './retired-scope';
import type { Rule } from './rule';
import { schema } from './schema';
import { scopeKind } from './scope-kind';
import { scopeSyntax } from './scope-syntax';
import { secretInFile } from './secret-in-file';
import { servicesLegacy } from './services-legacy';
import { sharedMailboxScope } from './shared-mailbox-scope';
import { syntax } from './syntax';
import { tenantMissing } from './tenant-missing';
import { tenantUnneeded } from './tenant-unneeded';
import { unattendedInteractive } from './unattended-interactive';
import { unknownActivity } from './unknown-activity';
import { unknownConnection } from './unknown-connection';
import { unknownScope } from './unknown-scope';
import { unreadableFile } from './unreadable-file';
import { unusedConnection } from './unused-connection';
import { unusedScope } from './unused-scope';

/** Every rule, in the order in which its fixes apply. */
export const rules: readonly Rule[] = [
  syntax,
  schema,
  unreadableFile,
  limit,
  secretInFile,
  scopeSyntax,
  unknownScope,
  unknownActivity,
  duplicateScope,
  missingScope,
  connectionMinimum,
  sharedMailboxScope,
  notRegistered,
  unusedScope,
  reducibleScope,
  redundantScope,
  registeredUnused,
  retiredScope,
  scopeKind,
  publicAppScope,
  adminConsent,
  notConsented,
  accountKind,
  environmentUnavailable,
  environmentMismatch,
  activityOutsideScope,
  unknownConnection,
  unusedConnection,
  connectorMismatch,
  bindingMismatch,
  authMissingField,
  authForbiddenField,
  authExclusiveFields,
  authAppMismatch,
  tenantMissing,
  tenantUnneeded,
  redirectUri,
  unattendedInteractive,
  appOnlyAccount,
  appOnlyUnsupported,
  legacyAuth,
  servicesLegacy,
  portableScope,
  packageMissing,
  filterSyntax,
  acceptExpired,
  acceptUnused,
];

/** Stages in which fixes apply: the fixes of one are done before those of the next begin. */
export const fixStages: readonly Rule['stage'][] = ['form', 'unknown', 'duplicate', 'missing', 'excess'];

/** Finds a rule by its id. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
