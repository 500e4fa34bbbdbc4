import type { Declaration } from '../project/model';
import type { Rule } from './rule';
import { nameOf } from './support/shared';
import { activeDeclarations, placeOfTenant, signInFinding } from './support/sign-in';

/**
 * Tenant, workflow and manifest name different Microsoft clouds.
 *
 * **What happens at run time.** AADSTS90002, tenant not found: each cloud has directories of its own.
 *
 * **When it fires.** A literal tenant that ends in `.onmicrosoft.us` with an environment outside the US Government clouds, or in `.partner.onmschina.cn` with one outside China; an
 * `Environment` written on a scope that differs from the `environment` written in the manifest. GCC (moderate) uses the global cloud.
 *
 * **How to fix.** Choose the environment that the tenant is in.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** Microsoft's page on national clouds and their endpoints.
 */
export const environmentMismatch: Rule = {
  id: 'environment-mismatch',
  severity: 'warning',
  stage: 'none',
  check: (context) => activeDeclarations(context).flatMap((declaration) => [...ofTenant(declaration), ...ofManifest(declaration)]),
};

const government = ['us-gov-l4', 'us-gov-l5'];

function ofTenant(declaration: Declaration) {
  const { tenant, environment } = declaration.signIn;
  if (tenant?.kind !== 'literal' || environment === undefined) return [];
  const name = tenant.text.trim().toLowerCase();
  const clouds = name.endsWith('.onmicrosoft.us') ? government : name.endsWith('.partner.onmschina.cn') ? ['china'] : undefined;
  if (!clouds || clouds.includes(environment)) return [];
  const place = clouds === government ? 'a US Government cloud' : 'the cloud in China';
  return [
    signInFinding(
      declaration,
      declaration.element ? placeOfTenant(declaration.element) : tenant,
      `${nameOf(declaration)} names a tenant of ${place}, and its environment is ${shown(environment)}.`,
    ),
  ];
}

function ofManifest(declaration: Declaration) {
  const { element, signIn } = declaration;
  const { environment, environmentRange, manifest } = signIn;
  const stated = manifest?.environment?.text;
  if (!element || !environmentRange || stated === undefined || environment === undefined || environment === 'germany') return [];
  if (stated === environment) return [];
  return [
    signInFinding(
      declaration,
      environmentRange,
      `${nameOf(declaration)} is set to the environment ${shown(environment)}, and the manifest says ${shown(stated)}.`,
    ),
  ];
}

function shown(environment: string): string {
  const names: Readonly<Record<string, string>> = {
    office365: 'Global (Office 365)',
    'us-gov-l4': 'US Government L4',
    'us-gov-l5': 'US Government L5',
    china: 'China',
    germany: 'Germany',
  };
  return names[environment] ?? environment;
}
