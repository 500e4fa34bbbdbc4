import type { Catalog } from '../catalog/types';
import { flagNames } from '../permissions/flags';
import { nearest } from '../permissions/nearest';
import { splitPrefix } from '../permissions/satisfy';
import type { Declaration } from '../project/model';
import type { Rule } from './rule';
import { unknownEntries } from './support/registration';
import { about, listed, nameOf, removal, replacement } from './support/shared';

/**
 * A declared scope that Microsoft Graph does not have.
 *
 * **What happens at run time.** Sign-in fails: AADSTS70011 or AADSTS650053, "the application asked for scope … that doesn't exist".
 *
 * **When it fires.** The catalogue has no permission of that name, whatever its letter case and resource prefix. Names in a list that has
 * no effect at run time (app-only sign-in, an Orchestrator asset, a connection) are left alone. In the registration of an app: a name or a
 * GUID under Microsoft Graph that is none of its permissions.
 *
 * **How to fix.** Correct the name. Where exactly one known name is nearest, within two letters, the preferred fix puts it in.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`. If Microsoft has added the
 * permission since the catalogue's date, tell us.
 *
 * **Where the facts come from.** `schemas/permissions.json`: the live Microsoft Graph service principal and Microsoft's own model, with dates.
 */
export const unknownScope: Rule = {
  id: 'unknown-scope',
  severity: 'error',
  stage: 'unknown',
  check: (context) => [
    ...context.assessments.flatMap(({ declaration, unknown }) =>
      unknown.map(({ declared, index }) => {
        const isFlag = declaration.form?.kind === 'services';
        const { prefix, name, isKnown } = splitPrefix(declared.text);
        const near = nearest(name, isFlag ? flagNames(context.catalog) : proposals(context.catalog, declaration));
        const isSure = near.length === 1 && isKnown;
        return {
          ...about(declaration),
          range: { start: declared.start, end: declared.end },
          scopes: [declared.text],
          message: `${nameOf(declaration)} declares ${JSON.stringify(declared.text)}, ${reason(context.catalog.date, isFlag, isKnown ? '' : prefix)}.${near.length > 0 ? ` Did you mean ${listed(near, 'or')}?` : ''}`,
          why: [],
          fixes: [
            ...near.map((proposed) => replacement(declaration, index, proposed, isSure)),
            removal(declaration, index, declared, false),
          ],
        };
      }),
    ),
    ...unknownEntries(context),
  ],
};

function reason(date: string, isFlag: boolean, foreignPrefix: string): string {
  if (isFlag) return 'which is no service that old packages know';
  if (foreignPrefix !== '') return `but ${foreignPrefix} is neither Microsoft Graph nor Exchange Online`;
  return `which is no Microsoft Graph permission known on ${date}`;
}

/** Names that can be asked for in this declaration: those without an id, and those granted on one resource only, are never proposed. */
function proposals(catalog: Catalog, { kind }: Declaration): string[] {
  const id = kind === 'delegated' ? 'delegatedId' : 'applicationId';
  return [...catalog.permissions.values()]
    .filter((permission) => permission[id] !== undefined && permission.enabled !== false && !permission.resourceSpecific)
    .map(({ value }) => value);
}
