import type { Catalog } from '../catalog/types';
import { removeIn } from '../json/modify';
import type { Fix } from '../problem';
import type { Declaration } from '../project/model';
import type { Rule } from './rule';
import { nameOf } from './support/shared';
import { activeDeclarations, canBeCustom, clearing, laterFix, placeOfTenant, setting, signInFinding } from './support/sign-in';
import { tenantFaultOf } from './support/tenant';

/**
 * A tenant is given where the app is multi-tenant, as UiPath's public app is.
 *
 * **What happens at run time.** With UiPath's app the sign-in goes to one directory, which may not be the user's: AADSTS50020, or a
 * consent prompt for an app that nobody expected. Most often an own app was meant: its id and tenant are filled in, and *OAuth
 * Application* still says UiPath, so the id is ignored. With an own multi-tenant app it works, and pins the tenant.
 *
 * **When it fires.** Interactive Token with UiPath's app and a literal tenant other than `common`, `organizations` or `consumers` (warning), or one that is an expression (information); a connection with UiPath's app and
 * a tenant other than `common` (warning); an own app that the manifest calls multi-tenant, with a tenant (information).
 *
 * **How to fix.** Clear the tenant, or set *OAuth Application* to Custom so that your own app is used. Both are offered, neither is
 * applied unasked.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Interactive Token: for a multi-tenant app, and its public app is one, the Tenant field stays empty.
 */
export const tenantUnneeded: Rule = {
  id: 'tenant-unneeded',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { tenant } = declaration.signIn;
      const fault = tenantFaultOf(declaration.signIn);
      if (!tenant || (fault !== 'unneeded' && fault !== 'unneeded-but-works')) return [];
      const place = declaration.element ? placeOfTenant(declaration.element) : tenant;
      const finding = signInFinding(declaration, place, messageOf(declaration, context.catalog), fixesOf(declaration, context.catalog));
      return fault === 'unneeded' ? [finding] : [{ ...finding, severity: 'information' as const }];
    }),
};

function messageOf(declaration: Declaration, catalog: Catalog): string {
  const { app, registration } = declaration.signIn;
  const kind = registration?.audience === 'personal' ? 'for personal accounts' : 'multi-tenant';
  if (app !== 'uipath')
    return `${nameOf(declaration)} names a tenant, but the app "${registration?.key ?? ''}" is ${kind}: leave it empty, unless you mean to pin it to that tenant.`;
  const advice = canBeCustom(declaration, catalog)
    ? 'leave it empty, or, as an application id is given as well, set OAuth Application to Custom to use your own app'
    : 'leave it empty';
  return `${nameOf(declaration)} signs in with UiPath's public app, which is multi-tenant, and names a tenant: ${advice}.`;
}

function fixesOf(declaration: Declaration, catalog: Catalog): Fix[] {
  const { element, document, signIn } = declaration;
  if (!element) {
    const key = signIn.registration?.key;
    return key === undefined || document.kind !== 'manifest'
      ? []
      : [laterFix(document.path, 'Remove the tenant', () => removeIn(document, ['apps', key, 'tenant']))];
  }
  const names = ['TenantId', 'Tenant'].filter((name) => element.settings.get(name)?.kind !== 'empty');
  const clear = clearing(declaration, element, names, 'Clear the tenant');
  // An app of one's own that is multi-tenant wants no tenant either.
  const { audience } = signIn.registration ?? {};
  const isCustomPossible = canBeCustom(declaration, catalog) && (audience === undefined || audience === 'single-tenant');
  return isCustomPossible
    ? [clear, setting(declaration, element, 'OAuthApplication', 'Custom', 'Use your own app (OAuth Application: Custom)')]
    : [clear];
}
