/** Makes the first manifest of an automation that a test holds as texts. */
import { dirname } from 'node:path';
import { type Init, initManifest } from '../../server/src/core/init/manifest';
import { analyzeTexts, type Files, options } from './analyze';
import { catalog } from './catalog';

/** Where the manifest of an automation goes: beside its project.json, or its first file. */
export function manifestPath(files: Files): string {
  const paths = [...files.keys()].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const beside = paths.find((path) => path.endsWith('/project.json')) ?? paths[0] ?? '/project/Main.xaml';
  return `${dirname(beside)}/m365-automation.json`;
}

/** What init makes of it. */
export function initOf(files: Files): Init {
  return initManifest(analyzeTexts(files).project, catalog, { ...options, newManifest: manifestPath(files) });
}

/** The text that init makes; a refusal fails. */
export function textOf(files: Files): string {
  const made = initOf(files);
  if (made.kind === 'refused') throw new Error(made.reason);
  return made.text;
}

/** The automation with the manifest in it. */
export function withManifest(files: Files): Files {
  return new Map([...files, [manifestPath(files), textOf(files)]]);
}
