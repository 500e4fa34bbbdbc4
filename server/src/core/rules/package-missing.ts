import type { Why } from '../problem';
import type { Use } from '../project/model';
import type { Rule } from './rule';
import { activityNames, listed } from './support/shared';

const packageName = 'UiPath.MicrosoftOffice365.Activities';

/**
 * Activities of the Microsoft 365 package are used, and project.json does not depend on it.
 *
 * **What happens at run time.** Studio shows the activities as unknown, and the robot cannot load the workflow.
 *
 * **When it fires.** A workflow of the project holds an activity of the package that is not commented out, or a coded workflow calls the `office365` service, and `dependencies` does not name UiPath.MicrosoftOffice365.Activities. Where it names packages of other makers, one of them may bring it along: then it is information.
 *
 * **How to fix.** Install the package in Studio (*Manage Packages*), which writes the version that fits.
 *
 * **How to silence.** The setting `m365Scopes.rules`.
 */
export const packageMissing: Rule = {
  id: 'package-missing',
  severity: 'warning',
  stage: 'none',
  check: ({ project, catalog }) => {
    const { settings, documents } = project;
    if (!settings || settings.fault || settings.limit || settings.dependencies.has(packageName.toLowerCase())) return [];
    const inWorkflows = documents.flatMap((document) =>
      document.kind !== 'xaml'
        ? []
        : document.candidates.flatMap(({ id, range, disabled }): Why[] => {
            const activity = disabled ? undefined : catalog.activities.get(id);
            if (!activity) return [];
            return [
              {
                activity: id,
                displayName: activity.displayName,
                file: document.path,
                condition: 'always',
                start: range.start,
                end: range.end,
              },
            ];
          }),
    );
    const why = [...inWorkflows, ...project.uses.flatMap(inCode)];
    if (why.length === 0) return [];
    const others = [...settings.dependencies].filter((name) => !name.startsWith('uipath.'));
    const unless = others.length > 0 ? ` It may come with ${listed(others, 'or')}.` : '';
    return [
      {
        file: settings.path,
        range: settings.dependenciesRange,
        message: `The project uses ${activityNames(why)} and does not depend on the package ${packageName}.${unless}`,
        ...(others.length > 0 ? { severity: 'information' as const, guess: true } : {}),
        scopes: [],
        why,
        fixes: [],
      },
    ];
  },
};

/** A method of a coded workflow needs the package as the activity does. */
function inCode({ id, displayName, document, range }: Use): Why[] {
  if (document.kind !== 'coded') return [];
  return [{ activity: id, displayName, file: document.path, condition: 'always', start: range.start, end: range.end }];
}
