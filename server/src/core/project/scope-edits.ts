/** Edits a list of scopes in whatever form it is written: every fix of a scope rule goes through here. */
import type { Catalog } from '../catalog/types';
import { addToArray, removeFromArray } from '../json/edit';
import { flagsFor } from '../permissions/flags';
import { splitPrefix } from '../permissions/satisfy';
import type { TextEdit } from '../text';
import { addFlags, addToList, removeFlag, removeFromList } from '../xaml/edit';
import type { Declaration } from './model';

/** Writes a name in the letter case of the list: lower case where all of it is. Names such as openid have but one form, and say nothing. */
export function inCaseOf(declaration: Declaration, name: string): string {
  const texts = declaration.scopes.map(({ text }) => text).filter((text) => /[\w-]\.\w/.test(text) && !/[\s,;]/.test(text));
  return texts.length > 0 && texts.every((text) => text === text.toLowerCase()) ? name.toLowerCase() : name;
}

/**
 * Adds scopes to a list that is not empty.
 * @returns the texts that are added and the edits; undefined where the list cannot hold them.
 */
export function addScopes(
  declaration: Declaration,
  names: readonly string[],
  catalog: Catalog,
): { texts: readonly string[]; edits: readonly TextEdit[] } | undefined {
  const { form, scopes, document } = declaration;
  const last = scopes.at(-1);
  if (!form || !last || names.length === 0) return undefined;
  if (form.kind === 'services') {
    const present = scopes.map(({ text }) => text);
    const flags = [...new Set(names.flatMap((name) => flagsFor(catalog, present, name)))];
    return flags.length > 0 ? { texts: flags, edits: addFlags(form.value, flags) } : undefined;
  }
  const texts = names.map((name) => inCaseOf(declaration, name));
  if (form.kind === 'xaml-list') return { texts, edits: addToList(document.text, last, texts) };
  const items = scopes.map(({ item }) => item);
  return { texts, edits: addToArray(document.text, form.array, items, texts) };
}

/** Removes the value at an index. */
export function removeScope({ form, scopes, document }: Declaration, index: number): TextEdit[] {
  const item = scopes[index]?.item;
  if (!form || !item) return [];
  if (form.kind === 'xaml-list') return removeFromList(document.text, item);
  if (form.kind === 'json-array') return removeFromArray(document.text, form.array, item, scopes[index - 1]?.item);
  const flags = scopes.map((scope) => scope.item);
  return removeFlag(form.value, flags, index);
}

/** Puts several values in the place of the one at an index, each written like it. */
export function splitValue({ form, scopes, document }: Declaration, index: number, parts: readonly string[]): TextEdit[] {
  const declared = scopes[index];
  const [first, ...others] = parts;
  if (!form || form.kind === 'services' || !declared || first === undefined) return [];
  const replaced = { start: declared.start, end: declared.end, text: first };
  if (others.length === 0) return [replaced];
  if (form.kind === 'xaml-list') return [replaced, ...addToList(document.text, declared, others)];
  const items = scopes.map(({ item }) => item);
  return [
    replaced,
    ...addToArray(document.text, { ...form.array, end: items[index + 1]?.start ?? form.array.end }, items.slice(0, index + 1), others),
  ];
}

/** Replaces the value at an index; the prefix of a known resource and what stands around it stay. */
export function replaceScope(declaration: Declaration, index: number, name: string): { text: string; edits: TextEdit[] } {
  const declared = declaration.scopes[index];
  const text = inCaseOf(declaration, name);
  const { prefix: written, isKnown } = splitPrefix(declared?.text ?? '');
  const prefix = isKnown ? written : '';
  return { text, edits: declared ? [{ start: declared.start, end: declared.end, text: prefix + text }] : [] };
}
