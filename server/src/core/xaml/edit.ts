/** Edits the list of scopes of a Microsoft 365 Scope, keeping indentation, prefixes and line ends as Studio wrote them. */
import type { Span, TextEdit } from '../text';
import { encode } from './decode';

/**
 * Adds items after the last one of a list that is not empty; each is a copy of the last with other text.
 * @param last the text of the last item and the element around it.
 */
export function addToList(text: string, last: Span & { readonly item: Span }, values: readonly string[]): TextEdit[] {
  const separator = separatorBefore(text, last.item.start);
  const head = text.slice(last.item.start, last.start).replace(/>\s+$/, '>');
  const tail = text.slice(last.end, last.item.end).replace(/^\s+</, '<');
  const added = values.map((value) => separator + head + encode(value) + tail).join('');
  return [{ start: last.item.end, end: last.item.end, text: added }];
}

/** Removes an item with the white space before it. */
export function removeFromList(text: string, item: Span): TextEdit[] {
  return [{ start: item.start - separatorBefore(text, item.start).length, end: item.end, text: '' }];
}

/** Adds flags to the value of `Services`. */
export function addFlags(value: Span, flags: readonly string[]): TextEdit[] {
  return [{ start: value.end, end: value.end, text: flags.map((flag) => `, ${flag}`).join('') }];
}

/** Removes one flag; a value that would become empty is set to what Studio writes for no service. */
export function removeFlag(value: Span, flags: readonly Span[], index: number): TextEdit[] {
  const flag = flags[index];
  if (!flag) return [];
  if (flags.length === 1) return [{ ...value, text: 'Unselected' }];
  const next = flags[index + 1];
  if (next) return [{ start: flag.start, end: next.start, text: '' }];
  const previous = flags[index - 1];
  return [{ start: previous ? previous.end : flag.start, end: flag.end, text: '' }];
}

function separatorBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start--;
  return text.slice(start, offset);
}
