/** What the rules about signing in say or do alike. */
import type { Catalog, SignInType } from '../../catalog/types';
import type { Fix } from '../../problem';
import type { Declaration, ScopeElement } from '../../project/model';
import { settingOf } from '../../project/sign-in';
import type { Span, TextEdit } from '../../text';
import { clearProperty, propertySpan, setProperty } from '../../xaml/property-edit';
import type { Finding, RuleContext } from '../rule';
import { about } from './shared';

/** How each type is called in Studio and in Integration Service. */
export const typeNames: Readonly<Record<SignInType, string>> = {
  'interactive-token': 'Interactive Token',
  'integrated-windows': 'Integrated Windows Authentication',
  'username-password': 'Username and Password',
  'client-secret': 'Application ID and Secret',
  'client-certificate': 'Application ID and Certificate',
  'oauth-authorization-code': 'OAuth 2.0 Authorization code',
  'byo-app': 'Bring your own OAuth 2.0 app',
  'oauth-client-credentials': 'OAuth 2.0 Client credentials',
  'oauth-client-certificate': 'Client Certificate Authentication',
};

/** Declarations whose sign-in is decided where they stand, with their scope in a workflow where it is one. */
export function activeDeclarations({ project }: RuleContext): Declaration[] {
  return project.declarations.filter(({ signIn }) => signIn.isActive);
}

/** A finding about how something signs in. */
export function signInFinding(declaration: Declaration, range: Span, message: string, fixes: readonly Fix[] = []): Finding {
  return { ...about(declaration), range: visible(range), message, scopes: [], why: [], fixes };
}

/** An empty value is shown with the quotes around it. */
function visible({ start, end }: Span): Span {
  return start === end ? { start: Math.max(0, start - 1), end: end + 1 } : { start, end };
}

/** True when a setting of the sign-in holds a literal or an expression. */
export function isSet(scope: ScopeElement, name: string): boolean {
  return settingOf(scope, name).kind !== 'empty';
}

/** Where a setting stands; the name of the scope where it is absent. */
export function placeOfSetting({ element }: ScopeElement, name: string): Span {
  return propertySpan(element, name) ?? { start: element.nameStart, end: element.nameStart + element.name.length };
}

/** Whether "OAuth Application: Custom" would sign in with an app of the author's own, and everything for that is filled in. */
export function canBeCustom({ element, signIn }: Declaration, { publicApp }: Catalog): boolean {
  if (!element || signIn.app !== 'uipath' || !isSet(element, 'ApplicationId')) return false;
  const isPublicId = settingOf(element, 'ApplicationId').text.trim().toLowerCase() === publicApp.clientId;
  const needsTenant = signIn.registration?.audience === 'single-tenant' && settingOf(element, 'TenantId').kind === 'empty';
  return !isPublicId && !needsTenant;
}

/** Where the tenant stands, whether or not it is filled in: packages have two names for it. */
export function placeOfTenant(scope: ScopeElement): Span {
  const { element, settings } = scope;
  const names = ['TenantId', 'Tenant'];
  const filled = names.find((name) => settings.get(name)?.kind !== 'empty');
  const value = settings.get(filled ?? '');
  // The default of an argument stands elsewhere: what is shown is the scope's own property.
  if (value && value.start >= element.start && value.end <= element.end) return value;
  const there = names.find((name) => propertySpan(element, name) !== undefined);
  return placeOfSetting(scope, filled ?? there ?? 'TenantId');
}

/** A fix that clears settings of a scope. */
export function clearing({ document }: Declaration, { element }: ScopeElement, names: readonly string[], title: string): Fix {
  return fixOf(
    document.path,
    title,
    names.flatMap((name) => clearProperty(document.text, element, name)),
  );
}

/** A fix that sets one setting of a scope. */
export function setting({ document }: Declaration, { element }: ScopeElement, name: string, value: string, title: string): Fix {
  return fixOf(document.path, title, setProperty(document.text, element, name, value));
}

/** A fix in one file that is offered, never applied unasked: how an automation signs in is its author's choice. */
export function fixOf(file: string, title: string, edits: readonly TextEdit[]): Fix {
  return { title, preferred: false, changes: [{ file, edits }] };
}

/** The same, for edits that take a walk through the whole file: they are made when somebody asks for them. */
export function laterFix(file: string, title: string, makeEdits: () => readonly TextEdit[]): Fix {
  let made: readonly TextEdit[] | undefined;
  return {
    title,
    preferred: false,
    get changes() {
      made ??= makeEdits();
      return [{ file, edits: made }];
    },
  };
}
