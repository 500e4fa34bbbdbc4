/** How a new manifest tells of things in workflows: where they are used, and what only the run knows. */
import type { Use } from '../project/model';
import { oneLine } from './jsonc';

/** The way from the new manifest to a file, with slashes. */
export type WayTo = (path: string) => string;

/** A place in a workflow: what its author called it, and the file. */
export interface Place {
  readonly name: string;
  readonly file: string;
  readonly start: number;
}

/** More would hide the first. */
const mostPlaces = 4;
const longestName = 60;

/** Where some uses stand, in the order of their files. */
export function placesOf(uses: readonly Use[], wayTo: WayTo): (Place & { readonly use: Use })[] {
  return uses.map((use) => ({ name: use.displayName, file: wayTo(use.document.path), start: use.range.start, use })).sort(comparePlaces);
}

/** By file, then by place in it: the same on every machine. */
export function comparePlaces(a: Place, b: Place): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start;
}

/** Names places once each, by file: the first ones, and how many more there are. */
export function shown(places: readonly Place[]): string {
  const all = [...new Map(places.map((place) => [`${place.name} ${place.file}`, place])).values()];
  const told = all.length > mostPlaces + 1 ? all.slice(0, mostPlaces) : all;
  const byFile = new Map<string, string[]>();
  for (const { name, file } of told) byFile.set(file, [...(byFile.get(file) ?? []), shortened(name)]);
  const text = [...byFile].map(([file, names]) => `${names.join(', ')} (${file})`).join('; ');
  return told.length < all.length ? `${text} and ${all.length - told.length} more` : text;
}

/** A name as it is told: on one line, and not too long. */
export function shortened(name: string): string {
  const characters = [...oneLine(name)];
  return characters.length > longestName ? `${characters.slice(0, longestName).join('')}…` : characters.join('');
}

/** Says that only the run knows something, and from what: a name is told; anything else may hold what should not be repeated. */
export function knownAtRunTime(expression: string): string {
  const isName = /^[\p{L}_][\p{L}\p{N}_.]{0,79}$/u.test(expression);
  return isName ? `Known only at run time, from ${expression}` : 'Known only at run time';
}
