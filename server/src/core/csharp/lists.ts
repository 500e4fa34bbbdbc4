/** What the usual ways to go through a list do with what is in it. */
import type { CsNode } from './node';

/** They give one of what the list holds. */
const ofOne = new Set(
  'First FirstOrDefault Last LastOrDefault Single SingleOrDefault ElementAt ElementAtOrDefault Find FindLast MinBy MaxBy Dequeue Pop Peek Invoke'.split(
    ' ',
  ),
);

/** They give a list of the same. */
const ofSame = new Set(
  [
    'Where OrderBy OrderByDescending ThenBy ThenByDescending Order OrderDescending Take TakeLast TakeWhile Skip SkipLast SkipWhile Reverse Distinct DistinctBy',
    'ToList ToArray ToHashSet ToImmutableList ToImmutableArray AsEnumerable AsParallel AsReadOnly AsQueryable FindAll GetRange Concat Union UnionBy Except ExceptBy',
    'Intersect IntersectBy Append Prepend DefaultIfEmpty Shuffle Cast OfType',
  ]
    .join(' ')
    .split(' '),
);

// What is made when it is first asked for, and what a function gives, are taken out like the one element of a list.
const lists =
  /^(?:I?(?:List|Enumerable|Collection|Queryable|Set|ReadOnlyList|ReadOnlyCollection|ReadOnlySet)|IAsyncEnumerable|Queue|Stack|HashSet|SortedSet|LinkedList|Concurrent(?:Bag|Queue|Stack)|Immutable(?:List|Array|HashSet)|Span|ReadOnlySpan|Lazy|Func)<(.+)>$/;

const dictionaries = /^(?:I|IReadOnly|Sorted|Concurrent|Immutable)?Dictionary<(.*)>$/;

/** Whether a type holds values under keys. */
export function isDictionary(type: string): boolean {
  return dictionaries.test(type);
}

/** What a method gives of a list: one of its elements, the same kind of list, what a function makes of each, or something else. */
export function listMethod(name: string): 'one' | 'same' | 'each' | 'flat' | undefined {
  if (ofOne.has(name)) return 'one';
  if (ofSame.has(name)) return 'same';
  return name === 'Select' ? 'each' : name === 'SelectMany' ? 'flat' : undefined;
}

/** The type of what a list holds, by the name of its own type; undefined where it is no list. */
export function elementTypeOf(type: string): string | undefined {
  return /^(.+)\[\]$/.exec(type)?.[1] ?? (lists.exec(type) ?? dictionaries.exec(type))?.[1];
}

/** Whether the elements come from the first argument of a call, not from what it is called on. */
export function goesThroughArgument(holder: string): boolean {
  return /(?:^|\.)(?:Parallel|Array|Enumerable)$/.test(holder);
}

/** The values that are written down as elements of a list, each with whether it is a list that is taken in whole. */
export function writtenElements(node: CsNode): readonly { readonly node: CsNode; readonly isSpread: boolean }[] {
  const initializer = node.type === 'initializer_expression' ? node : node.children.find(({ type }) => type === 'initializer_expression');
  if (initializer) return initializer.children.map((child) => ({ node: child, isSpread: false }));
  if (node.type !== 'collection_expression') return [];
  return node.children.flatMap(({ children: [element] }) => {
    const [value] = element?.children ?? [];
    return value ? [{ node: value, isSpread: element?.type === 'spread_element' }] : [];
  });
}
