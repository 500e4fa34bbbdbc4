import { titleOf } from '../project/bindings';
import { connectorOf } from '../project/link-connection';
import type { Use } from '../project/model';
import type { Finding, Rule } from './rule';
import { about, namedIn } from './support/shared';

/**
 * An activity uses a connection of another connector.
 *
 * **What happens at run time.** The activity cannot use the connection: it was made for other activities, and its token has other scopes.
 *
 * **When it fires.** The connection's connector is known (the manifest states `connector`, or else the bindings do), so is that of the
 * activity (from the catalogue, or from the configuration of a connector activity), and they differ. Where no manifest
 * states the connector it is a warning: bindings are made by tools, and may be old.
 *
 * **How to fix.** Choose a connection of the activity's connector, or correct `connector` in the manifest; where the bindings are wrong, save the project in Studio.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's pages on the activities and connectors.
 */
export const connectorMismatch: Rule = {
  id: 'connector-mismatch',
  severity: 'error',
  stage: 'none',
  check: ({ project, catalog }) => {
    const called = (key: string) => catalog.connectors.get(key)?.name ?? key;
    const toFinding = (
      use: Use,
      connector: string,
      name: string,
      rest: Pick<Finding, 'connection' | 'declaration' | 'declaredAt' | 'severity'>,
    ) => {
      const wanted = connectorOf(use);
      if (wanted === undefined || wanted === connector) return [];
      const { document, range, displayName, id } = use;
      return [
        {
          ...rest,
          file: document.path,
          range: { start: range.start, end: range.end },
          message: `${displayName} works with ${called(wanted)}, and ${name} is one of ${called(connector)}.`,
          scopes: [],
          activity: id,
          why: [],
          fixes: [],
        },
      ];
    };
    return [
      ...project.declarations.flatMap((declaration) => {
        const { connector, entry, uses } = declaration;
        if (!entry || connector === undefined) return [];
        const isStated = entry.connector !== undefined;
        return uses.flatMap((use) =>
          toFinding(use, connector, namedIn(declaration), { ...about(declaration), ...(isStated ? {} : onlyBound) }),
        );
      }),
      ...project.undeclared.flatMap(({ id, isExpression, name, uses }) => {
        const bound = isExpression ? undefined : project.factsOf([id]).connector;
        if (bound === undefined) return [];
        return uses.flatMap((use) => toFinding(use, bound, `the connection ${titleOf(id, name)}`, { connection: id, ...onlyBound }));
      }),
    ];
  },
};

/** Nobody wrote it down for this: bindings are made by tools, and may be old. */
const onlyBound = { severity: 'warning' } as const;
