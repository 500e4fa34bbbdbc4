import { scopesOfFlag } from '../permissions/flags';
import type { Rule } from './rule';
import { about, listed, nameOf } from './support/shared';
import { activeDeclarations } from './support/sign-in';

/**
 * A scope still has the `Services` flags of old packages.
 *
 * **What happens at run time.** In a Windows - Legacy project each flag asks for a whole family of scopes. In newer projects the flags have no effect: what is asked for is worked out from the activities.
 *
 * **When it fires.** `Services` names a service, the scope signs in as a user, and has no list of scopes. The message says what the flags stand for.
 *
 * **How to fix.** Open and save the workflow with a newer package, which turns the flags into a list, and take out of the list what is not needed.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on API permissions and scopes.
 */
export const servicesLegacy: Rule = {
  id: 'services-legacy',
  severity: 'information',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { form, scopes, kind, signIn, open } = declaration;
      if (form?.kind !== 'services' || kind !== 'delegated' || signIn.type === undefined || open === 'empty' || scopes.length === 0)
        return [];
      const flags = scopes.map(({ text }) => text);
      const brought = [...new Set(flags.flatMap((flag) => scopesOfFlag(context.catalog, flag, flags)))];
      const effect =
        open === 'services-ignored'
          ? 'newer projects work the scopes out themselves, so that has no effect here'
          : `${flags.length === 1 ? 'it stands' : 'they stand'} for ${listed(brought, 'and')}`;
      return [
        {
          ...about(declaration),
          range: form.value,
          message: `${nameOf(declaration)} has the Services of old packages (${flags.join(', ')}): ${effect}.`,
          scopes: open === 'services-ignored' ? [] : brought,
          why: [],
          fixes: [],
        },
      ];
    }),
};
