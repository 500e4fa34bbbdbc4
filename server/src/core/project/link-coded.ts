/** Links coded workflows: which method of the Office 365 service is called, on which connection, and what the call needs. */
import { activityOf, type CodedMethod } from '../catalog/coded';
import type { Activity, Catalog } from '../catalog/types';
import { argumentValue, targetValue } from '../csharp/arguments';
import { type CodedCall, findCalls } from '../csharp/calls';
import { createEvaluator, type Evaluate } from '../csharp/evaluate';
import type { CsClass, CsFile } from '../csharp/model';
import { makeWorld } from '../csharp/world';
import { limits, tooComplex } from '../limits';
import { needsOf, type PropertyReader } from '../permissions/needs';
import type { Tools } from '../tools';
import type { Value } from '../xaml/values';
import type { UnknownUse } from './connection-model';
import type { CodedDocument, Document, Use } from './model';
import { classNames, readCoded } from './read-coded';

export interface CodedLinks {
  readonly uses: readonly Use[];
  /** Connections that go out of sight, or have a method called on them that the catalogue does not know. */
  readonly unknown: readonly UnknownUse[];
  /** Files whose uses are not all known: no parser yet, too large, damaged. */
  readonly unread: ReadonlySet<Document>;
  /** Files that the parser refused, as they are told of. */
  readonly refused: ReadonlyMap<Document, CodedDocument>;
}

const none: CodedLinks = { uses: [], unknown: [], unread: new Set(), refused: new Map() };
const known = new WeakMap<CodedDocument, { documents: readonly CodedDocument[]; catalog: Catalog; links: CodedLinks }>();

/** Links the C# files of a project; the same ones are linked once. */
export function linkCoded(all: readonly Document[], catalog: Catalog, tools: Tools): CodedLinks {
  const documents = all.filter((document) => document.kind === 'coded');
  const [first] = documents;
  if (!first || !documents.some(({ usesService }) => usesService)) return none;
  if (!hasParser(tools)) return { ...none, unread: new Set(documents.filter(({ usesService }) => usesService)) };
  const before = known.get(first);
  if (before?.catalog === catalog && isSame(before.documents, documents)) return before.links;
  const links = linkAll(documents, catalog, tools);
  // A parser that broke down on the way has left files unread that another one can read.
  if (hasParser(tools)) known.set(first, { documents, catalog, links });
  return links;
}

function hasParser({ parseCsharp }: Tools): boolean {
  return parseCsharp !== undefined;
}

function isSame(a: readonly CodedDocument[], b: readonly CodedDocument[]): boolean {
  return a.length === b.length && a.every((document, index) => document === b[index]);
}

function linkAll(documents: readonly CodedDocument[], catalog: Catalog, tools: Tools): CodedLinks {
  const { methods } = catalog.coded();
  const byName = new Map(methods.map((method) => [`${method.service}.${method.method}`, method]));
  const evaluate = createEvaluator(makeWorld(methods, classFinder(documents, tools)));
  const uses: Use[] = [];
  const unknown: UnknownUse[] = [];
  const unread = new Set<Document>();
  const refused = new Map<Document, CodedDocument>();
  for (const document of documents.filter(({ usesService }) => usesService)) {
    const source = document.limit ? undefined : readCoded(document, tools);
    if (source === 'refused') refused.set(document, { ...document, limit: tooComplex() });
    if (!source || source === 'refused' || source.isDamaged) unread.add(document);
    if (!source || source === 'refused') continue;
    const { calls, open } = findCalls(source.file, evaluate, (service, method) => byName.has(`${service}.${method}`));
    uses.push(...calls.flatMap((call) => toUse(document, call, byName.get(`${call.service}.${call.method}`), catalog, evaluate) ?? []));
    unknown.push(...open.map((connection) => ({ document, connection })));
  }
  if (documents.some((document) => actsOnObjects(document, uses)))
    unknown.push(...uses.flatMap(({ document, connection }) => (connection ? [{ document, connection }] : [])));
  return { uses, unknown, unread, refused };
}

