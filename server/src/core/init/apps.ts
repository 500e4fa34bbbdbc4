/** Works out what a new manifest says of the app registrations that Microsoft 365 Scopes of workflows name. */
import type { Catalog } from '../catalog/types';
import { takeKey } from '../project/connection-names';
import type { Declaration, Project, ScopeElement } from '../project/model';
import { settingOf } from '../project/sign-in';
import type { Member } from './jsonc';
import { comparePlaces, knownAtRunTime, type Place, shown, type WayTo } from './names';

interface FoundScope extends Place {
  readonly declaration: Declaration;
  readonly element: ScopeElement;
}

/** The entries of `apps`: one for each literal application id that is not UiPath's. */
export function appMembers(project: Project, catalog: Catalog, wayTo: WayTo): Member[] {
  const found = new Map<string, { clientId: string; scopes: FoundScope[] }>();
  for (const scope of activeScopes(project, wayTo)) {
    const id = settingOf(scope.element, 'ApplicationId');
    const key = id.text.trim().toLowerCase();
    if (id.kind !== 'literal' || key === '' || key === catalog.publicApp.clientId.toLowerCase()) continue;
    const known = found.get(key);
    if (known) known.scopes.push(scope);
    else found.set(key, { clientId: id.text.trim(), scopes: [scope] });
  }
  const taken = new Set<string>();
  return [...found.values()].map(({ clientId, scopes }) => {
    const tenants = tenantsOf(scopes);
    const [tenant] = tenants;
    const isOne = tenant !== undefined && tenants.length === 1;
    return {
      key: takeKey('app', taken),
      comments: [`Of ${shown(scopes)}.`],
      value: {
        head: [
          ...(scopes.every(({ declaration }) => declaration.signIn.app === 'uipath') ? [uipathNote] : []),
          ...(tenants.length > 1 ? [`Add "tenant": the workflows name ${tenants.join(' and ')}.`] : []),
          registrationNote,
        ],
        members: [{ key: 'clientId', value: clientId }, ...(isOne ? [{ key: 'tenant', value: tenant }] : [])],
      },
    };
  });
}

const uipathNote = 'The workflows sign in with the app of UiPath: this id has no effect there.';
const registrationNote = 'Add "audience" and "redirectUris" as they are registered: then the tenant and the redirect URIs are checked.';

/**
 * What is said of scopes whose application id only the run knows.
 * @param apps keys of the entries of `apps`: the only one is taken to be the one that is meant.
 */
export function hiddenAppNotes(project: Project, apps: readonly string[], wayTo: WayTo): string[] {
  const byExpression = new Map<string, FoundScope[]>();
  for (const scope of activeScopes(project, wayTo)) {
    const id = settingOf(scope.element, 'ApplicationId');
    if (id.kind !== 'expression' || scope.declaration.signIn.app === 'uipath') continue;
    const known = knownAtRunTime(id.text);
    byExpression.set(known, [...(byExpression.get(known) ?? []), scope]);
  }
  const [only, ...others] = apps;
  const what =
    only !== undefined && others.length === 0
      ? `It is taken to be ${JSON.stringify(only)}: if it is another app, add that to "apps" and name it in "applicationScopes".`
      : 'Describe the app in "apps", and say in "applicationScopes" which workflows use it.';
  return [...byExpression].map(([known, scopes]) => `${known}: the application id of ${shown(scopes)}. ${what}`);
}

/** Scopes that sign in by what they say themselves. */
function activeScopes({ declarations }: Project, wayTo: WayTo): FoundScope[] {
  return declarations
    .flatMap((declaration) => {
      const { element, document, label, range, signIn } = declaration;
      return element && signIn.isActive ? [{ name: label, file: wayTo(document.path), start: range.start, declaration, element }] : [];
    })
    .sort(comparePlaces);
}

function tenantsOf(scopes: readonly FoundScope[]): string[] {
  const tenants = scopes.map(({ element }) => settingOf(element, 'TenantId')).filter(({ kind }) => kind === 'literal');
  return [...new Map(tenants.map(({ text }) => [text.trim().toLowerCase(), text.trim()])).values()];
}
