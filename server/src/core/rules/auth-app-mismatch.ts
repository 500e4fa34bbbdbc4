import type { Catalog } from '../catalog/types';
import type { Declaration } from '../project/model';
import type { Rule } from './rule';
import { listed, nameOf } from './support/shared';
import { signInFinding, typeNames } from './support/sign-in';

/**
 * The type of sign-in, the app and the connector of a connection do not go together.
 *
 * **What happens.** Such a connection cannot be made: OAuth 2.0 Authorization code always uses UiPath's app, every other type an own one, and not
 * every connector offers every type.
 *
 * **When it fires.** In a manifest: `oauth-authorization-code` with an own app; `byo-app`, `oauth-client-credentials` or
 * `oauth-client-certificate` with `uipath`; a type that the connector does not offer. A connector that the catalogue does not know is not judged.
 *
 * **How to fix.** State the type that the connection really has: Integration Service shows it on the connection's page.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on the authentication of each connector.
 */
export const authAppMismatch: Rule = {
  id: 'auth-app-mismatch',
  severity: 'error',
  stage: 'none',
  check: ({ project, catalog }) =>
    project.declarations.flatMap((declaration) => {
      const reasons = reasonsOf(declaration, catalog);
      return reasons.length === 0
        ? []
        : [
            signInFinding(
              declaration,
              declaration.signIn.typeRange,
              `${nameOf(declaration)} cannot be made like this: ${reasons.join('; ')}.`,
            ),
          ];
    }),
};

function reasonsOf({ entry, signIn }: Declaration, catalog: Catalog): string[] {
  const { type, app } = signIn;
  if (!entry || type === undefined) return [];
  const name = typeNames[type];
  const connector = catalog.connectors.get(entry.connector ?? '');
  const offered = connector?.authentication;
  const ownOnly = type === 'byo-app' || type === 'oauth-client-credentials' || type === 'oauth-client-certificate';
  return [
    type === 'oauth-authorization-code' && app === 'own' ? `${name} uses UiPath's app, not yours` : undefined,
    ownOnly && app === 'uipath' ? `${name} needs an app of your own` : undefined,
    offered && !offered.includes(type)
      ? `the connector ${connector.name} offers ${listed(
          offered.map((other) => typeNames[other]),
          'or',
        )}, not ${name}`
      : undefined,
  ].filter((reason) => reason !== undefined);
}