/** Looks a class up: in the file itself, in Studio's own files, else in the one file that has it. */
function classFinder(documents: readonly CodedDocument[], tools: Tools): (name: string, from: CsFile) => CsClass | undefined {
  const found = new Map<string, CsClass | undefined>();
  const search = (name: string): CsClass | undefined => {
    const having = documents.filter((document) => document.text.length <= limits.codedLength && classNames(document).has(name));
    const classes = having.flatMap((document) => {
      const source = readCoded(document, tools);
      return (source !== 'refused' && source?.file.classes.get(name)) || [];
    });
    const [only, ...others] = classes.some(({ isGenerated }) => isGenerated) ? classes.filter(({ isGenerated }) => isGenerated) : classes;
    return others.length === 0 ? only : undefined;
  };
  return (name, from) => {
    const own = from.classes.get(name);
    if (own) return own;
    if (!found.has(name)) found.set(name, search(name));
    return found.get(name);
  };
}

function toUse(
  document: CodedDocument,
  { service, method: name, reference, range, call, scope }: CodedCall,
  method: CodedMethod | undefined,
  catalog: Catalog,
  evaluate: Evaluate,
): Use | undefined {
  const activity = method && activityOf(catalog, method);
  if (!method || !activity) return undefined;
  const called = asCalled(activity, method);
  const nothing: Value = { kind: 'empty', text: '', start: 0, end: 0 };
  const read: PropertyReader = (argument) => {
    if (argument.startsWith(targetMark)) return targetValue({ call, scope, evaluate }, argument.slice(targetMark.length));
    const condition = method.conditional?.find(({ when }) => when.argument === argument);
    return condition ? argumentValue({ call, scope, evaluate }, condition.when) : nothing;
  };
  return {
    activity,
    id: activity.id,
    displayName: `office365.${service}.${name}`,
    document,
    range,
    needs: { delegated: needsOf(called, 'delegated', read), application: needsOf(called, 'application', read) },
    open: false,
    connection: reference,
    operations: activity.operations,
    read,
    container: undefined,
    isInCard: false,
    isUnknown: undefined,
  };
}

/** Stands in front of the text that a condition looks for in whatever a call is about. */
const targetMark = 'the target:';

/** The activity with the conditions of the method in place of its own: of those, only what asks for a text in the target has a meaning for a call. */
function asCalled(activity: Activity, { conditional = [] }: CodedMethod): Activity {
  const ofTarget = activity.conditional.flatMap((requirement) => {
    const { contains } = requirement.when;
    return contains === undefined ? [] : [{ ...requirement, when: { properties: contains.map((part) => targetMark + part), contains } }];
  });
  const ofArguments = conditional.map(({ when: { argument, equals, isSet }, ...requirement }) => ({
    ...requirement,
    when: { properties: [argument], ...(equals === undefined ? {} : { equals }), ...(isSet ? { isSet } : {}) },
  }));
  return { ...activity, conditional: [...ofTarget, ...ofArguments] };
}

/** Methods that mails, events, files and sheets have of their own: what they are called on came from the service, and acts on its connection. */
const ownMethods =
  /(?<!\b(?:File|Directory|Path|Console|Task))\s*\??\.\s*(?:Archive|Forward|Reply|ReplyAll|MoveTo|MarkAsRead|MarkAsUnread|(?:Create|Update|Delete|Forward)Event|RespondToEvent|Respond|Update|Delete|Copy|Move|Share|Upload|CreateFolder|AddSheet|DeleteSheet|RenameSheet|Rename|WriteCell|WriteRange|WriteRow|WriteColumn|DeleteRange|DeleteRows|DeleteColumn|AddItem|UpdateItem|DeleteItems)\s*\(/g;

/** Comments and plain strings. */
const notCode = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Whether such a method is called that is none of the service's own: what it needs is not followed. */
function actsOnObjects({ text, isGenerated, path }: CodedDocument, uses: readonly Use[]): boolean {
  if (isGenerated) return false;
  const known = new Set(uses.filter(({ document }) => document.path === path).map(({ range }) => range.start));
  const code = text.replaceAll(notCode, (part) => ' '.repeat(part.length));
  return [...code.matchAll(ownMethods)].some((match) => {
    const name = /\w+(?=\s*\($)/.exec(match[0]);
    return !known.has(match.index + (name?.index ?? 0));
  });
}
