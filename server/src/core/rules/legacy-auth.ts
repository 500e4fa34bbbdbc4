import type { Rule } from './rule';
import { nameOf } from './support/shared';
import { activeDeclarations, signInFinding, typeNames } from './support/sign-in';

/**
 * A scope signs in with a user name and password, or with the Windows account.
 *
 * **What happens at run time.** AADSTS50076 or AADSTS50079 as soon as the account needs a second factor, which Microsoft asks of ever more accounts; AADSTS7000218 where the app does not allow public client flows; and no way in for accounts
 * that are not federated, where it is the Windows account. Microsoft advises against both flows.
 *
 * **When it fires.** A Microsoft 365 Scope with Username and Password or Integrated Windows Authentication. Where the app is known not to allow public client flows (`publicClientFlows` of the manifest, else
 * `isFallbackPublicClient`, in the older form `allowPublicClient`, of its registration, is false), the finding says that this sign-in is refused now; null and absence say nothing.
 *
 * **How to fix.** For an unattended robot: Application ID and Secret or Certificate, or an Integration Service connection. For an attended one: Interactive Token. Public client flows are turned on at the app, under Authentication, only where neither can be had.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on authentication troubleshooting; Microsoft's pages on the resource owner password flow, on AADSTS7000218 and on the app manifest.
 */
export const legacyAuth: Rule = {
  id: 'legacy-auth',
  severity: 'warning',
  stage: 'none',
  check: (context) =>
    activeDeclarations(context).flatMap((declaration) => {
      const { type, typeRange, registration } = declaration.signIn;
      if (type !== 'integrated-windows' && type !== 'username-password') return [];
      const how =
        registration?.publicClientFlows === false
          ? `which the app "${registration.key}" does not allow: its public client flows are off, and Entra refuses the sign-in (AADSTS7000218). Once they are on, it still fails as soon as the account needs a second factor.`
          : 'which fails as soon as the account needs a second factor, and where the app does not allow public client flows.';
      return [signInFinding(declaration, typeRange, `${nameOf(declaration)} signs in with ${typeNames[type]}, ${how}`)];
    }),
};
