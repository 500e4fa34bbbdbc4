import type { Rule } from './rule';
import { pairOf } from './support/fields';
import { nameOf } from './support/shared';
import { activeDeclarations, clearing, isSet, placeOfSetting, signInFinding } from './support/sign-in';

/**
 * Both forms of one credential are filled in, of which only one may be.
 *
 * **What happens at run time.** The activity fails before it signs in.
 *
 * **When it fires.** Username and Password with both Password and SecurePassword; Application ID and Secret with both ApplicationSecret and
 * SecureApplicationSecret.
 *
 * **How to fix.** Clear one. Keep the secure form where you can.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on the Microsoft 365 Scope.
 */
export const authExclusiveFields: Rule = {
  id: 'auth-exclusive-fields',
  severity: 'error',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { element } = declaration;
      const pair = pairOf(declaration);
      const [plain, secure] = pair ?? [];
      if (!element || plain === undefined || secure === undefined || !isSet(element, plain) || !isSet(element, secure)) return [];
      return [
        signInFinding(
          declaration,
          placeOfSetting(element, plain),
          `${nameOf(declaration)} fills in both ${plain} and ${secure}: only one may be.`,
          [plain, secure].map((name) => clearing(declaration, element, [name], `Clear ${name}`)),
        ),
      ];
    }),
};
