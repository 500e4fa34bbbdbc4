/** Reads what a workflow says about scopes: activities, Microsoft 365 Scopes and literal secrets. */
import { lineStarts, type Span } from '../text';
import { parseXaml } from '../xaml/parse';
import { namespaceOf, type XmlElement } from '../xaml/tree';
import { readOwnProperty, readProperty, type Value, type XamlSource } from '../xaml/values';
import { connectionKeyText, scopesOfKey } from './connection-key';
import { usedConnection } from './connection-reference';
import type { CandidateUse, ConnectionReference, ScopeElement, XamlDocument } from './model';
import { readScopeElement } from './scope-element';
import { secretsOf } from './xaml-secrets';

/** The assembly that all activities of the package live in. */
const assembly = 'UiPath.MicrosoftOffice365.Activities';
const scopeType = 'UiPath.MicrosoftOffice365.Activities.Office365ApplicationScope';
const cardType = 'UiPath.MicrosoftOffice365.Activities.Files.UseDriveCard';
const connectorNamespace = 'http://schemas.uipath.com/workflow/integration-service-activities/isactr';
const workflowNamespace = 'http://schemas.uipath.com/workflow/activities';

/** Reads a workflow. Every element of the package becomes a candidate; the catalogue decides later which are activities. */
export function fromXaml(path: string, text: string): XamlDocument {
  const { root, fault, limit } = parseXaml(text);
  const walk: Walk = {
    source: { text, root },
    scopes: [],
    candidates: [],
    secretHolders: [],
    connectorActivities: [],
    invokes: [],
    cards: [],
    studio: [],
  };
  if (root) visit(walk, root, { disabled: false, scope: undefined, card: undefined });
  return {
    kind: 'xaml',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    root,
    scopes: walk.scopes.map((scope, index) => (walk.studio[index] ? { ...scope, studio: [...new Set(walk.studio[index])] } : scope)),
    cards: walk.cards,
    candidates: walk.candidates,
    secrets: secretsOf(walk.source, walk.secretHolders),
    connectorActivities: walk.connectorActivities,
    invokes: walk.invokes,
  };
}

interface Walk {
  readonly source: XamlSource;
  readonly scopes: ScopeElement[];
  readonly candidates: CandidateUse[];
  readonly secretHolders: XmlElement[];
  readonly connectorActivities: XmlElement[];
  readonly invokes: Value[];
  readonly cards: (ConnectionReference | undefined)[];
  /** By scope: what the stored keys in it were made for. */
  readonly studio: string[][];
}

interface Around {
  readonly disabled: boolean;
  readonly scope: number | undefined;
  readonly card: number | undefined;
}

function visit(walk: Walk, element: XmlElement, around: Around): void {
  let inner = around;
  if (element.localName === 'CommentOut' && isSystem(element)) inner = { ...around, disabled: true };
  else {
    const id = packageType(element);
    if (id?.endsWith('.BackupSlot')) return;
    if (id) inner = enter(walk, element, id, around);
    else if (!around.disabled) look(walk, element);
  }
  for (const child of element.children) visit(walk, child, inner);
}

/** Elements of other packages that matter. */
function look(walk: Walk, element: XmlElement): void {
  if (isConnectorActivity(element)) walk.connectorActivities.push(element);
  const invoked = invokedWorkflow(walk.source, element);
  if (invoked) walk.invokes.push(invoked);
}

function enter(walk: Walk, element: XmlElement, id: string, around: Around): Around {
  walk.candidates.push({ id, element, range: nameSpan(element), ...around });
  if (/^(MailFolder|DriveItem)Argument$/.test(element.localName)) {
    walk.secretHolders.push(element);
    if (!around.disabled && around.scope !== undefined) keepStudio(walk, element, around.scope);
  }
  if (id === cardType) {
    walk.secretHolders.push(element);
    walk.cards.push(usedConnection(walk.source, element));
    return { ...around, card: walk.cards.length - 1 };
  }
  if (id !== scopeType) return around;
  walk.secretHolders.push(element);
  if (around.disabled) return { ...around, scope: undefined, card: undefined };
  walk.scopes.push(readScopeElement(walk.source, element));
  return { disabled: false, scope: walk.scopes.length - 1, card: undefined };
}

/** What Studio asked for when it stored the key of a folder or a file. */
function keepStudio({ source, studio }: Walk, element: XmlElement, scope: number): void {
  const value = readOwnProperty(source, element, 'ConnectionKey');
  const key = value && connectionKeyText(value);
  if (key !== undefined) studio[scope] = [...(studio[scope] ?? []), ...scopesOfKey(key)];
}

/** The CLR type of an element of the package; undefined for property elements and everything else. */
function packageType(element: XmlElement): string | undefined {
  if (element.localName.includes('.')) return undefined;
  const namespace = namespaceOf(element);
  // Packages before 2.5 spell one namespace SharePoint.
  return namespace?.assembly === assembly
    ? `${namespace.clrNamespace.replace(/\.SharePoint(?=\.|$)/, '.Sharepoint')}.${element.localName}`
    : undefined;
}

/** An activity of the Integration Service package, which can use any connection. */
function isConnectorActivity(element: XmlElement): boolean {
  return /^Connector\w*Activity$/.test(element.localName) && namespaceOf(element)?.uri === connectorNamespace;
}

/** An element of UiPath's own workflow activities. */
function isSystem(element: XmlElement): boolean {
  const namespace = namespaceOf(element);
  return namespace?.uri === workflowNamespace || /^UiPath\.(System|Core)\.Activities$/.test(namespace?.assembly ?? '');
}

/** The file that an activity such as Invoke Workflow File runs. */
function invokedWorkflow(source: XamlSource, element: XmlElement): Value | undefined {
  if (!/^(Invoke|Launch)Workflow\w*$/.test(element.localName) || !isSystem(element)) return undefined;
  const value = readProperty(source, element, 'WorkflowFileName');
  return value.kind === 'empty' ? undefined : value;
}

/** Where the name in a start tag stands. */
export function nameSpan(element: XmlElement): Span {
  return { start: element.nameStart, end: element.nameStart + element.name.length };
}
