/** Links coded workflows: which method of the Office 365 service is called, on which connection, and what the call needs. */
import { activityOf, type CodedMethod, titleOfMethod } from '../catalog/coded';
import type { Activity, Catalog } from '../catalog/types';
import { argumentValue, targetValue } from '../csharp/arguments';
import { type CodedCall, findCalls } from '../csharp/calls';
import { createEvaluator, type Evaluate } from '../csharp/evaluate';
import type { CsClass, CsFile } from '../csharp/model';
import { mergeParts } from '../csharp/resolve';
import { type BoundNames, makeWorld, type World } from '../csharp/world';
import { limits, tooComplex } from '../limits';
import { needsOf, type PropertyReader } from '../permissions/needs';
import type { Tools } from '../tools';
import type { Value } from '../xaml/values';
import { boundNames } from './bound-names';
import type { BindingsDocument, UnknownUse } from './connection-model';
import type { CodedDocument, Document, Use } from './model';
import { classNames, readCoded } from './read-coded';

export interface CodedLinks {
  readonly uses: readonly Use[];
  /** Connections that go out of sight, or have a method called on them that the catalogue does not know. */
  readonly unknown: readonly UnknownUse[];
  /** Files whose uses are not all known: no parser yet, too large, damaged. */
  readonly unread: ReadonlySet<Document>;
  /** Files that were not read, or not completely, as they are told of. */
  readonly told: ReadonlyMap<Document, CodedDocument>;
}

const none: CodedLinks = { uses: [], unknown: [], unread: new Set(), told: new Map() };
const known = new WeakMap<CodedDocument, { documents: readonly Document[]; catalog: Catalog; links: CodedLinks }>();

/** Links the C# files of a project; the same ones are linked once. */
export function linkCoded(all: readonly Document[], catalog: Catalog, tools: Tools): CodedLinks {
  const documents = all.filter((document) => document.kind === 'coded');
  const [first] = documents;
  if (!first || !documents.some(({ usesService }) => usesService)) return none;
  if (!hasParser(tools)) return { ...none, unread: new Set(documents.filter(({ usesService }) => usesService)) };
  const bindings = all.filter((document) => document.kind === 'bindings' && document.form === 'coded') as BindingsDocument[];
  const looked = [...documents, ...bindings];
  const before = known.get(first);
  if (before?.catalog === catalog && isSame(before.documents, looked)) return before.links;
  const links = linkAll(documents, boundNames(bindings), catalog, tools);
  // A parser that broke down on the way has left files unread that another one can read.
  if (hasParser(tools)) known.set(first, { documents: looked, catalog, links });
  return links;
}

function hasParser({ parseCsharp }: Tools): boolean {
  return parseCsharp !== undefined;
}

function isSame(a: readonly Document[], b: readonly Document[]): boolean {
  return a.length === b.length && a.every((document, index) => document === b[index]);
}

function linkAll(documents: readonly CodedDocument[], bound: BoundNames, catalog: Catalog, tools: Tools): CodedLinks {
  const world = makeWorld(catalog.coded(), bound, classFinder(documents, tools));
  const evaluate = createEvaluator(world);
  const found: { readonly use: Use; readonly service: string }[] = [];
  const maybe = new Set<string>();
  const unknown: UnknownUse[] = [];
  const unread = new Set<Document>();
  const told = new Map<Document, CodedDocument>();
  for (const document of documents.filter(mayUse(world))) {
    const source = document.limit ? undefined : readCoded(document, tools);
    if (source === 'refused') told.set(document, { ...document, limit: tooComplex() });
    if (!source || source === 'refused') {
      unread.add(document);
      continue;
    }
    if (source.damage && document.usesService) {
      unread.add(document);
      told.set(document, { ...document, fault: source.damage, isBroken: source.damage.isCertain });
    }
    // That other code is damaged, or new to the grammar, is nobody's business; what it may call is.
    if (source.damage && !document.usesService) for (const service of namedServices(world, document)) maybe.add(service);
    const calls = findCalls(source.file, evaluate, world);
    for (const call of calls.calls) {
      const use = toUse(document, call, catalog, evaluate);
      if (use) found.push({ use, service: call.method.service });
    }
    unknown.push(...calls.open.map((connection) => ({ document, connection })));
    for (const service of calls.maybe) maybe.add(service);
  }
  for (const { use, service } of found)
    if (use.connection && maybe.has(service)) unknown.push({ document: use.document, connection: use.connection });
  return { uses: found.map(({ use }) => use), unknown, unread, told };
}

/** A file matters that names the service, or calls something by the name of a method of it or of what it returns: it may inherit the service. */
function mayUse({ types }: World): (document: CodedDocument) => boolean {
  const names = new Set([...types.values()].flatMap(({ methods }) => [...methods.keys()]));
  const call = new RegExp(`\\.\\s*(?:${[...names].join('|')})\\b`);
  return ({ usesService, isGenerated, text }) => usesService || (!isGenerated && text.length <= limits.codedLength && call.test(text));
}

/** Services whose objects have a method of a name that is called in a text. */
function namedServices({ objectMethods }: World, { text }: CodedDocument): readonly string[] {
  const called = new Set([...text.matchAll(/\.\s*(\w+)/g)].map(([, name = '']) => name));
  return [...objectMethods].flatMap(([name, methods]) => (called.has(name) ? methods.map(({ service }) => service) : []));
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
    if (classes.every(({ isPartial }) => isPartial)) return mergeParts(classes);
    const [only, ...others] = classes.some(({ isGenerated }) => isGenerated) ? classes.filter(({ isGenerated }) => isGenerated) : classes;
    return others.length === 0 ? only : undefined;
  };
  return (name, from) => {
    const own = from.classes.get(name);
    if (own && !own.isPartial) return own;
    if (!found.has(name)) found.set(name, search(name));
    return found.get(name) ?? own;
  };
}

function toUse(
  document: CodedDocument,
  { method, reference, range, call, scope }: CodedCall,
  catalog: Catalog,
  evaluate: Evaluate,
): Use | undefined {
  const activity = activityOf(catalog, method);
  if (!activity) return undefined;
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
    displayName: titleOfMethod(method),
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
function asCalled(activity: Activity, { conditional = [], confidence }: CodedMethod): Activity {
  const ofTarget = activity.conditional.flatMap((requirement) => {
    const { contains } = requirement.when;
    return contains === undefined ? [] : [{ ...requirement, when: { properties: contains.map((part) => targetMark + part), contains } }];
  });
  const ofArguments = conditional.map(({ when: { argument, equals, isSet }, ...requirement }) => ({
    ...requirement,
    when: { properties: [argument], ...(equals === undefined ? {} : { equals }), ...(isSet ? { isSet } : {}) },
  }));
  const guess = confidence === 'guess' ? { confidence, applicationConfidence: confidence } : {};
  return { ...activity, ...guess, conditional: [...ofTarget, ...ofArguments] };
}
