import type { Rule } from './rule';
import { about, addition, listed, nameOf } from './support/shared';

/**
 * A connection with an own app lacks what its connector cannot do without.
 *
 * **What happens.** Bring your own app sends its list as it is: without `offline_access` there is no refresh token and the connection dies within the hour;
 * without the connector's minimum it cannot be made at all.
 *
 * **When it fires.** `byo-app` with a list that lacks `offline_access`, or a scope of the connector's minimum that no declared one covers. UiPath's own app adds them by itself.
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
    context.assessments.flatMap(({ declaration, known }) => {
      if (declaration.signIn.type !== 'byo-app' || declaration.open !== undefined) return [];
      const connector = context.catalog.connectors.get(declaration.connector ?? '');
      const names = new Set(known.map(({ permission }) => permission.value));
      const missing = [...new Set(['offline_access', ...(connector?.minimum ?? [])])].filter((name) => !names.has(name));
      if (missing.length === 0) return [];
      const fix = addition(context, declaration, missing, true);
      const effect = missing.includes('offline_access')
        ? 'without offline_access it dies within the hour'
        : `the connector ${connector?.name ?? ''} cannot do without`;
      return [
        {
          ...about(declaration),
          range: declaration.range,
          message: `${nameOf(declaration)} sends its list as it is, and lacks ${listed(missing, 'and')}: ${effect}.`,
          scopes: missing,
          why: [],
          fixes: fix ? [fix] : [],
        },
      ];
    }),
};
