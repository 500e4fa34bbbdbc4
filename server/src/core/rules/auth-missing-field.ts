import type { Declaration, ScopeElement } from '../project/model';
import type { Finding, Rule } from './rule';
import { fieldsOf } from './support/fields';
import { listed, nameOf } from './support/shared';
import { isSet, placeOfSetting, signInFinding, typeNames } from './support/sign-in';

/**
 * A field that the sign-in requires is empty.
 *
 * **What happens at run time.** "You must provide a value for …", or an ArgumentNullException; for an asset that is not chosen, "Could not
 * retrieve the selected asset".
 *
 * **When it fires.** Interactive Token with an own app, and every other type, without an application id; Username and Password
 * without one of its two; Application ID and Secret without a secret in either form; with a certificate, without the certificate. An
 * Orchestrator asset that nothing names, and Integration Service without a connection. In a manifest: Bring your own app without `app` or
 * without `scopes`, and client credentials or a client certificate without `app`. An expression counts as set. The tenant has rules of its own.
 *
 * **How to fix.** Fill in the field, best from an Orchestrator asset; or choose the type of sign-in that was meant.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the Microsoft 365 Scope and on each connector's authentication.
 */
export const authMissingField: Rule = {
  id: 'auth-missing-field',
  severity: 'error',
  stage: 'none',
  check: ({ project }) =>
    project.declarations.flatMap((declaration) =>
      declaration.element ? ofScope(declaration, declaration.element) : ofConnection(declaration),
    ),
};

function ofScope(declaration: Declaration, scope: ScopeElement): Finding[] {
  const missing = declaration.signIn.isActive ? emptyFields(declaration, scope) : emptyChoice(scope);
  if (missing.length === 0) return [];
  const { type } = declaration.signIn;
  const how = declaration.signIn.isActive && type !== undefined ? typeNames[type] : 'Integration Service';
  return [
    signInFinding(
      declaration,
      declaration.signIn.isActive || scope.open !== 'asset' ? declaration.signIn.typeRange : placeOfSetting(scope, 'ConfigLocation'),
      declaration.signIn.isActive || scope.open !== 'asset'
        ? `${nameOf(declaration)} signs in with ${how} and lacks ${enumerated(missing)}.`
        : `${nameOf(declaration)} takes its sign-in from an Orchestrator asset, and none is chosen.`,
    ),
  ];
}

function emptyFields(declaration: Declaration, scope: ScopeElement): string[] {
  const required = fieldsOf(declaration)?.required ?? [];
  return required.filter((names) => !names.some((name) => isSet(scope, name))).map((names) => listed(names, 'or'));
}

/** What decides in place of the fields has to be named. */
function emptyChoice(scope: ScopeElement): string[] {
  const items = ['BrowserItemId', 'BrowserItemFullPath', 'BrowserRuntimeItemId', 'ManualRuntimeItemFullPath'];
  if (scope.open === 'asset') return items.some((name) => isSet(scope, name)) ? [] : ['the asset'];
  const type = scope.settings.get('AuthenticationType');
  const isService = type?.kind === 'literal' && type.text.toLowerCase() === 'integrationservice';
  return isService && !isSet(scope, 'ConnectionId') ? ['the connection (ConnectionId)'] : [];
}

function ofConnection(declaration: Declaration): Finding[] {
  const { entry, signIn } = declaration;
  const { type } = signIn;
  if (!entry || (type !== 'byo-app' && type !== 'oauth-client-credentials' && type !== 'oauth-client-certificate')) return [];
  const { app } = entry;
  const isKnown = app !== undefined && (app.text === 'uipath' || signIn.registration !== undefined);
  const missing = [
    app ? undefined : '`app`',
    type === 'byo-app' && (entry.open === 'absent' || entry.open === 'empty') ? '`scopes`' : undefined,
  ].filter((name) => name !== undefined);
  const range = app && !isKnown ? app : signIn.typeRange;
  const faults = [
    app && !isKnown ? `names the app ${JSON.stringify(app.text)}, which \`apps\` does not hold` : undefined,
    missing.length > 0 ? `lacks ${enumerated(missing)}` : undefined,
  ].filter((fault) => fault !== undefined);
  return faults.length === 0
    ? []
    : [signInFinding(declaration, range, `${nameOf(declaration)} signs in with ${typeNames[type]} and ${faults.join(', and ')}.`)];
}

/** Fields in a row; where one of them is a choice, commas keep them apart. */
function enumerated(names: readonly string[]): string {
  const hasChoice = names.some((name) => name.includes(' or '));
  return hasChoice && names.length > 1 ? `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}` : listed(names, 'and');
}
