/** Tells coded workflows which connection a name stands for where Studio's own classes are not there: its metadata says so too. */
import { type BoundNames, factoryOf } from '../csharp/world';
import { isGuid } from '../guid';
import type { BindingsDocument } from './connection-model';

/** What code calls each connection, by the factory of its part. A name that stands for two is none. */
export function boundNames(documents: readonly BindingsDocument[]): BoundNames {
  const bound = new Map<string, Map<string, string>>();
  for (const { codedName, isExpression, ids } of documents.flatMap(({ bindings }) => bindings)) {
    const id = ids.find(isGuid);
    const [part = '', name = ''] = codedName?.split('.') ?? [];
    if (isExpression || id === undefined || name === '') continue;
    const names = bound.get(factoryOf(part)) ?? new Map<string, string>();
    names.set(name, (names.get(name) ?? id) === id ? id : '');
    bound.set(factoryOf(part), names);
  }
  return bound;
}
