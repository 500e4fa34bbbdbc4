/** Makes small automations for table tests: workflows, manifests and project files, as texts by path. */
import type { Files } from './analyze';

export type Attributes = Readonly<Record<string, string>>;

/** Connections that tests name. */
export const ids = {
  mail: '11111111-2222-3333-4444-5555555555aa',
  files: '11111111-2222-3333-4444-6666666666bb',
  other: '11111111-2222-3333-4444-7777777777cc',
} as const;

const assembly = 'UiPath.MicrosoftOffice365.Activities';

/** Prefixes by the part of a namespace below that of the package, much as Studio chooses them. */
const prefixes: Attributes = {
  '': 'uma',
  Mail: 'umam',
  'Mail.Triggers': 'umamt',
  'Mail.Models': 'umamm',
  'Mail.Enums': 'umame',
  'Mail.Filters': 'umamf',
  Calendar: 'umac',
  'Calendar.Triggers': 'umact',
  'Calendar.Models': 'umacm',
  Excel: 'umae',
  'Excel.Triggers': 'umaet',
  Files: 'umaf',
  'Files.Triggers': 'umaft',
  'Files.Models': 'umafm',
  General: 'umag',
  Groups: 'umagr',
  'Planner.Buckets': 'umapb',
  'Planner.Plans': 'umapp',
  'Planner.Tasks': 'umapt',
  Sharepoint: 'umas',
  'Sharepoint.Triggers': 'umast',
};

const otherNamespaces: Attributes = {
  '': 'http://schemas.microsoft.com/netfx/2009/xaml/activities',
  isactr: 'http://schemas.uipath.com/workflow/integration-service-activities/isactr',
  mg: 'clr-namespace:Microsoft.Graph;assembly=Microsoft.Graph',
  sap2010: 'http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation',
  scg: 'clr-namespace:System.Collections.Generic;assembly=System.Private.CoreLib',
  sd: 'clr-namespace:System.Data;assembly=System.Data.Common',
  this: 'clr-namespace:',
  ui: 'http://schemas.uipath.com/workflow/activities',
  // The usual prefixes and namespaces, and other assemblies.
  mail: `clr-namespace:${assembly}.Mail;assembly=UiPath.Mail.Activities`,
  model: `clr-namespace:${assembly}.Mail;assembly=UiPath.MicrosoftOffice365`,
  usau: `clr-namespace:UiPath.Shared.Activities.Utils;assembly=${assembly}`,
  x: 'http://schemas.microsoft.com/winfx/2006/xaml',
};

