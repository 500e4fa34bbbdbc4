/** Reads what project.json says that rules depend on: target framework, how it runs, what it depends on, and whether it belongs to an automation at all. */
import { itemsOf, parseJson, propertiesOf, propertyOf, spanOf, stringOf } from '../json/parse';
import { lineStarts } from '../text';
import type { ProjectDocument } from './model';

/** Keys that only the project.json of an automation has; other tools use the same file name. */
const telling = ['studioVersion', 'targetFramework', 'expressionLanguage', 'designOptions', 'runtimeOptions'];

/** Reads a project.json. */
export function fromProjectJson(path: string, text: string): ProjectDocument {
  const { root, fault, limit } = parseJson(text, 'project');
  const isAutomation =
    telling.some((key) => propertyOf(root, key)) ||
    (propertyOf(root, 'main') !== undefined && propertyOf(root, 'dependencies') !== undefined);
  const dependencies = propertyOf(root, 'dependencies');
  const runtime = propertyOf(root, 'runtimeOptions')?.value;
  const interaction = propertyOf(runtime, 'requiresUserInteraction')?.value;
  const entryPoints = itemsOf(propertyOf(root, 'entryPoints')?.value).map((entry) => stringOf(entry, 'filePath'));
  const outputType = stringOf(propertyOf(root, 'designOptions')?.value, 'outputType');
  return {
    kind: 'project',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    isAutomation,
    targetFramework: stringOf(root, 'targetFramework'),
    requiresUserInteraction: interaction?.type === 'boolean' ? interaction.value === true : undefined,
    outputType,
    entryFiles: [stringOf(root, 'main'), ...entryPoints].filter((file) => file !== undefined),
    isShared: (outputType ?? 'Process').toLowerCase() !== 'process' || stringOf(runtime, 'exceptionHandlerWorkflow') !== undefined,
    dependencies: new Set(propertiesOf(dependencies?.value).map(({ name }) => name.toLowerCase())),
    dependenciesRange: dependencies ? spanOf(dependencies.key) : root ? { start: root.offset, end: root.offset + 1 } : { start: 0, end: 0 },
  };
}
