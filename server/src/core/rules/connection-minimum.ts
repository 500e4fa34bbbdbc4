import { namesMeant } from '../permissions/form';
import { findPermission } from '../permissions/satisfy';
import type { Rule } from './rule';
import { about, addition, listed, nameOf } from './support/shared';

/**
 * A connection with an own app lacks what its connector cannot do without.
 *
 * **What happens.** Bring your own app sends its list as it is: without `offline_access` there is no refresh token and the connection ends within the hour;
 * without the connector's minimum it cannot be made at all.
 *
 * **When it fires.** `byo-app` with a list that lacks `offline_access`, or a scope of the connector's minimum; names are compared, as the connector does. UiPath's own app adds them by itself.
 *
 * **How to fix.** Add them: the preferred fix does.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on each connector's authentication; Microsoft's page on refresh tokens.
 */
export const connectionMinimum: Rule = {
  id: 'connection-minimum',
  severity: 'warning',
  stage: 'missing',
  check: (context) =>
    context.assessments.flatMap(({ declaration, known, malformed }) => {
      if (declaration.signIn.type !== 'byo-app' || declaration.open !== undefined) return [];
      const connector = context.catalog.connectors.get(declaration.connector ?? '');
      const meant = malformed
        .flatMap(({ fault }) => namesMeant(fault))
        .flatMap((text) => findPermission(context.catalog, text)?.value ?? []);
      const names = new Set([...known.map(({ permission }) => permission.value), ...meant]);
      const missing = [...new Set(['offline_access', ...(connector?.minimum ?? [])])].filter((name) => !names.has(name));
      if (missing.length === 0) return [];
      const fix = addition(context, declaration, missing, true);
      const isShort = missing.includes('offline_access');
      const others = missing.filter((name) => name !== 'offline_access');
      const effects = [
        isShort ? 'without offline_access it ends within the hour' : undefined,
        others.length > 0 ? `the connector ${connector?.name ?? ''} makes no connection without ${listed(others, 'and')}` : undefined,
      ].filter((effect) => effect !== undefined);
      return [
        {
          ...about(declaration),
          range: declaration.range,
          message: `${nameOf(declaration)} sends its list as it is, and lacks ${listed(missing, 'and')}: ${effects.join('; ')}.`,
          scopes: missing,
          why: [],
          fixes: fix ? [fix] : [],
        },
      ];
    }),
};
