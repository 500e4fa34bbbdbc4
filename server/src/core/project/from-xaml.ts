/** Reads what a workflow says about scopes: activities, Microsoft 365 Scopes and literal secrets. */
import { lineStarts, type Span } from '../text';
import { parseXaml } from '../xaml/parse';
import { namespaceOf, type XmlElement } from '../xaml/tree';
import { readProperty, type Value, type XamlSource } from '../xaml/values';
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
  const walk: Walk = { source: { text, root }, scopes: [], candidates: [], secretHolders: [], otherConnections: [], cards: [] };
  if (root) visit(walk, root, { disabled: false, scope: undefined, card: undefined });
  return {
    kind: 'xaml',
    path,
    text,
    lines: lineStarts(text),
    fault,
    limit,
    root,
    scopes: walk.scopes,
    cards: walk.cards,
    candidates: walk.candidates,
    secrets: secretsOf(walk.source, walk.secretHolders),
    otherConnections: walk.otherConnections,
  };
}

interface Walk {
  readonly source: XamlSource;
  readonly scopes: ScopeElement[];
  readonly candidates: CandidateUse[];
  readonly secretHolders: XmlElement[];
  readonly otherConnections: Value[];
  readonly cards: (ConnectionReference | undefined)[];
}

interface Around {
  readonly disabled: boolean;
  readonly scope: number | undefined;
  readonly card: number | undefined;
}

function visit(walk: Walk, element: XmlElement, around: Around): void {
  let inner = around;
  if (element.localName === 'CommentOut' && isCommentOut(element)) inner = { ...around, disabled: true };
  else {
    const id = packageType(element);
    if (id?.endsWith('.BackupSlot')) return;
    if (id) inner = enter(walk, element, id, around);
    else if (!around.disabled && isConnectorActivity(element))
      walk.otherConnections.push(readProperty(walk.source, element, 'ConnectionId'));
  }
  for (const child of element.children) visit(walk, child, inner);
}

function enter(walk: Walk, element: XmlElement, id: string, around: Around): Around {
  walk.candidates.push({ id, element, range: nameSpan(element), ...around });
  if (/^(MailFolder|DriveItem)Argument$/.test(element.localName)) walk.secretHolders.push(element);
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

/** The CLR type of an element of the package; undefined for property elements and everything else. */
function packageType(element: XmlElement): string | undefined {
  if (element.localName.includes('.')) return undefined;
  const namespace = namespaceOf(element);
  return namespace?.assembly === assembly ? `${namespace.clrNamespace}.${element.localName}` : undefined;
}

/** An activity of the Integration Service package, which can use any connection. */
function isConnectorActivity(element: XmlElement): boolean {
  return /^Connector\w*Activity$/.test(element.localName) && namespaceOf(element)?.uri === connectorNamespace;
}

function isCommentOut(element: XmlElement): boolean {
  const namespace = namespaceOf(element);
  return (
    namespace?.uri === workflowNamespace ||
    namespace?.assembly === 'UiPath.System.Activities' ||
    namespace?.assembly === 'UiPath.Core.Activities'
  );
}

/** Where the name in a start tag stands. */
export function nameSpan(element: XmlElement): Span {
  return { start: element.nameStart, end: element.nameStart + element.name.length };
}
