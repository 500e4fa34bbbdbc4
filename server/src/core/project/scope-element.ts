/** Reads a Microsoft 365 Scope: its sign-in, and its list of scopes in both of the forms that packages store it in. */
import type { Span } from '../text';
import { findAttribute, namespaceOf, type XmlElement } from '../xaml/tree';
import { findPropertyElement, readAttribute, readContent, readProperty, type Value, type XamlSource } from '../xaml/values';
import { isLiteral, namedConnection } from './connection-reference';
import type { DeclaredScope, OpenReason, ScopeElement, ScopeForm } from './model';

const appOnlyTypes = new Set(['applicationidandsecret', 'applicationidandcertificate']);

/** Properties that decide how a scope signs in, in the names of newer and older packages. */
const settingNames = [
  ...['ConfigLocation', 'AuthenticationType', 'UseConnectionService', 'ConnectionId', 'OAuthApplication', 'ApplicationId', 'Environment'],
  ...[
    'Account',
    'TenantId',
    'Tenant',
    'EmailAddress',
    'OAuth2Username',
    'ImpersonatedUserEmailAddress',
    'Username',
    'Password',
    'SecurePassword',
  ],
  ...['ApplicationSecret', 'SecureApplicationSecret', 'CertificateAsBase64', 'CertificatePassword', 'DataStoreLocation', 'UseBroker'],
  ...['BrowserItemId', 'BrowserItemFullPath', 'BrowserRuntimeItemId', 'ManualRuntimeItemFullPath', 'Services'],
];

/** Reads one element. Whether `Services` still has an effect depends on project.json as well: see `servicesNeedLegacy`. */
export function readScopeElement(source: XamlSource, element: XmlElement): ScopeElement {
  const display = readProperty(source, element, 'DisplayName');
  const list = readList(source, element);
  const found = list ?? readServices(source, element);
  const name = { start: element.nameStart, end: element.nameStart + element.name.length };
  const open = inactive(source, element) ?? (found ? found.open : 'absent');
  return {
    element,
    label: display.kind === 'literal' ? display.text : 'Microsoft 365 Scope',
    settings: new Map(settingNames.map((setting) => [setting, readProperty(source, element, setting)])),
    form: found?.form,
    range: found?.range ?? name,
    scopes: found?.scopes ?? [],
    open,
    connection: open === 'connection' || open === 'expression' ? namedConnection(source, element) : undefined,
    region: found?.region ?? name,
    hasOldBody: hasOldBody(source, element),
    servicesNeedLegacy: found?.form?.kind === 'services' && !hasOldBody(source, element),
    studio: [],
    sharesClient: sharesClient(source, element),
  };
}

interface ReadList {
  readonly form: ScopeForm | undefined;
  readonly range: Span;
  readonly region: Span;
  readonly scopes: readonly DeclaredScope[];
  readonly open: OpenReason | undefined;
}

/** Why the list of an element has no say in the sign-in (the conditions are those of an inactive scope); an expression may be anything. */
function inactive(source: XamlSource, element: XmlElement): OpenReason | undefined {
  const location = readProperty(source, element, 'ConfigLocation');
  const type = readProperty(source, element, 'AuthenticationType');
  const service = readProperty(source, element, 'UseConnectionService');
  if (isLiteral(location, 'OrchestratorAsset')) return 'asset';
  if (isLiteral(type, 'IntegrationService') || isLiteral(service, 'True')) return 'connection';
  if ([location, type].some(({ kind }) => kind === 'expression') || isUnknownFlag(service)) return 'expression';
  return appOnlyTypes.has(type.text.toLowerCase()) ? 'app-only' : undefined;
}

/** `[False]` and `[True]` are expressions that everybody knows. */
function isUnknownFlag({ kind, text }: Value): boolean {
  return kind === 'expression' && !/^(true|false)$/i.test(text);
}

function readList(source: XamlSource, element: XmlElement): ReadList | undefined {
  const attribute = findAttribute(element, 'AuthenticationScopes');
  if (attribute) {
    const { kind, start, end } = readAttribute(source.text, attribute.valueStart, attribute.valueEnd);
    return kind === 'empty'
      ? undefined
      : { form: undefined, range: { start, end }, region: { start, end }, scopes: [], open: 'expression' };
  }
  const property = findPropertyElement(element, 'AuthenticationScopes');
  if (!property) return undefined;
  const range = { start: property.start, end: property.openEnd };
  const region = { start: property.start, end: property.end };
  const { items, isExpression } = listItems(property);
  if (isExpression) return { form: undefined, range, region, scopes: [], open: 'expression' };
  const values = items.map((item) => ({ item, value: readContent(source.text, item) })).filter(({ value }) => value.kind !== 'empty');
  if (values.length === 0) return { form: undefined, range, region, scopes: [], open: 'empty' };
  const scopes = values
    .filter(({ value }) => value.kind === 'literal')
    .map(({ item, value }) => ({
      text: value.text.trim(),
      start: value.start,
      end: value.end,
      item: { start: item.start, end: item.end },
    }));
  const open = scopes.length < values.length ? 'expression' : openByDefault(scopes);
  return { form: { kind: 'xaml-list' }, range, region, scopes, open };
}

