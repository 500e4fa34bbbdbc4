import type { Rule } from './rule';
import { credentialFields, fieldsOf } from './support/fields';
import { listed, nameOf } from './support/shared';
import { activeDeclarations, clearing, isSet, placeOfSetting, signInFinding, typeNames } from './support/sign-in';

/**
 * Fields are filled in that the sign-in forbids, or does not use.
 *
 * **What happens at run time.** Interactive Token with a user name or password may sign in with another account than the one meant.
 * What a type ignores has no effect, and misleads who reads it, or keeps a secret where none is needed.
 *
 * **When it fires.** Interactive Token with Username, Password or SecurePassword (warning); any other credential that the type does not
 * use (information). One finding a scope, naming every such field.
 *
 * **How to fix.** Clear them: the fix that is offered sets them to nothing.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Interactive Token: leave Username and Password empty.
 */
export const authForbiddenField: Rule = {
  id: 'auth-forbidden-field',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { element, signIn } = declaration;
      const fields = fieldsOf(declaration);
      if (!element || !fields || signIn.type === undefined) return [];
      const idle = credentialFields.filter((name) => isSet(element, name) && !fields.used.includes(name));
      const [first] = idle;
      if (first === undefined) return [];
      const isForbidden = idle.some((name) => fields.forbidden.includes(name));
      const forbidden = idle.filter((name) => fields.forbidden.includes(name));
      const unused = idle.filter((name) => !fields.forbidden.includes(name));
      const how = typeNames[signIn.type];
      const parts = [
        forbidden.length > 0 ? `${listed(forbidden, 'and')}, which ${how} wants empty` : undefined,
        unused.length > 0 ? `${listed(unused, 'and')}, which ${how} does not use` : undefined,
      ].filter((part) => part !== undefined);
      const finding = signInFinding(
        declaration,
        placeOfSetting(element, first),
        `${nameOf(declaration)} fills in ${parts.join('; and ')}.`,
        [clearing(declaration, element, idle, `Clear ${listed(idle, 'and')}`)],
      );
      return isForbidden ? [finding] : [{ ...finding, severity: 'information' as const }];
    }),
};
