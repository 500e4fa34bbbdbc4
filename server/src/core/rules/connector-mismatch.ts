import type { Rule } from './rule';
import { about, namedIn } from './support/shared';

/**
 * An activity uses a connection of another connector.
 *
 * **What happens at run time.** The activity cannot use the connection: it was made for other activities, and its token has other scopes.
 *
 * **When it fires.** The manifest states the connection's `connector`, the catalogue knows that of the activity, and they differ.
 *
 * **How to fix.** Choose a connection of the activity's connector, or correct `connector` in the manifest.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the activities and connectors.
 */
export const connectorMismatch: Rule = {
  id: 'connector-mismatch',
  severity: 'error',
  stage: 'none',
  check: ({ project, catalog }) =>
    project.declarations.flatMap((declaration) => {
      const { connector } = declaration;
      if (!declaration.entry || connector === undefined) return [];
      return declaration.uses.flatMap((use) => {
        const wanted = use.activity?.connector;
        if (wanted === undefined || wanted === connector) return [];
        const called = (key: string) => catalog.connectors.get(key)?.name ?? key;
        return [
          {
            ...about(declaration),
            file: use.document.path,
            range: { start: use.range.start, end: use.range.end },
            message: `${use.displayName} works with ${called(wanted)}, and ${namedIn(declaration)} is one of ${called(connector)}.`,
            scopes: [],
            activity: use.id,
            why: [],
            fixes: [],
          },
        ];
      });
    }),
};