/** The items stand in a List element, or directly in the property; anything else is an expression. */
function listItems(property: XmlElement): { items: readonly XmlElement[]; isExpression: boolean } {
  const first = property.children[0];
  if (!first) return { items: [], isExpression: property.closeStart > property.openEnd };
  const isItem = (element: XmlElement) => element.localName === 'InArgument' || element.localName === 'String';
  if (first.localName === 'List') return { items: first.children.filter((child) => !child.localName.includes('.')), isExpression: false };
  if (first.localName === 'Null') return { items: [], isExpression: false };
  return isItem(first) ? { items: property.children, isExpression: false } : { items: [], isExpression: true };
}

/** A list with `.default` asks for whatever the app was granted. */
export function openByDefault(scopes: readonly DeclaredScope[]): OpenReason | undefined {
  if (scopes.length === 0) return 'empty';
  return scopes.some(({ text }) => /(^|\/)\.default$/i.test(text)) ? 'default' : undefined;
}

function readServices(source: XamlSource, element: XmlElement): ReadList | undefined {
  const value = readProperty(source, element, 'Services');
  const attribute = findAttribute(element, 'Services');
  if (value.kind === 'empty') return undefined;
  if (value.kind === 'expression' || !attribute) return { form: undefined, range: value, region: value, scopes: [], open: 'expression' };
  const flags: DeclaredScope[] = [];
  for (const match of value.text.matchAll(/[^,\s]+/g)) {
    const start = value.start + match.index;
    const span = { start, end: start + match[0].length };
    flags.push({ text: match[0], ...span, item: span });
  }
  const isNumber = /^\d+$/.test(value.text);
  const selected = flags.filter(({ text }) => text.toLowerCase() !== 'unselected');
  const open: OpenReason | undefined = isNumber ? 'expression' : selected.length === 0 ? 'empty' : undefined;
  return {
    form: { kind: 'services', value: { start: value.start, end: value.end } },
    range: { start: value.start, end: value.end },
    region: { start: value.start, end: value.end },
    scopes: isNumber ? [] : selected,
    open,
  };
}

/** The type argument of the body dates the file: up to package 2.2 the body receives the Graph client itself. */
function hasOldBody(source: XamlSource, element: XmlElement): boolean {
  const action = findPropertyElement(element, 'Body')?.children[0];
  const argument = action?.attributes.find(({ localName }) => localName === 'TypeArguments');
  return argument !== undefined && source.text.slice(argument.valueStart, argument.valueEnd).trim().endsWith(':GraphServiceClient');
}

/** True when an expression of the body takes the signed-in client, or another maker's Office 365 activity stands there: nobody knows what those need. */
function sharesClient(source: XamlSource, element: XmlElement): boolean {
  const body = findPropertyElement(element, 'Body');
  if (!body) return false;
  const argument = body.children[0]?.children.find(({ localName }) => localName === 'ActivityAction.Argument')?.children[0];
  const name = argument && findAttribute(argument, 'Name');
  const used = name && mentions(source.text, source.text.slice(name.valueStart, name.valueEnd), body);
  return used === true || hasForeignActivity(body);
}

function mentions(text: string, name: string, { openEnd, closeStart }: XmlElement): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name, openEnd); at >= 0 && at < closeStart; at = text.indexOf(name, at + name.length)) {
    const around = text.slice(at - 1, at) + text.slice(at + name.length, at + name.length + 1);
    if (!/[\p{L}\p{N}_]/u.test(around) && !/\bName="$/.test(text.slice(at - 6, at))) return true;
  }
  return false;
}

function hasForeignActivity(element: XmlElement): boolean {
  const assembly = element.prefix === '' ? '' : (namespaceOf(element)?.assembly ?? '');
  if (/office365/i.test(assembly) && !assembly.startsWith('UiPath.MicrosoftOffice365')) return true;
  return element.children.some(hasForeignActivity);
}
