/** Reads what project.json says that rules depend on: the target framework, and whether it belongs to an automation at all. */
import { parseJson, propertyOf, stringOf } from '../json/parse';
import { lineStarts } from '../text';
import type { ProjectDocument } from './model';

/** Keys that only the project.json of an automation has; other tools use the same file name. */
const telling = ['studioVersion', 'targetFramework', 'expressionLanguage', 'designOptions', 'runtimeOptions'];

/** Reads a project.json. */
export function fromProjectJson(path: string, text: string): ProjectDocument {
  const { root, fault, limit } = parseJson(text);
  const isAutomation =
    telling.some((key) => propertyOf(root, key)) ||
    (propertyOf(root, 'main') !== undefined && propertyOf(root, 'dependencies') !== undefined);
  return {
    kind: 'project',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    isAutomation,
    targetFramework: stringOf(root, 'targetFramework'),
  };
}