function escaped(text: string): string {
  const codes: Attributes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#xA;', '\t': '&#x9;' };
  return text.replace(/[&<>"\n\t]/g, (character) => codes[character] ?? character);
}

/** An element with a prefix of its own; children are XML. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start} />` : `${start}>\n${children.join('\n')}\n</${name}>`;
}

/** The name of a type of the package with its prefix: `Mail.GetMail` becomes `umam:GetMail`. */
function qualified(type: string): string {
  const dot = type.lastIndexOf('.');
  const prefix = prefixes[type.slice(0, Math.max(dot, 0))];
  if (prefix === undefined) throw new Error(`no prefix for ${type}`);
  return `${prefix}:${type.slice(dot + 1)}`;
}

/** An element of the package, by its type below the package's namespace. */
export function activity(type: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  return element(qualified(type), attributes, ...children);
}

/** A property of an activity as a child element; without content, the empty argument that Studio writes. */
export function property(owner: string, name: string, content = '<InArgument x:TypeArguments="x:String" />'): string {
  return element(`${qualified(owner)}.${name}`, {}, content);
}

/** The property element that holds a mailbox. */
export function mailbox(owner: string, attributes: Attributes): string {
  return property(owner, 'MailboxArg', activity('Mail.Models.MailboxArgument', attributes));
}

export function sequence(...body: readonly string[]): string {
  return element('Sequence', { DisplayName: 'Do' }, ...(body.length > 0 ? body : ['']));
}

function body(owner: string, type: string, inner: readonly string[]): string {
  const argument = element('DelegateInArgument', { 'x:TypeArguments': type, Name: 'ParentScope' });
  return property(
    owner,
    'Body',
    element('ActivityAction', { 'x:TypeArguments': type }, element('ActivityAction.Argument', {}, argument), sequence(...inner)),
  );
}

/**
 * A Microsoft 365 Scope, interactive unless the attributes say otherwise.
 * @param scopes undefined: no list at all.
 * @param inner activities of its body, and properties of the scope itself.
 */
export function scope(scopes: readonly string[] | undefined, attributes: Attributes, ...inner: readonly string[]): string {
  const owner = 'Office365ApplicationScope';
  const items = (scopes ?? []).map((text) => `<InArgument x:TypeArguments="x:String">${escaped(text)}</InArgument>`);
  const list = element('scg:List', { 'x:TypeArguments': 'InArgument(x:String)', Capacity: '4' }, ...items);
  const isOwn = (xml: string) => xml.startsWith(`<${qualified(owner)}.`);
  const type = attributes.Services === undefined ? 'x:Object' : 'mg:GraphServiceClient';
  return activity(
    owner,
    { AuthenticationType: 'InteractiveToken', DisplayName: 'Microsoft 365 Scope', ...attributes },
    ...(scopes ? [property(owner, 'AuthenticationScopes', list)] : []),
    ...inner.filter(isOwn),
    body(
      owner,
      type,
      inner.filter((xml) => !isOwn(xml)),
    ),
  );
}

/** A Use OneDrive & SharePoint card, with an account of its own unless the attributes name a connection. */
export function card(attributes: Attributes, ...inner: readonly string[]): string {
  return activity('Files.UseDriveCard', { ConnectionId: '{x:Null}', ...attributes }, body('Files.UseDriveCard', 'x:Object', inner));
}

export function commentOut(...inner: readonly string[]): string {
  return element('ui:CommentOut', { DisplayName: 'Comment Out' }, element('ui:CommentOut.Body', {}, sequence(...inner)));
}

/** Holds the values of modes that were not chosen. */
export function backupSlot(...inner: readonly string[]): string {
  return element('usau:BackupSlot', { 'x:TypeArguments': 'x:Object' }, ...inner);
}

/** A workflow with what real ones have before their first activity; `defaults` are those of its arguments. */
export function workflow(content: string | readonly string[], defaults: Attributes = {}): string {
  const named = Object.entries(prefixes).map(([below, prefix]): [string, string] => {
    const namespace = below === '' ? assembly : `${assembly}.${below}`;
    return [`xmlns:${prefix}`, `clr-namespace:${namespace};assembly=${assembly}`];
  });
  const others = Object.entries(otherNamespaces).map(([prefix, uri]): [string, string] => [
    prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
    uri,
  ]);
  const values = Object.entries(defaults).map(([name, value]): [string, string] => [`this:Main.${name}`, value]);
  const members = Object.keys(defaults).map((name) => element('x:Property', { Name: name, Type: 'InArgument(x:String)' }));
  return element(
    'Activity',
    { 'x:Class': 'Main', ...Object.fromEntries([...others, ...named, ...values]) },
    ...(members.length > 0 ? [element('x:Members', {}, ...members)] : []),
    '<sap2010:WorkflowViewState.IdRef>Main_1</sap2010:WorkflowViewState.IdRef>',
    element('TextExpression.NamespacesForImplementation', {}, element('scg:List', { 'x:TypeArguments': 'x:String', Capacity: '4' })),
    typeof content === 'string' ? content : sequence(...content),
  );
}

export function manifest(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A project.json; the given keys replace the usual ones. */
export function projectJson(keys: Readonly<Record<string, unknown>> = {}): string {
  const usual = {
    name: 'Robot',
    main: 'Main.xaml',
    dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.4.10]' },
    schemaVersion: '4.0',
    targetFramework: 'Windows',
  };
  return `${JSON.stringify({ ...usual, ...keys }, null, 2)}\n`;
}

/** Puts texts into the folder of one automation. */
export function files(texts: Readonly<Record<string, string | undefined>>): Files {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): [string, string][] => (text === undefined ? [] : [[`/project/${name}`, text]])),
  );
}

/** The usual automation of a table: one workflow, a project.json and, where given, a manifest. */
export function automation(content: string | readonly string[], manifestContent?: unknown): Files {
  return files({
    'Main.xaml': workflow(content),
    'project.json': projectJson(),
    'm365-automation.json': manifestContent === undefined ? undefined : manifest(manifestContent),
  });
}
