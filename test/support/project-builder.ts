/** Makes small automation projects out of a few values, so that a table of cases needs no files on disk. */
import type { Files } from './analyze';

/** Attributes of an element, as they stand in the file but not yet escaped. */
export type Attributes = Readonly<Record<string, string>>;

const packageRoot = 'UiPath.MicrosoftOffice365.Activities';

/** Usual prefix of each namespace of the package. */
const prefixes: Readonly<Record<string, string>> = {
  '': 'uma',
  Mail: 'umam',
  'Mail.Models': 'umamm',
  Calendar: 'umac',
  Excel: 'umae',
  Files: 'umaf',
  Sharepoint: 'umas',
  General: 'umag',
  'Planner.Tasks': 'umt',
  Groups: 'umgr',
};

const namespaces = [
  'xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"',
  'xmlns:mg="clr-namespace:Microsoft.Graph;assembly=Microsoft.Graph"',
  'xmlns:scg="clr-namespace:System.Collections.Generic;assembly=System.Private.CoreLib"',
  'xmlns:this="clr-namespace:"',
  'xmlns:ui="http://schemas.uipath.com/workflow/activities"',
  'xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml"',
  ...Object.entries(prefixes).map(
    ([namespace, prefix]) =>
      `xmlns:${prefix}="clr-namespace:${[packageRoot, namespace].filter(Boolean).join('.')};assembly=${packageRoot}"`,
  ),
].join(' ');

/** The GUIDs that connections and apps of these projects have. */
export const ids = {
  mail: '11111111-2222-3333-4444-555555555555',
  files: '11111111-2222-3333-4444-666666666666',
  app: '11111111-2222-3333-4444-777777777777',
  publicApp: 'f2f43f65-16a6-4319-91b6-d2a342a88744',
} as const;

export const paths = {
  workflow: '/project/Main.xaml',
  second: '/project/Second.xaml',
  manifest: '/project/m365-automation.json',
  project: '/project/project.json',
} as const;

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

/** An element of the package by its name below the package's namespace, such as `Mail.SendMail`. */
export function activity(name: string, attributes: Attributes = {}, content = ''): string {
  const dot = name.lastIndexOf('.');
  const prefix = prefixes[name.slice(0, Math.max(dot, 0))];
  if (prefix === undefined) throw new Error(`no prefix for ${name}`);
  const element = `${prefix}:${name.slice(dot + 1)}`;
  return `<${element}${attributesText(attributes)}>${content}</${element}>`;
}

/** A modern activity that uses a connection of its own. */
export function connected(name: string, id: string, attributes: Attributes = {}): string {
  return activity(name, { ConnectionId: id, UseConnectionService: 'True', ...attributes });
}

/** A modern activity as it stands inside a Microsoft 365 Scope. */
export function inScope(name: string, attributes: Attributes = {}, content = ''): string {
  return activity(name, { ConnectionId: '{x:Null}', UseConnectionService: 'False', ...attributes }, content);
}

export function commentedOut(content: string): string {
  return `<ui:CommentOut><ui:CommentOut.Body><Sequence>${content}</Sequence></ui:CommentOut.Body></ui:CommentOut>`;
}

export interface ScopeParts {
  readonly attributes?: Attributes;
  /** The list `AuthenticationScopes`; absent: the element has none. */
  readonly scopes?: readonly string[];
  /** Property elements beside it. */
  readonly properties?: string;
  readonly body?: string;
  /** Type argument of the body. */
  readonly bodyType?: string;
}

/** A Microsoft 365 Scope. */
export function scope({ attributes = {}, scopes, properties = '', body = '', bodyType = 'x:Object' }: ScopeParts): string {
  const name = 'uma:Office365ApplicationScope';
  const items = (scopes ?? []).map((value) => `<InArgument x:TypeArguments="x:String">${escapeXml(value)}</InArgument>`).join('\n');
  const list = `<${name}.AuthenticationScopes>
<scg:List x:TypeArguments="InArgument(x:String)" Capacity="${scopes?.length}">
${items}
</scg:List>
</${name}.AuthenticationScopes>`;
  return `<${name}${attributesText({ DisplayName: 'Microsoft 365 Scope', ...attributes })}>
${scopes ? list : ''}${properties}
<${name}.Body>
<ActivityAction x:TypeArguments="${bodyType}">
<ActivityAction.Argument>
<DelegateInArgument x:TypeArguments="${bodyType}" Name="ParentScope" />
</ActivityAction.Argument>
<Sequence DisplayName="Do">
${body}
</Sequence>
</ActivityAction>
</${name}.Body>
</${name}>`;
}

/** A workflow around some content; the attributes are defaults of arguments. */
export function workflow(content: string, attributes: Attributes = {}): string {
  return `<Activity x:Class="Main"${attributesText(attributes)} ${namespaces}>
<Sequence>
${content}
</Sequence>
</Activity>`;
}

export interface ProjectParts {
  /** Content of Main.xaml; absent: there is no such file. */
  readonly content?: string;
  readonly manifest?: object;
  /** Keys of project.json that differ from the usual ones, undefined to leave one out; false: there is no such file. */
  readonly project?: Readonly<Record<string, unknown>> | false;
}

/** A project on the Windows framework that depends on the package. */
export function project({ content, manifest, project: changed = {} }: ProjectParts): Files {
  const files = new Map<string, string>();
  if (content !== undefined) files.set(paths.workflow, workflow(content));
  if (manifest) files.set(paths.manifest, JSON.stringify(manifest, undefined, 2));
  if (changed !== false) files.set(paths.project, projectJson(changed));
  return files;
}

function projectJson(changed: Readonly<Record<string, unknown>>): string {
  const usual = {
    name: 'Robot',
    main: 'Main.xaml',
    dependencies: { [packageRoot]: '[3.4.10]', 'UiPath.System.Activities': '[24.10.3]' },
    schemaVersion: '4.0',
    studioVersion: '24.10.0',
    targetFramework: 'Windows',
  };
  return JSON.stringify({ ...usual, ...changed }, undefined, 2);
}

/** A project with one connection in its manifest, and a workflow with some content. */
export function connectionProject(connection: object, content = '', rest: object = {}): Files {
  return project({ content, manifest: { ...rest, connections: { robot: connection } } });
}
