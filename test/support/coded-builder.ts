/** Makes small projects of coded workflows, and tells what is called in them and on which connection. */
import { resolve } from 'node:path';
import { before } from 'node:test';
import type { Analysis } from '../../server/src/core/index';
import { loadParser } from '../../server/src/workspace/csharp/load';
import { analyzeTexts, type Files } from './analyze';

/** Connections that Studio's files name. */
export const ids = {
  robot: '0f6d3ab1-58a3-4bb0-9d3a-4f7e8a1c2b01',
  team: '0f6d3ab1-58a3-4bb0-9d3a-4f7e8a1c2b02',
  drive: '0f6d3ab1-58a3-4bb0-9d3a-4f7e8a1c2b03',
  sheet: '0f6d3ab1-58a3-4bb0-9d3a-4f7e8a1c2b04',
} as const;

/** Loads the parser for the tests of a file. */
export function useParser(): void {
  before(() => loadParser(resolve('dist')));
}

/** A coded workflow: statements, and other members of its class. */
export function coded(body: string, members = '', head = 'public class Main : CodedWorkflow'): string {
  return `using UiPath.CodedWorkflows;\nusing UiPath.MicrosoftOffice365.Activities.Api;\n\nnamespace Robot\n{\n    ${head}\n    {\n        ${members}\n\n        [Workflow]\n        public async Task Execute(string in_Address, bool in_Flag)\n        {\n            ${body}\n        }\n    }\n}\n`;
}

const api = 'UiPath.MicrosoftOffice365.Activities.Api';

/** Studio's files in `.codedworkflows`, in Studio's own form. */
export function studioFiles(): Record<string, string> {
  const factory = (name: string, kind: string, connections: Readonly<Record<string, string>>) => {
    const entries = Object.entries(connections);
    const properties = entries.map(([key]) => `        public ${api}.${kind} ${key} { get; set; }\n\n`).join('');
    const made = entries.map(([key, id]) => `            ${key} = new ${api}.${kind}("${id}", resolver);\n`).join('');
    return `    public class ${name}\n    {\n${properties}        public ${name}(ICodedWorkflowsServiceContainer resolver)\n        {\n${made}        }\n    }\n`;
  };
  const file = (content: string) => `using UiPath.CodedWorkflows;\nusing System;\n\nnamespace Robot\n{\n${content}}\n`;
  const factories = { Excel: 'ExcelFactory', O365Mail: 'O365MailFactory', OneDrive: 'OneDriveFactory' };
  const manager = Object.entries(factories);
  return {
    '.codedworkflows/ConnectionsFactory.cs': file(
      [
        factory('ExcelFactory', 'ExcelConnection', { Finance: ids.sheet }),
        factory('O365MailFactory', 'MailConnection', { Robot: ids.robot, Team: ids.team }),
        factory('OneDriveFactory', 'OneDriveConnection', { Robot: ids.drive }),
      ].join('\n'),
    ),
    '.codedworkflows/ConnectionsManager.cs': file(
      `    public class ConnectionsManager\n    {\n${manager.map(([key, type]) => `        public ${type} ${key} { get; set; }\n`).join('')}        public ConnectionsManager(ICodedWorkflowsServiceContainer resolver)\n        {\n${manager.map(([key, type]) => `            ${key} = new ${type}(resolver);\n`).join('')}        }\n    }\n`,
    ),
    '.codedworkflows/CodedWorkflow.cs': file(
      `    public partial class CodedWorkflow : CodedWorkflowBase\n    {\n        protected ${api}.IOffice365ConnectionsService office365 { get => serviceContainer.Resolve<${api}.IOffice365ConnectionsService>(); }\n        protected ConnectionsManager connections { get; set; }\n    }\n`,
    ),
  };
}

export const projectJson = JSON.stringify({
  name: 'Robot',
  main: 'Main.cs',
  dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.6.10]' },
  studioVersion: '25.10.3',
  targetFramework: 'Portable',
});

/** Files of a project, by their paths below `/project`. */
export function inProject(texts: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(texts).map(([name, text]) => [`/project/${name}`, text]));
}

/** A manifest with a connection for each id, open where nothing else is said. */
export function manifestOf(connections: Readonly<Record<string, readonly string[]>> = {}, more: object = {}): string {
  const entries = (Object.keys(ids) as (keyof typeof ids)[]).map((key) => [
    key,
    { id: ids[key], account: 'personal', scopes: connections[key] ?? [] },
  ]);
  return JSON.stringify({ connections: Object.fromEntries(entries), ...more }, undefined, 2);
}

const nameOf = (id: string) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;

/** What is called on which connection: `Mail.SendEmail robot`; an expression stands in brackets. */
export function toldCalls({ project }: Analysis): string[] {
  return project.uses.map(({ displayName, connection }) => {
    const on = connection?.isExpression ? `[${connection.text}]` : nameOf(connection?.text ?? 'nothing');
    return `${displayName.replace('office365.', '')} ${on}`;
  });
}

/** Connections of which something may be used unseen. */
export function toldOpen({ project }: Analysis): string[] {
  return project.declarations.flatMap(({ connection, hasOpenUse }) => (connection !== undefined && hasOpenUse ? [connection] : []));
}

/** Analyses one coded workflow beside Studio's files and a manifest. */
export function analyzeCoded(text: string, more: Readonly<Record<string, string>> = {}): Analysis {
  return analyzeTexts(
    inProject({ 'project.json': projectJson, 'm365-automation.json': manifestOf(), ...studioFiles(), 'Main.cs': text, ...more }),
  );
}
