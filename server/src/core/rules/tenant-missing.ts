import type { Declaration } from '../project/model';
import type { Rule } from './rule';
import { listed, nameOf } from './support/shared';
import { activeDeclarations, placeOfTenant, signInFinding, typeNames } from './support/sign-in';
import { tenantFaultOf } from './support/tenant';

/**
 * The sign-in needs a tenant, and none, or only a shared one, is given.
 *
 * **What happens at run time.** AADSTS50194 for a single-tenant app, AADSTS9001023 or AADSTS90002 for the others; with an application's own
 * sign-in also "The token contains no permissions" or AADSTS700016, because Microsoft Entra ID looks in the wrong directory.
 *
 * **When it fires.** The tenant is empty, or `common`, `organizations` or `consumers` where the type takes none of them:
 * Application ID and Secret or Certificate, OAuth 2.0 Client credentials and Client Certificate always need one; Integrated Windows
 * Authentication and Username and Password take `organizations` as well; Interactive Token and Bring your own app need one where the
 * manifest says that the app is single-tenant. What the manifest does not say is unknown, and nothing is said about it. A tenant that is an
 * expression counts as given; so does everything that an Orchestrator asset or a connection decides.
 *
 * **How to fix.** Give the tenant's id (a GUID) or one of its domains, such as contoso.onmicrosoft.com.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the Microsoft 365 Scope, Interactive Token, and each connector's authentication;
 * Microsoft's list of AADSTS codes.
 */
export const tenantMissing: Rule = {
  id: 'tenant-missing',
  severity: 'error',
  stage: 'none',
  check: (context) =>
    samePlace(activeDeclarations(context).filter(({ signIn }) => tenantFaultOf(signIn) === 'missing')).map(([first, ...others]) =>
      signInFinding(first, placeOf(first), messageOf(first, others)),
    ),
};

function placeOf({ element, signIn }: Declaration) {
  return element ? placeOfTenant(element) : (signIn.tenant ?? signIn.typeRange);
}

/** Connections that share an app share its tenant: they are told together. */
function samePlace(declarations: readonly Declaration[]): [Declaration, ...Declaration[]][] {
  const groups = new Map<string, [Declaration, ...Declaration[]]>();
  for (const declaration of declarations) {
    const key = `${declaration.document.path}:${placeOf(declaration).start}`;
    const group = groups.get(key);
    if (group) group.push(declaration);
    else groups.set(key, [declaration]);
  }
  return [...groups.values()];
}

function messageOf(declaration: Declaration, others: readonly Declaration[]): string {
  const { type, tenant, registration } = declaration.signIn;
  const how = type === undefined ? 'it' : typeNames[type];
  const given = tenant?.kind === 'literal' ? `the tenant ${tenant.text.trim()}, which names no directory` : 'no tenant';
  const isSingle = registration?.audience === 'single-tenant' && (type === 'interactive-token' || type === 'byo-app');
  const why = isSingle ? `the app "${registration.key}" is single-tenant` : `${how} needs one`;
  const who =
    others.length === 0
      ? `${nameOf(declaration)} signs in`
      : `The connections ${listed(
          [declaration, ...others].map(({ label }) => JSON.stringify(label)),
          'and',
        )} sign in`;
  return `${who} with ${given}, but ${why}: give the tenant's id or one of its domains.`;
}
