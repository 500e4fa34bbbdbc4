import { filterFault } from '../odata/filter';
import type { Rule } from './rule';

/**
 * The filter of Get Mail is no OData expression.
 *
 * **What happens at run time.** "Invalid Query. Please use OData format", or Graph answers 400.
 *
 * **When it fires.** `Query` is a literal that does not parse: a quote or parenthesis that is never closed, an operator that OData does not have (`=`, `==`, `&&`, `like`), an operand that is missing. Names of properties
 * are not checked. An expression is left alone.
 *
 * **How to fix.** Write it as OData: `subject eq 'Invoice' and isRead eq false`. A quote in a text is doubled.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** OASIS, OData 4.01 URL conventions; UiPath's page on Get Mail.
 */
export const filterSyntax: Rule = {
  id: 'filter-syntax',
  severity: 'warning',
  stage: 'none',
  check: ({ project }) =>
    project.uses.flatMap(({ activity, document, displayName, read, id }) => {
      if (activity?.id !== 'UiPath.MicrosoftOffice365.Activities.Mail.GetMail' || document.kind !== 'xaml') return [];
      const { kind, text, start, end } = read('Query');
      const fault = kind === 'literal' ? filterFault(text) : undefined;
      if (fault === undefined) return [];
      return [
        {
          file: document.path,
          range: { start, end },
          message: `The filter of ${displayName} is no OData expression: ${fault}.`,
          scopes: [],
          activity: id,
          why: [],
          fixes: [],
        },
      ];
    }),
};
