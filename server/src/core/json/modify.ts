/** Adds and removes members anywhere in a JSON file, in the file's own layout. */
import { type JSONPath, modify } from 'jsonc-parser';
import { endOfLine, type TextEdit } from '../text';

/** Sets the value at a path, and makes what is missing on the way; an index past the end of a list adds to it. */
export function setIn(text: string, path: JSONPath, value: unknown): TextEdit[] {
  return edits(text, path, value);
}

/** Removes the member or element at a path. */
export function removeIn(text: string, path: JSONPath): TextEdit[] {
  return edits(text, path, undefined);
}

function edits(text: string, path: JSONPath, value: unknown): TextEdit[] {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: endOfLine(text),
  };
  const isArrayInsertion = value !== undefined && typeof path.at(-1) === 'number';
  return modify(text, path, value, { formattingOptions, isArrayInsertion }).map(({ offset, length, content }) => ({
    start: offset,
    end: offset + length,
    text: content,
  }));
}
