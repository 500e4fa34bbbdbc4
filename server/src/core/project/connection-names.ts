/** What an entry of a manifest's `connections` is called, and of which connector it is: the same in a fix and in a first manifest. */
import type { Use } from './model';

/** The connector of the Use OneDrive & SharePoint card, whose activities name none. */
const cardConnector = 'uipath-microsoft-onedrive';

/** The connectors that the uses of one connection are of, in the order they are met: more than one is a mistake of their author. */
export function connectorsOf(uses: readonly Use[]): string[] {
  const found = uses.flatMap(
    ({ activity, connector, container }) => activity?.connector ?? connector ?? (container === 'card' ? [cardConnector] : []),
  );
  return [...new Set(found)];
}

/** The key of an entry for a connection: `uipath-microsoft-outlook365` becomes `outlook365`; a number alone would be no name. */
export function connectionKey(connector: string | undefined, taken: Set<string>): string {
  return takeKey(connector?.replace(/^uipath-(microsoft-(?=[a-z]))?/, '') || 'connection', taken);
}

/** Takes the first of `base`, `base-2`, `base-3` … that is free; letter case makes no difference. */
export function takeKey(base: string, taken: Set<string>): string {
  let key = base;
  for (let number = 2; taken.has(key.toLowerCase()); number++) key = `${base}-${number}`;
  taken.add(key.toLowerCase());
  return key;
}
