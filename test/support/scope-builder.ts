/** Makes the files of small automations around a Microsoft 365 Scope, so that tables of sign-ins can be generated. */
import type { Files } from './analyze';

/** Values by the name of a property; undefined leaves it out. */
export type Properties = Readonly<Record<string, string | undefined>>;

export const publicClientId = 'f2f43f65-16a6-4319-91b6-d2a342a88744';
export const ownClientId = '6a1f9c52-7d3e-4b0a-8f61-2c94d5e7a130';
export const otherClientId = '0b7e4d18-93c5-4f2a-a6d0-51e8c3f7b924';
export const tenantGuid = '3f8b1d74-2a6c-4e95-b0d7-9c51e4a8f263';

/** Stands in every literal secret that a test writes: no message may hold it. */
export const secretMark = 'never-to-be-told';

/** Where the files of an automation stand. */
export const paths = {
  workflow: '/fixture/Main.xaml',
  manifest: '/fixture/m365-automation.json',
  project: '/fixture/project.json',
};

const namespaces: Properties = {
  xmlns: 'http://schemas.microsoft.com/netfx/2009/xaml/activities',
  'xmlns:mca': 'clr-namespace:Microsoft.CSharp.Activities;assembly=System.Activities',
  'xmlns:mva': 'clr-namespace:Microsoft.VisualBasic.Activities;assembly=System.Activities',
  'xmlns:scg': 'clr-namespace:System.Collections.Generic;assembly=System.Private.CoreLib',
  'xmlns:this': 'clr-namespace:',
  'xmlns:ui': 'http://schemas.uipath.com/workflow/activities',
  'xmlns:uma': 'clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities',
  'xmlns:umam': 'clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities',
  'xmlns:usau': 'clr-namespace:UiPath.Shared.Activities.Utils;assembly=UiPath.MicrosoftOffice365.Activities',
  'xmlns:x': 'http://schemas.microsoft.com/winfx/2006/xaml',
};

export interface ScopeParts {
  /** As the author means them: escaping is done here. */
  readonly attributes?: Properties;
  /** Raw content of property elements: `TenantId` becomes the element `….TenantId`. */
  readonly children?: Properties;
  /** What its list holds. */
  readonly scopes?: readonly string[];
  /** Raw activities of its body. */
  readonly activities?: string;
  readonly prefix?: string;
}

const sendMail = '<umam:SendMail Account="{x:Null}" AuthScopesInvalid="False" IsDraft="False" Subject="Report" To="[to]" />';

/** Makes one Office365ApplicationScope. */
export function scope({
  attributes = {},
  children = {},
  scopes = ['mail.send'],
  activities = sendMail,
  prefix = 'uma',
}: ScopeParts): string {
  const name = `${prefix}:Office365ApplicationScope`;
  const properties = written({ DisplayName: 'Microsoft 365 Scope', ...attributes });
  const elements = Object.entries(children).flatMap(([key, content]) =>
    content === undefined ? [] : [`  <${name}.${key}>${content}</${name}.${key}>`],
  );
  const items = scopes.map((value) => `      <InArgument x:TypeArguments="x:String">${value}</InArgument>`);
  return [
    `<${name}${properties}>`,
    ...elements,
    `  <${name}.AuthenticationScopes>`,
    `    <scg:List x:TypeArguments="InArgument(x:String)" Capacity="${items.length}">`,
    ...items,
    '    </scg:List>',
    `  </${name}.AuthenticationScopes>`,
    `  <${name}.Body>`,
    '    <ActivityAction x:TypeArguments="x:Object">',
    '      <ActivityAction.Argument><DelegateInArgument x:TypeArguments="x:Object" Name="ParentScope" /></ActivityAction.Argument>',
    `      <Sequence DisplayName="Do">${activities}</Sequence>`,
    '    </ActivityAction>',
    `  </${name}.Body>`,
    `</${name}>`,
  ].join('\n');
}

/** Makes a workflow around activities; `root` are attributes of its root element, such as defaults of arguments. */
export function workflow(activities: string, root: Properties = {}): string {
  const head = written({ 'x:Class': 'Main', ...namespaces, ...root });
  return `<Activity${head}>\n<Sequence DisplayName="Main">\n${activities}\n</Sequence>\n</Activity>\n`;
}

/** Puts activities where they never run. */
export function commentedOut(activities: string): string {
  return `<ui:CommentOut DisplayName="Comment Out"><ui:CommentOut.Body><Sequence DisplayName="Ignored Activities">
${activities}
</Sequence></ui:CommentOut.Body></ui:CommentOut>`;
}

export interface ProjectParts {
  readonly targetFramework?: string;
  readonly requiresUserInteraction?: boolean;
  readonly isAttended?: boolean;
  readonly outputType?: string;
}

/** Makes a project.json. */
export function projectJson({ targetFramework, requiresUserInteraction, isAttended = false, outputType }: ProjectParts): string {
  return json({
    name: 'Intake',
    main: 'Main.xaml',
    dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.4.10]' },
    studioVersion: '25.0.167.0',
    runtimeOptions: { isAttended, requiresUserInteraction },
    designOptions: { outputType },
    expressionLanguage: 'VisualBasic',
    targetFramework,
  });
}

export interface AutomationParts {
  readonly workflow?: string;
  readonly manifest?: object | undefined;
  readonly project?: ProjectParts | undefined;
}

/** Makes the files of one automation; what is left out is no file. */
export function automation(parts: AutomationParts): Files {
  const texts: readonly [string, string | undefined][] = [
    [paths.workflow, parts.workflow],
    [paths.manifest, parts.manifest && json(parts.manifest)],
    [paths.project, parts.project && projectJson(parts.project)],
  ];
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

/** The shortest way to an automation with one scope. */
export function oneScope(attributes: Properties, others: Omit<AutomationParts, 'workflow'> = {}): Files {
  return automation({ ...others, workflow: workflow(scope({ attributes })) });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function written(properties: Properties): string {
  const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return Object.entries(properties)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escaped(value)}"`]))
    .join('');
}
